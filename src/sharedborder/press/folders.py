"""Where the press finds its material and leaves its work."""

import os
from dataclasses import dataclass
from pathlib import Path

from sharedborder.press.errors import PressError

HERE = Path(__file__).resolve().parent
SHOWN, EMBEDDED, EMBED = "_figures", "_embedded", "embed"
CARD, CARDS = "card.svg", "cards"
"""A page's card for other sites as it is composed, beside its leaf's files; where the cards are in a book."""
LISTED = Path("_extra") / "figures.json"
"""In a staged book: figures for pages that show them by name, for frames elsewhere (pages made of these are
in `embed`), and the list of all."""


@dataclass(frozen=True)
class Folders:
    """The project's folders; everything made by the press is under `build`, the finished site is `site`."""

    root: Path
    data: Path
    build: Path
    site: Path

    @classmethod
    def of(cls, root: Path, data: Path | None = None, site: Path | None = None) -> "Folders":
        """Return the usual layout under a project's root."""
        build = root / "_build"
        return cls(root, data or root / "data", build, site or build / "site")

    @classmethod
    def found(cls, site: Path | None = None) -> "Folders":
        """Find the project from the working folder upwards, else from this package; $SHAREDBORDER_DATA may
        name another ledger. Raises PressError if there is none.
        """
        named = os.environ.get("SHAREDBORDER_DATA")
        for start in (Path.cwd(), HERE):
            for folder in (start, *start.parents):
                if (folder / "notebooks" / "chapters.yml").is_file():
                    return cls.of(folder, Path(named).resolve() if named else None, site)
        raise PressError("There is no project here: run this inside a folder with notebooks/chapters.yml.")

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def chapters(self) -> Path:
        return self.notebooks / "chapters.yml"

    @property
    def book(self) -> Path:
        return self.root / "book"

    @property
    def config(self) -> Path:
        return self.root / "_config.yml"

    @property
    def lock(self) -> Path:
        """Return the file that pins the versions of all packages."""
        return self.root / "requirements.lock"

    @property
    def store(self) -> Path:
        return self.build / "store"

    @property
    def pictures(self) -> Path:
        return self.build / "pictures"

    def executed(self, edition: str, page: str) -> Path:
        """Return where the executed notebook of a page is kept."""
        return self.build / "executed" / edition / f"{page}.ipynb"

    def leaf(self, edition: str, page: str, language: str) -> Path:
        """Return the folder of a laid-out page."""
        return self.build / "leaves" / edition / language / page.replace("/", ".")

    def stage(self, edition: str, language: str) -> Path:
        """Return the folder that Jupyter Book reads."""
        return self.build / "stage" / edition / language

    def made(self, edition: str, language: str) -> Path:
        """Return the folder that Jupyter Book writes; the pages are in `_build/html` below it."""
        return self.build / "book" / edition / language


def site_path(edition: str, language: str) -> str:
    """Return where an edition in a language lies below the site's root: "" or "editions/2023-12-27/es/"."""
    edition_part = "" if edition == "latest" else f"editions/{edition}/"
    return edition_part + ("" if language == "en" else f"{language}/")
