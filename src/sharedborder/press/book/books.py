"""A book: an edition in a language, which Jupyter Book makes from its staged folder."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sharedborder.press import fingerprint, yamltext
from sharedborder.press.book.published import published
from sharedborder.press.errors import BookError
from sharedborder.press.files import (
    change_places,
    copy,
    empty_folder,
    link,
    mirror,
    names_in,
    next_to,
    write_whole,
)
from sharedborder.press.folders import EMBED, EMBEDDED, SHOWN, Folders
from sharedborder.press.kept import keep, kept

RECORD = "record.json"
CHANGED = "changed.json"
WARNING = re.compile(r"\b(WARNING|ERROR|CRITICAL|\w*Error|error)\b")
CELL_PLACE = re.compile(r"(?P<file>[\w/.-]+\.ipynb):(?P<line>\d+)")
CELL_LINES = 10_000  # MyST-NB numbers lines as cell * 10000 + line + 1
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PAGES = (".md", ".ipynb")
REPLACED = (".html", ".svg", ".csv", ".vl.json", ".doctree")
NOT_CARRIED = "/jupyter_execute/"  # MyST-NB writes notebooks there, and reads none
FOLLOWED = ("_extra/", f"{SHOWN}/", f"{EMBEDDED}/", "_locales/", "edition.json", "_toc.yml")
SHOWN_FILES = ("_images", "_downloads")


@dataclass(frozen=True)
class Book:
    """An edition in a language: the staged folder, where its pages are made, and what they are made of.

    `files` is the digest of each staged file by its name, `tools` that of the code and versions; `published`
    that of each file for readers, once they are made.
    """

    edition: str
    language: str
    stage: Path
    place: Path
    files: Mapping[str, str]
    tools: str
    published: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        return f"{self.edition} ({self.language})"

    @property
    def pages(self) -> Path:
        return self.place / "_build" / "html"

    @property
    def fingerprint(self) -> str:
        return fingerprint.digest([dict(self.files), self.tools])

    @property
    def ready(self) -> bool:
        """Whether the pages are those of these files and tools."""
        return standing(self) == self


def book_for(
    folders: Folders, edition: str, language: str, digest: Callable[[Path], str], known: Mapping[str, str]
) -> Book:
    """Return the book of a staged folder; `digest` gives the SHA-256 of a file, `known` has some by name."""
    stage = folders.stage(edition, language)
    files = {name: known.get(name) or digest(stage / name) for name in names_in(stage)}
    tools = fingerprint.digest([fingerprint.code_digest("press"), fingerprint.pinned_versions(folders.root)])
    return Book(edition, language, stage, folders.made(edition, language), files, tools)


def standing_book(folders: Folders, edition: str, language: str) -> Book | None:
    """Return a book as it was last made, or None."""
    return standing(
        Book(edition, language, folders.stage(edition, language), folders.made(edition, language), {}, "")
    )


def standing(book: Book) -> Book | None:
    """Return what stands in a book's place, or None; a place is only ever put there finished."""
    known = kept(book.place / RECORD)
    return known and replace(book, **{part: known[part] for part in ("files", "tools", "published")})


def bind(book: Book) -> None:
    """Make a book's pages, from those that stand where that gives the same; needs a process of its own.

    Works beside the place and takes it in one step at the end: a process that is killed, or a book with a
    fault, leaves what stood there. Raises SystemExit or RuntimeError where Jupyter Book did not accept it,
    having printed why.
    """
    former = standing(book)
    changed = differing(former, book) if former else set(book.files)
    new = next_to(book.place)
    if former and former.tools == book.tools and follows(former, changed):
        mirror(_carried(book.place), new, _carry)
        _remove(new / "_build" / "html", changed)
    else:
        empty_folder(new)
    write_whole(new / "_build" / CHANGED, json.dumps(sorted(changed)))
    run_jupyter_book(book.stage, new)
    made = published(new / "_build" / "html", former)
    keep(new / RECORD, {"files": dict(book.files), "tools": book.tools, "published": made})
    change_places(new, book.place)


def differing(one: Book, other: Book) -> set[str]:
    """Return the staged files that are not the same in two states of a book."""
    names = one.files.keys() | other.files.keys()
    return {name for name in names if one.files.get(name) != other.files.get(name)}


def follows(former: Book, changed: set[str]) -> bool:
    """Return whether standing pages can be brought up to date, rather than made anew.

    They can where only pages, and files whose use Sphinx or our extension follows, have changed: theme,
    settings and stylesheets change every page. Pictures and downloads of Sphinx's own get their names in the
    order in which pages are read, so a book with any is made anew.
    """
    followed = all(
        name.startswith(FOLLOWED) or (name.endswith(PAGES) and not name.startswith("_")) for name in changed
    )
    return followed and not any((former.pages / name).exists() for name in SHOWN_FILES)


def _carried(place: Path) -> dict[str, str]:
    return {name: f"{place}/{name}" for name in names_in(place) if NOT_CARRIED not in name}


def _carry(source: str, target: str) -> None:
    """Link what is only ever replaced whole; copy what Sphinx writes into: the standing site may share it.

    With the files' times, which Sphinx compares.
    """
    (link if target.endswith(REPLACED) else copy)(source, target)


def _remove(pages: Path, changed: set[str]) -> None:
    """Remove what was made of staged files that changed or are no more."""
    for name in changed:
        page = Path(name).with_suffix(".html") if name.endswith(PAGES) else _made_of(name)
        (pages / page).unlink(missing_ok=True)


def _made_of(name: str) -> str:
    return name.removeprefix("_extra/").replace(f"{EMBEDDED}/", f"{EMBED}/", 1)


def run_jupyter_book(stage: Path, place: Path) -> None:
    """Do in this process what `jupyter-book build` does; warnings are errors."""
    from jupyter_book.cli.main import main  # type: ignore[import-untyped]

    yamltext.read_for_others()  # settings and contents
    command = ["build", str(stage), "--path-output", str(place), "--config", str(stage / "_config.yml")]
    main([*command, "-W", "--keep-going", "-n"], standalone_mode=False)


def told(output: str, stage: Path) -> BookError:
    """Return the lines of a build's output that say what is wrong, with places an author knows."""
    plain = COLOUR.sub("", output).replace(f"{stage}/", "")
    lines = [line.strip() for line in plain.splitlines() if WARNING.search(line)]
    said = list(
        dict.fromkeys(CELL_PLACE.sub(_place, line) for line in lines if "returns a non-zero" not in line)
    )
    return BookError("\n  ".join(["", *(said or plain.strip().splitlines()[-12:])]))


def _place(match: re.Match[str]) -> str:
    cell, line = divmod(int(match["line"]), CELL_LINES)
    return f"{match['file']}, cell {cell}, line {max(line - 1, 1)}" if cell else match[0]
