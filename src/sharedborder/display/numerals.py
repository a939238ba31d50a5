"""Numbers as a reader meets them, by Babel's rules for U.S. English and Mexican Spanish."""

import datetime
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final

from babel import numbers

from .messages import LOCALES, Language, translate, translate_plural

MILLION: Final = 1_000_000
SIGNIFICANT: Final = 3
PLAIN: Final = (str, int, float, bool, Decimal, list, tuple, datetime.date, datetime.datetime)

Writer = Callable[[Any, Language], str]


def is_missing(value: Any) -> bool:
    """Say whether `value` is None, NaN, NaT or pandas' NA."""
    if value is None or type(value) in PLAIN:
        return value is None or value != value
    import pandas as pd  # what the press writes comes from JSON, and needs none of it

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def as_number(value: Any) -> Decimal:
    """Turn any number into a Decimal; what is no number raises."""
    if isinstance(value, (bool, str)) or is_missing(value):
        raise TypeError(f"{value!r} is not a number")
    plain = value if isinstance(value, (int, Decimal)) else float(value)
    return Decimal(int(plain)) if plain == int(plain) else Decimal(str(plain))


def decimal(value: Decimal, language: Language, places: int = 0, least: int = 0) -> str:
    """Write a number with at most `places` decimals, at least `least`, halves rounded away from zero.

    As Babel would by the pattern "#,##0.###"; Python groups thousands in a sixth of the time.
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, broken = f"{rounded:,f}".partition(".")
    group, point = _marks(language)
    broken = broken.rstrip("0").ljust(least, "0")
    text = whole.replace(",", group) + (point + broken if broken else "")
    return text.replace("-", "−")


@cache
def _marks(language: Language) -> tuple[str, str]:
    """Return what stands between thousands, and before decimals."""
    locale = LOCALES[language]
    return numbers.get_group_symbol(locale), numbers.get_decimal_symbol(locale)


def significant(value: Decimal, digits: int = SIGNIFICANT) -> Decimal:
    """Round to `digits` significant digits, halves away from zero."""
    if not value:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), rounding=ROUND_HALF_UP)


def exact(value: Any, language: Language) -> str:
    """1234567 -> "1,234,567"; a broken number keeps up to six decimals."""
    return decimal(as_number(value), language, places=6)


def number(value: Any, language: Language) -> str:
    """Three significant digits: 242418 -> "242,000"; 2475669 -> "2.48 million"."""
    rounded = significant(as_number(value))
    if abs(rounded) >= MILLION:
        return _millions(rounded, language, places=2)
    return decimal(rounded, language, places=max(0, SIGNIFICANT - 1 - rounded.adjusted()) if rounded else 0)


def about(value: Any, language: Language) -> str:
    """As `number`, with "about" in front where rounding changed the value."""
    plain = as_number(value)
    if significant(plain) == plain:
        return number(value, language)
    return translate("about {number}", language).format(number=number(value, language))


def millions(value: Any, language: Language) -> str:
    """One decimal: 108436336 -> "108.4 million", "108.4 millones"."""
    return _millions(as_number(value), language, places=1)


def percent(value: Any, language: Language) -> str:
    """A fraction as a whole percentage: 0.253 -> "25%"; under one per cent, one significant digit: "0.4%"."""
    scaled = as_number(value) * 100
    places = max(0, -significant(scaled, digits=1).adjusted()) if scaled else 0
    return _percent(scaled, language, places)


def percent1(value: Any, language: Language) -> str:
    """A fraction with one decimal: 0.2534 -> "25.3%"."""
    return _percent(as_number(value) * 100, language, 1)


def change(value: Any, language: Language) -> str:
    """A signed fraction: 0.25 -> "+25%", -0.42 -> "−42%"."""
    return _sign(value) + percent(value, language)


def change1(value: Any, language: Language) -> str:
    """A signed fraction with one decimal: -0.4173 -> "−41.7%"."""
    return _sign(value) + percent1(value, language)


def difference(value: Any, language: Language) -> str:
    """A signed count: -19 -> "−19", 1204 -> "+1,204"."""
    return _sign(value) + exact(value, language)


def points(value: Any, language: Language) -> str:
    """A difference of fractions: 0.03 -> "3 percentage points", "3 puntos porcentuales"."""
    scaled = decimal(as_number(value) * 100, language, places=1)
    count = abs(float(value)) * 100
    text = translate_plural(
        "{points} percentage point", "{points} percentage points", round(count, 1), language
    )
    return text.format(points=scaled)


def times(value: Any, language: Language) -> str:
    """A ratio: 2.5 -> "2.5 times", "2.5 veces"."""
    ratio = decimal(as_number(value), language, places=1)
    return translate_plural("{ratio} time", "{ratio} times", round(float(value), 1), language).format(
        ratio=ratio
    )


def per_thousand(value: Any, language: Language) -> str:
    """A fraction of people: 0.0123 -> "12.3 per 1,000"."""
    return _per(value, 1_000, language)


def per_hundred_thousand(value: Any, language: Language) -> str:
    """A fraction of people: 0.00012 -> "12 per 100,000"."""
    return _per(value, 100_000, language)


def spelled(value: Any, language: Language) -> str:
    """A small count in letters: 3 -> "three"; above ten in digits."""
    count = int(as_number(value))
    words = translate("zero one two three four five six seven eight nine ten", language).split()
    return words[count] if 0 <= count < len(words) else exact(count, language)


def ordinal(value: Any, language: Language) -> str:
    """A rank: 2 -> "second", "segundo"; above ten "11th", "11.º"."""
    names = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth"
    return _ordinal(int(as_number(value)), translate(names, language).split(), language, "º")


def ordinal_feminine(value: Any, language: Language) -> str:
    """A rank that agrees with a feminine noun: 2 -> "second", "segunda"."""
    names = translate("zeroth first second third fourth fifth sixth seventh eighth ninth tenth", language)
    feminine = [name[:-1] + "a" if name.endswith("o") else name for name in names.split()]
    return _ordinal(int(as_number(value)), feminine if language == "es" else names.split(), language, "ª")


def _millions(value: Decimal, language: Language, places: int) -> str:
    amount = decimal(value / MILLION, language, places=places)
    shown = 1 if amount in {"1", "−1"} else 2
    return translate_plural("{amount} million", "{amount} million", shown, language).format(amount=amount)


def _percent(scaled: Decimal, language: Language, places: int) -> str:
    return decimal(scaled, language, places=places, least=places) + "%"


def _sign(value: Any) -> str:
    return "+" if as_number(value) > 0 else ""


def _per(value: Any, base: int, language: Language) -> str:
    text = translate("{rate} per {base}", language)
    return text.format(rate=number(as_number(value) * base, language), base=exact(base, language))


def _ordinal(rank: int, names: list[str], language: Language, mark: str) -> str:
    if 0 < rank < len(names):
        return names[rank]
    if language == "es":
        return f"{exact(rank, language)}.{mark}"
    last = 0 if 10 <= rank % 100 <= 20 else rank % 10
    return exact(rank, language) + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")


WRITERS: Final[dict[str, Writer]] = {
    writer.__name__: writer
    for writer in (
        exact, number, about, millions, percent, percent1, change, change1, difference, points, times,
        per_thousand, per_hundred_thousand, spelled, ordinal, ordinal_feminine,
    )
}  # fmt: skip
