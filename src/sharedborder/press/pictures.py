"""The pictures of every figure, painted once and kept by content."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.harvest import Bundle
from sharedborder.press.kept import keep, kept

Painted = Mapping[str, Any]  # "svgs" by width ("phone", "column"), "spec", "asked" of the translations
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
class Shelf:
    """The store of pictures; `stamp` stands for the code that paints: a new renderer paints anew.

    A figure in a language has a folder by its content, and in it a file for each wording that the painters
    met: a translation that changes there and back finds its pictures.
    """

    folder: Path
    stamp: str
    translations: Translations
    _words: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def place(self, figure: Bundle, language: str) -> Path:
        """Return the folder of a figure's pictures in a language."""
        shown = [figure[name] for name in SHOWN] + [figure[name][language] for name in ("headline", "alt")]
        return self.folder / fingerprint.digest([shown, language, self.stamp])

    def find(self, figure: Bundle, language: str) -> Painted | None:
        """Return a figure's pictures that are good by the translations as they are now, or None."""
        place, words = self.place(figure, language), self.said(language)
        for path in sorted(place.glob("*.json"), key=_last_used, reverse=True):
            painted: Painted | None = kept(path)
            if painted and all(words.get(name) == said for name, said in painted["asked"].items()):
                os.utime(path)
                return painted
        return None

    def painted(self, figure: Bundle, language: str, paint: Paint, page: str) -> Painted:
        """Return the pictures of a page's figure, painted now if need be; PressError where that fails."""
        if found := self.find(figure, language):
            return found
        try:
            painted = paint(figure, language)
        except Exception as error:
            asked_by = f"figure {figure['id']} of {page} ({language})"
            raise PressError(f"{asked_by} could not be painted: {type(error).__name__}: {error}") from error
        keep(self.place(figure, language) / f"{fingerprint.digest(painted['asked'])}.json", painted)
        return painted

    def prune(self, since: float, most_bytes: int = MOST_BYTES) -> None:
        """Remove the pictures used longest ago until the rest keep the bound; none used since a time."""
        found = [(path, path.stat()) for path in self.folder.glob("*/*.json")]
        total = sum(state.st_size for _, state in found)
        for path, state in sorted(found, key=lambda one: (one[1].st_mtime_ns, one[0])):
            if total <= most_bytes or state.st_mtime >= since:
                return
            path.unlink()
            total -= state.st_size

    def said(self, language: str) -> Mapping[str, Any]:
        """Return what the translations say in a language, as they were when this build first asked."""
        if language not in self._words:
            self._words[language] = self.translations(language)
        return self._words[language]


def _last_used(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
