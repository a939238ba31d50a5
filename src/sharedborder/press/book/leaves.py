"""Leaves: laid-out pages, each kept while nothing changes that it was made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book.digests import Digests
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import Bundle
from sharedborder.press.kept import kept
from sharedborder.press.pictures import Shelf
from sharedborder.press.plan import Page

RECORD = "leaf.json"
PARTS = ("files", "facts", "figures", "claims", "notes")
CODE = ("records", "display", "press", "meeting.py", "cli/handed.py")
"""What of this package writes pages from executed notebooks."""

Key = tuple[str, str, str]  # edition, page, language


@dataclass(frozen=True)
class Leaf:
    """A laid-out page: the folder of its files, their digests by name, and its part of the book's records."""

    folder: Path
    files: Mapping[str, str]
    facts: Mapping[str, Bundle]
    figures: Mapping[str, Any]
    claims: Mapping[str, Any]
    notes: list[str]


@dataclass(frozen=True)
class Piece:
    """A page to be laid out in a language, and the digest of what that is done from."""

    page: Page
    language: str
    grounds: str

    @property
    def name(self) -> str:
        return f"{self.page.name} ({self.page.edition}, {self.language})"

    @property
    def key(self) -> Key:
        return self.page.edition, self.page.name, self.language


class Leaves:
    """The leaves of all editions in all languages, in `_build/leaves`.

    `tools` is the digest of the code and the data that pages are laid out with.
    """

    def __init__(self, folders: Folders, shelf: Shelf, digests: Digests) -> None:
        self._folders, self._shelf, self._digests = folders, shelf, digests
        data, code = fingerprint.data_digest(folders.data), fingerprint.code_digest(*CODE)
        self.tools = fingerprint.digest([data, code, shelf.stamp])

    def look(self, pages: Iterable[tuple[Page, str]]) -> tuple[dict[Key, Leaf], list[Piece]]:
        """Return the leaves that stand for pages in languages, and what must be laid out for the others."""
        found, missing = {}, []
        for page, language in pages:
            if leaf := self.find(page, language):
                found[page.edition, page.name, language] = leaf
            else:
                missing.append(Piece(page, language, self._grounds(page)))
        return found, missing

    def find(self, page: Page, language: str) -> Leaf | None:
        """Return a page's leaf if it stands, whole and still true."""
        place = self._folders.leaf(page.edition, page.name, language)
        record = kept(place / RECORD) or {}
        if record.get("grounds") != self._grounds(page) or not self._said(record["asked"], language):
            return None
        leaf = Leaf(place, **{name: record[name] for name in PARTS})
        return leaf if self._whole(leaf) else None

    def _grounds(self, page: Page) -> str:
        executed = self._digests.of(self._folders.executed(page.edition, page.name))
        return fingerprint.digest([page.edition, page.name, executed, self.tools])

    def _said(self, asked: Mapping[str, Any], language: str) -> bool:
        """Whether the translations still say what they said."""
        now = self._shelf.said(language)
        return all(now.get(name) == was for name, was in asked.items())

    def _whole(self, leaf: Leaf) -> bool:
        try:
            return all(
                self._digests.of(f"{leaf.folder}/{name}") == digest for name, digest in leaf.files.items()
            )
        except OSError:
            return False
