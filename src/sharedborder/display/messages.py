"""The Spanish catalogue of figures: what each English message is called in the other language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from babel import Locale

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LOCALES: Final = {"en": Locale.parse("en_US"), "es": Locale.parse("es_MX")}
CATALOGUE: Final = Path("book/locales/es/LC_MESSAGES/figures.po")

Translation = str | list[str] | None

PLURAL: Final = "\0"
"""Stands behind the singular where a message has a plural, which may be translated alone as well."""


@dataclass(frozen=True)
class Heard:
    """What was asked of the catalogue: each message with its Spanish, or None where it has none.

    A reader meets English in the place of those that are `missing`; of the others without Spanish it was
    only asked whether they have one.
    """

    asked: dict[str, Translation] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Yield what is asked of the catalogue meanwhile; one changed on disk since it was read is read again.

    Who listens around others hears what they hear, and the catalogue stays the same for all of them.
    """
    around = _heard.get()
    if around is None and _read.cache_info().currsize and _stamp() != _stamps[-1]:
        _read.cache_clear()
    heard = Heard()
    before = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(before)
        if around is not None:
            around.asked.update(heard.asked)
            around.missing.update(heard.missing)


def mark(message: str) -> str:
    """Return `message` unchanged: tells the catalogue's extraction that data will ask for it later."""
    return message


def translate(message: str, language: Language) -> str:
    """Give `message` in `language`; one without Spanish comes back in English, as `listening` hears."""
    return message if language == "en" else str(_ask(message, message) or message)


def translate_plural(singular: str, plural: str, count: float, language: Language) -> str:
    """Choose between two English messages by `count`, in the plural rules of `language`."""
    english = singular if count == 1 else plural
    if language == "en":
        return english
    forms = _ask(singular + PLURAL, singular)
    return forms[0 if count == 1 else 1] if forms else english


def knows(message: str) -> bool:
    """Say whether the catalogue has Spanish for `message`."""
    found = _read().get(message)
    if (heard := _heard.get()) is not None:
        heard.asked[message] = found
    return found is not None


def translations(language: Language) -> dict[str, Translation]:
    """Give all that the catalogue says in `language`, by the names of `listening`; of English nothing."""
    with listening():
        return {} if language == "en" else dict(_read())


def _ask(name: str, message: str) -> Translation:
    found = _read().get(name)
    if (heard := _heard.get()) is not None:
        heard.asked[name] = found
        if found is None:
            heard.missing.add(message)
    return found


def catalogue_path() -> Path:
    """Find the catalogue: from the working directory upward, else beside the sources."""
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / CATALOGUE).is_file():
            return folder / CATALOGUE
    raise FileNotFoundError(f"no {CATALOGUE} in the working directory, above it, or beside the sources")


def read_catalogue(path: Path) -> "Catalog":
    """Read a Spanish catalogue of figures from `path`."""
    from babel.messages.pofile import read_po  # no kernel needs it

    with path.open("rb") as file:
        return read_po(file, locale="es")


_stamps: list[tuple[str, int, int]] = []


def _stamp() -> tuple[str, int, int]:
    path = catalogue_path()
    about = path.stat()
    return str(path), about.st_mtime_ns, about.st_size


@cache
def _read() -> dict[str, Translation]:
    _stamps[:] = [_stamp()]
    found: dict[str, Translation] = {}
    for message in read_catalogue(catalogue_path()):
        said = message.string
        if message.fuzzy or not message.id:
            continue
        if isinstance(message.id, str):
            found |= {message.id: str(said)} if said else {}
        elif said and all(said):
            found[message.id[0] + PLURAL] = [str(form) for form in said]
    return found
