"""Why names mean what they do, read from what the last linking kept beside the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from kg.engine.cache import EXTRACTIONS, Cache
from kg.graph.explanation import Account, Explanation, Meaning, Rival
from kg.graph.store import Store
from kg.model import Candidate, Link, Literal

_MOST = 500  # pages that are looked through for one thing


def with_reasons(explanation: Explanation, store: Store, folder: Path) -> Explanation:
    """The explanation, each account with the names that mean its thing and why.

    Unchanged where `folder` keeps no links: a graph that was copied without them. StoreError where
    they can't be read.
    """
    path = folder / EXTRACTIONS
    if not path.exists():
        return explanation
    with Cache(path, writable=False) as cache:
        accounts = tuple(
            replace(account, meanings=tuple(_meanings(account, store, cache)))
            for account in explanation.accounts
        )
    return replace(explanation, accounts=accounts)


def _meanings(account: Account, store: Store, cache: Cache) -> Iterator[Meaning]:
    """The names that mean one thing: the commonest first, one for all pages that agree."""
    wanted = account.iri.removeprefix(store.base)
    found: dict[tuple[str, tuple[str, ...]], list[tuple[Link, str]]] = {}
    for page, source in sorted(_pages(account.iri, store))[:_MOST]:
        for name, link in cache.links(page):
            if link.entity.id == wanted:
                found.setdefault((name, link.reasons), []).append((link, source))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    for (name, reasons), bearers in ranked:
        best = max((link for link, _ in bearers), key=lambda link: link.score)
        yield Meaning(
            name,
            best.score,
            reasons,
            tuple(map(_rival, best.rivals)),
            tuple(dict.fromkeys(source for _, source in bearers)),
        )


def _rival(one: Candidate) -> Rival:
    entity = one.entity
    label = f"{entity.name} ({entity.year})" if entity.year else entity.name
    return Rival(entity.id, label, one.score)


def _pages(iri: str, store: Store) -> Iterator[tuple[str, str]]:
    """Id and source of the pages that describe a thing."""
    begins = f"{store.base}source/"
    told = f"GRAPH ?page {{ <{iri}> rdfs:label ?name . ?page rdfs:label ?source }}"
    query = f"SELECT DISTINCT ?page ?source {{ {told} }}"
    for page, source in store.query(query).rows():
        if isinstance(page, str) and page.startswith(begins) and isinstance(source, Literal):
            yield unquote(page.removeprefix(begins), errors="surrogatepass"), source.value
