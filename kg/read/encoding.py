"""Bytes to text: byte order mark, UTF-8, what the document declares, detection, Windows-1252."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from kg.errors import ReadError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_HEAD: Final = 4096  # where a declaration may stand
_SAMPLE: Final = 65_536  # what detection looks at
_FOREIGN: Final = 0.04  # of a text's bytes above 127: more than any language in Windows-1252 has
_FEWEST: Final = 12  # bytes above 127 that detection needs
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES: Final = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_MOST_CONTROL: Final = 0.002
_SIGNATURES: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"RIFF", "a media file"),
    (b"SQLite format 3", "an SQLite database"),
)


def decode(data: bytes, *, declared: str = "", encoding: str = "", html: bool = False) -> str:
    """The text of `data`, character for character (a byte order mark and CRLF stay in it).

    `declared` is the charset that came with the data (an HTTP header); with `html`, a declaration
    inside is heeded. `encoding` overrules all. ReadError where the data is no text.
    """
    if encoding:
        return _forced(data, encoding)
    signature = next((what for sign, what in _SIGNATURES if data.startswith(sign)), "")
    if signature:
        raise ReadError(f"expected text, found {signature}; leave it out, or give its text")
    text = _decode(data, _declared(data, declared, html=html))
    # where a code page maps bytes to letters at will, the bytes themselves tell
    controls = max(len(_CONTROL.findall(text)), 0 if _is_wide(data) else _control_bytes(data))
    if controls > 2 and controls > _MOST_CONTROL * len(text):
        raise ReadError(
            f"expected text, found binary data: {controls} control characters "
            f"among {len(text)}; leave it out, or name its encoding"
        )
    return text


def _control_bytes(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROL_BYTES))


def _is_wide(data: bytes) -> bool:
    return bool(_wide(data)) or any(
        data.startswith(mark) for mark, name in _MARKS if name != "utf-8"
    )


def _forced(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise ReadError(f"expected the name of an encoding, found {encoding!r}") from error
    except UnicodeDecodeError as error:
        raise ReadError(
            f"expected text in {encoding}, found byte 0x{data[error.start]:02x} at {error.start}; "
            "name another encoding, or none to have it detected"
        ) from error


def _decode(data: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_torn_utf8(data):
        return data.decode("utf-8", "kg-windows-1252")
    for name in (declared, _detected(data), "cp1252"):
        if name:
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", "kg-latin-1")


def _declared(data: bytes, declared: str, *, html: bool) -> str:
    """The declared charset, in the reading of browsers: Latin-1 means Windows-1252."""
    name = declared.strip().strip("\"'").lower()
    if not name and html:
        match = _DECLARED.search(data[:_HEAD])
        name = match[1].decode("ascii", "replace").lower() if match else ""
    try:
        known = codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
    if known in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        return ""  # asked before, and not so
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _wide(data: bytes) -> str:
    """The UTF-16 that Western text without a byte order mark shows: every other byte is NUL."""
    sample = data[:_HEAD]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _is_torn_utf8(data: bytes) -> bool:
    """Whether most of the bytes above 127 form valid UTF-8: a cut or mixed file, no other code."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    right = sum(1 for character in text if character >= "\x80") - wrong
    return right > 2 * wrong


def _detected(data: bytes) -> str:
    """The detector's best guess; "" where few bytes are above 127: that is Western text."""
    sample = data[:_SAMPLE]
    above = sum(1 for byte in sample if byte > 127)
    if above < _FEWEST or above < _FOREIGN * len(sample):
        return ""
    best = from_bytes(sample).best()
    return best.encoding if best is not None else ""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "kg-latin-1"), error.end


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("kg-latin-1", _as_latin)
codecs.register_error("kg-windows-1252", _as_windows)
