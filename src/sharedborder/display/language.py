"""One message, two languages: `say("Encounters rose to {n:about} in {m:month}", n=…, m=…)`.

A notebook's kernel writes the English, and leaves the message with its values. The Spanish is written where
pages and pictures are made, so that a better translation needs no kernel.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Final

from . import days, names, numerals, places
from .messages import Language, translate, translate_plural
from .numerals import Writer, is_missing
from .values import plain

FORMS: Final[dict[str, Writer]] = {**numerals.WRITERS, **days.WRITERS, **places.WRITERS, **names.WRITERS}
"""Every form a placeholder can take; with a capital (`{m:Month}`) the first letter of the text is raised."""

Json = dict[str, Any]
Numbers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Said:
    """A message with its values: numbers, ISO days, codes, Texts, and lists of these.

    With `several`, the message for more than one, the value `count` chooses between the two.
    """

    message: str
    values: Mapping[str, Any]
    several: str | None = None

    def write(self, language: Language) -> str:
        """Fill the message, or its translation."""
        return "".join(self._parts(self.chosen(language), language))

    def chosen(self, language: Language) -> str:
        """Give the message in a language, of two the one that the count asks for."""
        if self.several is None:
            return translate(self.message, language)
        return translate_plural(self.message, self.several, self.values["count"], language)

    def json(self) -> Json:
        """Give {"message", "values"}, and "plural" where there are two; a nested Text is an object."""
        plural = {} if self.several is None else {"plural": self.several}
        return {"message": self.message, **plural, "values": _packed(self.values)}

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The placeholders of the English message, with their forms."""
        found = Formatter().parse(self.chosen("en"))
        return [(name, form or "") for _, name, form, _ in found if name is not None]

    @property
    def numbers(self) -> Numbers:
        own = (pair for name, form in self.fields for pair in _numbers(self.values[name], form))
        return (*own, *(pair for text in self._texts() for pair in text.numbers))

    @property
    def messages(self) -> tuple[str, ...]:
        return (self.message, *(message for text in self._texts() for message in text.messages))

    def _parts(self, message: str, language: Language) -> Iterator[str]:
        for literal, name, form, _ in Formatter().parse(message):
            yield literal
            if name is not None:
                yield self._value(name, form or "", language)

    def _value(self, name: str, form: str, language: Language) -> str:
        if name not in self.values:
            raise ValueError(
                f"message {self.message!r} in {language!r} asks for {name!r}, which was not given"
            )
        value = self.values[name]
        if isinstance(value, Text):
            text = value.in_language(language)
            return names.capitalise(text) if form[:1].isupper() else text
        if form == "list":
            return names.enumerate_words([text.in_language(language) for text in value], language)
        if not form:
            raise ValueError(f"message {self.message!r}: give {{{name}}} a form, such as {{{name}:exact}}")
        try:
            return write(value, form, language)
        except (TypeError, ValueError) as error:
            raise ValueError(f"message {self.message!r}: {{{name}:{form}}}: {error}") from error

    def _texts(self) -> Iterator["Text"]:
        for value in self.values.values():
            many = value if isinstance(value, list) else [value]
            yield from (one for one in many if isinstance(one, Text))


@dataclass(frozen=True)
class Written:
    """One value in one form."""

    value: Any
    form: str
    messages: tuple[str, ...] = ()

    def write(self, language: Language) -> str:
        """Write the value."""
        return write(self.value, self.form, language)

    def json(self) -> Json:
        """Give {"value", "form"}."""
        return {"value": self.value, "form": self.form}

    @property
    def numbers(self) -> Numbers:
        return _numbers(self.value, self.form)


@dataclass(frozen=True)
class Text:
    """A text in both languages: as its data gives it, or said by a message that the catalogue translates."""

    en: str
    given: str | None = None
    said: Said | Written | None = field(default=None, hash=False)

    @property
    def es(self) -> str:
        return self.in_language("es")

    @property
    def numbers(self) -> Numbers:
        """The numbers that are written into it, each with its form."""
        return self.said.numbers if self.said else ()

    @property
    def messages(self) -> tuple[str, ...]:
        """The messages that it was made of."""
        return self.said.messages if self.said else ()

    def in_language(self, language: Language) -> str:
        """Give the text in one language; Spanish of a message is looked up each time."""
        if language == "en":
            return self.en
        return self.said.write(language) if self.said else self.given or ""

    def json(self) -> Json:
        """Give what `unpacked` reads: the message and its values, or both languages of a given text."""
        return self.said.json() if self.said else {"en": self.en, "es": self.given or ""}

    def __str__(self) -> str:
        return self.en


def say(message: str, **values: Any) -> Text:
    """Write `message` in English and, by the catalogue, in Spanish.

    A placeholder is `{name:form}`, its form one of `FORMS`; a value that is itself a Text needs no form, and
    `{names:list}` joins several Texts. A missing value, an unknown form or a value too many raises.
    """
    return _text(Said(message, {name: _kept(value) for name, value in values.items()}))


def plural(singular: str, plural: str, count: float, **values: Any) -> Text:
    """As `say`, choosing between two messages by `count`, which both may write as `{count:form}`."""
    kept = {name: _kept(value) for name, value in {"count": count, **values}.items()}
    return _text(Said(singular, kept, plural))


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
    said = Written(plain(value), form)
    return Text(said.write("en"), said=said)


def unpacked(packed: Any) -> Text:
    """Make a Text of what `Text.json` gave; anything else raises ValueError."""
    if not isinstance(packed, Mapping):
        raise ValueError(f"{packed!r} is no text of a notebook: it is not an object")
    keys = set(packed)
    if keys == {"en", "es"}:
        return Text(str(packed["en"]), str(packed["es"]))
    if keys == {"value", "form"}:
        return written(packed["value"], packed["form"])
    if keys - {"plural"} == {"message", "values"}:
        values = {name: _unpacked_value(value) for name, value in packed["values"].items()}
        return _text(Said(packed["message"], values, packed.get("plural")))
    raise ValueError(f"an object of {sorted(keys)} is no text of a notebook")


def _text(said: Said) -> Text:
    used = {name for name, _ in said.fields}
    if used != set(said.values):
        raise ValueError(
            f"message {said.chosen('en')!r} has placeholders {sorted(used)}, "
            f"but was given {sorted(said.values)}"
        )
    return Text(said.write("en"), said=said)


def _kept(value: Any) -> Any:
    return plain(value, keep=Text)


def _packed(values: Mapping[str, Any]) -> Json:
    return {name: _packed_value(value) for name, value in values.items()}


def _packed_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_packed_value(one) for one in value]
    return value.json() if isinstance(value, Text) else value


def _unpacked_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked_value(one) for one in value]
    return unpacked(value) if isinstance(value, Mapping) else value


def _numbers(value: Any, form: str) -> Numbers:
    """Give (form, number) for a value that is written as a number, for the check of alternative texts."""
    lowered = form[:1].lower() + form[1:]
    return ((lowered, float(value)),) if lowered in numerals.WRITERS else ()
