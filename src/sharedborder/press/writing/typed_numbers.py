"""Finds numbers that somebody typed into prose, where only computed ones may stand.

Allowed are dates and years, times of day, fiscal years, ordinals, and names that the glossary registers
(Title 42). "One" is a number only before what is counted (one person, one month, one in, one million), else a
pronoun.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
}
YEAR = r"(?:19|20)\d\d"
DASH = r"\s?[-–/]\s?"
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "en": (
        rf"\b{YEAR}-\d\d(?:-\d\d)?\b",
        r"\b\d{1,2}:\d\d\b",
        rf"\b\d{{1,2}}(?:{DASH}\d{{1,2}}| and \d{{1,2}})? (?:{MONTHS['en']})(?: {YEAR})?\b",
        rf"\b(?:{MONTHS['en']}) \d{{1,2}}(?:{DASH}\d{{1,2}})?(?:, {YEAR})?\b",
        rf"\b(?:FY|fiscal years? )?\s?{YEAR}(?:{DASH}(?:{YEAR}|\d\d))?s?\b(?![,.]\d)",
        r"\b\d{1,2}(?:st|nd|rd|th)\b",
        r"\b(?:first|second|latter) half\b",
        r"\bone \w+ (?:to|after|by) (?:the next|another|the other)\b",
    ),
    "es": (
        rf"\b{YEAR}-\d\d(?:-\d\d)?\b",
        rf"\b\d{{1,2}}(?:\.?º)?(?:(?:{DASH}| y | al? )\d{{1,2}})? de (?:{MONTHS['es']})(?: del? {YEAR})?\b",
        rf"\b(?:año fiscal |AF\s?)?{YEAR}(?:{DASH}(?:{YEAR}|\d\d))?\b(?![,.]\d)",
        r"\b\d{1,2}\.?[ºª]",
        r"\b(?:primera|segunda) mitad\b",
    ),
}
ONE_COUNTS = (
    r"one (?:in|out of|more|less|fewer|hundred|thousand|million|billion|third|quarter|fifth|tenth|person|"
    r"migrant|refugee|encounter|apprehension|expulsion|death|crossing|event|day|week|month|year|decade|time)"
)
WORDS: Mapping[str, str] = {
    "en": (
        rf"{ONE_COUNTS}|"
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
        r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|"
        r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|halves|halved|halving|"
        r"doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|quadrupl(?:e|ed|es|ing)|twice|thrice|"
        r"(?:a|one)[ -](?:third|quarter|fifth|tenth)|thirds|quarters|fifths|tenths|percent|per cent|\w+fold"
    ),
    "es": (
        r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veinte|veinti\w+|"
        r"treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|cientos?|\w+cient[oa]s|mil|miles|mill[oó]n|"
        r"millones|billones|docenas?|mitad|doble|duplic\w+|triplic\w+|cuadruplic\w+|tercios?|"
        r"(?:un|tres) cuartos?|quintos|décimas?|por ciento"
    ),
}
NOT_NUMBERS = {"manifold", "unfold", "scaffold", "blindfold", "fold"}
DIGITS = r"\d+(?:[.,\u00a0\u202f]\d+)*(?:\s?%)?"


@dataclass(frozen=True)
class TypedNumber:
    """A number in prose: as written, on which line, and the words around it."""

    written: str
    line: int
    around: str


def typed_numbers(prose: str, language: str, names: Iterable[str] = ()) -> Iterator[TypedNumber]:
    """Yield the numbers in a text of prose (see `prose.prose_of`); `names` may hold some ("Title 42")."""
    text = prose
    for name in sorted(names, key=len, reverse=True):
        text = _blanked(rf"\b{re.escape(name)}(?!\w)", text)
    for pattern in ALLOWED[language]:
        text = _blanked(pattern, text)
    for match in re.finditer(rf"\b(?:{WORDS[language]})\b|{DIGITS}", text, re.IGNORECASE):
        if match[0].lower() not in NOT_NUMBERS:
            around = " ".join(prose[max(0, match.start() - 30) : match.end() + 30].split())
            yield TypedNumber(match[0], prose.count("\n", 0, match.start()) + 1, around)


def _blanked(pattern: str, text: str) -> str:
    """Put as many bullets as a match has characters: no word begins or ends there anew."""
    pattern = pattern.replace("\\ ", " ").replace(" ", r"\s+")  # a name may be broken between two lines
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", "•", match[0]), text, flags=re.IGNORECASE)


def registered_names(glossary: str) -> list[str]:
    """Return the names with numbers that a glossary defines, as terms of a list or as headings."""
    terms = re.findall(r"^#{2,6} +(.+)$", glossary, re.MULTILINE)
    terms += re.findall(r"^(\S.*)\n(?:\n)?: ", glossary, re.MULTILINE)
    for block in re.findall(
        r"^(?:`{3,}|:{3,})\{glossary\}.*?\n(.*?)^(?:`{3,}|:{3,}) *$", glossary, re.MULTILINE | re.DOTALL
    ):
        terms += re.findall(r"^([^\s:`].*)$", block, re.MULTILINE)
    names = {part.strip(" *_`") for term in terms for part in re.split(r"[(),;/]", term)}
    numbered = re.compile(rf"\d|\b(?:{WORDS['en']}|{WORDS['es']})\b", re.IGNORECASE)
    return sorted(name for name in names if numbered.search(name))
