"""Gathers the site from the books and the data; it takes its place in one step."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sharedborder.press.book.books import Book
from sharedborder.press.book.digests import Digests, link
from sharedborder.press.book.feeds import leading_files
from sharedborder.press.files import empty_folder, put_in_place, write_whole
from sharedborder.press.folders import Folders, site_path

NOT_PUBLISHED = ("_sources", ".buildinfo", ".nojekyll", "_sphinx_design_static", "genindex.html")
DATA_FILES = ("*.csv", "*.csv.gz", "*.json", "*.yml")


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
    digests = Digests(folders.build / "digests.json")
    write_whole(new / "build.json", build_record(new, about, inputs, digests.of))
    put_in_place(new, folders.site)
    digests.keep()


def build_record(
    site: Path, about: Mapping[str, Any], inputs: str | None, digest: Callable[[Path], str]
) -> str:
    """Return build.json: versions and fingerprints, and the SHA-256 of every other file of the site."""
    files = {path.relative_to(site).as_posix(): digest(path) for path in sorted(_files(site))}
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
            link(path, target / path.relative_to(made))


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
                shutil.copy2(path, place)
