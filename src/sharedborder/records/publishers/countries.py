"""Publishers' names and codes of countries -> our country keys.

A country key is an ISO 3166-1 alpha-3 code. Codes and English names come from the Unicode CLDR, which Babel
carries; this module adds only what CLDR cannot know: the few names that publishers write otherwise, and
`XKX`, which the World Bank and others use for Kosovo. Rows that name no single country ("OTHER", a region,
"unknown") are decisions of each publisher's parser, which hands them over as `specials`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
from babel import Locale
from babel.core import get_global

from sharedborder.records.publishers.reading import refuse

WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Alpha-3 codes that ISO withdrew and CLDR still lists beside today's code of the same territory."""

NOT_COUNTRIES = frozenset({"AC", "CP", "DG", "EU", "QO", "TA", "XA", "XB", "ZZ"})
"""CLDR's alpha-2 codes outside ISO 3166-1: parts of territories, groups, and codes made for tests."""

KOSOVO = {"XK": "XKX"}
"""CLDR calls Kosovo XKK; the publishers read here write XKX. Neither is an ISO code."""

OTHER_NAMES: Mapping[str, str] = {
    "CHINA, PEOPLES REPUBLIC OF": "CHN",
    "PALESTINE": "PSE",
    "TURKEY": "TUR",
}
"""Names of publishers that are not CLDR's English name of the country."""


@cache
def alpha3() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 -> alpha-3 code, Kosovo added."""
    known = Locale("en").territories
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    codes = {
        targets[0]: code
        for code, targets in aliases.items()
        if len(code) == 3 and code.isalpha() and len(targets) == 1
        if targets[0] in known and targets[0] not in NOT_COUNTRIES and code not in WITHDRAWN
    }
    return codes | KOSOVO


@cache
def known_codes() -> frozenset[str]:
    """Return every alpha-3 code that is a country key."""
    return frozenset(alpha3().values())


@cache
def codes_by_name() -> Mapping[str, str]:
    """Return folded English name (CLDR's, and the publishers' own) -> alpha-3 code."""
    territories = Locale("en").territories
    names = {_folded(territories[two]): three for two, three in alpha3().items()}
    return names | {_folded(name): code for name, code in OTHER_NAMES.items()}


def _folded(name: str) -> str:
    """Return the name without what publishers write differently: case and the form of the apostrophe."""
    return name.replace("\u2019", "'").casefold()


def from_names(
    frame: pd.DataFrame, column: str, path: Path, specials: Mapping[str, str] | None = None
) -> pd.Series[str]:
    """Return the country keys of a column of English names; `specials` (exact text -> key) come first.

    Raises ParseError at the first name that neither knows.
    """
    keys = {
        name: (specials or {}).get(name) or codes_by_name().get(_folded(name))
        for name in frame[column].unique()
    }
    advice = (
        "unknown country name: if it is a country, add it to OTHER_NAMES with its ISO code; "
        "if it is not one, decide what the row means and name it in the parser's specials"
    )
    return _mapped(frame, column, keys, path, advice)


def from_codes(
    frame: pd.DataFrame, column: str, path: Path, specials: Mapping[str, str] | None = None
) -> pd.Series[str]:
    """Return the country keys of a column of ISO alpha-3 codes; `specials` (exact text -> key) come first.

    Raises ParseError at the first code that neither knows.
    """
    keys = {
        code: (specials or {}).get(code) or (code if code in known_codes() else None)
        for code in frame[column].unique()
    }
    advice = (
        "not an ISO 3166-1 alpha-3 code: find out what the publisher means by it "
        "and name it in the parser's specials"
    )
    return _mapped(frame, column, keys, path, advice)


def _mapped(
    frame: pd.DataFrame, column: str, keys: Mapping[str, str | None], path: Path, advice: str
) -> pd.Series[str]:
    """Return the column's keys; refuse the first value without one."""
    result = frame[column].map(keys)
    refuse(frame, result.isna(), column, path, advice)
    return result.astype("str")
