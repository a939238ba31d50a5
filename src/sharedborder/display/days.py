"""Days, months and years as a reader meets them."""

import datetime
import re
from functools import lru_cache
from typing import Any, Final

from babel import dates

from .messages import LOCALES, Language, translate
from .numerals import Writer, is_missing

BEFORE_A_DAY: Final = re.compile(r"\b(de|a) (?=\d{1,2} de [a-z])")


def as_day(value: Any) -> datetime.date:
    """Turn a timestamp, a date or ISO text (`2023-11-01`) into a date; anything else raises."""
    if is_missing(value):
        raise TypeError("a missing day")
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(str(value)[:10])


def as_year(value: Any) -> int:
    """Turn a year, or a day in it, into a year."""
    return int(value) if str(value).replace(".0", "").isdigit() else as_day(value).year


def day(value: Any, language: Language) -> str:
    """22 December 2023, 22 de diciembre de 2023."""
    return _write(value, language, {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"})


def day_short(value: Any, language: Language) -> str:
    """22 Dec 2023, 22 dic 2023."""
    return _write(value, language, {"en": "d MMM y", "es": "d MMM y"})


def day_of_year(value: Any, language: Language) -> str:
    """22 December, 22 de diciembre."""
    return _write(value, language, {"en": "d MMMM", "es": "d 'de' MMMM"})


def month(value: Any, language: Language) -> str:
    """November 2023, noviembre de 2023."""
    return _write(value, language, {"en": "MMMM y", "es": "MMMM 'de' y"})


def month_short(value: Any, language: Language) -> str:
    """Nov 2023, nov 2023."""
    return _write(value, language, {"en": "MMM y", "es": "MMM y"})


def month_name(value: Any, language: Language) -> str:
    """November, noviembre."""
    return _write(value, language, {"en": "MMMM", "es": "MMMM"})


def month_letters(value: Any, language: Language) -> str:
    """Nov, nov: for an axis."""
    return _write(value, language, {"en": "MMM", "es": "MMM"})


def year(value: Any, language: Language) -> str:
    """2023, from a year or a day in it."""
    return str(as_year(value))


def fiscal_year(value: Any, language: Language) -> str:
    """Fiscal year 2023 (October 2022 to September 2023), año fiscal 2023."""
    return translate("fiscal year {year}", language).format(year=as_year(value))


def stock(value: Any, language: Language) -> str:
    """The day of a stock: the end of 2022, fines de 2022; mid-2023, mediados de 2023; else the day."""
    date = as_day(value)
    if (date.month, date.day) == (12, 31):
        return translate("end of {year}", language).format(year=date.year)
    if (date.month, date.day) == (6, 30):
        return translate("mid-{year}", language).format(year=date.year)
    return day(date, language)


def contracted(text: str, language: Language) -> str:
    """Join Spanish prepositions to the article of a day: "de 12 de junio" -> "del 12 de junio"."""
    return BEFORE_A_DAY.sub(r"\1l ", text) if language == "es" else text


def _write(value: Any, language: Language, patterns: dict[str, str]) -> str:
    return _written(as_day(value), patterns[language], LOCALES[language])


@lru_cache(maxsize=4096)
def _written(date: datetime.date, pattern: str, locale: str) -> str:
    return dates.format_date(date, format=pattern, locale=locale)


WRITERS: Final[dict[str, Writer]] = {
    writer.__name__: writer
    for writer in (
        day, day_short, day_of_year, month, month_short, month_name, month_letters, year, fiscal_year, stock,
    )
}  # fmt: skip
