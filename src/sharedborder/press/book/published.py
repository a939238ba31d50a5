"""What of a book's folder readers get: its pages, and the static files that something names."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from sharedborder.press import fingerprint
from sharedborder.press.files import names_in, one_file

NOT_PUBLISHED = ("_sources", ".buildinfo", ".nojekyll", "_sphinx_design_static", "genindex.html")
STATIC = "_static"
LINKED = re.compile(rf"{STATIC}/[\w./@-]+".encode())
SAYING = (".css", ".js")
"""What may name other static files."""


class Standing(Protocol):
    """A book as it stands: the folder of its pages, and the digests of what readers get of it."""

    @property
    def pages(self) -> Path: ...

    @property
    def published(self) -> Mapping[str, str]: ...


def published(pages: Path, former: Standing | None) -> dict[str, str]:
    """Return the SHA-256 of each file that readers need, by its name in the folder of a book's pages.

    What is one file with a page of `former` needs no reading.
    """
    names = [name for name in names_in(pages) if name.split("/")[0] not in NOT_PUBLISHED]
    static = [name for name in names if name.startswith(f"{STATIC}/")]
    rest = [name for name in names if not name.startswith(f"{STATIC}/")]
    wanted = sorted([*rest, *used_files(pages, static, rest)])
    return {name: _known(pages, name, former) or fingerprint.file_digest(pages / name) for name in wanted}


def _known(pages: Path, name: str, former: Standing | None) -> str | None:
    if former is None or name not in former.published:
        return None
    return former.published[name] if one_file(f"{former.pages}/{name}", f"{pages}/{name}") else None


def used_files(root: Path, static: Iterable[str], pages: Iterable[str]) -> set[str]:
    """Return the static files that a page links, or whose names occur in a static file that is used."""
    linked = set().union(*(_linked(root / name) for name in pages if name.endswith(".html")))
    left, used = set(static), set[str]()
    found = left & linked
    while found:
        left -= found
        used |= found
        text = "\n".join((root / name).read_text("utf-8") for name in found if name.endswith(SAYING))
        found = {name for name in left if name.rpartition("/")[2] in text}
    return used


def _linked(page: Path) -> set[str]:
    return {name.decode() for name in LINKED.findall(page.read_bytes())}
