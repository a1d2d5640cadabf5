"""What can be typed after `kg catalogue`."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path

PLACE = "the user's own, see docs/catalogue.md"

_FORMS = ("imdb", "wikidata", "tmdb", "movielens", "csv", "rdf")


def add_catalogue(parser: ArgumentParser, run: Callable[[str], Callable[..., int]]) -> None:
    """Add import, search and info; `run` gives the function of a command by its module."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, says: str, example: str) -> ArgumentParser:
        child = commands.add_parser(
            name,
            help=says,
            description=says[0].upper() + says[1:] + ".",
            epilog=f"example: {example}",
            formatter_class=RawDescriptionHelpFormatter,
        )
        child.set_defaults(run=run(f"catalogue:{name}_"))
        return child

    _import(
        command(
            "import",
            "add films and people from files or an endpoint to the catalogue",
            "kg catalogue import imdb/ --catalogue films",
        )
    )
    child = command(
        "search",
        "find films and people by name",
        'kg catalogue search "about eve"',
    )
    child.add_argument("name", metavar="NAME", help="a title or a name, also misspelt or in part")
    child.add_argument(
        "--limit", type=int, default=20, metavar="N", help="how many (default: %(default)s)"
    )
    child.add_argument("--json", action="store_true", help="as JSON on stdout")
    with_catalogue(child)
    child = command(
        "info", "say what the catalogue holds, and where it comes from", "kg catalogue info"
    )
    child.add_argument("--json", action="store_true", help="as JSON on stdout")
    with_catalogue(child)


def with_catalogue(child: ArgumentParser) -> ArgumentParser:
    """Let a command be told which catalogue to use."""
    child.add_argument(
        "--catalogue",
        type=Path,
        metavar="DIR",
        help=f"folder of the catalogue, or `shipped` (default: {PLACE})",
    )
    return child


def _import(child: ArgumentParser) -> None:
    child.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="folder of IMDb's or MovieLens' tables; files of IMDb, Wikidata, TMDB, MovieLens, "
        "CSV or RDF, also gzipped; or the address of a Wikidata SPARQL endpoint",
    )
    with_catalogue(child)
    child.add_argument(
        "--as",
        dest="form",
        choices=_FORMS,
        help="what the files are, where name and first line don't tell",
    )
    child.add_argument(
        "--columns",
        default="",
        metavar="MAP",
        help="columns of a CSV: title=Name,year=Released,other=,director=,cast=,country=,imdb=,"
        "tmdb=,wikidata=,votes=",
    )
    child.add_argument(
        "--types",
        default="movie,tvMovie",
        metavar="T,T",
        help="IMDb's types of title that count as films (default: %(default)s)",
    )
    child.add_argument(
        "--query",
        type=Path,
        metavar="FILE",
        help="SPARQL for the endpoint, with %%d for LIMIT and %%d for OFFSET",
    )
    child.add_argument(
        "--page",
        type=int,
        default=500,
        metavar="N",
        help="films a request to the endpoint (default: %(default)s)",
    )
    child.add_argument(
        "--timeout",
        type=float,
        default=90.0,
        metavar="S",
        help="seconds that the endpoint has for a page (default: %(default)s)",
    )
    child.add_argument(
        "--anew",
        action="store_true",
        help="begin with the shipped catalogue again, without what was imported before",
    )
    child.add_argument(
        "--strict", action="store_true", help="exit with 1 if any line was left out as unreadable"
    )
