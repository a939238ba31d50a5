"""A project on which one thing is changed: a notebook in two editions, modules and a ledger of its own."""

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import press_fakes as fakes
import pytest
from rich.console import Console

from sharedborder.press import fingerprint, notebook
from sharedborder.press.book.binder import Binder
from sharedborder.press.book.digests import Digests
from sharedborder.press.build import Work, execute
from sharedborder.press.folders import Folders
from sharedborder.press.kernels.ahead import warm_up
from sharedborder.press.plan import read_plan
from sharedborder.press.stored.results import Results, states
from sharedborder.press.wish import Wish, chosen
from sharedborder.records import ledger

DAY = "2023-12-27"
HANDED = replace(fakes.HANDED, releases=ledger.releases)
CHAPTERS = f"""\
editions: [latest, "{DAY}"]
chapters:
  crossings:
    page: crossings
    parameters:
      - {{word: there}}
  staff:
    page: staff
    needs: [staff]
"""
PARAMETERS = 'edition: str = "latest"  # the day\nword: str = "here"  # where'
CELLS = [
    "# Crossings\n\nA sentence.",
    "%from sharedborder.analysis import tiny\nfrom sharedborder.records import chronology, ledger",
    "Another sentence.",
    '%cars = ledger.read("crossings", as_of=edition, where={"mode": "by car"})\n'
    "known = chronology.events(edition)",
    "%print(tiny.twice(int(cars['crossings'].sum())), word)\nprint(len(known))",
]
MODULES = {
    "tiny": '"""Twice."""\n\nfrom sharedborder.analysis.deeper import TWO\n\n\n'
    'def twice(number: int) -> int:\n    """Double."""\n    return TWO * number\n',
    "deeper": "TWO = 2\n",
    "unused": "THREE = 3\n",
}
EVENT = {
    "id": "bridge-closed", "date": "2023-12-18", "kind": "closure", "known_from": "2023-12-18",
    "title": {"en": "Closed", "es": "Cerrado"}, "sources": [{"title": "Closed", "published": "2023-12-18"}],
}  # fmt: skip
LATER = {"later": [{"known_from": "2024-01-05", "summary": {"en": "Open again.", "es": "Abierto."}}]}
READY = {"latest": "ready", DAY: "ready"}
PROSE = {"latest": "prose changed (no run needed)", DAY: "prose changed (no run needed)"}
Change = Callable[["Desk"], object]


class NoBinder(Binder):
    """Chapters are executed here, and no book is made of them."""

    def get_ready(self) -> None:
        """Load nothing."""


@dataclass(frozen=True)
class Desk:
    """A project on which one thing is changed; `code` is its own copy of our package."""

    folders: Folders
    code: Path

    @property
    def notebook(self) -> Path:
        return self.folders.notebooks / "crossings.ipynb"

    def states(self) -> dict[str, str]:
        found = states(self.folders, HANDED)
        return {page.edition: state for page, state in found if page.name == "crossings"}

    def execute(self, only: str | None = None) -> str:
        """Execute what is stale; return what was said."""
        said = io.StringIO()
        plan = read_plan(self.folders.chapters, HANDED.releases)
        console = Console(file=said, width=200)
        wish = Wish(jobs=2, only=only)
        digests = Digests(self.folders.build / "digests.json")
        work = Work(self.folders, HANDED, wish, console, digests, NoBinder(), warm_up(self.folders))
        execute(work, chosen(plan, wish), Results(self.folders, HANDED), lambda _pages, _coming: None)
        return said.getvalue()

    def printed(self, edition: str) -> str:
        cells = notebook.read(self.folders.executed(edition, "crossings")).cells
        return "".join(output["text"] for cell in cells for output in cell.get("outputs", []))

    def edit(self, change: Callable[[Any], object]) -> None:
        book = notebook.read(self.notebook)
        change(book)
        nbformat.write(book, self.notebook)

    def module(self, name: str, text: str) -> None:
        (self.code / "analysis" / f"{name}.py").write_text(text, "utf-8")


def crossings(month: str = "2023-11-01", **values: int) -> pd.DataFrame:
    modes = {"car": "by car", "foot": "on foot"}
    rows = [(month, modes[name], value, None, "") for name, value in values.items()]
    return pd.DataFrame(rows, columns=["month", "mode", "crossings", "lanes", "remark"])


def released(day: str, frame: pd.DataFrame, table: str = "crossings") -> Change:
    return lambda _: ledger.append({table: frame}, datetime.date.fromisoformat(day))


def people() -> pd.DataFrame:
    return pd.DataFrame({"country": ["MEX"], "year": [2022], "people": [7]})


def told(event: dict[str, Any]) -> Change:
    return lambda desk: (desk.folders.data / "events.yml").write_text(json.dumps([EVENT, event]), "utf-8")


def at(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    """Let fingerprints, kernels and the ledger be those of a desk."""
    patch.setattr(fingerprint, "PACKAGE", desk.code)
    patch.setenv("PYTHONPATH", str(desk.code.parent))
    patch.setenv("SHAREDBORDER_DATA", str(desk.folders.data))


def cell(number: int, source: str) -> Change:
    """Change a cell; numbers are the author's, the parameters are cell 1."""
    return lambda desk: desk.edit(lambda book: book.cells[number - 1].update(source=source))


def tagged(number: int, *tags: str) -> Change:
    return lambda desk: desk.edit(lambda book: book.cells[number - 1]["metadata"].update(tags=list(tags)))


def both(why: str) -> dict[str, str]:
    return {"latest": why, DAY: why}
