"""Runs Jupyter Book on the staged folders and gathers the site, which then takes its place in one step."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from sharedborder.press import fingerprint
from sharedborder.press.errors import BookError
from sharedborder.press.feeds import leading_files
from sharedborder.press.files import empty_folder, put_in_place, write_whole
from sharedborder.press.folders import Folders, site_path
from sharedborder.press.progress import in_parallel, reporting

AT_ONCE = 2
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
NOT_PUBLISHED = ("_sources", ".buildinfo", ".nojekyll", "_sphinx_design_static", "genindex.html")
WARNING = re.compile(r"\b(WARNING|ERROR|CRITICAL|Error|error)\b")
CELL_PLACE = re.compile(r"(?P<file>[\w/.-]+\.ipynb):(?P<line>\d+)")
CELL_LINES = 10_000  # MyST-NB numbers lines as cell * 10000 + line + 1
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
DATA_FILES = ("*.csv", "*.csv.gz", "*.json", "*.yml")


@dataclass(frozen=True)
class Book:
    """An edition in a language: the staged folder, where Jupyter Book works, the digest of its inputs."""

    edition: str
    language: str
    stage: Path
    place: Path
    fingerprint: str

    @property
    def name(self) -> str:
        return f"{self.edition} ({self.language})"

    @property
    def pages(self) -> Path:
        return self.place / "_build" / "html"

    @property
    def ready(self) -> bool:
        """Whether the pages are those of this fingerprint."""
        return _mark(self.place) == self.fingerprint


def standing_book(folders: Folders, edition: str, language: str) -> Book | None:
    """Return a book as it was last made, or None."""
    place = folders.made(edition, language)
    mark = _mark(place)
    return Book(edition, language, folders.stage(edition, language), place, mark) if mark else None


def _mark(place: Path) -> str | None:
    mark = place / "fingerprint"
    return mark.read_text("utf-8") if mark.exists() else None


def book_for(folders: Folders, edition: str, language: str) -> Book:
    """Return the book of a staged folder."""
    stage = folders.stage(edition, language)
    versions = fingerprint.pinned_versions(folders.root)
    mark = fingerprint.digest([fingerprint.tree_digest(stage), fingerprint.code_digest("press"), versions])
    return Book(edition, language, stage, folders.made(edition, language), mark)


def make_books(books: Sequence[Book], console: Console) -> list[Book]:
    """Run Jupyter Book for the books that changed, two at once, and return those.

    Raises BookError with the warnings and errors of every book that did not come out clean.
    """
    stale = [book for book in books if not book.ready]
    faults = []
    with ThreadPoolExecutor(AT_ONCE) as pool, reporting(console, "Books", len(stale)) as report:
        for book, future in in_parallel(pool, make_book, stale, lambda book: book.name, AT_ONCE, report):
            if error := future.exception():
                faults.append(f"{book.name}: {error}")
    if faults:
        raise BookError(
            "Jupyter Book did not accept the book; the standing site was left as it is.\n" + "\n".join(faults)
        )
    return stale


def make_book(book: Book) -> None:
    """Build one staged folder from nothing; warnings are errors."""
    empty_folder(book.place)
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(book.stage), "--path-output", str(book.place)]
    command += ["--config", str(book.stage / "_config.yml"), "-W", "--keep-going", "-n"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if result.returncode:
        raise BookError(_said(result.stdout + "\n" + result.stderr, book.stage))
    write_whole(book.place / "fingerprint", book.fingerprint)


def _said(output: str, stage: Path) -> str:
    """Return the lines of a build's output that say what is wrong, with places an author knows."""
    plain = COLOUR.sub("", output).replace(f"{stage}/", "")
    lines = [line.strip() for line in plain.splitlines() if WARNING.search(line)]
    told = list(
        dict.fromkeys(CELL_PLACE.sub(_place, line) for line in lines if "returns a non-zero" not in line)
    )
    return "\n  ".join(["", *(told or plain.strip().splitlines()[-12:])])


def _place(match: re.Match[str]) -> str:
    cell, line = divmod(int(match["line"]), CELL_LINES)
    return f"{match['file']}, cell {cell}, line {max(line - 1, 1)}" if cell else match[0]


def assemble(folders: Folders, books: Sequence[Book], about: Mapping[str, Any], inputs: str | None) -> None:
    """Gather the pages of all books and the data, and put the site in place.

    `about` goes into build.json as it is; `inputs` is the digest of all that the site was made from, or None.
    """
    new = empty_folder(folders.site.with_name(f"{folders.site.name}.new"))
    for book in books:
        _copy_pages(book.pages, new / site_path(book.edition, book.language))
    _copy_data(folders.data, new / "data")
    for name, content in leading_files(
        folders, new, [(book.edition, book.language) for book in books]
    ).items():
        write_whole(new / name, content)
    write_whole(new / "build.json", build_record(new, about, inputs))
    put_in_place(new, folders.site)


def build_record(site: Path, about: Mapping[str, Any], inputs: str | None) -> str:
    """Return build.json: versions and fingerprints, and the SHA-256 of every other file of the site."""
    files = {
        path.relative_to(site).as_posix(): fingerprint.file_digest(path) for path in sorted(_files(site))
    }
    record = {**about, "inputs": inputs, "files": files}
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _copy_pages(made: Path, target: Path) -> None:
    """Copy what readers need: pages, and the static files that a page, a stylesheet or a script names."""
    pages = [path for path in _files(made) if path.relative_to(made).parts[0] not in NOT_PUBLISHED]
    static = [path for path in pages if path.relative_to(made).parts[0] == "_static"]
    wanted = used_files(static, [path for path in pages if path not in static])
    for path in pages:
        if path in wanted or path not in static:
            place = target / path.relative_to(made)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def used_files(static: Sequence[Path], pages: Sequence[Path]) -> set[Path]:
    """Return the static files whose names occur in a page, or in a static file that is itself used."""
    text = "\n".join(path.read_text("utf-8") for path in pages if path.suffix == ".html")
    used: set[Path] = set()
    while found := {path for path in static if path not in used and path.name in text}:
        used |= found
        text = "\n".join(path.read_text("utf-8") for path in found if path.suffix in (".css", ".js"))
    return used


def _copy_data(data: Path, target: Path) -> None:
    """Lay the tables out for download, as the ledger holds them."""
    for pattern in DATA_FILES:
        for path in sorted(data.rglob(pattern)):
            if not path.name.startswith("."):
                place = target / path.relative_to(data)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
