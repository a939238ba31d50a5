"""The Spanish catalogue: complete, in step with code, notebooks and tables, and kept without dates."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from sharedborder.display import catalogue, messages
from sharedborder.display.names import PLACES, PROPER
from sharedborder.display.places import is_place

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / messages.CATALOGUE
SOURCES = [ROOT / "src/sharedborder/display"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SPANISH = [message for message in messages.read_catalogue(PO) if message.id]


def singular(message: Message) -> str:
    """Give a message's English, of a plural the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def placeholders(text: str) -> set[str]:
    """Name the placeholders of a message."""
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def test_the_catalogue_has_all_messages_in_spanish() -> None:
    assert catalogue.missing(PO) == []
    assert catalogue.wanted(NOTEBOOKS, SOURCES) - {singular(message) for message in SPANISH} == set()


@pytest.mark.parametrize("message", SPANISH, ids=singular)
def test_a_translation_has_the_placeholders_of_its_message(message: Message) -> None:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    for string in strings:
        assert placeholders(string) == placeholders(singular(message))


def test_every_category_of_the_tables_has_spanish() -> None:
    wanted = set()
    for schema in (ROOT / "data/schemas").glob("*.json"):
        for field in json.loads(schema.read_text("utf-8"))["fields"]:
            if field["name"] not in PROPER | PLACES:
                wanted |= set(field.get("constraints", {}).get("enum", []))
    names = {value for value in wanted if not is_place(value) and not re.fullmatch(r"[A-Z]+", value)}
    assert sorted(name for name in names if not messages.knows(name)) == []


def notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of code cells."""
    content = {"cells": [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]}
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_messages_are_taken_from_cells_and_sources(tmp_path: Path) -> None:
    book = notebook(
        tmp_path / "border.ipynb",
        '%matplotlib inline\nfact("a", 1, rows=say("One")); say(\n    "Two "\n    "parts {n:exact}", n=1)',
        'plural("{count:exact} month", "{count:exact} months", 3)',
    )
    source = tmp_path / "names.py"
    source.write_text('X = mark("three")\ny = translate("four", "es")\nz = other("five")\n', "utf-8")
    assert catalogue.wanted([book], [source]) == {
        "One",
        "Two parts {n:exact}",
        "{count:exact} month",
        "three",
        "four",
    }


def test_an_update_keeps_what_was_translated_and_changes_nothing_twice(tmp_path: Path) -> None:
    po, book = tmp_path / "es.po", tmp_path / "a.ipynb"
    assert catalogue.update([notebook(book, 'say("One")\nsay("Two")')], [], po) == ["One", "Two"]
    po.write_text(
        po.read_text("utf-8").replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Uno"'), "utf-8"
    )
    assert catalogue.update([book], [], po) == ["Two"]
    once = po.read_bytes()
    catalogue.update([book], [], po)
    assert po.read_bytes() == once
    assert b"Creation-Date" not in once
    assert catalogue.update([notebook(book, 'say("Two")')], [], po) == ["Two"]
    assert '#~ msgid "One"' in po.read_text("utf-8")


def test_the_catalogue_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert messages.catalogue_path() == PO
    other = tmp_path / messages.CATALOGUE
    other.parent.mkdir(parents=True)
    other.touch()
    assert messages.catalogue_path() == other
