"""Language tags as markup has them, and the languages' English names."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_NAMES: Final = (
    "ar Arabic, bg Bulgarian, bn Bengali, ca Catalan, cs Czech, da Danish, de German, el Greek, "
    "en English, es Spanish, et Estonian, fa Persian, fi Finnish, fr French, he Hebrew, hi Hindi, "
    "hr Croatian, hu Hungarian, id Indonesian, is Icelandic, it Italian, ja Japanese, ko Korean, "
    "la Latin, lt Lithuanian, lv Latvian, ms Malay, nb Norwegian, nl Dutch, no Norwegian, "
    "pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovene, sr Serbian, "
    "sv Swedish, ta Tamil, te Telugu, th Thai, tr Turkish, uk Ukrainian, vi Vietnamese, "
    "wo Wolof, yi Yiddish, zh Chinese"
)
LANGUAGES: Final = MappingProxyType(
    {tag: name for tag, _, name in (pair.partition(" ") for pair in _NAMES.split(", "))}
)
