"""Names of categories, columns and units: what the tables call things, and how a reader reads them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from babel.lists import format_list

from .messages import Language, knows, translate
from .numerals import Writer
from .places import is_place, place

PLACES: Final = frozenset({"origin", "asylum", "citizenship", "country", "nationality"})
"""Columns that hold countries."""

PROPER: Final = frozenset({
    "area", "sector", "region", "crossing", "port", "publisher", "address", "indicator", "geography",
    "subject", "series", "id",
})  # fmt: skip
"""Columns whose values are proper names, or several in a row: translated as far as they are known."""

PARTS: Final = re.compile(r"(: |, )")
ROUTE: Final = re.compile(r"([A-Z]{3}) to ([A-Z]{3})")


def name(value: Any, language: Language) -> str:
    """Name a category: a country by CLDR, anything else by the catalogue (English where it lacks it)."""
    text = str(value)
    return place(text, language) if is_place(text) else translate(text, language)


def proper(value: Any, language: Language) -> str:
    """A proper name, or several in a row (`encounters, airports: VEN`), each as far as it is known."""
    text = str(value)
    if route := ROUTE.fullmatch(text):
        origin, destination = (place(code, language) for code in route.groups())
        return translate("{origin} to {destination}", language).format(origin=origin, destination=destination)
    parts = [text] if language != "en" and knows(text) else PARTS.split(text)
    return "".join(_known(part, language) for part in parts)


def _known(part: str, language: Language) -> str:
    if is_place(part):
        return name(part, language)
    return translate(part, language) if language != "en" and knows(part) else part


def label(column: str, language: Language) -> str:
    """Name a column for the head of a table: `fiscal_year` -> Fiscal year, Año fiscal."""
    return capitalise(translate(column.replace("_", " "), language))


def capitalise(text: str) -> str:
    """Raise the first letter, leaving the others as they are."""
    return text[:1].upper() + text[1:]


def alphabetical(text: str) -> str:
    """Give the text by which a name is sorted: accents and capitals do not count."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).casefold()


def enumerate_words(words: Sequence[str], language: Language) -> str:
    """Join words as a sentence does: "Cuba, Haiti and Nicaragua", "Cuba, Haití y Nicaragua"."""
    return format_list(list(words), locale={"en": "en_GB", "es": "es_MX"}[language])


def names(values: Any, language: Language) -> str:
    """Name several categories in a row."""
    return enumerate_words([name(value, language) for value in values], language)


def places(values: Any, language: Language) -> str:
    """Name several countries in a row."""
    return enumerate_words([place(value, language) for value in values], language)


def the_area(value: Any, language: Language) -> str:
    """Name a sector or field office with its article: "the Del Rio Sector", "el sector Del Río"."""
    named = proper(value, language)
    if language == "en":
        return f"the {named}"
    return f"{'la' if named.startswith('oficina') else 'el'} {named}"


WRITERS: Final[dict[str, Writer]] = {
    "name": name,
    "label": label,
    "proper": proper,
    "names": names,
    "places": places,
    "the_area": the_area,
}
