"""The page of documentation on the graph, with the named queries as they are.

python -m kg.graph.document > docs/graph.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kg.graph.named import named_queries

_HEAD = """# The graph

The graph is RDF 1.1 with the terms of schema.org first, Wikidata's by alignment, and terms of our
own only where neither has one: [the ontology](ontology.md) tells of each. Data stand below
`https://w3id.org/film-kg/` (`--base` changes it): `film/all-about-eve-1950`, `person/bette-davis`,
`source/...` for a page.

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


_TAIL = """## Exports

`kg export FILE` goes by the file's ending; with `.gz` behind it the file is compressed. The same
graph gives the same bytes.

| ending | holds |
| --- | --- |
| `.ttl` | Turtle to be read: sorted, a block a node, films first and words last |
| `.jsonld` | JSON-LD framed by film, which holds its reviews, references, claims, words |
| `.nt` `.rdf` | N-Triples, RDF/XML |
| `.nq` `.trig` | N-Quads and TriG: also which page states what, and what the catalogue knows |
| `.qs` | QuickStatements: what Wikidata may not know of films that have an item there (below) |
| `.graphml` `.gexf` `.csv` `.html` `.svg` | the references between films |

QuickStatements are the facts that the catalogue doesn't know, each with its page as the reference.
What contradicts the catalogue, what pages disagree on, and pages without an address are left out
and counted. Look them through before you run them.

Any of them may hold a part: `--film TITLE`, `--source SOURCE` (both may be given several times),
`--min-confidence X`, `--no-evidence`, `--catalogue-only`. Each narrows what the others leave, and
what is left is whole: whatever a kept statement names is described.

## Checks

`kg check` holds what pages say, and what the catalogue knows, against the shapes
([shapes.ttl](../ontology/shapes.ttl), SHACL): which node breaks which rule, what was found, which
page says so. `--json` gives the same as data; the exit code is 1 if there are faults.
"""


def document() -> str:
    """The page as Markdown."""
    return "\n".join((_HEAD, *_queries(), "", _TAIL))


def _queries() -> Iterator[str]:
    yield "## Named queries\n"
    yield "| `kg query` | shows |\n| --- | --- |"
    for name, query in named_queries().items():
        yield f"| `{' '.join([name, *query.parameters])}` | {query.help} |"


if __name__ == "__main__":
    sys.stdout.write(document())
