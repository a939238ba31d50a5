"""Paints every figure, in processes of their own, and keeps the pictures by content."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.harvest import Bundle
from sharedborder.press.kept import keep, kept
from sharedborder.press.progress import in_parallel, reporting

Painted = Mapping[str, Any]  # "specs" and "svgs" by width ("phone", "column"), "asked" of the translations
Paint = Callable[[Bundle, str], Painted]  # (figure, language)
Translations = Callable[[str], Mapping[str, Any]]  # language -> what the translations say now

DRAWING: Final = ("display",)
"""What of this package paints."""
MOST_BYTES: Final = 500_000_000
SHOWN: Final = ("id", "drawing")
"""What of a figure its pictures show, besides headline and alternative text in their language."""


def stamp() -> str:
    """Return the digest of the code and the renderer that paint."""
    return fingerprint.digest([fingerprint.code_digest(*DRAWING), version("vl-convert-python")])


@dataclass(frozen=True)
class Painting:
    """A figure to paint in a language: where its pictures belong, and who asked."""

    figure: Bundle
    language: str
    place: Path
    asked_by: str


@dataclass(frozen=True)
class Shelf:
    """The store of pictures; `stamp` stands for the code that paints: a new renderer paints anew.

    A figure in a language has a folder by its content, and in it a file for each wording that the painters
    met: a translation that changes there and back finds its pictures.
    """

    folder: Path
    stamp: str
    translations: Translations
    _words: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _read: dict[Path, Painted] = field(default_factory=dict)

    def place(self, figure: Bundle, language: str) -> Path:
        """Return the folder of a figure's pictures in a language."""
        shown = [figure[name] for name in SHOWN] + [figure[name][language] for name in ("headline", "alt")]
        return self.folder / fingerprint.digest([shown, language, self.stamp])

    def find(self, figure: Bundle, language: str) -> Painted | None:
        """Return a figure's pictures that are good by the translations as they are now, or None."""
        place, words = self.place(figure, language), self.said(language)
        if place in self._read:
            return self._read[place]
        for path in sorted(place.glob("*.json"), key=_last_used, reverse=True):
            painted: Painted | None = kept(path)
            if painted and all(words.get(name) == said for name, said in painted["asked"].items()):
                self._read[place] = painted
                os.utime(path)
                return painted
        return None

    def painted(self, figure: Bundle, language: str) -> Painted:
        """Return a figure's pictures; they must have been painted."""
        found = self.find(figure, language)
        if found is None:
            raise PressError(f"Figure {figure['id']} has no pictures in {language!r}.")
        return found

    def svgs(self, figure: Bundle, language: str) -> Mapping[str, str]:
        """Return a figure's pictures by width ("phone", "column"); they must have been painted."""
        svgs: Mapping[str, str] = self.painted(figure, language)["svgs"]
        return svgs

    def wanted(self, figures: Iterable[tuple[str, Bundle, str]]) -> list[Painting]:
        """Return those not on the shelf yet of figures given as (page that shows it, figure, language)."""
        missing: dict[Path, Painting] = {}
        for page, figure, language in figures:
            place = self.place(figure, language)
            if place not in missing and self.find(figure, language) is None:
                asked_by = f"figure {figure['id']} of {page} ({language})"
                missing[place] = Painting(figure, language, place, asked_by)
        return list(missing.values())

    def prune(self, most_bytes: int = MOST_BYTES) -> None:
        """Remove the pictures used longest ago until the rest keep the bound; none that this build used."""
        found = [(path, path.stat()) for path in self.folder.glob("*/*.json")]
        total = sum(state.st_size for _, state in found)
        for path, state in sorted(found, key=lambda one: (one[1].st_mtime_ns, one[0])):
            if total <= most_bytes:
                return
            if path.parent not in self._read:
                path.unlink()
                total -= state.st_size

    def said(self, language: str) -> Mapping[str, Any]:
        """Return what the translations say in a language, as they were when this build first asked."""
        if language not in self._words:
            self._words[language] = self.translations(language)
        return self._words[language]


def _last_used(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


@dataclass(frozen=True)
class _Draw:
    """Carries `paint` into a worker (by name, so it must be a function of a module)."""

    paint: Paint

    def __call__(self, painting: Painting) -> None:
        painted = self.paint(painting.figure, painting.language)
        name = f"{fingerprint.digest(painted['asked'])}.json"
        keep(painting.place / name, painted)


def draw(paintings: list[Painting], paint: Paint, workers: int, console: Console) -> None:
    """Paint figures in spawned workers: a process that forks after rendering would hang.

    Raises PressError naming the figures that could not be painted.
    """
    width = min(workers, len(paintings))
    pool = ProcessPoolExecutor(width, mp_context=multiprocessing.get_context("spawn"))
    faults = []
    with pool, reporting(console, "Pictures", len(paintings)) as report:
        for painting, future in in_parallel(
            pool, _Draw(paint), paintings, lambda item: item.asked_by, width, report
        ):
            if error := future.exception():
                faults.append(f"{painting.asked_by} could not be painted: {type(error).__name__}: {error}")
    if faults:
        raise PressError("\n".join(sorted(faults)))
