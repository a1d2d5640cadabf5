"""IRIs and literals: what may stand in a quad, and how the nodes of a page are named.

Nodes that have no name of their own (claims, passages, roles, ratings, ...) are named by a hash of
their content, so that the same input always gives the same graph and no blank node is needed.
"""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import blake2b
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.model import Literal
from kg.vocab import XSD

Term = str | Literal
"""An IRI as a plain string, or a literal."""

# what RFC 3987 keeps out of a path: delimiters, controls, private use, half and no characters
_NOT_IN_IRI = re.compile(
    '[\\x00-\\x20<>"{}|\\\\^`\\[\\]\\x7f-\\x9f\\ud800-\\uf8ff\\ufdd0-\\ufdef\\ufff0-\\uffff'
    "\\U000e0000-\\U000e0fff\\U000f0000-\\U0010ffff"
    + "".join(chr((plane << 16) + last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
    + "]|%(?![0-9A-Fa-f]{2})"
)
_ABSOLUTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:\S")
# XML 1.0 can't hold these even escaped, so no export could; one sign replaces one, offsets hold
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$")
_MONTH = re.compile(r"^\d{4}-(?:0[1-9]|1[0-2])$")
_YEAR = re.compile(r"^\d{4}$")
_THOUSANDTH = Decimal("0.001")


class Triple(NamedTuple):
    """One statement, without saying in which graph it stands."""

    subject: str
    predicate: str
    object: Term


class Quad(NamedTuple):
    """One statement in a named graph: a page's, the catalogue's or the corrections'."""

    subject: str
    predicate: str
    object: Term
    graph: str


def clean_iri(text: str) -> str:
    """`text` with every character that no IRI may hold percent-encoded."""
    cleaned = _NOT_IN_IRI.sub(_percent_encoded, text.strip())
    whole, sign, fragment = cleaned.partition("#")
    return whole + sign + fragment.replace("#", "%23")


def outside_iri(text: str) -> str | None:
    """An address from outside as an IRI; None if nothing can make it one."""
    if not _ABSOLUTE.match(text.strip()):
        return None
    try:
        return str(NamedNode(clean_iri(text)).value)
    except ValueError:  # no port or host can be made of it
        return None


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def clean_text(text: str) -> str:
    """`text` as a literal may hold it: control characters become U+FFFD, one for one."""
    return _NOT_IN_TEXT.sub("\ufffd", text)


def key(*parts: object) -> str:
    """Sixteen letters and digits that stand for the content `parts`; 80 bits of BLAKE2b.

    Each part is hashed with its length, so that no two lists of parts run together.
    """
    digest = blake2b(digest_size=10)
    for part in parts:
        encoded = str(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return b32encode(digest.digest()).decode("ascii").lower()


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(clean_text(value))


def truth(value: bool) -> Literal:
    """A boolean."""
    return Literal("true" if value else "false", XSD.boolean)


def number(value: float) -> Literal:
    """A number as people write it: an integer where it is whole, else a decimal."""
    plain = _plain(Decimal(repr(value)).normalize())
    return Literal(plain, XSD.decimal if "." in plain else XSD.integer)


def share(value: float) -> Literal:
    """A share of 1, clipped to 0..1, rounded to three decimals: always `xsd:decimal`.

    In XSD 1.1's canonical form, without trailing zeros (`0.95`, `1`): the store keeps numbers by
    value and would give back nothing else.
    """
    rounded = Decimal(repr(min(1.0, max(0.0, value)))).quantize(_THOUSANDTH, ROUND_HALF_UP)
    return Literal(_plain(rounded.normalize()), XSD.decimal)


def _plain(value: Decimal) -> str:
    written = format(value, "f")
    return "0" if written == "-0" else written


def moment(written: str) -> Literal:
    """A date with the finest datatype that fits: day, month, year, or the words as they stand."""
    written = written.strip()
    if day := _DATE.match(written):
        try:
            return Literal(date(*(int(part) for part in day.groups())).isoformat(), XSD.date)
        except ValueError:  # the 31st of February: keep the words
            return text(written)
    if _MONTH.match(written):
        return Literal(written, XSD.gYearMonth)
    if is_year(written):
        return Literal(written, XSD.gYear)
    return text(written)


def is_year(written: str) -> bool:
    """Whether `written` is a year of four digits."""
    return _YEAR.match(written) is not None and written != "0000"


def year(value: int) -> Literal:
    """A year of the common era."""
    return Literal(f"{value:04d}", XSD.gYear)
