"""Which of the formats on offer a client likes best (RFC 9110, section 12.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_QUALITY: Final = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A format: what it is called here, the type it is sent as, and other types that mean it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()


ROWS: Final = (
    Offer("json", "application/sparql-results+json", ("application/json",)),
    Offer("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
)
TRIPLES: Final = (
    Offer("turtle", "text/turtle", ("application/x-turtle",)),
    Offer("ntriples", "application/n-triples"),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("trig", "application/trig", ("application/x-trig",)),
    Offer("nquads", "application/n-quads", ("text/x-nquads",)),
)
HTML: Final = Offer("html", "text/html", ("application/xhtml+xml",))

# what `format=` may say, besides the names themselves and the types
_SHORT: Final = {
    "ttl": "turtle",
    "nt": "ntriples",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "xml": "rdfxml",
    "json": "jsonld",
    "nq": "nquads",
}


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the client prefers, the first of equals; None where it accepts none."""
    if accept is None or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    best, most = None, 0.0
    for offer in offers:
        # another name for the format counts where it is called, not where `*/*` would fit it too
        other = max((_called(one, ranges) for one in offer.aliases), default=0.0)
        quality = max(_quality(offer.media_type, ranges), other)
        if quality > most:
            best, most = offer, quality
    return best


def called(name: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that `format=name` asks for; None if there is none such."""
    wanted = name.strip().lower()
    for one in (wanted, _SHORT.get(wanted, "")):
        for offer in offers:
            if one in (offer.name, offer.media_type, *offer.aliases):
                return offer
    return None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    """Type, subtype and quality of each range that can be read; others are as if not sent."""
    found = []
    for one in accept.split(","):
        written, *parameters = (part.strip() for part in one.split(";"))
        kind, slash, subtype = written.lower().partition("/")
        if written == "*":  # sent by old clients for */*
            kind, slash, subtype = "*", "/", "*"
        if not slash or not kind or not subtype:
            continue
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                quality = float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
        found.append((kind, subtype, quality))
    return found


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """What the most exact of the ranges that fit says; 0 where none fits."""
    kind, _, subtype = media_type.partition("/")
    exactness, quality = -1, 0.0
    for wanted_kind, wanted_subtype, wanted in ranges:
        if wanted_kind not in ("*", kind) or wanted_subtype not in ("*", subtype):
            continue
        exact = (wanted_kind != "*") + (wanted_subtype != "*")
        if exact > exactness or (exact == exactness and wanted > quality):
            exactness, quality = exact, wanted
    return quality


def _called(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    return max(
        (quality for kind, subtype, quality in ranges if f"{kind}/{subtype}" == media_type),
        default=0.0,
    )


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip: by name or by `*`, and not with a quality of 0."""
    asked = dict(map(_encoding, accept_encoding.lower().split(",")))
    return asked.get("gzip", asked.get("x-gzip", asked.get("*", 0.0))) > 0


def _encoding(written: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in written.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name, float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
    return name, 1.0
