"""What all routes share: the graph, the processes, the settings, and how pages are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from kg import __version__
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.service import Service
from kg.view import wording
from kg.view.facts import web_address
from kg.vocab import FK
from kg.web.library import Library
from kg.web.pool import Pool
from kg.web.settings import Settings

_TEMPLATES = Path(__file__).parent / "templates"
# what may stand in a path as it is (RFC 3986, pchar and the slash); % begins an escape already
_IN_PATH = "/-._~!$&'()*+,;=:@%"
_QUOTED = re.compile('["“][^"“”]*["”]')
_SITES = {"wikidata.org": "Wikidata", "imdb.com": "IMDb", "themoviedb.org": "TMDB"}


@dataclass(frozen=True)
class Site:
    """One server's parts."""

    graph: Path
    settings: Settings
    pool: Pool
    library: Library
    base: str
    started: str = field(default_factory=lambda: uuid4().hex)
    """Made anew with each start, so that no browser keeps pages of an older program."""

    @property
    def root(self) -> str:
        """The path below which the world sees this server: "" or "/films"."""
        return urlsplit(self.settings.base_url).path.rstrip("/")

    def address(self, request: Request) -> str:
        """The absolute address of this server as the client sees it, with a slash at its end."""
        if self.settings.base_url:
            return self.settings.base_url.rstrip("/") + "/"
        return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}/"

    def service(self, request: Request) -> Service:
        """Where the parts of this server are."""
        root = self.address(request)
        return Service(
            root=root,
            sparql=root + "sparql",
            graphs=root + "rdf-graph-store",
            void=root + ".well-known/void",
            writable=self.settings.writable,
        )

    def path(self, iri: str) -> str:
        """Where a node is shown here; the IRI itself where it isn't below the graph's base."""
        if iri.startswith(FK.NAMESPACE):
            return f"{self.root}/ontology#{quote(iri.removeprefix(FK.NAMESPACE))}"
        if not iri.startswith(self.base):
            return web_address(iri)
        return f"{self.root}/{quote(iri[len(self.base) :], safe=_IN_PATH)}"

    @cached_property
    def templates(self) -> Environment:
        """The templates; whatever is put into one is text until shown otherwise."""
        made = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["name"] = as_name
        made.filters["words"] = as_words
        made.filters["line"] = as_line
        made.filters["percent"] = lambda share: f"{share * 100:.0f} %"
        made.filters["site"] = as_site
        made.filters["short"] = lambda iri: shorten(iri, prefixes_of(self.base))
        made.globals.update(root=self.root, path=self.path, version=__version__)
        return made

    def render(self, template: str, values: Mapping[str, object]) -> bytes:
        """A page."""
        return self.templates.get_template(template).render(values).encode()


def as_name(text: str) -> Markup:
    """A name on its own: whichever way it is written, it turns nothing around it."""
    return Markup(f"<bdi>{escape(wording.xml_text(text))}</bdi>")  # noqa: S704 - escaped here


def as_words(text: str) -> Markup:
    """Words of a page as a quotation."""
    bare = wording.quotable(wording.xml_text(text))
    if _QUOTED.fullmatch(bare):  # marks of the page's own around the whole are ours already
        bare = bare[1:-1]
    quoted = escape(bare)
    return Markup(f'<q dir="auto">{quoted}</q>')  # noqa: S704 - escaped here


def as_line(text: str, limit: int = 120) -> str:
    """A name where only one line of plain text can stand."""
    return wording.one_line(text, limit)


def as_site(address: str) -> str:
    """What a link out leads to, in a word."""
    host = (urlsplit(address).hostname or address).removeprefix("www.")
    for sign, name in _SITES.items():
        if host.endswith(sign):
            return name
    return host
