"""The Spanish catalogue of figures: what each English message is called in the other language."""

from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LOCALES: Final = {"en": Locale.parse("en_US"), "es": Locale.parse("es_MX")}
CATALOGUE: Final = Path("book/locales/es/LC_MESSAGES/figures.po")

missing: set[str] = set()
"""Messages that were asked for in Spanish and are not in the catalogue; a reader would meet English."""


def mark(message: str) -> str:
    """Return `message` unchanged: tells the catalogue's extraction that data will ask for it later."""
    return message


def translate(message: str, language: Language) -> str:
    """Give `message` in `language`; one without Spanish comes back in English and is kept in `missing`."""
    found = message if language == "en" else _singles().get(message)
    if found is None:
        missing.add(message)
    return found or message


def translate_plural(singular: str, plural: str, count: float, language: Language) -> str:
    """Choose between two English messages by `count`, in the plural rules of `language`."""
    if language == "en":
        return singular if count == 1 else plural
    forms = _plurals().get(singular)
    if forms is None:
        missing.add(singular)
        return singular if count == 1 else plural
    return forms[0] if count == 1 else forms[1]


def knows(message: str) -> bool:
    """Say whether the catalogue has Spanish for `message`."""
    return message in _singles()


def catalogue_path() -> Path:
    """Find the catalogue: from the working directory upward, else beside the sources."""
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / CATALOGUE).is_file():
            return folder / CATALOGUE
    raise FileNotFoundError(f"no {CATALOGUE} in the working directory, above it, or beside the sources")


def read_catalogue(path: Path) -> Catalog:
    """Read a Spanish catalogue of figures from `path`."""
    with path.open("rb") as file:
        return read_po(file, locale="es")


@cache
def _catalogue() -> Catalog:
    return read_catalogue(catalogue_path())


@cache
def _singles() -> dict[str, str]:
    found = [m for m in _catalogue() if isinstance(m.id, str) and m.id and m.string and not m.fuzzy]
    return {str(m.id): str(m.string) for m in found}


@cache
def _plurals() -> dict[str, tuple[str, str]]:
    found = {m.id[0]: m.string for m in _catalogue() if isinstance(m.id, tuple) and not m.fuzzy}
    return {singular: (str(said[0]), str(said[1])) for singular, said in found.items() if said and all(said)}


def forget() -> None:
    """Read the catalogue again at the next message: somebody may have edited it."""
    for kept in (_catalogue, _singles, _plurals):
        kept.cache_clear()
