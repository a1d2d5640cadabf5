"""What can be typed: the commands, their options, and an example of each."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg import __version__
from kg.cli.catalogue_arguments import add_catalogue, with_catalogue
from kg.errors import UsageError
from kg.graph.remote.address import Place, Remote, place
from kg.vocab import BASE

_GRAPH_HELP = "folder of the graph, or address of a SPARQL server (default: %(default)s)"


def make_parser() -> ArgumentParser:
    """The parser of the whole command line. No command's module is imported before it runs."""
    parser = ArgumentParser(
        prog="kg",
        description="A knowledge graph of films from reviews, with the words behind every fact.",
        epilog="example: kg build corpus/pages && kg query most-referenced",
    )
    parser.add_argument("--version", action="version", version=f"film-kg {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, says: str, example: str, run: str) -> ArgumentParser:
        child = commands.add_parser(
            name,
            help=says,
            description=says[0].upper() + says[1:] + ".",
            epilog=f"example: {example}",
            formatter_class=RawDescriptionHelpFormatter,
        )
        child.set_defaults(run=_later(run))
        return child

    def with_graph(child: ArgumentParser) -> ArgumentParser:
        child.add_argument(
            "--graph", type=_place, default=Path("graph"), metavar="DIR", help=_GRAPH_HELP
        )
        child.add_argument(
            "--update-url",
            default="",
            metavar="URL",
            help="of a SPARQL server: where it takes updates, if that can't be found out",
        )
        child.add_argument(
            "--graph-store-url",
            default="",
            metavar="URL",
            help="of a SPARQL server: where it takes whole graphs (Graph Store Protocol)",
        )
        child.add_argument(
            "--state",
            type=Path,
            metavar="DIR",
            help="of a SPARQL server: folder here for extractions and corrections "
            "(default: one for each address, shown by kg info)",
        )
        return child

    _build(
        with_graph(
            command(
                "build",
                "read pages and write what they say into a graph",
                "kg build reviews/ --graph films",
                "building:build",
            )
        )
    )
    _query(
        with_graph(
            command(
                "query",
                "ask the graph, in SPARQL or with a named query",
                'kg query references-of "All About Eve"',
                "asking:query",
            )
        )
    )
    child = with_graph(
        command(
            "explain",
            "show what is known of a film or person, and the words that say it",
            'kg explain "All About Eve"',
            "asking:explain",
        )
    )
    child.add_argument("name", metavar="NAME", help="a film, person or character")
    child.add_argument("--json", action="store_true", help="as JSON on stdout")
    _export(
        with_graph(
            command(
                "export",
                "write the graph, or a part of it, to a file; the format goes by its ending",
                "kg export references.html",
                "writing:export",
            )
        )
    )
    child = with_graph(
        command(
            "draw",
            "draw a film's neighbourhood in the graph of references",
            'kg draw neighbours.svg --film "Vertigo"',
            "writing:draw",
        )
    )
    child.add_argument("out", type=Path, metavar="OUT", help=".svg or .html")
    child.add_argument(
        "--film",
        action="append",
        default=[],
        metavar="TITLE",
        help="film in the middle; may be given several times (default: the most referenced)",
    )
    child.add_argument(
        "--path",
        nargs=2,
        metavar=("FROM", "TO"),
        help="print the shortest way between two films, with its sentences",
    )
    _annotate(
        command(
            "annotate",
            "mark names and relations in texts, as annotation files",
            "kg annotate reviews/ --out marked",
            "annotating:annotate",
        )
    )
    _evaluate(
        command(
            "evaluate",
            "score annotations against gold",
            "kg evaluate corpus/gold",
            "evaluating:evaluate",
        )
    )
    child = command(
        "train",
        "train the recogniser's weights as a plan tells",
        "kg train plan.toml",
        "training:train",
    )
    child.add_argument(
        "plan",
        type=Path,
        metavar="PLAN",
        help="data folders, seeds and options in one file, .toml or .yaml; a run that was cut off "
        "goes on from its last whole epoch",
    )
    child.add_argument(
        "--fresh", action="store_true", help="begin anew where another training was begun"
    )
    with_graph(
        command(
            "info",
            "say what the graph holds and what this installation is",
            "kg info",
            "asking:info",
        )
    )
    _link(
        with_graph(
            command(
                "link",
                "say that two names are one thing, or are not",
                "kg link --same film/all-about-eve-1950 film/about-eve",
                "correcting:link",
            )
        )
    )
    _fact(
        with_graph(
            command(
                "fact",
                "say that a fact is wrong, or add one that no page says",
                'kg fact --add "All About Eve" genre drama --note "as everybody knows"',
                "correcting:fact",
            )
        )
    )
    add_catalogue(
        command(
            "catalogue",
            "import into the catalogue of films and people, search it, say what it holds",
            'kg catalogue search "about eve"',
            "catalogue:info_",
        ),
        _later,
    )
    child = with_graph(
        command(
            "forget",
            "remove a page and all that only it says",
            "kg forget pages/users/eve.txt",
            "building:forget",
        )
    )
    child.add_argument("source", metavar="SOURCE", help="a page's source, id, or a folder of pages")
    _merge(
        command(
            "merge",
            "join two graphs: their pages are linked again as if built together",
            "kg merge films other --into both",
            "merging:merge",
        )
    )
    _diff(
        command(
            "diff",
            "show what facts came and went from one graph to another; exit code 1 if they differ",
            "kg diff films films-new",
            "merging:compare",
        )
    )
    child = with_graph(
        command("check", "validate the graph against its SHACL shapes", "kg check", "asking:check")
    )
    child.add_argument("--json", action="store_true", help="as JSON on stdout")
    _serve(
        with_graph(
            command(
                "serve",
                "show the graph in a browser, and answer SPARQL",
                "kg serve --port 8000",
                "serving:run",
            )
        )
    )
    return parser


def _serve(child: ArgumentParser) -> None:
    child.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        help="address to listen at (default: %(default)s, which only this machine reaches)",
    )
    child.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="port to listen at; 0 takes a free one (default: %(default)s)",
    )
    child.add_argument(
        "--query-timeout",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="time after which a query is stopped (default: %(default)s)",
    )
    child.add_argument(
        "--writable",
        action="store_true",
        help="take changes from whoever shows the token in the environment variable FILM_KG_TOKEN",
    )
    child.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="H",
        help="a name under which the server may be asked for, besides this machine's own; may be "
        "given several times",
    )
    child.add_argument(
        "--base-url",
        default="",
        metavar="U",
        help="where the world sees the server, if a proxy stands before it",
    )


