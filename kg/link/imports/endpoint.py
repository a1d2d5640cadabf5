"""A Wikidata SPARQL endpoint, asked page by page, one request at a time.

Every page that has come is kept, so that an import which breaks off goes on from there. A server
that is busy is waited for: as long as it says, else twice as long each time.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from kg.errors import ReadError
from kg.link.imports.faults import Faults
from kg.link.imports.jsonrows import json_rows
from kg.link.imports.lines import Progress, Silent
from kg.link.imports.wikidata import films
from kg.link.sources import FilmRecord

QUERY = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wikibase: <http://wikiba.se/ontology#>
SELECT ?film (SAMPLE(?name) AS ?filmLabel) (MIN(?day) AS ?date) (SAMPLE(?imdb_) AS ?imdb)
  (SAMPLE(?tmdb_) AS ?tmdb) (SAMPLE(?original) AS ?originalTitle) (MAX(?links) AS ?sitelinks)
  (GROUP_CONCAT(DISTINCT ?by; separator="|") AS ?directors)
  (GROUP_CONCAT(DISTINCT ?with; separator="|") AS ?cast)
  (GROUP_CONCAT(DISTINCT ?land; separator="|") AS ?countries)
WHERE {
  { SELECT ?film WHERE { ?film wdt:P31 wd:Q11424 } ORDER BY ?film LIMIT %d OFFSET %d }
  OPTIONAL { ?film rdfs:label ?name . FILTER(LANG(?name) = "en") }
  OPTIONAL { ?film wdt:P577 ?day }
  OPTIONAL { ?film wdt:P345 ?imdb_ }
  OPTIONAL { ?film wdt:P4947 ?tmdb_ }
  OPTIONAL { ?film wdt:P1476 ?original }
  OPTIONAL { ?film wikibase:sitelinks ?links }
  OPTIONAL { ?film wdt:P57/rdfs:label ?by . FILTER(LANG(?by) = "en") }
  OPTIONAL { ?film wdt:P161/rdfs:label ?with . FILTER(LANG(?with) = "en") }
  OPTIONAL { ?film wdt:P495/rdfs:label ?land . FILTER(LANG(?land) = "en") }
}
GROUP BY ?film"""

_AGENT = "film-kg/0.1 (import of a film catalogue; one request at a time)"
_BUSY = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Manners:
    """How an endpoint is asked. Times are seconds."""

    page: int = 500  # films a request
    pause: float = 1.0  # between two requests
    timeout: float = 90.0
    tries: int = 6  # of one request
    wait: float = 2.0  # before the second try; doubled each time
    longest: float = 120.0  # that is waited for a server that says how long


def read(
    url: str,
    kept: Path,
    faults: Faults,
    progress: Progress,
    *,
    query: str = QUERY,
    manners: Manners | None = None,
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of an endpoint; `kept` is the folder for the pages that have come.

    `query` holds `%d` twice, for LIMIT and OFFSET. The end is a page without results. ReadError
    where a page doesn't come after all tries.
    """
    manners = manners or Manners()
    folder = pages_of(url, kept, query=query, manners=manners)
    progress.start(url, None)
    for page in _load(url, folder, faults, progress, query, manners):
        yield from films(json_rows(page, Silent()), page.name, faults)


def pages_of(url: str, kept: Path, *, query: str = QUERY, manners: Manners | None = None) -> Path:
    """The folder in which the pages of one endpoint and query are kept."""
    manners = manners or Manners()
    name = hashlib.sha256(f"{url}\n{query}\n{manners.page}".encode()).hexdigest()[:12]
    return kept / f"pages-{name}"


def _load(
    url: str, folder: Path, faults: Faults, progress: Progress, query: str, manners: Manners
) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    before = b""
    while True:
        page = folder / f"page-{number:06}.json"
        if page.exists():
            faults.count("wikidata: pages kept from an import that broke off")
        else:
            if number:
                time.sleep(manners.pause)
            text = query % (manners.page, number * manners.page)
            _keep(page, _ask(url, text, number, manners))
            faults.count("wikidata: pages asked for")
        answer = page.read_bytes()
        results = len(json.loads(answer)["results"]["bindings"])
        if not results:
            return
        if answer == before:
            faults.count("wikidata: the endpoint gave one page twice, which was taken as its end")
            return
        before = answer
        progress.advance(results)
        yield page
        number += 1


def _keep(page: Path, answer: bytes) -> None:
    part = page.with_suffix(".part")
    part.write_bytes(answer)
    part.replace(page)


def _ask(url: str, query: str, number: int, manners: Manners) -> bytes:
    """One page's answer, checked to be whole."""
    wait = manners.wait
    why = ""
    for attempt in range(manners.tries):
        if attempt:
            time.sleep(wait)
            wait = min(2 * wait, manners.longest)
        try:
            return _whole(_request(url, query, manners.timeout))
        except HTTPError as error:
            why = f"{error.code} {error.reason}"
            if error.code not in _BUSY:
                said = error.read(400).decode("utf-8", "replace").strip()
                raise ReadError(f"{url}: the endpoint refused the query: {why}: {said}") from error
            wait = _told(error.headers.get("Retry-After"), wait, manners.longest)
        except (URLError, TimeoutError, http.client.HTTPException, OSError, ValueError) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
    raise ReadError(
        f"{url}: page {number + 1} didn't come after {manners.tries} tries: {why}. The {number} "
        "pages before it are kept: the same command goes on from there; the catalogue is as it was"
    )


def _request(url: str, query: str, timeout: float) -> bytes:
    request = Request(  # noqa: S310 - the user names the endpoint; other schemes are refused before
        url,
        data=urlencode({"query": query}).encode(),
        headers={"User-Agent": _AGENT, "Accept": "application/sparql-results+json"},
    )
    with urlopen(request, timeout=timeout) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body


def _whole(answer: bytes) -> bytes:
    """The answer, if it holds results; ValueError where it breaks off or is something else."""
    found = json.loads(answer)
    if not isinstance(found, dict) or not isinstance(
        found.get("results", {}).get("bindings"), list
    ):
        raise ValueError("the answer holds no SPARQL results in JSON")  # noqa: TRY004
    return answer


def _told(retry_after: str | None, wait: float, longest: float) -> float:
    """How long to wait by the server's word, else as planned."""
    if not retry_after:
        return wait
    if retry_after.strip().isdigit():
        return min(float(retry_after), longest)
    try:
        until = parsedate_to_datetime(retry_after).timestamp()
    except ValueError:
        return wait
    return min(max(until - time.time(), 0.0), longest)
