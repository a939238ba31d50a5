"""Gathers the site from the books and the data; it takes its place in one step."""

import filecmp
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book.books import Book
from sharedborder.press.book.digests import Digests
from sharedborder.press.book.feeds import leading_files
from sharedborder.press.files import change_places, copy, link, mirror, next_to, put_in_place, write_whole
from sharedborder.press.folders import Folders, site_path

DATA = "data/"
DATA_FILES = ("*.csv", "*.csv.gz", "*.json", "*.yml")


def assemble(
    folders: Folders, books: Sequence[Book], about: Mapping[str, Any], inputs: str | None, digests: Digests
) -> None:
    """Gather the pages of all books and the data, and put the site in place.

    `about` goes into build.json as it is; `inputs` is the digest of all that the site was made from, or None.
    """
    new = next_to(folders.site)
    wanted, files = _pages(books)
    tables = _tables(folders)
    mirror(wanted | tables, new, partial(_put, folders.data))
    files |= {name: digests.of(folders.data / name.removeprefix(DATA)) for name in tables}
    named = [(book.edition, book.language) for book in books]
    for name, content in leading_files(folders, new, named).items():
        write_whole(new / name, content)
        files[name] = fingerprint.file_digest(new / name)
    write_whole(new / "build.json", build_record(files, about, inputs))
    # the next site is made from the former one, but nothing is left beside a folder elsewhere
    (change_places if folders.build in folders.site.parents else put_in_place)(new, folders.site)
    digests.keep()


def _pages(books: Iterable[Book]) -> tuple[dict[str, str], dict[str, str]]:
    """Return where each file of the books lies, and its digest, by its name in the site."""
    wanted, files = {}, {}
    for book in books:
        root = site_path(book.edition, book.language)
        for name, digest in book.published.items():
            wanted[f"{root}{name}"] = f"{book.pages}/{name}"
            files[f"{root}{name}"] = digest
    return wanted, files


def build_record(files: Mapping[str, str], about: Mapping[str, Any], inputs: str | None) -> str:
    """Return build.json: versions and fingerprints, and the SHA-256 of every other file of the site."""
    record = {**about, "inputs": inputs, "files": dict(files)}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",\n", ": ")) + "\n"


def _tables(folders: Folders) -> dict[str, str]:
    """Return where the tables for download lie, by name in the site: its own copy where that is the same."""
    tables = {}
    for path in (path for pattern in DATA_FILES for path in sorted(folders.data.rglob(pattern))):
        if not path.name.startswith("."):
            name = f"{DATA}{path.relative_to(folders.data).as_posix()}"
            copy_there = folders.site / name
            same = copy_there.is_file() and filecmp.cmp(path, copy_there)
            tables[name] = str(copy_there if same else path)
    return tables


def _put(ledger: Path, source: str, target: str) -> None:
    """Link a file into the site; of the ledger's own, which may change, copy it."""
    (copy if source.startswith(f"{ledger}/") else link)(source, target)
