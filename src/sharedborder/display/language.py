"""One message, two languages: `say("Encounters rose to {n:about} in {m:month}", n=…, m=…)`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from . import days, names, numerals, places
from .messages import Language, translate, translate_plural
from .numerals import Writer, is_missing

FORMS: Final[dict[str, Writer]] = {**numerals.WRITERS, **days.WRITERS, **places.WRITERS, **names.WRITERS}
"""Every form a placeholder can take; with a capital (`{m:Month}`) the first letter of the text is raised."""


@dataclass(frozen=True)
class Text:
    """A finished text in both languages, with the numbers that were written into it."""

    en: str
    es: str
    numbers: tuple[tuple[str, float], ...] = ()
    messages: tuple[str, ...] = ()

    def in_language(self, language: Language) -> str:
        """Give the text in one language."""
        return self.en if language == "en" else self.es

    def json(self) -> dict[str, str]:
        """Give both languages as they go into a fact or a figure."""
        return {"en": self.en, "es": self.es}

    def __str__(self) -> str:
        return self.en


def say(message: str, **values: Any) -> Text:
    """Write `message` in English and, by the catalogue, in Spanish.

    A placeholder is `{name:form}`, its form one of `FORMS`; a value that is itself a Text needs no form, and
    `{names:list}` joins several Texts. A missing value, an unknown form or a value too many raises.
    """
    return _both(message, message, translate(message, "es"), values)


def plural(singular: str, plural: str, count: float, **values: Any) -> Text:
    """As `say`, choosing between two messages by `count`, which both may write as `{count:form}`."""
    english = translate_plural(singular, plural, count, "en")
    spanish = translate_plural(singular, plural, count, "es")
    return _both(english, english, spanish, {"count": count, **values})


def write(value: Any, form: str, language: Language) -> str:
    """Write one value in one form; an unknown form or a missing value raises ValueError."""
    if is_missing(value):
        raise ValueError(f"the value to be written as {form!r} is missing (None or NaN)")
    writer = FORMS.get(form) or FORMS.get(form[:1].lower() + form[1:])
    if writer is None:
        raise ValueError(f"unknown form {form!r}; known: {', '.join(sorted(FORMS))}")
    text = writer(value, language)
    return names.capitalise(text) if form[:1].isupper() else text


def written(value: Any, form: str = "exact") -> Text:
    """Write one value in both languages."""
    return Text(write(value, form, "en"), write(value, form, "es"), _numbers(value, form))


def _both(message: str, english: str, spanish: str, values: dict[str, Any]) -> Text:
    used = {field for field, _ in _fields(english)}
    if used != set(values):
        raise ValueError(
            f"message {message!r} has placeholders {sorted(used)}, but was given {sorted(values)}"
        )
    texts = _nested(values)
    written_in = _fill(english, values, "en"), _fill(spanish, values, "es")
    numbers = [pair for field, form in _fields(english) for pair in _numbers(values[field], form)]
    return Text(
        *written_in,
        (*numbers, *(pair for text in texts for pair in text.numbers)),
        (message, *(said for text in texts for said in text.messages)),
    )


def _fill(message: str, values: dict[str, Any], language: Language) -> str:
    parts = []
    for literal, field, form, _ in Formatter().parse(message):
        parts.append(literal)
        if field is not None:
            parts.append(_value(message, field, form or "", values, language))
    return "".join(parts)


def _value(message: str, field: str, form: str, values: dict[str, Any], language: Language) -> str:
    if field not in values:
        raise ValueError(f"message {message!r} in {language!r} asks for {field!r}, which was not given")
    value = values[field]
    if isinstance(value, Text):
        text = value.in_language(language)
        return names.capitalise(text) if form[:1].isupper() else text
    if form == "list":
        return names.enumerate_words([text.in_language(language) for text in value], language)
    if not form:
        raise ValueError(f"message {message!r}: give {{{field}}} a form, such as {{{field}:exact}}")
    try:
        return write(value, form, language)
    except (TypeError, ValueError) as error:
        raise ValueError(f"message {message!r}: {{{field}:{form}}}: {error}") from error


def _fields(message: str) -> list[tuple[str, str]]:
    return [(field, form or "") for _, field, form, _ in Formatter().parse(message) if field is not None]


def _nested(values: dict[str, Any]) -> list[Text]:
    return [text for value in values.values() for text in _texts(value)]


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from (item for item in value if isinstance(item, Text))


def _numbers(value: Any, form: str) -> tuple[tuple[str, float], ...]:
    """Give (form, number) for a value that is written as a number, for the check of alternative texts."""
    plain = form[:1].lower() + form[1:]
    return ((plain, float(value)),) if plain in numerals.WRITERS else ()
