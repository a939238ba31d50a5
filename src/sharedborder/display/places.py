"""Names of countries by Unicode's CLDR, and the few that a reader knows by another name."""

from typing import Any, Final

from babel.core import get_global

from .messages import LOCALES, Language, mark, translate

SPECIAL: Final = {
    "WLD": mark("the world"),
    "TIB": mark("Tibetan refugees"),
    "other": mark("other countries"),
    "unknown": mark("unknown"),
    "stateless": mark("stateless"),
    "COD": mark("DR Congo"),
    "COG": mark("Republic of Congo"),
    "HKG": mark("Hong Kong"),
    "MAC": mark("Macao"),
    "MMR": mark("Myanmar"),
    "PSE": mark("Palestine"),
    "XKX": mark("Kosovo"),
}
"""Codes that are no country, or whose CLDR name is not the one used here (`Congo - Kinshasa`)."""

WITH_ARTICLE: Final = frozenset({
    "ARE", "BHS", "CAF", "COG", "COM", "CYM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "SYC",
    "TCA", "USA", "VIR",
})  # fmt: skip
"""Countries that take an article in an English sentence: *the United States*."""


def is_place(code: object) -> bool:
    """Say whether `code` is an alpha-3 code (or a special of the tables) with a name."""
    return isinstance(code, str) and (code in SPECIAL or (code.isupper() and _alpha2(code) is not None))


def place(code: Any, language: Language) -> str:
    """VEN -> Venezuela; USA -> United States, Estados Unidos. A code without a name raises."""
    if code in SPECIAL:
        return translate(SPECIAL[code], language)
    alpha2 = _alpha2(str(code))
    if alpha2 is None:
        raise ValueError(f"{code!r} is no ISO 3166-1 alpha-3 code and no special that the tables know")
    return str(LOCALES[language].territories[alpha2])


def the_place(code: Any, language: Language) -> str:
    """As `place`, with the article that English gives some names: *the United States*."""
    article = "the " if language == "en" and code in WITH_ARTICLE else ""
    return article + place(code, language)


def _alpha2(code: str) -> str | None:
    if len(code) != 3:
        return None
    found = get_global("territory_aliases").get(code, [])
    return found[0] if found and found[0] in LOCALES["en"].territories else None


WRITERS: Final = {"place": place, "the_place": the_place}
