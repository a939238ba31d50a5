"""Leaves: laid-out pages, each kept while nothing changes that it was made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint, notebook
from sharedborder.press.book.digests import Digests
from sharedborder.press.book.layout import Layout, Told, laid_out, told
from sharedborder.press.files import empty_folder, put_in_place, write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.harvest import Bundle
from sharedborder.press.kept import keep, kept
from sharedborder.press.pictures import Painting, Shelf
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
class Draft:
    """A page on the way to its leaf: what it tells, what from, and what it asked of the translations."""

    said: Told
    grounds: str
    asked: Mapping[str, Any]

    @property
    def figures(self) -> Iterator[tuple[str, Bundle, str]]:
        """Its figures as (page, figure, language)."""
        for figure in self.said.harvest.figures.values():
            yield self.said.page.name, figure, self.said.language


class Leaves:
    """The leaves of all editions in all languages, in `_build/leaves`.

    `tools` is the digest of the code and the data that pages are laid out with.
    """

    def __init__(self, folders: Folders, handed: Handed, shelf: Shelf, digests: Digests) -> None:
        self._folders, self._handed, self._shelf, self._digests = folders, handed, shelf, digests
        data, code = fingerprint.data_digest(folders.data), fingerprint.code_digest(*CODE)
        self.tools = fingerprint.digest([data, code, shelf.stamp])

    def up_to_date(
        self, pages: Iterable[tuple[Page, str]], draw: Callable[[list[Painting]], None]
    ) -> dict[Key, Leaf]:
        """Return the leaves of pages in languages; `draw` puts on the shelf the pictures handed to it."""
        found = {
            (page.edition, page.name, language): self.find(page, language) or self.draft(page, language)
            for page, language in pages
        }
        drafts = [one for one in found.values() if isinstance(one, Draft)]
        if wanted := self._shelf.wanted(figure for draft in drafts for figure in draft.figures):
            draw(wanted)
        return {key: self.make(one) if isinstance(one, Draft) else one for key, one in found.items()}

    def find(self, page: Page, language: str) -> Leaf | None:
        """Return a page's leaf if it stands, whole and still true."""
        place = self._place(page, language)
        record = kept(place / RECORD) or {}
        if record.get("grounds") != self._grounds(page) or not self._said(record["asked"], language):
            return None
        leaf = Leaf(place, **{name: record[name] for name in PARTS})
        return leaf if self._whole(leaf) else None

    def draft(self, page: Page, language: str) -> Draft:
        """Read a page's executed notebook and write out its texts in a language."""
        executed = notebook.read(self._folders.executed(page.edition, page.name))
        with self._handed.listening() as asked:
            said = told(page, executed, language, self._handed)
        return Draft(said, self._grounds(page), asked)

    def make(self, draft: Draft) -> Leaf:
        """Lay out a page and keep it; its pictures must be on the shelf."""
        with self._handed.listening() as asked:
            layout = laid_out(draft.said, self._handed, self._shelf)
        painted = [self._shelf.painted(figure, language)["asked"] for _, figure, language in draft.figures]
        words = dict(word for known in (draft.asked, asked, *painted) for word in known.items())
        return self._keep(self._place(draft.said.page, draft.said.language), layout, draft.grounds, words)

    def _keep(self, place: Path, layout: Layout, grounds: str, asked: Mapping[str, Any]) -> Leaf:
        new = empty_folder(place.with_name(f"{place.name}.new"))
        for name, content in layout.files.items():
            write_whole(new / name, content)
        files = {name: fingerprint.file_digest(new / name) for name in layout.files}
        leaf = Leaf(place, files, layout.facts, layout.figures, layout.claims, layout.notes)
        keep(
            new / RECORD, {"grounds": grounds, "asked": asked} | {part: getattr(leaf, part) for part in PARTS}
        )
        put_in_place(new, place)
        return leaf

    def _grounds(self, page: Page) -> str:
        executed = self._digests.of(self._folders.executed(page.edition, page.name))
        return fingerprint.digest([page.edition, page.name, executed, self.tools])

    def _place(self, page: Page, language: str) -> Path:
        return self._folders.build / "leaves" / page.edition / language / page.name.replace("/", ".")

    def _said(self, asked: Mapping[str, Any], language: str) -> bool:
        """Whether the translations still say what they said."""
        now = self._shelf.said(language)
        return all(now.get(name) == was for name, was in asked.items())

    def _whole(self, leaf: Leaf) -> bool:
        return all(
            (leaf.folder / name).is_file() and self._digests.of(leaf.folder / name) == digest
            for name, digest in leaf.files.items()
        )
