"""Renders every chart to SVG, in processes of their own, and keeps the pictures by content."""

import multiprocessing
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.files import write_whole
from sharedborder.press.harvest import Bundle
from sharedborder.press.progress import in_parallel, reporting

Render = Callable[[Mapping[str, Any], str], str]  # (specification, language) -> SVG


@dataclass(frozen=True)
class Picture:
    """A chart to draw: its specification, the language of its labels, the SVG's place, who asked."""

    specification: Mapping[str, Any]
    language: str
    target: Path
    asked_by: str


@dataclass(frozen=True)
class Shelf:
    """The store of pictures; `stamp` stands for the code that draws: a new renderer draws anew."""

    folder: Path
    stamp: str

    def place(self, specification: Mapping[str, Any], language: str) -> Path:
        """Return where the picture of a specification is kept."""
        return self.folder / f"{fingerprint.digest([specification, language, self.stamp])}.svg"

    def svgs(self, figure: Bundle, language: str) -> dict[str, str]:
        """Return a figure's pictures by width ("phone", "column"); they must have been drawn."""
        specifications = figure["specs"][language]
        return {
            width: self.place(spec, language).read_text("utf-8") for width, spec in specifications.items()
        }

    def wanted(self, figures: Iterable[tuple[str, Bundle]], languages: Iterable[str]) -> list[Picture]:
        """Return the pictures not on the shelf yet, of figures given with the page that shows them."""
        missing: dict[Path, Picture] = {}
        kept = list(languages)
        for page, figure in figures:
            for language in kept:
                for width, spec in figure["specs"][language].items():
                    place = self.place(spec, language)
                    asked_by = f"figure {figure['id']} of {page} ({language}, {width})"
                    missing.setdefault(place, Picture(spec, language, place, asked_by))
        return [picture for place, picture in missing.items() if not place.exists()]


@dataclass(frozen=True)
class _Draw:
    """Carries `render` into a worker (by name, so it must be a function of a module)."""

    render: Render

    def __call__(self, picture: Picture) -> None:
        write_whole(picture.target, self.render(picture.specification, picture.language))


def draw(pictures: list[Picture], render: Render, workers: int, console: Console) -> None:
    """Draw pictures in spawned workers: a process that forks after rendering would hang.

    Raises PressError naming the figures that could not be drawn.
    """
    if not pictures:
        return
    width = min(workers, len(pictures))
    pool = ProcessPoolExecutor(width, mp_context=multiprocessing.get_context("spawn"))
    faults = []
    with pool, reporting(console, "Pictures", len(pictures)) as report:
        for picture, future in in_parallel(
            pool, _Draw(render), pictures, lambda item: item.asked_by, width, report
        ):
            if error := future.exception():
                faults.append(f"{picture.asked_by} could not be drawn: {type(error).__name__}: {error}")
    if faults:
        raise PressError("\n".join(sorted(faults)))
