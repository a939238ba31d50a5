"""Gathers the site from the books and the data; it takes its place in one step."""

import filecmp
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book.books import Book
from sharedborder.press.book.digests import Digests
from sharedborder.press.book.feeds import leading_files
from sharedborder.press.files import empty_folder, link, put_in_place, write_whole
from sharedborder.press.folders import Folders, site_path

DATA_FILES = ("*.csv", "*.csv.gz", "*.json", "*.yml")


def assemble(
    folders: Folders, books: Sequence[Book], about: Mapping[str, Any], inputs: str | None, digests: Digests
) -> None:
    """Gather the pages of all books and the data, and put the site in place.

    `about` goes into build.json as it is; `inputs` is the digest of all that the site was made from, or None.
    """
    new = empty_folder(folders.site.with_name(f"{folders.site.name}.new"))
    files: dict[str, str] = {}
    for book in books:
        root = site_path(book.edition, book.language)
        for name, digest in book.published.items():
            link(book.pages / name, new / root / name)
            files[f"{root}{name}"] = digest
    files |= _data(folders, new, digests)
    named = [(book.edition, book.language) for book in books]
    for name, content in leading_files(folders, new, named).items():
        write_whole(new / name, content)
        files[name] = fingerprint.file_digest(new / name)
    write_whole(new / "build.json", build_record(files, about, inputs))
    put_in_place(new, folders.site)
    digests.keep()


def build_record(files: Mapping[str, str], about: Mapping[str, Any], inputs: str | None) -> str:
    """Return build.json: versions and fingerprints, and the SHA-256 of every other file of the site."""
    record = {**about, "inputs": inputs, "files": dict(files)}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",\n", ": ")) + "\n"


def _data(folders: Folders, new: Path, digests: Digests) -> dict[str, str]:
    """Lay the tables out for download, as the ledger holds them; return their digests by name in the site."""
    files: dict[str, str] = {}
    for path in (path for pattern in DATA_FILES for path in sorted(folders.data.rglob(pattern))):
        if not path.name.startswith("."):
            name = f"data/{path.relative_to(folders.data).as_posix()}"
            _copy(path, new / name, folders.site / name)
            files[name] = digests.of(path)
    return files


def _copy(path: Path, target: Path, standing: Path) -> None:
    """Copy a file of the ledger, or take the copy that stands; never the ledger's own, which may change."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if standing.is_file() and filecmp.cmp(path, standing):
        link(standing, target)
    else:
        shutil.copy2(path, target)
