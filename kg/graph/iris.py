"""The IRIs of everything that a graph holds, all below one base."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kg.errors import UsageError
from kg.graph.terms import clean_iri, key, outside_iri
from kg.model import Evidence, Literal, Span
from kg.vocab import BASE

# The folders below the base, in the order in which exports show them: what is known first, then
# where it is said, then the words.
FOLDERS = (
    "film",
    "work",
    "person",
    "character",
    "role",
    "organisation",
    "award",
    "review",
    "rating",
    "reference",
    "source",
    "quotation",
    "claim",
    "passage",
)


@dataclass(frozen=True, slots=True)
class Iris:
    """Names nodes below `base`, which ends with `/` or `#`."""

    base: str = BASE

    def __post_init__(self) -> None:
        if outside_iri(self.base) != self.base or self.base[-1] not in "/#":
            raise UsageError(
                f"expected an absolute IRI that ends with / or # as the base of the graph's names, "
                f"found {self.base!r}; give one like {BASE}"
            )

    @property
    def catalogue(self) -> str:
        """The graph of what the catalogue knows."""
        return self.base + "catalogue"

    @property
    def corrections(self) -> str:
        """The graph of what the user has added."""
        return self.base + "corrections"

    def entity(self, entity_id: str) -> str:
        """A thing with an identity of its own: `film/all-about-eve-1950` below the base."""
        return self.base + clean_iri(entity_id)

    def source(self, page_id: str) -> str:
        """A page; also the name of the graph of what it says."""
        return f"{self.base}source/{_path(page_id)}"

    def review(self, page_id: str, *content: object) -> str:
        """The review that a page is, or (with `content`) one of those that it holds."""
        whole = f"{self.base}review/{_path(page_id)}"
        return f"{whole}-{key(*content)}" if content else whole

    def role(self, film: str, person: str, character: str) -> str:
        """The part of one actor in one film; `character` is an IRI, or a name where it has none."""
        return f"{self.base}role/{key(film, person, character)}"

    def reference(self, citing: str, cited: str, kind: str, review: str) -> str:
        """What one review says of two films."""
        return f"{self.base}reference/{key(citing, cited, kind, review)}"

    def rating(self, *content: object) -> str:
        """A grade in a page."""
        return f"{self.base}rating/{key(*content)}"

    def claim(self, subject: str, predicate: str, obj: str | Literal, page_id: str) -> str:
        """One page's word for one statement."""
        if isinstance(obj, Literal):
            content: tuple[object, ...] = ("literal", obj.value, obj.datatype, obj.language)
        else:
            content = ("iri", obj)
        return f"{self.base}claim/{key(subject, predicate, *content, page_id)}"

    def passage(self, page_id: str, evidence: Evidence) -> str:
        """The words of a page, by where they stand or, in its markup, by what they are."""
        if evidence.span is not None:
            return self.span(page_id, evidence.span)
        return f"{self.base}passage/{key(page_id, evidence.where, evidence.exact)}"

    def span(self, page_id: str, span: Span) -> str:
        """A passage of a page's text."""
        return f"{self.base}passage/{key(page_id, span.start, span.end)}"

    def quotation(self, folded: str) -> str:
        """Words that several pages share, by the words."""
        return f"{self.base}quotation/{key(folded)}"


def _path(page_id: str) -> str:
    """A page's id as the end of an IRI; folders in it stay folders."""
    return quote(page_id, safe="/-._~!$&'()*+,;=:@", encoding="utf-8", errors="surrogatepass")
