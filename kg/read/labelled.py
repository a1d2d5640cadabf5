"""Labels with their values: "Director: X", a label above its value, a row of a table of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Field, Span
from kg.read.below import labels_below
from kg.read.columns import cells_of
from kg.read.labels import BARE, LONGEST, Label, Topic, label_of
from kg.read.layout import Layout
from kg.read.names import is_name, split_names
from kg.read.pair import Labelled, only_names
from kg.read.ratings import parse_rating
from kg.read.shape import Shape

_INLINE: Final = re.compile(r"(?P<label>[^\W\d_][^:：\t\n]{0,58}?)\s?[:：]\s*(?=\S)")
_NEXT: Final = re.compile(
    r"(?:[,;|•·\t\n]\s*|[.)\]]\s+|\s{2,}|\s[-–—]\s|\s)"
    r"(?P<label>[^\W\d_][^:：,;|•·\t\n.()]{1,40}?)\s?[:：]\s*(?=\S)"
)
_WITH: Final = re.compile(
    r"[,;.|]\s+(?P<label>mit|avec|with|con|com|starring|hrají)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE
)
_TOLD: Final = re.compile(r"\sas\s|\.\s?\.\s?\.|…")
_LONGEST_PROSE_LINE: Final = 400
_ELSEWHERE: Final = (Topic.BLURB, Topic.REVIEWS, Topic.ASIDE, Topic.LINKS)


def labelled_of(layout: Layout, shapes: tuple[Shape, ...]) -> list[Labelled]:
    """All labels of a page that have a value, in order."""
    found: list[Labelled] = []
    taken = -1
    below = labels_below(layout, shapes)
    for number in range(len(layout.blocks)):
        if number in below:
            found.append(below[number])
            taken = max(below[number].blocks)
            continue
        if number <= taken:
            continue
        pairs = list(_in_block(layout, shapes, number))
        if not pairs:
            pair = _above_value(layout, shapes, number)
            pairs = [pair] if pair is not None else []
        found += pairs
        for pair in pairs:
            taken = max(taken, *pair.blocks)
    return found


def _in_block(layout: Layout, shapes: tuple[Shape, ...], number: int) -> Iterator[Labelled]:
    block = layout.blocks[number]
    words = layout.words(block)
    if shapes[number].prose and len(words) > _LONGEST_PROSE_LINE:
        lead = _INLINE.match(words)
        label = label_of(lead["label"]) if lead else None
        if lead is None or label is None or label.topic not in (Topic.BLURB, Topic.REVIEWS):
            return
        yield _pair(label, number, block.start, (Span(block.start + lead.end(), block.end),))
        return
    if len(cells_of(layout, block)) >= 2:
        row = _row(layout, number)
        if row is not None:
            yield row
            return
    marks = _marks(words) or _picture(layout, number)
    marks += _bare_marks(words, marks)
    marks.sort(key=lambda mark: mark[1])
    for position, (label, first, value) in enumerate(marks):
        end = marks[position + 1][1] if position + 1 < len(marks) else len(words)
        stretch = _trimmed(layout.text, block.start + value, block.start + end)
        if stretch is None:
            continue
        flowing = shapes[number].prose and bool(label.fields)
        # "Story: he runs, and they follow" is no credit
        if not flowing or only_names(layout.text, stretch):
            yield _pair(label, number, block.start + first, (stretch,))
    if not marks:
        bare = _bare(layout, shapes, number)
        if bare is not None:
            yield bare


def _picture(layout: Layout, number: int) -> list[tuple[Label, int, int]]:
    """A label that is a picture at the head of the line, known by its file or its alt text."""
    block = layout.blocks[number]
    if label_of(layout.words(block)) is not None:
        return []
    for start, _, name, value in block.attributes:
        if name in ("src", "alt") and start == block.start:
            label = label_of(value.replace("_", " ").replace("-", " "))
            if label is not None and label.topic not in _ELSEWHERE:
                return [(label, 0, 0)]
    return []


def _pair(label: Label, number: int, start: int, values: tuple[Span, ...]) -> Labelled:
    return Labelled(label, Span(start, values[-1].end), values, (number,), colon=True)


def _row(layout: Layout, number: int) -> Labelled | None:
    """A row whose first cell is a label and whose others are not."""
    block = layout.blocks[number]
    cells = [Span(start, end) for start, end in cells_of(layout, block)]
    joined = label_of(layout.text[cells[0].start : cells[1].end].replace("\t", " "))
    if joined is not None and len(cells) > 2:  # a label in two lines: "Production", "companies"
        cells = [Span(cells[0].start, cells[1].end), *cells[2:]]
    label = joined or label_of(cells[0].words(layout.text))
    if label is None or len(cells) < 2:
        return None
    others = [cell for cell in cells[1:] if cell.words(layout.text).strip()]
    if not others or any(label_of(cell.words(layout.text)) is not None for cell in others):
        return None
    colon = layout.text[cells[0].start : cells[0].end].rstrip().endswith((":", "："))
    line = Span(block.start, others[-1].end)
    return Labelled(label, line, tuple(others), (number,), colon)


def _marks(words: str) -> list[tuple[Label, int, int]]:
    """The labels with a colon in a line: what each announces, where it starts, where its value."""
    found: list[tuple[Label, int, int]] = []
    lead = _INLINE.match(words)
    position = 0
    if lead is not None:
        label = label_of(lead["label"])
        if label is not None:
            found.append((label, 0, lead.end()))
            position = lead.end() - 1
    while True:
        match = _NEXT.search(words, position)
        if match is None:
            return found
        # the shortest stretch before the colon that is a label: "France Language: French"
        start, label = _shortest(words, match.start("label"), match.end("label"))
        # in the middle of a line that no label opens, only a credit counts
        if label is not None and (found or label.fields):
            found.append((label, start, match.end()))
        position = match.end() - 1 if match.end() - 1 > position else match.end()


def _bare_marks(words: str, marks: list[tuple[Label, int, int]]) -> list[tuple[Label, int, int]]:
    """The cast of a line of labels that names it with a mere "with": "Regie: X, mit Y, Z"."""
    if not marks or any(Field.CAST in label.fields for label, _, _ in marks):
        return []
    match = _WITH.search(words, marks[0][2])
    label = label_of(match["label"]) if match else None
    return [(label, match.start("label"), match.end())] if match and label else []


def _shortest(words: str, start: int, end: int) -> tuple[int, Label | None]:
    best: tuple[int, Label | None] = (start, label_of(words[start:end]))
    if best[1] is not None:
        return best
    for space in re.finditer(r"\s", words[start:end]):
        label = label_of(words[start + space.end() : end])
        if label is not None and words[start + space.end()].isupper():
            return start + space.end(), label
    return best


def _bare(layout: Layout, shapes: tuple[Shape, ...], number: int) -> Labelled | None:
    """A line such as "Directed by A and B": a label that needs no colon, then only names."""
    block = layout.blocks[number]
    words = layout.words(block)
    match = BARE.match(words)
    if match is None or len(words) > _LONGEST_PROSE_LINE or label_of(words.replace("\t", " ")):
        return None
    label = label_of(match[0])
    value = _trimmed(layout.text, block.start + match.end(), block.end)
    if label is None or value is None or not only_names(layout.text, value):
        return None
    if match[0].islower() or (shapes[number].prose and not _listing(value.words(layout.text))):
        return None
    if match[0].lower() in ("with", "mit", "avec", "cast", "director") and not (
        _listing(value.words(layout.text)) or is_name(value.words(layout.text))
    ):
        return None
    return Labelled(label, Span(block.start, value.end), (value,), (number,), colon=False)


def _listing(words: str) -> bool:
    return "," in words or ";" in words


def _above_value(layout: Layout, shapes: tuple[Shape, ...], number: int) -> Labelled | None:
    """A block that is a label and nothing else, with the blocks below that hold its value."""
    block = layout.blocks[number]
    words = layout.words(block).replace("\t", " ")
    label = label_of(words) if len(words) <= LONGEST + 20 else None
    if label is None or number + 1 >= len(layout.blocks):
        return None
    if Field.CAST in label.fields and _heads_list(layout, shapes, number):
        return None  # a heading: what stands below it is a cast list, if anything
    colon = words.rstrip().endswith((":", "："))
    if block.link_share > 0.5 and not colon:
        return None
    blocks = [number]
    first = number + 1
    if layout.blocks[first].gap > 1 or not _is_value(layout, shapes, first, label, colon=colon):
        return None
    blocks.append(first)
    for other in range(first + 1, len(layout.blocks)):
        later, before = layout.blocks[other], layout.blocks[first]
        joined = later.gap == 0 or later.tag == "dd"
        if not joined or later.path != before.path or later.tag != before.tag:
            break
        if not _is_value(layout, shapes, other, label, colon=colon) or shapes[other].prose:
            break
        blocks.append(other)
    spans = _value_spans(layout, blocks[1:])
    if not spans or (label.topic is Topic.SCORE and _is_choice(layout, blocks)):
        return None
    return Labelled(label, Span(block.start, spans[-1].end), spans, tuple(blocks), colon)


def _heads_list(layout: Layout, shapes: tuple[Shape, ...], number: int) -> bool:
    """Whether a label for the cast is the heading of a list with a line for each name."""
    words = layout.words(layout.blocks[number])
    if shapes[number].rank and not words.rstrip().endswith(":"):
        return True
    if number + 2 >= len(layout.blocks):
        return False
    first, second = layout.blocks[number + 1], layout.blocks[number + 2]
    single = not re.search(r"[,;\t]", layout.words(first)) and first.tag != "dd"
    return single and second.gap == 0 and second.path == first.path


def _is_value(
    layout: Layout, shapes: tuple[Shape, ...], number: int, label: Label, *, colon: bool
) -> bool:
    block = layout.blocks[number]
    words = layout.words(block)
    if label_of(words.replace("\t", " ")) is not None or (_INLINE.match(words) and _marks(words)):
        return False
    if shapes[number].rank and not colon:
        return False
    if label.topic is Topic.SCORE and not colon:
        rating = parse_rating(words, listed=True) if len(words) <= 12 else None
        return rating is not None and rating.score is not None
    if label.topic is not None and not label.is_credit:
        return colon or label.topic in (Topic.RELEASED, Topic.RERELEASED)
    if Field.CAST in label.fields and _TOLD.search(words) and "," not in words:
        return False  # the first line of a cast list
    if label.is_credit:
        value = _trimmed(layout.text, block.start, block.end)
        if value is None or (shapes[number].sentence and "," not in words):
            return False
        return bool(split_names(layout.text, value.start, value.end)) and (
            colon or only_names(layout.text, value) or len(block.cells) > 1
        )
    if Field.BASED_ON in label.fields or Field.TITLE in label.fields:
        return colon
    return len(words) <= 200 or Field.OTHER_TITLE in label.fields


def _is_choice(layout: Layout, blocks: list[int]) -> bool:
    """Whether several grades stand below one label: a row to choose from."""
    following = range(blocks[1], min(blocks[-1] + 2, len(layout.blocks)))
    lines = [layout.words(layout.blocks[number]) for number in following]
    return sum(len(line) <= 3 and parse_rating(line) is not None for line in lines) > 1


def _value_spans(layout: Layout, numbers: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for number in numbers:
        block = layout.blocks[number]
        cells = block.cells if len(block.cells) >= 2 else ((block.start, block.end),)
        for start, end in cells:
            value = _trimmed(layout.text, start, end)
            if value is not None:
                spans.append(value)
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in ",;|•·–—-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;|•·–—-"):
        if text[end - 1] == "-" and text[end - 2 : end - 1].isalpha():
            break  # the sign of a grade
        end -= 1
    return Span(start, end) if end > start else None
