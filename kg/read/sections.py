"""Under which heading each block stands, and how far that heading's word reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.model import Field
from kg.read.labels import Topic, heading_topic, is_heading_label, label_of
from kg.read.layout import Layout
from kg.read.shape import Shape

_STRUCTURAL: Final = frozenset(("th", "dt", "legend", "caption", "summary"))
_LONGEST_HEADING: Final = 80
_WIDE: Final = (Topic.ASIDE, Topic.LINKS, Topic.REVIEWS, Topic.BLURB, Field.CAST)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of blocks under a heading that says what they are.

    `first` is the heading's own block, `last` the last block that it speaks for.
    """

    topic: Topic | Field
    heading: str
    first: int
    last: int


def sections_of(layout: Layout, shapes: tuple[Shape, ...]) -> list[Section]:
    """The sections of a page, in order; a section may stand inside another."""
    found: list[Section] = []
    for number, block in enumerate(layout.blocks):
        topic = _topic(layout, shapes, number)
        if topic is not None:
            last = _reach(layout, shapes, number, topic)
            found.append(Section(topic, layout.words(block), number, last))
    return found


def _topic(layout: Layout, shapes: tuple[Shape, ...], number: int) -> Topic | Field | None:
    block, shape = layout.blocks[number], shapes[number]
    words = layout.words(block).replace("\t", " ")
    if len(words) > _LONGEST_HEADING or shape.prose or _is_menu_entry(layout, number):
        return None
    topic = heading_topic(words)
    if topic is None:
        return None
    if shape.rank or block.tag in _STRUCTURAL:
        return topic
    if not block.path:  # plain text: a heading stands alone, or ends in a colon or dots
        following = layout.blocks[number + 1] if number + 1 < len(layout.blocks) else None
        alone = block.gap > 0 or number == 0
        dotted = words.rstrip().endswith((":", "...", "…"))
        whole = is_heading_label(words) and shape.words <= 4
        return topic if alone and following and (following.gap > 0 or dotted or whole) else None
    if block.link_share > 0.5 or shape.words > 5:
        return None
    strong = label_of(words) is not None and words.rstrip().endswith((":", "...", "…"))
    return topic if strong or (words.isupper() and block.tag not in ("li", "option")) else None


def _is_menu_entry(layout: Layout, number: int) -> bool:
    """Whether the block is one of several links of a list, a tab among tabs."""
    block = layout.blocks[number]
    if block.tag in ("h1", "h2", "h3"):
        return False
    if block.link_share > 0.5 and block.tag in ("li", "option", "button"):
        return True
    neighbours = layout.blocks[max(0, number - 1) : number] + layout.blocks[number + 1 : number + 2]
    return block.tag == "li" and any(
        other.tag == "li" and other.path == block.path and other.link_share > 0.5
        for other in neighbours
    )


def _reach(layout: Layout, shapes: tuple[Shape, ...], number: int, topic: Topic | Field) -> int:
    """The last block that the heading speaks for.

    In markup that is the container that heading and next block share; where only a button or a
    count stands beside the heading, the container around that one.
    """
    if number + 1 >= len(layout.blocks):
        return number
    scope = _common(shapes[number].steps, shapes[number + 1].steps)
    last = _extent(layout, shapes, number, topic, scope)
    if not shapes[number].rank or topic not in _WIDE:
        return last
    for _ in range(2):
        held = range(number + 1, last + 1)
        if len(held) > 2 or not scope or any(shapes[other].prose for other in held):
            break
        if last + 1 >= len(layout.blocks):
            break
        if 0 < shapes[last + 1].rank <= shapes[number].rank:
            break
        scope = scope[:-1]
        last = _extent(layout, shapes, number, topic, scope)
    return last


def _extent(
    layout: Layout,
    shapes: tuple[Shape, ...],
    number: int,
    topic: Topic | Field,
    scope: tuple[str, ...],
) -> int:
    last = number
    for other in range(number + 1, len(layout.blocks)):
        if layout.blocks[number].path and shapes[other].steps[: len(scope)] != scope:
            break
        if _closes(layout, shapes, number, other, topic):
            break
        last = other
    return last


def _closes(
    layout: Layout, shapes: tuple[Shape, ...], number: int, other: int, topic: Topic | Field
) -> bool:
    """Whether the block `other` begins something new."""
    block, shape = layout.blocks[number], shapes[number]
    later, later_shape = layout.blocks[other], shapes[other]
    if later_shape.rank:
        rank = shape.rank or 7
        if later_shape.rank < rank:
            return True
        if later_shape.rank == rank:
            return len(later_shape.steps) <= len(shape.steps) + 1
    if not block.path:
        return _closes_text(layout, shapes, number, other, topic)
    if shape.rank == 0 and later.tag == block.tag and later.path == block.path:
        return _topic(layout, shapes, other) is not None
    return False


def _closes_text(
    layout: Layout, shapes: tuple[Shape, ...], number: int, other: int, topic: Topic | Field
) -> bool:
    """Likewise in plain text, where only lines, bullets and blank lines show what belongs on."""
    later = layout.blocks[other]
    if _topic(layout, shapes, other) not in (None, topic):
        return True
    label = label_of(layout.words(later).split(":")[0])
    if label is not None and label.is_credit and topic is not Field.CAST:
        return True
    if topic in (Topic.ASIDE, Topic.LINKS, Topic.SCORE, Topic.FACT) and shapes[other].prose:
        return True
    held = layout.blocks[number + 1 : other]
    listed = len(held) >= 3 and all(block.tag == "li" for block in held)
    return listed and later.tag != "li" and later.gap > 0


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def innermost(sections: list[Section], number: int) -> Section | None:
    """The section that speaks for the block most closely."""
    inside = [one for one in sections if one.first < number <= one.last]
    return max(inside, key=lambda one: one.first) if inside else None


def within(sections: list[Section], number: int, topic: Topic | Field) -> Section | None:
    """The closest section of that topic around the block."""
    inside = [one for one in sections if one.first <= number <= one.last and one.topic == topic]
    return max(inside, key=lambda one: one.first) if inside else None
