"""Finds the dates that a text tells, in the forms in which the publication writes them."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept? Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sept? oct nov dic",
}
YEAR = r"(?<![\d,.])(?P<year>19\d\d|20[0-4]\d)(?![\d%]|[.,]\d)"
"""A year. The ledger tells of none past 2049, so that a count such as 2088 (Romania, FY2023) is not one."""

DAY = r"\b(?P<day>\d{1,2})(?:\.?º)?"
WEEKS_AHEAD = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Told:
    """A date in a text: as written, and the first day that it can mean."""

    written: str
    first: datetime.date


def told_dates(text: str, language: str, near: datetime.date) -> Iterator[Told]:
    """Yield the dates of a text: days, months, years, fiscal years, days of a stock, days without a year.

    A day without a year is taken to be of the year that `near` suggests: within the next weeks, else past. A
    month without a year says nothing. Longer forms come first, and what they took is not read again.
    """
    for pattern, first_day in FORMS[language]:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if (day := first_day(match, near)) is not None:
                yield Told(match[0], day)
        text = re.sub(pattern, lambda match: "•" * len(match[0]), text, flags=re.IGNORECASE)


def address_dates(address: str) -> Iterator[Told]:
    """Yield the dates in the addresses of newspapers' pages: 2024/01/26, 2024-01-26, 2024/01."""
    pattern = rf"(?<=/){YEAR}[/-](?P<number>0[1-9]|1[0-2])(?:[/-](?P<day>[0-3]\d)\b)?"
    for match in re.finditer(pattern, address):
        if (day := _numbered(match, datetime.date.min)) is not None:
            yield Told(match[0].rstrip("/-"), day)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _named(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    parts = match.groupdict()
    return _date(int(parts["year"]), _month(parts["month"]), int(parts.get("day") or 1))


def _numbered(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return _date(int(match["year"]), int(match["number"]), int(match["day"] or 1))


def _year(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return datetime.date(int(match["year"]), 1, 1)


def _later_year(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return datetime.date(int(match["year"][:2] + match["short"]), 1, 1)


def _fiscal_year(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return datetime.date(int(match["year"]) - 1, 10, 1)


def _end(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return datetime.date(int(match["year"]), 12, 31)


def _middle(match: re.Match[str], _near: datetime.date) -> datetime.date | None:
    return datetime.date(int(match["year"]), 6, 30)


def _without_year(match: re.Match[str], near: datetime.date) -> datetime.date | None:
    days = [_date(near.year + later, _month(match["month"]), int(match["day"])) for later in (1, 0, -1)]
    return next((day for day in days if day is not None and day <= near + WEEKS_AHEAD), None)


def _month(name: str) -> int:
    """The number of a month from its name, short or whole, in either language."""
    for spelled in (*MONTHS.values(), *SHORT.values()):
        for number, pattern in enumerate(spelled.split(), start=1):
            if re.fullmatch(pattern, name, re.IGNORECASE):
                return number
    raise ValueError(name)


def _names(language: str) -> str:
    return "|".join(f"{MONTHS[language]} {SHORT[language]}".split())


Form = tuple[str, Callable[[re.Match[str], datetime.date], datetime.date | None]]
_EN, _ES = (rf"\b(?P<month>{_names(language)})\b\.?" for language in ("en", "es"))
_ALL: list[Form] = [
    (rf"{YEAR}-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b", _numbered),
    (rf"{YEAR}[–/](?P<short>\d\d)\b(?!\d)", _later_year),
]
FORMS: Mapping[str, list[Form]] = {
    "en": [
        *_ALL,
        (rf"{DAY} {_EN},? {YEAR}", _named),
        (rf"{_EN} (?P<day>\d{{1,2}}), {YEAR}", _named),
        (rf"\bend of {YEAR}", _end),
        (rf"\b(?:mid-|middle of ) ?{YEAR}", _middle),
        (rf"\b(?:fiscal years? |FY ?){YEAR}", _fiscal_year),
        (rf"{_EN} {YEAR}", _named),
        (rf"{DAY} {_EN}", _without_year),
        (YEAR, _year),
    ],
    "es": [
        *_ALL,
        (rf"{DAY} (?:de )?{_ES} (?:del? )?{YEAR}", _named),
        (rf"\b(?:fin(?:es)?|cierre) de {YEAR}", _end),
        (rf"\bmediados de {YEAR}", _middle),
        (rf"\b(?:años? fisca(?:l|les) |AF ?|FY ?){YEAR}", _fiscal_year),
        (rf"{_ES} (?:del? )?{YEAR}", _named),
        (rf"{DAY} de {_ES}", _without_year),
        (YEAR, _year),
    ],
}
