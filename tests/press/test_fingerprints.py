"""What makes a page run again, and what does not: each kind both ways.

One notebook in two editions is executed once. Each test then changes one thing in a copy of the project and
looks at the states; nothing is executed again: results are found by what they follow from.
"""

import json
from pathlib import Path

import nbformat
import pytest
from press_desk import (
    CHAPTERS,
    DAY,
    EVENT,
    HANDED,
    LATER,
    MODULES,
    PARAMETERS,
    PROSE,
    READY,
    Change,
    Desk,
    both,
    cell,
    crossings,
    people,
    released,
    tagged,
    told,
)

from sharedborder.press.installed import installed
from sharedborder.press.recipes import jobs
from sharedborder.press.stored.results import states


def test_what_was_executed_is_what_the_code_says(kept: Desk) -> None:
    assert kept.printed("latest") == kept.printed(DAY) == "40 there\n1\n"


def test_a_table_that_is_not_there_yet_is_said(kept: Desk) -> None:
    found = {page.name: state for page, state in states(kept.folders, HANDED)}
    assert found["staff"] == "not made: no release of staff"


def later(why: str) -> dict[str, str]:
    return {"latest": why.format("for the latest edition"), DAY: "ready"}


ROWS = "crossings: rows read {} changed"
EVENTS = "chronology: events known {} changed"
RUNS: dict[str, tuple[Change, dict[str, str]]] = {
    "code": (cell(6, "print('other')"), both("code of cell 6 changed")),
    "new code cell": (
        lambda desk: desk.edit(lambda book: book.cells.append(nbformat.v4.new_code_cell("1"))),
        both("cell 7 is new"),
    ),
    "code taken out": (
        lambda desk: desk.edit(lambda book: book.cells.pop()),
        both("code taken out: 1, formerly from cell 6"),
    ),
    "parameters": (
        lambda desk: desk.folders.chapters.write_text(CHAPTERS.replace("there", "elsewhere"), "utf-8"),
        both("parameters changed"),
    ),
    "parameters of the notebook": (cell(1, PARAMETERS.replace("here", "x")), both("code of cell 1 changed")),
    "tag parameters": (tagged(1), both("cell 1 has other tags")),
    "tag that lets a cell raise": (tagged(6, "raises-exception"), both("cell 6 has other tags")),
    "imported module": (
        lambda desk: desk.module("tiny", MODULES["tiny"].replace("number\n", "number + 1\n")),
        both("sharedborder.analysis.tiny changed"),
    ),
    "module imported through another": (
        lambda desk: desk.module("deeper", "TWO = 3\n"),
        both("sharedborder.analysis.deeper changed"),
    ),
    "another module is imported": (
        lambda desk: desk.module("tiny", MODULES["tiny"] + "\n\nfrom . import unused\n"),
        both("sharedborder.analysis.tiny changed; sharedborder.analysis.unused imported now"),
    ),
    "the entry of any kernel": (
        lambda desk: changed("press/kernels/kernel.py")(desk),
        both("sharedborder.press.kernels.kernel changed"),
    ),
    "the guard of any kernel": (
        lambda desk: changed("press/kernels/guard.py")(desk),
        both("sharedborder.press.kernels.guard changed"),
    ),
    "rows of an earlier release": (
        released("2023-12-21", crossings(car=21, foot=10)),
        {"latest": ROWS.format("for the latest edition"), DAY: ROWS.format(f"as of {DAY}")},
    ),
    "rows of a release of the edition's own day": (
        released(DAY, crossings(car=21, foot=10)),
        {"latest": ROWS.format("for the latest edition"), DAY: ROWS.format(f"as of {DAY}")},
    ),
    "rows of a later release": (released("2024-01-31", crossings(car=21, foot=10)), later(ROWS)),
    "the same rows from a newer release, which a page names": (
        released("2024-01-31", crossings(car=20, foot=10)),
        later(ROWS),
    ),
    "what was told of an event later": (
        lambda desk: (desk.folders.data / "events.yml").write_text(json.dumps([EVENT | LATER]), "utf-8"),
        later(EVENTS),
    ),
    "event known by then": (
        told(EVENT | {"id": "opened", "known_from": "2023-12-22"}),
        {"latest": EVENTS.format("for the latest edition"), DAY: EVENTS.format(f"as of {DAY}")},
    ),
    "event known later": (told(EVENT | {"id": "opened", "known_from": "2024-01-05"}), later(EVENTS)),
    "category refused now": (
        lambda desk: refuse(desk.folders.data / "schemas" / "crossings.json"),
        {"latest": ROWS.format("for the latest edition"), DAY: ROWS.format(f"as of {DAY}")},
    ),
}


