"""What is compared of the editions: what their notebooks left, if it is of today's form."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest

from sharedborder.press.book import comparison
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import FACTS
from sharedborder.press.plan import read_plan

EDITIONS = ("2023-12-27", "2024-01-19", "latest")
CHAPTERS = f"editions: [latest, {EDITIONS[0]!r}, {EDITIONS[1]!r}]\nchapters: {{border: {{page: border}}}}\n"


def resolve(bundle: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    if bundle.get("version") != 1:
        raise ValueError(f"its form is of version {bundle.get('version')}, not 1")
    return bundle | {"text": dict.fromkeys(languages, bundle["text"]["said"])}


def leave(folders: Folders, edition: str, said: str, **version: int) -> None:
    """Write what an executed notebook leaves: a sentence with a fact."""
    fact = {"key": "total", "kind": "value", "text": {"said": said}, "evidence": [], **version}
    cells = [
        {"cell_type": "markdown", "source": "There were {fact}`total`."},
        {"cell_type": "code", "source": "", "outputs": [{"data": {FACTS: [fact]}}]},
    ]
    path = folders.executed(edition, "border")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells}), "utf-8")


@pytest.fixture
def book(tmp_path: Path) -> comparison.Book:
    folders = fakes.project(tmp_path, CHAPTERS, "", {"index.md": "# Front"})
    fakes.notebook(folders.notebooks / "border.ipynb", ["# The border"])
    for edition, said in zip(EDITIONS, "123", strict=True):
        leave(folders, edition, said, version=1)
    plan = read_plan(folders.chapters, fakes.HANDED.releases)
    parts = [{"caption": None, "entries": [{"page": "border", "title": "The border"}]}]
    return comparison.Book(folders, plan, parts, resolve, "")


def test_neighbouring_editions_are_compared(book: comparison.Book) -> None:
    assert comparison.pairs(book, "latest") == [(EDITIONS[1], "latest"), (EDITIONS[0], EDITIONS[1])]
    (page,) = comparison.compared(book, EDITIONS[1], "latest", "en").pages
    assert [change.sentence for change in page.changes] == [("There were ", "border:total", ".")]


def test_an_edition_of_an_older_form_counts_as_not_executed(book: comparison.Book) -> None:
    leave(book.folders, EDITIONS[1], "2")
    assert comparison.states(book, EDITIONS[1]) == {}
    assert comparison.pairs(book, "latest") == [(EDITIONS[0], "latest")]
    found = comparison.compared(book, EDITIONS[1], "latest", "en")
    assert (found.new, found.pages, dict(found.facts_before)) == (["The border"], [], {})
    leave(book.folders, EDITIONS[1], "20", version=1)
    assert len(comparison.pairs(book, "latest")) == 2
