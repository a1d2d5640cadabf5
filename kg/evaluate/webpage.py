"""An evaluation as one self-contained page: no network, no script, nothing trusted.

The policy in the page's head allows its own style by hash and nothing else, so that no word of a
review that slipped through could run or call out.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from kg.evaluate.confusion import CUT, MISSED, SPURIOUS, Confusion
from kg.evaluate.evaluation import Evaluation, Rows
from kg.evaluate.reliability import Reliability
from kg.evaluate.sides import KIND_WORDS, SIGNS, document, identifier
from kg.evaluate.slips import Slip

_STYLE = Path(__file__).parent / "page" / "style.css"
_CARDS = {
    "mentions": "Mentions",
    "films named": "Films named",
    "relations": "Relations",
    "references": "References",
    "references with kind": "References with kind",
    "clusters B3": "Clusters, B-cubed",
}
_WIDTH, _HEIGHT = 220, 16  # of an interval's bar
_SIZE, _MARGIN = 250, 34  # of a reliability diagram
_LEVELS = (0.02, 0.06, 0.15)  # shares of a row from which a confusion's colour deepens


def html(evaluation: Evaluation, *, title: str = "Evaluation") -> bytes:
    """The page as UTF-8."""
    style = _STYLE.read_text(encoding="utf-8").strip()
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    sections = {
        "scores": ("Scores", _scores(evaluation)),
        "sources": ("By source", _sources(evaluation.sources)),
        "confusion": ("Kinds taken for each other", _matrix(evaluation.confusion)),
        "reliability": ("Confidence", _reliability(evaluation)),
        "errors": ("Worst errors", _errors(evaluation)),
        "documents": ("Documents side by side", _documents(evaluation)),
    }
    shown = {key: section for key, section in sections.items() if section[1]}
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, (name, _) in shown.items())
    body = "".join(
        f'<section aria-labelledby="{key}"><h2 id="{key}">{name}</h2>{content}</section>'
        for key, (name, content) in shown.items()
    )
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        '<a class="skip" href="#documents">Skip to the documents</a>'
        f"<header><h1>{escape(title)}</h1>{_lead(evaluation)}{_cards(evaluation)}</header>"
        f'<nav aria-label="Parts of this page"><ul>{links}</ul></nav><main>{body}</main>'
        "<footer>Made by film-kg. The texts are quoted from reviews and remain their authors'."
        "</footer></body></html>\n"
    )
    return page.encode("utf-8", "replace")


def _lead(evaluation: Evaluation) -> str:
    number = len(evaluation.documents)
    text = (
        f'<p class="lead">{number:,} annotated document{"s" if number != 1 else ""}. A mention '
        "counts with its exact span and kind. Intervals hold the middle 95% of the scores that "
        "documents drawn again would give.</p>"
    )
    if evaluation.other_texts:
        names = ", ".join(map(escape, evaluation.other_texts[:5]))
        text += (
            f'<p class="warning">{len(evaluation.other_texts)} predictions are of another text '
            f"than their gold, so their places mean nothing: {names}</p>"
        )
    return text


def _cards(evaluation: Evaluation) -> str:
    cards = []
    for measure, name in _CARDS.items():
        row = evaluation.rows.get(measure)
        if isinstance(row, Mapping) and row["n"]:
            low, high = evaluation.intervals.get(measure, (row["f1"], row["f1"]))
            cards.append(
                f'<div class="card"><dt>{name}</dt><dd class="figure">{row["f1"]:.3f}</dd>'
                f'<dd class="spread">{low:.3f} to {high:.3f}</dd></div>'
            )
    return f'<dl class="cards">{"".join(cards)}</dl>'


def _scores(evaluation: Evaluation) -> str:
    rows = []
    for measure, row in evaluation.rows.items():
        if not isinstance(row, Mapping):
            continue
        value = row.get("f1", row.get("right", 0.0))
        sub = ' class="sub"' if measure.startswith(("mentions ", "relation ")) else ""
        figures = [row.get("p"), row.get("r"), value] if "f1" in row else [None, None, value]
        cells = "".join(_figure(figure, row["n"]) for figure in figures)
        low, high = evaluation.intervals.get(measure, (value, value))
        spread = f"{low:.3f} to {high:.3f}" if measure in evaluation.intervals else ""
        rows.append(
            f'<tr{sub}><th scope="row">{escape(_measure(measure))}</th>{cells}'
            f'<td class="n">{row["n"]:,.0f}</td><td class="n">{spread}</td>'
            f"<td>{_bar(value, low, high)}</td></tr>"
        )
    return (
        '<p class="note">Of links, the share that is right stands under F1.</p>'
        '<div class="scroll"><table><thead><tr><th scope="col">Measure</th>'
        '<th scope="col" class="n">Precision</th><th scope="col" class="n">Recall</th>'
        '<th scope="col" class="n">F1</th><th scope="col" class="n">In gold</th>'
        '<th scope="col" class="n">95% interval</th><th scope="col">0 to 1</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _measure(name: str) -> str:
    start, space, letter = name.rpartition(" ")
    return f"{KIND_WORDS[letter]}" if space and start == "mentions" else name


def _figure(figure: float | None, number: float) -> str:
    if figure is None:
        return '<td class="n"></td>'
    if not number:
        return '<td class="n undefined">undefined</td>'
    return f'<td class="n">{figure:.3f}</td>'


def _bar(value: float, low: float, high: float) -> str:
    left, right = low * _WIDTH, high * _WIDTH
    return (
        f'<svg class="bar" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f'<line class="axis" x1="0" y1="8" x2="{_WIDTH}" y2="8"/>'
        f'<rect class="spread" x="{left:.1f}" y="3" width="{max(1.0, right - left):.1f}" '
        f'height="10" rx="3"/><circle class="point" cx="{value * _WIDTH:.1f}" cy="8" r="4"/></svg>'
    )


def _sources(sources: Mapping[str, Rows]) -> str:
    if not sources:
        return ""
    head = "".join(f'<th scope="col" class="n">{name}</th>' for name in _CARDS.values())
    rows = []
    for source, measures in sources.items():
        cells = []
        for measure in _CARDS:
            row = measures.get(measure, {})
            n = row["n"] if isinstance(row, Mapping) and row else 0
            cells.append(_figure(row["f1"] if isinstance(row, Mapping) and n else 0.0, n))
        rows.append(
            f'<tr><th scope="row">{escape(source)}</th><td class="n">{measures["documents"]}</td>'
            f"{''.join(cells)}</tr>"
        )
    return (
        '<p class="note">A document\'s source is what its name begins with, up to the first '
        'underscore. F1 of each measure.</p><div class="scroll"><table><thead><tr>'
        f'<th scope="col">Source</th><th scope="col" class="n">Documents</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _matrix(confusion: Confusion) -> str:
    words = {**KIND_WORDS, CUT: "other span", MISSED: "missed", SPURIOUS: "none there"}
    head = "".join(f'<th scope="col">{words[column]}</th>' for column in confusion.columns)
    rows = []
    for row in confusion.rows:
        total = sum(confusion.counts[row, column] for column in confusion.columns)
        cells = "".join(
            _cell(confusion.counts[row, column], total, right=row == column)
            for column in confusion.columns
        )
        rows.append(f'<tr><th scope="row">{words[row]}</th>{cells}</tr>')
    return (
        '<p class="note">Rows are the gold, columns what was found at the same words. "Other '
        'span" was found, but begins or ends elsewhere.</p><div class="scroll">'
        f'<table class="matrix"><thead><tr><td class="none"></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(count: int, total: int, *, right: bool) -> str:
    if not count:
        return '<td class="none">·</td>'
    level = 1 + sum(count / total >= least for least in _LEVELS)
    return f'<td class="{"right" if right else f"w{level}"}">{count:,}</td>'


def _reliability(evaluation: Evaluation) -> str:
    if not evaluation.reliability:
        return ""
    return (
        '<p class="note">Predictions in bins of like confidence: how sure they were, and how many '
        "of them were right. On the dashed line both agree. The expected calibration error is the "
        'mean distance from it.</p><div class="diagrams">'
        f"{''.join(map(_diagram, evaluation.reliability))}</div>"
    )


def _diagram(one: Reliability) -> str:
    def x(share: float) -> float:
        return _MARGIN + share * (_SIZE - _MARGIN - 8)

    def y(share: float) -> float:
        return _SIZE - _MARGIN - share * (_SIZE - _MARGIN - 8)

    dots = [(x(b.confidence), y(b.right), b) for b in one.bins]
    line = " ".join(f"{left:.1f},{top:.1f}" for left, top, _ in dots)
    largest = max(b.count for b in one.bins)
    circles = "".join(
        f'<circle class="dot" cx="{left:.1f}" cy="{top:.1f}" '
        f'r="{2.5 + 4.5 * (b.count / largest) ** 0.5:.1f}"><title>{b.count} predictions, '
        f"{b.confidence:.2f} sure, {b.right:.2f} right</title></circle>"
        for left, top, b in dots
    )
    return (
        f'<figure><svg class="diagram" viewBox="0 0 {_SIZE} {_SIZE}" role="img" '
        f'aria-label="Share right against confidence of {one.what}s">'
        f'<rect class="frame" x="{x(0):.1f}" y="{y(1):.1f}" width="{x(1) - x(0):.1f}" '
        f'height="{y(0) - y(1):.1f}"/>'
        f'<line class="ideal" x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(1):.1f}" y2="{y(1):.1f}"/>'
        f'<polyline class="line" points="{line}"/>{circles}'
        f'<text x="{x(0.5):.0f}" y="{_SIZE - 6}" text-anchor="middle">confidence</text>'
        f'<text x="12" y="{y(0.5):.0f}" text-anchor="middle" '
        f'transform="rotate(-90 12 {y(0.5):.0f})">share right</text>'
        f'<text x="{x(0):.0f}" y="{y(0) + 14:.0f}" text-anchor="middle">0</text>'
        f'<text x="{x(1):.0f}" y="{y(0) + 14:.0f}" text-anchor="middle">1</text></svg>'
        f"<figcaption><b>{one.what.capitalize()}s</b>: {one.count:,} predictions, on average "
        f"{one.confidence:.3f} sure and {one.right:.3f} right; expected calibration error "
        f"{one.error:.3f}</figcaption></figure>"
    )


def _errors(evaluation: Evaluation) -> str:
    if not evaluation.slips:
        return '<p class="note">There are none.</p>'
    return (
        '<p class="note">Those that a document repeats most come first.</p><div class="scroll">'
        '<table class="errors"><thead><tr><th scope="col">What</th><th scope="col">Gold</th>'
        '<th scope="col">Found</th><th scope="col">In its words</th>'
        '<th scope="col" class="n">Times</th><th scope="col">Document</th></tr></thead><tbody>'
        f"{''.join(map(_error, evaluation.slips))}</tbody></table></div>"
    )


def _error(slip: Slip) -> str:
    words = f"{escape(slip.before)}<b>{escape(slip.words)}</b>{escape(slip.after)}"
    return (
        f'<tr><th scope="row">{slip.what}</th><td>{escape(slip.gold)}</td>'
        f"<td>{escape(slip.found)}</td><td><q>{words if slip.words else ''}</q></td>"
        f'<td class="n">{slip.times}</td><td><a href="#{identifier(slip.document)}">'
        f"{escape(slip.document)}</a></td></tr>"
    )


def _documents(evaluation: Evaluation) -> str:
    kinds = "".join(
        f'<li><mark class="{letter}">{word}<span class="tag" aria-hidden="true">{letter}</span>'
        "</mark></li>"
        for letter, word in KIND_WORDS.items()
    )
    signs = "".join(
        f'<li><mark class="P wrong">{verdict}<span class="tag" aria-hidden="true">{sign}</span>'
        "</mark></li>"
        for verdict, sign in SIGNS.items()
        if sign
    )
    worst = sorted(
        evaluation.documents, key=lambda judged: (judged.scores.counts["mentions"].f1, judged.name)
    )
    return (
        '<p class="note">The worst first. What bears the same letter and number is one thing. '
        "Point at a mark for its canonical name.</p>"
        f'<ul class="legend">{kinds}{signs}</ul>{"".join(map(document, worst))}'
    )
