"""Draws the pages' cards for other sites, in processes of their own, and keeps them by content.

A card is named by its full address, so there are cards only where the site has a public address.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from sharedborder.press.errors import PressError
from sharedborder.press.files import write_whole
from sharedborder.press.handed import Handed
from sharedborder.press.painters import painters
from sharedborder.press.progress import in_parallel, reporting

MOST_OTHERS = 1000
Draw = Callable[[str], bytes]  # a card's SVG -> its PNG


@dataclass(frozen=True)
class Cards:
    """The store of cards: a PNG by the digest of the SVG that it was drawn from."""

    folder: Path

    def place(self, svg: str) -> Path:
        """Return where a card's PNG is, or will be."""
        return self.folder / f"{hashlib.sha256(svg.encode('utf-8')).hexdigest()}.png"

    def draw(self, svgs: Iterable[str], handed: Handed, workers: int, console: Console) -> None:
        """Draw the cards that are not there yet; of the others the ones used last are kept.

        Raises PressError where one could not be drawn.
        """
        asked = {self.place(svg): svg for svg in svgs}
        wanted = [_Wanted(place, svg) for place, svg in asked.items() if not place.exists()]
        if wanted:
            _draw_all(wanted, handed, min(workers, len(wanted)), console)
        for place in asked:
            os.utime(place)
        others = [place for place in self.folder.glob("*.png") if place not in asked]
        for place in sorted(others, key=_last_used, reverse=True)[MOST_OTHERS:]:
            place.unlink()


def _last_used(place: Path) -> int:
    return place.stat().st_mtime_ns


@dataclass(frozen=True)
class _Wanted:
    place: Path
    svg: str


@dataclass(frozen=True)
class _Write:
    """Carries `draw` into a worker (by name, so it must be a function of a module)."""

    draw: Draw

    def __call__(self, wanted: _Wanted) -> None:
        write_whole(wanted.place, self.draw(wanted.svg))


def _draw_all(wanted: list[_Wanted], handed: Handed, width: int, console: Console) -> None:
    pool = painters(width, handed.painting)
    with pool, reporting(console, "Cards", len(wanted)) as report:
        drawn = in_parallel(
            pool, _Write(handed.card_png), wanted, lambda item: item.place.stem[:12], width, report
        )
        faults = [error for _, future in drawn if (error := future.exception())]
    if faults:
        raise PressError(f"{len(faults)} cards for other sites could not be drawn, such as: {faults[0]}")