def _build(child: ArgumentParser) -> None:
    with_catalogue(child)
    child.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="file, folder, glob, or - for standard input: .txt .md .html .jsonl .csv .tsv "
        ".warc, each also with .gz",
    )
    child.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="worker processes (default: one a core)"
    )
    child.add_argument(
        "--base",
        metavar="IRI",
        help=f"what IRIs begin with (default: that of the graph; of a new one {BASE})",
    )
    child.add_argument(
        "--rebuild",
        action="store_true",
        help="begin anew: forget what the graph held, corrections excepted",
    )
    child.add_argument(
        "--strict", action="store_true", help="exit with 1 if any document was refused"
    )
    child.add_argument(
        "--max-bytes",
        type=int,
        default=20_000_000,
        metavar="N",
        help="refuse documents larger than this (default: %(default)s)",
    )
    for column in ("text", "title", "year", "url", "author", "publication", "date", "rating"):
        child.add_argument(
            f"--{column}-column",
            metavar="NAME",
            help=f"column or key that holds the {column} (default: {column})",
        )
    _recogniser(child)


def _merge(child: ArgumentParser) -> None:
    child.add_argument("one", type=_folder, metavar="A", help="folder of a graph")
    child.add_argument(
        "other", type=_folder, metavar="B", help="folder of another; it stays as it is"
    )
    child.add_argument(
        "--into",
        type=Path,
        metavar="C",
        help="folder for the joined graph (default: A takes B's pages in)",
    )


def _diff(child: ArgumentParser) -> None:
    child.add_argument("one", type=_place, metavar="A", help="folder or address of the older graph")
    child.add_argument(
        "other", type=_place, metavar="B", help="folder or address of the newer graph"
    )
    child.add_argument("--json", action="store_true", help="as JSON on stdout")


def _link(child: ArgumentParser) -> None:
    child.add_argument(
        "--same",
        nargs=2,
        metavar=("A", "B"),
        help="A and B are one: B's names mean A; each a name, a path (film/backstage) or an IRI",
    )
    child.add_argument(
        "--different",
        nargs=2,
        metavar=("A", "B"),
        help="A is not B; A may be a page (source/NAME), whose names then never mean B",
    )
    _kept(child)


def _fact(child: ArgumentParser) -> None:
    child.add_argument(
        "--wrong",
        nargs="+",
        metavar="CLAIM",
        help="a claim as kg explain prints it (claim/...), wrong on its page; or subject, "
        "predicate and object, wrong on every page",
    )
    child.add_argument(
        "--add",
        nargs=3,
        metavar=("SUBJECT", "PREDICATE", "OBJECT"),
        help='a fact: film actor "Bette Davis as Margo Channing"',
    )
    _kept(child)


def _kept(child: ArgumentParser) -> None:
    """What both commands of corrections have: their file is shown, and lines are taken out."""
    child.add_argument("--note", default="", metavar="WORDS", help="why, kept with it")
    child.add_argument("--list", action="store_true", help="print what was said, with numbers")
    child.add_argument(
        "--undo", nargs="+", type=int, metavar="N", help="take back what --list shows as N"
    )


def _query(child: ArgumentParser) -> None:
    child.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help="SPARQL, a file FILE.rq, or the name of a query and what it asks for; "
        "without any, the named queries are listed",
    )
    child.add_argument(
        "--format",
        default="table",
        metavar="F",
        help="table csv tsv json xml; for CONSTRUCT turtle ntriples rdfxml jsonld "
        "(default: %(default)s)",
    )


