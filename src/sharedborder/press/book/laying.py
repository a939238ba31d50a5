"""Lays out the pages of which no leaf stands, beside the notebooks that still run."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Self

from rich.console import Console

from sharedborder.press import fingerprint, notebook
from sharedborder.press.book import generated
from sharedborder.press.book.comparison import Book
from sharedborder.press.book.layout import Layout, laid_out, told
from sharedborder.press.book.leaves import PARTS, RECORD, Key, Leaf, Leaves, Piece
from sharedborder.press.errors import PressError
from sharedborder.press.files import empty_folder, fill, next_to, put_in_place
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.kept import keep
from sharedborder.press.painters import get_ready, painters
from sharedborder.press.pictures import Shelf
from sharedborder.press.plan import Page
from sharedborder.press.progress import as_they_end, reporting

FEW = 2
"""So many pages are laid out here sooner than a process of their own has started."""
SETTLING = 2.0  # seconds by which a file's time may lag behind


@dataclass(frozen=True)
class Compositor:
    """Lays out pages from their executed notebooks, with pictures from the shelf or painted now."""

    folders: Folders
    handed: Handed
    shelf: Shelf

    def lay(self, piece: Piece) -> Leaf:
        """Lay out a page and keep it; raises PressError naming what cannot be shown."""
        page, language = piece.page, piece.language
        executed = notebook.from_text(self.folders.executed(page.edition, page.name).read_text("utf-8"))
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
        new = empty_folder(next_to(place))
        fill(new, layout.files, former=place)
        files = {name: fingerprint.file_digest(new / name) for name in layout.files}
        leaf = Leaf(place, files, layout.facts, layout.figures, layout.claims, layout.notes)
        parts = {part: getattr(leaf, part) for part in PARTS}
        keep(new / RECORD, {"grounds": piece.grounds, "asked": asked} | parts)
        put_in_place(new, place)
        return leaf


class Composition:
    """The laying out of pages in some languages, each as soon as its notebook stands.

    A few are laid out in this process, many in processes of their own. What is under way when its context
    ends is finished, the rest is dropped.
    """

    def __init__(
        self, leaves: Leaves, compositor: Compositor, languages: Sequence[str], workers: int
    ) -> None:
        self._leaves, self._compositor, self._languages = leaves, compositor, languages
        self._workers, self._expected, self._start = workers, 0, time.time()
        self._laid: dict[Key, Leaf] = {}
        self._begun: dict[Future[Leaf], Piece] = {}
        self._writing: dict[tuple[str, str], Future[dict[str, str]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "_way" in self.__dict__:
            self._way[0].shutdown(cancel_futures=True)

    def expect(self, pieces: int) -> None:
        """Prepare to lay out so many pages: what paints more than a few loads meanwhile."""
        self._expected = max(self._expected, pieces)
        if self._expected > FEW:
            get_ready(self._compositor.handed.painting)

    def begin(self, pages: Iterable[Page], coming: int = 0) -> None:
        """Begin to lay out those of which no leaf stands; `coming` is how many pages will be told later."""
        found, missing = self._leaves.look(product(pages, self._languages))
        self._laid |= found
        self.expect(len(missing) + coming * len(self._languages))
        for piece in missing:
            executor, lay = self._way
            self._begun[executor.submit(lay, piece)] = piece

    def finished(self, console: Console) -> dict[Key, Leaf]:
        """Return the leaves of all pages told; raises PressError naming each that could not be laid out."""
        faults = []
        with reporting(console, "Pages", len(self._begun)) as report:
            for future in as_they_end({one: piece.name for one, piece in self._begun.items()}, report):
                if error := future.exception():
                    faults.append(_told(self._begun[future], error))
                else:
                    self._laid[self._begun[future].key] = future.result()
        if faults:
            raise PressError("\n".join(sorted(faults)))
        if self._begun:
            self._compositor.shelf.prune(self._start - SETTLING)
        return dict(sorted(self._laid.items()))

    def write(self, book: Book, pages: Iterable[Key]) -> None:
        """Begin to write generated pages, which need the notebooks of all editions."""
        executor, handed = self._way[0], self._compositor.handed
        wanted: dict[tuple[str, str], list[str]] = {}
        for edition, page, language in pages:
            wanted.setdefault((edition, page), []).append(language)
        for (edition, page), languages in wanted.items():
            begun = executor.submit(generated.written, book, handed, page, edition, languages)
            self._writing[edition, page] = begun

    def written(self) -> dict[Key, str]:
        """Return the generated pages as MyST Markdown."""
        return {
            (edition, page, language): text
            for (edition, page), begun in self._writing.items()
            for language, text in begun.result().items()
        }

    @cached_property
    def _way(self) -> tuple[Executor, Callable[[Piece], Leaf]]:
        """Who lays out, and how: chosen for the first page, by how many are expected."""
        if self._expected <= FEW:
            return ThreadPoolExecutor(1), self._compositor.lay
        modules, workers = self._compositor.handed.painting, min(self._workers, self._expected)
        return painters(workers, modules, _begin, self._compositor), _lay


def _told(piece: Piece, error: BaseException) -> str:
    """Return what went wrong; our own errors name the page themselves."""
    return str(error) if isinstance(error, PressError) else f"{piece.name}: {type(error).__name__}: {error}"


_compositors: list[Compositor] = []
"""In a process that lays out pages: its one compositor."""


def _begin(compositor: Compositor) -> None:
    _compositors.append(compositor)


def _lay(piece: Piece) -> Leaf:
    return _compositors[0].lay(piece)
