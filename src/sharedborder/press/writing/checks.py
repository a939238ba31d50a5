"""`sharedborder check`: notebooks are thin and stripped, and nobody typed a number into prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from sharedborder.press import notebook
from sharedborder.press.book import toc
from sharedborder.press.book.prose import prose_of
from sharedborder.press.folders import Folders
from sharedborder.press.writing import thin
from sharedborder.press.writing.typed_numbers import registered_names, typed_numbers

FACT = re.compile(r"\{fact\}`[^`]+`")
ADVICE = "compute it as a fact, or register the name in book/glossary.md"


@dataclass(frozen=True)
class Finding:
    """Something to repair: where, and what to do."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}{f', {self.place}' if self.place else ''}: {self.message}"


def check(folders: Folders) -> list[Finding]:
    """Return everything that keeps the written material from being printed, in the order of its files."""
    glossary = folders.book / "glossary.md"
    names = registered_names(glossary.read_text("utf-8")) if glossary.exists() else []
    notebooks, catalogues = sorted(folders.notebooks.glob("*.ipynb")), sorted(folders.book.rglob("*.po"))
    return [
        *(finding for path in notebooks for finding in check_notebook(path, names)),
        *(finding for path in _pages(folders.book) for finding in check_page(path, folders.book, names)),
        *(finding for path in catalogues for finding in check_catalogue(path, names)),
        *check_titles(folders, names),
    ]


def check_notebook(path: Path, names: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with a notebook: its form, and numbers in its prose and in what its charts say."""
    book = notebook.read(path)
    file = f"notebooks/{path.name}"
    for number, fault in thin.faults(book):
        yield Finding(file, f"cell {number}" if number else "", fault)
    for number, cell in notebook.numbered_cells(book):
        if cell["cell_type"] == "markdown":
            yield from numbers_in(cell["source"], "en", names, file, f"cell {number}")
        elif cell["cell_type"] == "code":
            for sentence in thin.sentences(cell["source"]):
                yield from numbers_in(sentence, "en", names, file, f"cell {number}")


def check_page(path: Path, book: Path, names: list[str]) -> Iterator[Finding]:
    """Yield the numbers typed into a page of the book."""
    yield from numbers_in(path.read_text("utf-8"), "en", names, f"book/{path.relative_to(book).as_posix()}")


def check_catalogue(path: Path, names: list[str]) -> Iterator[Finding]:
    """Yield the numbers typed into translations.

    What is written with a number in English ("million", a column's definition) may hold it in Spanish too:
    the English is checked where it stands. The translation of a registered name is a registered name.
    """
    language = path.parts[path.parts.index("locales") + 1]
    file = f"{path.name} ({language})"
    with path.open("rb") as text:
        catalogue = [message for message in read_po(text, locale=language) if message.id]
    own = names + [str(message.string) for message in catalogue if message.id in names]
    for message in catalogue:
        if not any(_has_number(text, names) for text in _texts(message.id)):
            for translation in _texts(message.string):
                yield from numbers_in(translation, language, own, file, f"line {message.lineno}")
        if message.string and facts_of(message.id) != facts_of(message.string):
            yield Finding(
                file, f"line {message.lineno}", "the translation holds other facts than the sentence"
            )


def _has_number(english: str, names: list[str]) -> bool:
    return any(typed_numbers(prose_of(english), "en", names))


def facts_of(given: object) -> list[str]:
    """Return the facts that a message's texts name, sorted."""
    return sorted(name for text in _texts(given) for name in FACT.findall(text))


def _texts(given: object) -> list[str]:
    """Return a message's texts: one, or its singular and plurals."""
    texts = given if isinstance(given, (list, tuple)) else [given]
    return [text for text in texts if isinstance(text, str) and text]


def check_titles(folders: Folders, names: list[str]) -> Iterator[Finding]:
    """Yield the numbers typed into the captions and short titles of book/_toc.yml."""
    path = folders.book / "_toc.yml"
    for language, text in toc.texts(path) if path.exists() else []:
        yield from numbers_in(text, language, names, "book/_toc.yml")


def numbers_in(text: str, language: str, names: list[str], file: str, place: str = "") -> Iterator[Finding]:
    """Yield a finding for each number typed into a Markdown text."""
    for found in typed_numbers(prose_of(text), language, names):
        line = f"line {found.line}" if "\n" in text else ""
        where = ", ".join(part for part in (place, line) if part)
        yield Finding(file, where, f"{found.written!r} is typed in “{found.around}”; {ADVICE}")


def _pages(book: Path) -> list[Path]:
    return [
        path
        for path in sorted(book.rglob("*.md"))
        if path.relative_to(book).parts[0] not in ("theme", "locales")
    ]
