"""The page of documentation on the graph, written from the ontology and the named queries.

python -m kg.graph.document > docs/graph.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.graph.named import named_queries
from kg.resources import folder
from kg.vocab import PREFIXES

_HEAD = """# The graph

The graph is RDF 1.1 with the terms of schema.org first, Wikidata's by alignment, and terms of our
own only where neither has one. Data stand below `https://w3id.org/film-kg/` (`--base` changes it):
`film/all-about-eve-1950`, `person/bette-davis`, `source/...` for a page.

- Each page has a named graph, its own IRI, with all that the page states; forgetting it removes
  what only it said. The default graph holds each distinct triple once, and is what queries see.
  Claims and passages belong to one page each, so they stand in the default graph alone.
- A claim (`fk:Claim`) is one fact that one page states, with a confidence from 0 to 1 and the
  passages (`fk:Passage`) that say it: start, end and the exact words, in the page's repaired text.
- The review names a film (`schema:mentions`); a reference (`fk:Reference`) says that one film
  alludes to, remakes, continues or is compared with another, and where that is said.
- Catalogue facts stand in the graph `catalogue`, without confidence; no page says them.
- A film that the catalogue doesn't know has `fk:linked false` and no guessed year.
- Pages that disagree give two claims; `kg query conflicts` finds them.

Who directed a film, in whose words:

```sparql
SELECT ?name ?confidence ?words WHERE {
  ?claim rdf:predicate schema:director ; rdf:object ?person ;
         fk:confidence ?confidence ; fk:passage/oa:exact ?words .
  ?person rdfs:label ?name
} ORDER BY DESC(?confidence)
```
"""


def document() -> str:
    """The page as Markdown."""
    return "\n".join((_HEAD, *_queries(), "", *_terms(), ""))


def _queries() -> Iterator[str]:
    yield "## Named queries\n"
    yield "| `kg query` | shows |\n| --- | --- |"
    for name, query in named_queries().items():
        yield f"| `{' '.join([name, *query.parameters])}` | {query.help} |"


def _terms() -> Iterator[str]:
    ontology = Graph().parse(folder("ontology") / "film.ttl", format="turtle")
    for heading, types in (
        ("Classes", (OWL.Class,)),
        ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
        ("Kinds of reference", (URIRef(f"{PREFIXES['fk']}ReferenceKind"),)),
    ):
        found = {str(term) for kind in types for term in ontology.subjects(RDF.type, kind)}
        own = sorted(term for term in found if term.startswith(PREFIXES["fk"]))
        if own:
            yield f"## {heading}\n\n| term | meaning |\n| --- | --- |"
        for term in own:
            comment = " ".join(str(ontology.value(URIRef(term), RDFS.comment) or "").split())
            yield f"| `fk:{term.removeprefix(PREFIXES['fk'])}` | {comment} |"
        if own:
            yield ""


if __name__ == "__main__":
    sys.stdout.write(document())
