"""The network as a still picture: one SVG file, light or dark as the reader's system is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from math import hypot
from pathlib import Path
from xml.sax.saxutils import escape

from kg.view import labels, wording
from kg.view.drawing import Drawing
from kg.view.interchange import evidence_text
from kg.view.labels import Label
from kg.view.palette import KINDS, ROLES, Ink, decade_colour, ink

_STYLE = Path(__file__).parent / "page" / "picture.css"
_MARGIN = 36.0
_SHAPES = {"film": "circle", "person": "circle", "work": "rect"}


def svg(drawing: Drawing, *, title: str, focus: Collection[str] = ()) -> bytes:
    """The drawing as SVG 1.1 with CSS colours; nodes in `focus` are ringed.

    Every node and edge has a tooltip (`title` element): a node's whole name, an edge's kind with
    the sentences that state it. Names that found no room stand in the tooltips alone.
    """
    across = [x for x, _ in drawing.places.values()] or [0.0]
    scale = max(1.0, (max(across) - min(across)) / 1500)
    names = labels.place(drawing, scale=scale)
    left, top, right, bottom = _bounds(drawing, names)
    below = 92 * scale
    width = max(right - left, 640.0 * scale)
    height = bottom + below - top
    shown = min(max(width, 960), 1600)
    used = {key for _, _, key in drawing.network.edges(keys=True)}
    inks = {key: ink(key) for key in (*KINDS, *ROLES) if key in used}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} '
        f'{height:.0f}" width="{shown:.0f}" height="{height * shown / width:.0f}" '
        'role="img" aria-labelledby="title">',
        f'<title id="title">{_text(title)}</title>',
        f"<style>{_STYLE.read_text(encoding='utf-8')}{_colours(drawing, inks)}</style>",
        _arrows(inks),
        *_edges(drawing),
        *_nodes(drawing, focus),
        *(_name(drawing, one) for one in names),
        *_legend(drawing, inks, left + 24 * scale, top + height - below + 34 * scale, scale),
        _note(title, left + width - 24 * scale, top + height - 18 * scale, scale),
        "</svg>\n",
    ]
    return "\n".join(lines).encode("utf-8", "backslashreplace")


def _text(words: str) -> str:
    return escape(wording.xml_text(words))


def _colours(drawing: Drawing, inks: dict[str, Ink]) -> str:
    decades = {_decade(drawing, node) for node in drawing.network}
    light = [f".k-{key} {{ stroke: {one.light}; }} .a-{key} {{ fill: {one.light}; }}"
             for key, one in inks.items()]  # fmt: skip
    dark = [f".k-{key} {{ stroke: {one.dark}; }} .a-{key} {{ fill: {one.dark}; }}"
            for key, one in inks.items()]  # fmt: skip
    for decade in sorted(decades, key=lambda decade: decade or 0):
        light.append(f".d-{decade} {{ fill: {decade_colour(decade)}; }}")
        dark.append(f".d-{decade} {{ fill: {decade_colour(decade, dark=True)}; }}")
    return (
        "\n".join(light) + "\n@media (prefers-color-scheme: dark) {\n" + "\n".join(dark) + "\n}\n"
    )


def _decade(drawing: Drawing, node: str) -> int | None:
    year: int | None = drawing.network.nodes[node].get("year")
    return None if year is None else year // 10 * 10


def _arrows(inks: dict[str, Ink]) -> str:
    heads = "".join(
        f'<marker id="to-{key}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path class="a-{key}" d="M0 .8 8 4 0 7.2Z"/></marker>'
        for key in inks
    )
    return f"<defs>{heads}</defs>"


def _edges(drawing: Drawing) -> list[str]:
    between: dict[frozenset[str], list[tuple[str, str, str]]] = defaultdict(list)
    for source, target, key in sorted(drawing.network.edges(keys=True)):
        if source != target:
            between[frozenset((source, target))].append((source, target, key))
    lines = []
    for parallel in between.values():
        for position, (source, target, key) in enumerate(parallel):
            bend = (position - (len(parallel) - 1) / 2) * 0.22
            if len(parallel) == 1:
                bend = 0.08
            lines.append(_edge(drawing, source, target, key, bend=bend))
    return lines


def _edge(drawing: Drawing, source: str, target: str, key: str, *, bend: float) -> str:
    (x1, y1), (x2, y2) = drawing.places[source], drawing.places[target]
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy) or 1.0
    # the same bend to the same side for both directions of a pair
    side = bend if source < target else -bend
    cx, cy = (x1 + x2) / 2 - dy * side, (y1 + y2) / 2 + dx * side
    away = hypot(x2 - cx, y2 - cy) or 1.0
    reach = min(drawing.radii[target] + 2.5, length / 2)
    x2, y2 = x2 - (x2 - cx) / away * reach, y2 - (y2 - cy) / away * reach
    edge = drawing.network.edges[source, target, key]
    dash = " ".join(str(part) for part in ink(key).dash)
    names = drawing.network.nodes
    tooltip = f"{names[source]['label']} {ink(key).forwards} {names[target]['label']}"
    evidence = evidence_text(edge.get("evidence", ())) or edge.get("part", "")
    return (
        f'<path class="edge {key} k-{key}" d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} '
        f'{x2:.1f} {y2:.1f}" stroke-width="{min(1.1 + 0.6 * (edge["weight"] - 1), 5):.1f}"'
        + (f' stroke-dasharray="{dash}"' if dash else "")
        + f' marker-end="url(#to-{key})"><title>{_text(tooltip)}'
        + (f"\n{_text(evidence)}" if evidence else "")
        + "</title></path>"
    )


def _nodes(drawing: Drawing, focus: Collection[str]) -> list[str]:
    lines = []
    for node in reversed(drawing.by_importance):
        (x, y), known = drawing.places[node], drawing.network.nodes[node]
        ring = " focus" if node in focus else ""
        year = f" ({known['year']})" if "year" in known else ""
        lines.append(
            f"<{_shape(known['kind'], x, y, drawing.radii[node])} "
            f'class="node d-{_decade(drawing, node)}{ring}">'
            f"<title>{_text(known['label'] + year)}</title></{_SHAPES[known['kind']]}>"
        )
    return lines


def _shape(kind: str, x: float, y: float, radius: float) -> str:
    """The element that stands for a thing: a circle, for a book or play a square."""
    if _SHAPES[kind] == "circle":
        return f'circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    side = radius * 1.76
    return (
        f'rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" '
        f'height="{side:.1f}" rx="{radius * 0.3:.1f}"'
    )


def _name(drawing: Drawing, label: Label) -> str:
    person = " person" if drawing.network.nodes[label.node]["kind"] == "person" else ""
    return (
        f'<text class="name{person}" x="{label.x}" y="{label.y}" font-size="{label.size}" '
        f'text-anchor="{label.anchor}">{_text(label.text)}</text>'
    )


def _bounds(drawing: Drawing, names: Sequence[Label]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of everything drawn, with a margin."""
    boxes = [label.box for label in names]
    for node, (x, y) in drawing.places.items():
        radius = drawing.radii[node]
        boxes.append((x - radius, y - radius, x + radius, y + radius))
    boxes = boxes or [(0.0, 0.0, 0.0, 0.0)]
    return (
        min(box[0] for box in boxes) - _MARGIN,
        min(box[1] for box in boxes) - _MARGIN,
        max(box[2] for box in boxes) + _MARGIN,
        max(box[3] for box in boxes) + _MARGIN,
    )


