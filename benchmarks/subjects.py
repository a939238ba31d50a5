"""What is built: a copy of the real book, or a book of many pages from one small notebook."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import nbformat
import yaml

from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.notebook import text
from sharedborder.press.plan import Page, Plan, read_plan
from sharedborder.press.writing.new_chapter import TEMPLATE

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("notebooks", "book", "data")
FILES = ("_config.yml", "requirements.lock")
INDEX = "# A book of many pages\n\nEach is made from one notebook.\n"
TOC = {"format": "jb-book", "root": "index", "parts": [{"chapters": [{"glob": "page/*"}]}]}


@dataclass(frozen=True)
class Subject:
    """A project of its own: its folders, the chapter that is edited, the table that gets a release."""

    name: str
    folders: Folders
    edited: str
    released: str

    @property
    def root(self) -> Path:
        return self.folders.root

    @property
    def plan(self) -> Plan:
        return read_plan(self.folders.chapters, self.releases)

    @property
    def made(self) -> list[Page]:
        """The pages that are made, one for each edition."""
        return [page for page in self.plan.pages if page.made]

    @property
    def edited_page(self) -> Page:
        """The page of the edited chapter in the latest edition."""
        return next(page for page in self.made if page.chapter == self.edited)

    def releases(self, table: str) -> list[date]:
        """Return the days of a table's releases in this project's ledger."""
        listed = json.loads((self.folders.data / "datapackage.json").read_text("utf-8"))["resources"]
        return [date.fromisoformat(item["published"]) for item in listed if item["table"] == table]


def everything(place: Path) -> Subject:
    """Copy the project with all its editions and languages."""
    return Subject("everything", _copied(place), edited="border", released="darien_transit")


def real_book(place: Path) -> Subject:
    """Copy the project, with its latest edition in English alone: that takes the stock way minutes."""
    whole = everything(place)
    folders = whole.folders
    plan = yaml.safe_load(folders.chapters.read_text("utf-8")) | {"editions": ["latest"], "languages": ["en"]}
    folders.chapters.write_text(yaml.safe_dump(plan, sort_keys=False, allow_unicode=True), "utf-8")
    return replace(whole, name="the latest edition")


def small_book(place: Path, pages: int) -> Subject:
    """Make a book of so many pages, in one edition, from the notebook that `new chapter` writes.

    It has a read, a few facts and a figure; one parameter more tells its pages apart.
    """
    folders = _copied(place)
    for path in (*folders.notebooks.glob("*.ipynb"), *folders.book.glob("*.md")):
        path.unlink()
    _write_notebook(folders.notebooks / "small.ipynb")
    numbered = [{"slug": f"n{number:04}", "number": number} for number in range(1, pages + 1)]
    chapter = {"page": "page/{slug}", "title": "{slug}", "needs": ["southwest_encounters"]}
    plan = {"editions": ["latest"], "chapters": {"small": {**chapter, "parameters": numbered}}}
    folders.chapters.write_text(yaml.safe_dump(plan, sort_keys=False), "utf-8")
    (folders.book / "_toc.yml").write_text(yaml.safe_dump(TOC, sort_keys=False), "utf-8")
    (folders.book / "index.md").write_text(INDEX, "utf-8")
    return Subject(f"{pages:,} small pages", folders, edited="small", released="southwest_encounters")


def _copied(place: Path) -> Folders:
    for name in COPIED:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns(".*"))
    for name in FILES:
        shutil.copyfile(ROOT / name, place / name)
    return Folders.of(place)


def _write_notebook(path: Path) -> None:
    book = nbformat.read(TEMPLATE, as_version=4)  # type: ignore[no-untyped-call]
    parameters = next(cell for cell in book.cells if "parameters" in cell.metadata.get("tags", []))
    parameters.source += "\nnumber: int = 0  # which of the pages this is"
    nbformat.write(book, path)  # type: ignore[no-untyped-call]


def edit(notebook: Path, turn: int) -> None:
    """Change a sentence and a line of code, as an author does; each turn another way."""
    book = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    prose = [cell for cell in book.cells if cell.cell_type == "markdown"][-1]
    code = [cell for cell in book.cells if cell.cell_type == "code"][-1]
    prose.source = prose.source.partition("\n\nEdited")[0] + f"\n\nEdited for the {turn}th time."
    code.source = code.source.partition("\n# edited")[0] + f"\n# edited for the {turn}th time"
    write_whole(notebook, text(book))  # in one step: the desk reads it at once