def refuse(schema: Path) -> None:
    schema.write_text(schema.read_text("utf-8").replace("by car", "by bicycle"), "utf-8")


def changed(*names: str) -> Change:
    """Change what modules of our own do."""

    def change(desk: Desk) -> None:
        for name in names:
            with (desk.code / name).open("a") as file:
                file.write("\n\nOTHER = 'other'\n")

    return change


STAYS: dict[str, tuple[Change, dict[str, str]]] = {
    "prose": (cell(2, "# Crossings\n\nA better sentence."), PROSE),
    "prose in two cells": (
        lambda desk: desk.edit(lambda book: book.cells.insert(3, nbformat.v4.new_markdown_cell("More."))),
        PROSE,
    ),
    "prose taken out": (lambda desk: desk.edit(lambda book: book.cells.pop(3)), PROSE),
    "other tags": (tagged(5, "hide-input", "remove-cell"), READY),
    "a tag beside parameters": (tagged(1, "hide-input", "parameters"), READY),
    "metadata": (lambda desk: desk.edit(lambda book: book.metadata.update(title="Other")), READY),
    "metadata of a cell": (
        lambda desk: desk.edit(lambda book: book.cells[4]["metadata"].update(collapsed=True)),
        READY,
    ),
    "ids": (lambda desk: desk.edit(lambda book: book.cells[4].update(id="other")), READY),
    "module not imported": (lambda desk: desk.module("unused", "THREE = 4\n"), READY),
    "how a kernel is started and spoken to": (
        changed(*(f"press/kernels/{name}.py" for name in ("warm", "provisioner", "engine", "execution"))),
        READY,
    ),
    "what adds to the ledger": (changed("records/appending.py"), READY),
    "comment": (lambda desk: desk.module("deeper", "# the number two\n\nTWO = 2  # two\n"), READY),
    "docstring": (
        lambda desk: desk.module("tiny", MODULES["tiny"].replace("Double.", "Times two.")),
        READY,
    ),
    "release of another table": (released("2023-12-21", people(), "staff"), READY),
    "release of other rows": (released("2023-12-21", crossings("2023-12-01", foot=11)), READY),
    "translation": (
        lambda desk: (desk.folders.book / "locales/es/LC_MESSAGES/book.po").write_text("#\n", "utf-8"),
        READY,
    ),
    "words of figures": (
        lambda desk: (desk.folders.book / "locales/es/LC_MESSAGES/figures.po").write_text("#\n", "utf-8"),
        READY,
    ),
    "theme": (
        lambda desk: (desk.folders.book / "theme/static/paper.css").write_text("p {}", "utf-8"),
        READY,
    ),
}


@pytest.mark.parametrize("kind", RUNS)
def test_it_runs_again(desk: Desk, kind: str) -> None:
    change, expected = RUNS[kind]
    change(desk)
    assert desk.states() == expected


@pytest.mark.parametrize("kind", STAYS)
def test_it_does_not_run_again(desk: Desk, kind: str) -> None:
    change, expected = STAYS[kind]
    change(desk)
    assert desk.states() == expected


def test_a_version_that_a_kernel_can_reach(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = installed()
    monkeypatch.setattr(jobs, "installed", lambda: now | {"sphinx": "99"})
    assert desk.states() == READY
    monkeypatch.setattr(jobs, "installed", lambda: now | {"pandas": "99"})
    assert desk.states() == both(f"pandas {now['pandas']} → 99")
