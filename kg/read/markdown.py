"""Markdown to a `Layout`: its marks taken from the words, its structure kept as blocks.

The signs at the start of a line (hashes, bullets, ">") stay in the text, outside the block; those
inside it (emphasis, links, code) go. A paragraph's soft line ends become blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import OffsetMap
from kg.read.layout import Block, Layout
from kg.read.repair import Rendering, repair

_FRONT: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_LINE: Final = re.compile(r"([^\r\n]*)(\r?\n|\r|$)")
_FENCE: Final = re.compile(r"[ \t]{0,3}(```|~~~)")
_RULE: Final = re.compile(
    r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)[ \t]*$"
)
_BREAK: Final = re.compile(r"(?: {2,}|\\)$")
_QUOTE: Final = re.compile(r"[ \t]*(?:>[ \t]?)+")
_STARTS: Final = re.compile(
    r"[ \t]*(?:[*+-][ \t]+\S|\d{1,3}[.)][ \t]|#{1,6}[ \t]|>|\||<!--|\[[^\]]+\]:)"
)
_HEADING: Final = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ITEM: Final = re.compile(r"([ \t]*)(?:[*+-]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE: Final = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_DEFINITION: Final = re.compile(r"[ \t]{0,3}\[[^\]]+\]:[ \t]*\S+")
_INLINE: Final = re.compile(
    r"\\(?P<escape>[\\`*_{}\[\]()#+.!|<>~-])"
    r"|(?P<tick>`+)(?P<code>[^`]+)(?P=tick)"
    r"|!\[[^\]]*\](?:\((?:[^()]|\([^)]*\))*\)|\[[^\]]*\])"
    r"|\[(?P<link>(?:[^\[\]]|\[[^\[\]]*\])+)\](?:\((?:[^()]|\([^)]*\))*\)|\[[^\]]*\])"
    r"|\*\*(?P<strong>[^\s*](?:.*?[^\s*])?)\*\*|(?<!\w)__(?P<bold>[^\s_](?:.*?[^\s_])?)__(?!\w)"
    r"|\*(?P<star>[^\s*](?:[^*]*?[^\s*])?)\*(?!\*)|(?<!\w)_(?P<bar>[^\s_](?:.*?[^\s_])?)_(?!\w)"
    r"|~~(?P<struck>[^~]+)~~|(?P<comment><!--.*?-->)|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<blanks>(?<=\S)[ \t]{2,})"
)
_WITHIN: Final = ("link", "strong", "bold", "star", "bar", "struck")
_EMPHASIS: Final = ("star", "bar")


def front_matter(text: str) -> tuple[str, int]:
    """The YAML before the text, and where the text begins; "" and 0 where there is none."""
    match = _FRONT.match(text)
    if not match or ":" not in (match[1] or ""):
        return "", 0
    return match[1], match.end()


def read(original: str, start: int = 0) -> tuple[Layout, OffsetMap]:
    """The layout of `original` from `start` on, and the way back to it."""
    repaired = repair(_unwrapped(original[start:]), render=render)
    layout = Layout(repaired.text, tuple(_blocks(repaired.text)), repaired.marked)
    if not start:
        return layout, repaired.offsets
    runs = repaired.offsets.runs or ((0, 0, len(repaired.text), len(repaired.text)),)
    shifted = tuple((new, old + start, length, width) for new, old, length, width in runs)
    return layout, OffsetMap(((0, 0, 0, start), *shifted))


def render(line: str) -> Rendering:
    """A line without its inline marks, and the spans that were in italics."""
    lead = len(line) - len(line.lstrip())
    if _RULE.match(line) or _TABLE.match(line) or _FENCE.match(line):
        return line, []
    item = _ITEM.match(line)
    lead = max(lead, item.end() if item else 0)
    words, marked = _inline(line[lead:], 0)
    return line[:lead] + words, [(lead + first, lead + last) for first, last in marked]


def _inline(line: str, depth: int) -> Rendering:
    pieces: list[str] = []
    marked: list[tuple[int, int]] = []
    length = at = 0
    for match in _INLINE.finditer(line):
        pieces.append(line[at : match.start()])
        length += match.start() - at
        at = match.end()
        kind = match.lastgroup or ""
        inner, spans = _content(match, kind, depth)
        if kind in _EMPHASIS and inner:
            spans = [*spans, (0, len(inner))]
        marked += [(length + first, length + last) for first, last in spans]
        pieces.append(inner)
        length += len(inner)
    pieces.append(line[at:])
    return "".join(pieces), marked


def _content(match: re.Match[str], kind: str, depth: int) -> Rendering:
    if kind in _WITHIN:
        return _inline(match[kind], depth + 1) if depth < 8 else (match[kind], [])
    if kind in ("escape", "code"):
        return match[kind], []
    breaks = kind == "tag" and match["tag"].lower().startswith("<br")
    return (" " if kind == "blanks" or breaks else ""), []


def _unwrapped(text: str) -> str:
    """The text with a blank for each soft line end, and as long as it was."""
    pieces: list[str] = []
    lines = [match.groups() for match in _LINE.finditer(text)]
    fenced = False
    for number, (line, end) in enumerate(lines):
        pieces.append(line)
        if _FENCE.match(line):
            fenced = not fenced
        following = lines[number + 1][0] if number + 1 < len(lines) else ""
        if end and not fenced and _goes_on(line, following):
            # a zero-width sign, which the repair takes out, keeps the length of CR LF
            pieces.append(" " if len(end) == 1 else " \u200b")
            if _QUOTE.match(line) and (quote := _QUOTE.match(following)):
                lines[number + 1] = (
                    " " * quote.end() + following[quote.end() :],
                    lines[number + 1][1],
                )
        else:
            pieces.append(end)
    return "".join(pieces)


def _goes_on(line: str, following: str) -> bool:
    """Whether the next line belongs to the same paragraph."""
    if not line.strip() or not following.strip() or _BREAK.search(line):
        return False
    if any(pattern.match(line) for pattern in (_HEADING, _RULE, _FENCE, _DEFINITION)):
        return False
    if any(pattern.match(following) for pattern in (_RULE, _FENCE, _TABLE)) or "|" in line[:1]:
        return False
    quotes = _QUOTE.match(line), _QUOTE.match(following)
    if all(quotes):
        inner = following[quotes[1].end() :] if quotes[1] else ""
        return bool(inner.strip()) and not _STARTS.match(inner)
    return not _STARTS.match(following)


def _blocks(text: str) -> Iterator[Block]:
    start = gap = 0
    lines = text.split("\n")
    fenced = skip = False
    for number, line in enumerate(lines):
        first, start = start, start + len(line) + 1
        if skip:
            skip = False
            continue
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if not line.strip():
            gap += 1
            continue
        if not fenced and (_RULE.match(line) or _DEFINITION.match(line) or _TABLE.match(line)):
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        rank = _underline(line, following)
        if rank and not fenced:
            yield _trimmed(text, first, first + len(line), f"h{rank}", rank, gap)
            skip = True
        else:
            yield from _line_block(text, first, first + len(line), gap, fenced)
        gap = 0


def _underline(line: str, following: str) -> int:
    rule = following.strip()
    if not rule or _STARTS.match(line) or len(line) > 200:
        return 0
    if set(rule) == {"="} and len(rule) > 1:
        return 1
    return 2 if set(rule) == {"-"} and len(rule) > 1 else 0


def _line_block(text: str, start: int, end: int, gap: int, fenced: bool) -> Iterator[Block]:
    line = text[start:end]
    heading = _HEADING.match(line)
    if fenced:
        yield _trimmed(text, start, end, "pre", 0, gap)
    elif heading:
        rank = len(heading[1])
        if heading[2]:
            yield Block(start + heading.start(2), start + heading.end(2), f"h{rank}", rank, gap=gap)
    elif line.count("|") > 1 and line.lstrip().startswith("|"):
        yield from _row(text, start, end, gap)
    elif quote := _QUOTE.match(line):
        if line[quote.end() :].strip():
            yield _trimmed(text, start + quote.end(), end, "blockquote", 0, gap)
    elif item := _ITEM.match(line):
        depth = 1 + len(item[1].expandtabs(4)) // 2
        yield _trimmed(text, start + item.end(), end, "li", depth, gap)
    else:
        yield _trimmed(text, start, end, "p", 0, gap)


def _row(text: str, start: int, end: int, gap: int) -> Iterator[Block]:
    cells = []
    for match in re.finditer(r"[^|]+", text[start:end]):
        words = match[0].strip()
        if words:
            first = start + match.start() + match[0].index(words[0])
            cells.append((first, first + len(words)))
    if cells:
        yield Block(cells[0][0], cells[-1][1], "tr", gap=gap, cells=tuple(cells))


def _trimmed(text: str, start: int, end: int, tag: str, level: int, gap: int) -> Block:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return Block(first, first + len(words.strip()), tag, level, gap=gap)