def _export(child: ArgumentParser) -> None:
    child.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help=".ttl .nt .nq .trig .jsonld .rdf (RDF), .qs (QuickStatements for Wikidata), .graphml "
        ".gexf .csv .html .svg (references between films), each also with .gz",
    )
    child.add_argument(
        "--film",
        action="append",
        default=[],
        metavar="TITLE",
        help="only what is said of this film; may be given several times",
    )
    child.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="SOURCE",
        help="only what this page says, or the pages below this folder or address; may be given "
        "several times",
    )
    child.add_argument(
        "--no-evidence",
        action="store_true",
        help="without claims, passages and quotations: only what they state",
    )
    child.add_argument(
        "--min-confidence",
        type=float,
        default=0.0,
        metavar="X",
        help="without what is less sure, from 0 to 1 (default: all)",
    )
    child.add_argument(
        "--catalogue-only",
        action="store_true",
        help="what the catalogue knows of all this, in place of what pages say",
    )


def _annotate(child: ArgumentParser) -> None:
    child.add_argument(
        "sources",
        nargs="+",
        metavar="IN",
        help="text files, or folders of them; the reviewed film may stand in NAME.title",
    )
    child.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for the annotations"
    )
    child.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)"
    )
    child.add_argument("--strict", action="store_true", help="exit with 1 if any text was refused")
    _recogniser(child)


def _recogniser(child: ArgumentParser) -> None:
    child.add_argument(
        "--recogniser",
        metavar="NAME",
        help="what finds the names in place of the shipped weights: an installed spaCy pipeline, "
        "a folder of one, gliner:MODEL, or a folder of weights that kg train wrote",
    )
    child.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="LABEL=KIND",
        help="what a label of that recogniser stands for: FILM WORK PERSON CHARACTER ORGANISATION "
        "AWARD, or nothing if it isn't marked; may be given several times",
    )
    child.add_argument(
        "--min-confidence",
        type=_share,
        default=0.0,
        metavar="X",
        help="leave out what is less sure than this, 0 to 1 (default: %(default)s)",
    )


def _share(words: str) -> float:
    try:
        share = float(words)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"expected a number from 0 to 1, found {words!r}")
    return share


def _evaluate(child: ArgumentParser) -> None:
    child.add_argument(
        "gold", type=Path, metavar="GOLD", help="folder of gold annotations (.ann, with their .txt)"
    )
    child.add_argument(
        "--pred",
        type=Path,
        metavar="DIR",
        help="annotations to score (default: annotate the texts now)",
    )
    _recogniser(child)
    child.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)"
    )
    child.add_argument("--json", action="store_true", help="as JSON on stdout")
    child.add_argument(
        "--details",
        action="store_true",
        help="also the confusion of kinds and the worst errors; with --json also intervals, "
        "sources and confidences",
    )
    child.add_argument(
        "--html",
        type=Path,
        metavar="OUT.html",
        help="also as one page that shows gold and prediction side by side",
    )
    child.add_argument(
        "--errors",
        type=int,
        default=40,
        metavar="N",
        help="how many of the worst errors are listed (default: %(default)s)",
    )
    child.add_argument(
        "--reliability",
        action="store_true",
        help="also how well the confidences are calibrated (not with --pred)",
    )
    child.add_argument(
        "--gate",
        type=Path,
        metavar="BASELINE",
        help="exit with 1 if a score falls below this baseline",
    )
    child.add_argument(
        "--update", action="store_true", help="write the baseline anew; scores may only rise"
    )
    child.add_argument("--lower", action="store_true", help="with --update: scores may also fall")


def _place(written: str) -> Place:
    """A folder or an address; argparse says what is wrong with it."""
    try:
        return place(written)
    except UsageError as error:
        raise ArgumentTypeError(str(error)) from error


def _folder(written: str) -> Path:
    """A folder, where a graph on a server won't do."""
    found = _place(written)
    if isinstance(found, Remote):
        raise ArgumentTypeError(f"expected a folder, found the address {found}")
    return found


def with_server(options: Namespace) -> Namespace:
    """The options, the address in `--graph` with what others of them say of its server."""
    graph = getattr(options, "graph", None)
    named = any(getattr(options, one, None) for one in ("update_url", "graph_store_url", "state"))
    if isinstance(graph, Remote):
        options.graph = graph.with_ends(
            update=options.update_url, graph_store=options.graph_store_url, state=options.state
        )
    elif named:
        raise UsageError(
            "expected --update-url, --graph-store-url and --state with the address of a SPARQL "
            f"server, found them with --graph {graph}; leave them out"
        )
    return options


def _later(target: str) -> Callable[[Namespace], int]:
    """A command by module and function, imported when it runs."""

    def run(options: Namespace) -> int:
        module, function = target.split(":")
        code: int = getattr(import_module(f"kg.cli.{module}"), function)(options)
        return code

    return run
