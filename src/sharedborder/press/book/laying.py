"""Lays out the pages of which no leaf stands: a few here, many in processes of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from sharedborder.press import fingerprint, notebook
from sharedborder.press.book.layout import Layout, laid_out, told
from sharedborder.press.book.leaves import PARTS, RECORD, Key, Leaf, Piece
from sharedborder.press.errors import PressError
from sharedborder.press.files import empty_folder, fill, put_in_place
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.kept import keep
from sharedborder.press.painters import painters
from sharedborder.press.pictures import Shelf
from sharedborder.press.progress import in_parallel, reporting

FEW = 2
"""So many pages are laid out here sooner than a process of their own has started."""


@dataclass(frozen=True)
class Compositor:
    """Lays out pages from their executed notebooks, with pictures from the shelf or painted now."""

    folders: Folders
    handed: Handed
    shelf: Shelf

    def lay(self, piece: Piece) -> Leaf:
        """Lay out a page and keep it; raises PressError naming what cannot be shown."""
        page, language = piece.page, piece.language
        executed = notebook.read(self.folders.executed(page.edition, page.name))
        with self.handed.listening() as asked:
            said = told(page, executed, language, self.handed)
            painted = {
                name: self.shelf.painted(figure, language, self.handed.paint, page.name)
                for name, figure in said.harvest.figures.items()
            }
            layout = laid_out(said, self.handed, painted)
        words = {name: word for told in painted.values() for name, word in told["asked"].items()}
        return self._keep(piece, layout, words | dict(asked))

    def _keep(self, piece: Piece, layout: Layout, asked: Mapping[str, Any]) -> Leaf:
        place = self.folders.leaf(*piece.key)
        new = empty_folder(place.with_name(f"{place.name}.new"))
        fill(new, layout.files)
        files = {name: fingerprint.file_digest(new / name) for name in layout.files}
        leaf = Leaf(place, files, layout.facts, layout.figures, layout.claims, layout.notes)
        parts = {part: getattr(leaf, part) for part in PARTS}
        keep(new / RECORD, {"grounds": piece.grounds, "asked": asked} | parts)
        put_in_place(new, place)
        return leaf


def lay_out(
    pieces: Sequence[Piece], compositor: Compositor, workers: int, console: Console
) -> dict[Key, Leaf]:
    """Lay out pages, several at once; raises PressError naming every one that could not be."""
    if len(pieces) <= FEW:
        return {piece.key: compositor.lay(piece) for piece in pieces}
    laid, faults = {}, []
    pool = painters(min(workers, len(pieces)), compositor.handed.painting, _begin, compositor)
    with pool, reporting(console, "Pages", len(pieces)) as report:
        for piece, future in in_parallel(pool, _lay, pieces, lambda item: item.name, workers, report):
            if error := future.exception():
                faults.append(_told(piece, error))
            else:
                laid[piece.key] = future.result()
    if faults:
        raise PressError("\n".join(sorted(faults)))
    return laid


def _told(piece: Piece, error: BaseException) -> str:
    """Return what went wrong; our own errors name the page themselves."""
    return str(error) if isinstance(error, PressError) else f"{piece.name}: {type(error).__name__}: {error}"


_compositors: list[Compositor] = []
"""In a process that lays out pages: its one compositor."""


def _begin(compositor: Compositor) -> None:
    _compositors.append(compositor)


def _lay(piece: Piece) -> Leaf:
    return _compositors[0].lay(piece)