def _legend(
    drawing: Drawing, inks: dict[str, Ink], left: float, top: float, scale: float
) -> list[str]:
    """Two rows: lines by kind, dots by decade."""
    size = 12 * scale
    lines = []
    x = left
    for key, one in inks.items():
        dash = " ".join(str(part * scale) for part in one.dash)
        lines.append(
            f'<path class="edge {key} k-{key}" d="M{x:.1f} {top - size / 3:.1f}h{28 * scale:.1f}" '
            f'stroke-width="{1.6 * scale:.1f}"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + f'/><text class="legend" x="{x + 34 * scale:.1f}" y="{top:.1f}" '
            f'font-size="{size:.1f}">{_text(one.label)}</text>'
        )
        x += (34 + 20) * scale + wording.width(one.label) * size * 1.08
    decades = sorted({d for node in drawing.network if (d := _decade(drawing, node)) is not None})
    shown: Sequence[int | None] = [*decades, None] if _has_undated(drawing) else decades
    x = left
    for decade in shown:
        label = "year unknown" if decade is None else f"{decade}s"
        lines.append(
            f'<circle class="node d-{decade}" cx="{x + 6 * scale:.1f}" '
            f'cy="{top + 26 * scale - size / 3:.1f}" r="{5 * scale:.1f}"/>'
            f'<text class="legend" x="{x + 15 * scale:.1f}" y="{top + 26 * scale:.1f}" '
            f'font-size="{size:.1f}">{label}</text>'
        )
        x += (15 + 14) * scale + wording.width(label) * size * 1.1
    return lines


def _has_undated(drawing: Drawing) -> bool:
    return any("year" not in drawing.network.nodes[node] for node in drawing.network)


def _note(title: str, right: float, base: float, scale: float) -> str:
    note = f"{wording.one_line(title, 80)} · made by film-kg"
    return (
        f'<text class="note" x="{right:.1f}" y="{base:.1f}" font-size="{10.5 * scale:.1f}" '
        f'text-anchor="end">{_text(note)}</text>'
    )
