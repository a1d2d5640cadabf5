"""Names of countries and languages as film pages print them, for lists that carry no label."""

from __future__ import annotations

import re
from typing import Final

from kg.read.labels import fold

_COUNTRIES: Final = """
afghanistan|albania|algeria|argentina|armenia|australia|austria|azerbaijan|bahamas|bangladesh|
belarus|belgium|bolivia|bosnia and herzegovina|bosnia|botswana|brazil|bulgaria|burkina faso|
cambodia|cameroon|canada|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|
czech republic|czechia|czechoslovakia|denmark|dominican republic|east germany|ecuador|egypt|
england|estonia|ethiopia|finland|france|georgia|germany|ghana|great britain|greece|guatemala|
haiti|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|ivory coast|
jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|
lithuania|luxembourg|macedonia|malaysia|mali|malta|mauritania|mexico|moldova|monaco|mongolia|
montenegro|morocco|nepal|netherlands|holland|new zealand|nicaragua|niger|nigeria|north korea|
north macedonia|norway|pakistan|palestine|panama|paraguay|peru|philippines|poland|portugal|
puerto rico|qatar|republic of ireland|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|
singapore|slovakia|slovenia|south africa|south korea|korea|soviet union|ussr|spain|sri lanka|
sudan|sweden|switzerland|syria|taiwan|tanzania|thailand|tunisia|turkey|uganda|uk|u.k.|ukraine|
united arab emirates|uae|united kingdom|united states|united states of america|uruguay|us|u.s.|
usa|u.s.a.|gb|uzbekistan|venezuela|vietnam|wales|west germany|yugoslavia|zambia|zimbabwe|
frankreich|deutschland|brd|ddr|osterreich|schweiz|italien|spanien|grossbritannien|
vereinigtes konigreich|belgien|niederlande|schweden|danemark|norwegen|polen|tschechien|ungarn|
russland|turkei|griechenland|kanada|mexiko|brasilien|japon|allemagne|italie|espagne|royaume-uni|
etats-unis|grande-bretagne|belgique|suisse|suede|danemark|pologne|autriche|russie|chine|bresil|
mexique|pays-bas|grece|hongrie|roumanie|coree du sud|turquie|norvege|alemania|francia|espana|
italia|reino unido|estados unidos|ee.uu.|eeuu|ee. uu.|belgica|suecia|suiza|polonia|japon|brasil|
dinamarca|noruega|austria|rusia|corea del sur|germania|gran bretagna|regno unito|stati uniti|
svizzera|svezia|giappone|belgio|cina|franca|alemanha|japao|velka britanie|nemecko|francie|
italie|spanelsko|polsko|slovensko|ceskoslovensko|cesko|rusko|rakousko|madarsko|japonsko|svedsko|
dansko|norsko|belgie|irsko|australie|cina|niemcy|francja|wielka brytania|stany zjednoczone|
hiszpania|wlochy|сша|россия|ссср|франция|германия|великобритания|италия|испания
"""
COUNTRIES: Final = frozenset(" ".join(name.split()) for name in _COUNTRIES.split("|"))
_BETWEEN: Final = re.compile(r"\s*(?:[,/|;•·\t&+]|\s[-–]\s|-(?=[A-Z])|\band\b|\bund\b)\s*")


def countries_in(words: str) -> list[tuple[int, int]]:
    """Where the countries stand in a list of nothing else, [] if it is none."""
    found: list[tuple[int, int]] = []
    start = 0
    whole = words.strip(" \t,./|-–•·()")
    if fold(whole) in COUNTRIES:
        at = words.index(whole)
        return [(at, at + len(whole))]
    for match in [*_BETWEEN.finditer(words), None]:
        end = match.start() if match else len(words)
        piece = words[start:end].strip(" \t,/|-–•·()")
        if piece:
            if fold(piece) not in COUNTRIES:
                return []
            at = words.index(piece, start)
            found.append((at, at + len(piece)))
        start = match.end() if match else end
    return found
