"""What makes a page run again, and what does not: each kind both ways, on executions that really took place.

One notebook in two editions is executed once. Each test then changes one thing in a copy of the project,
looks at the states, and most execute nothing: results are found by what they follow from.
"""

import contextlib
import datetime
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import press_fakes as fakes
import pytest
from rich.console import Console

from sharedborder.press import assembly, fingerprint, notebook, versions
from sharedborder.press.build import Wish, execute
from sharedborder.press.errors import ChaptersError
from sharedborder.press.folders import Folders
from sharedborder.press.plan import read_plan
from sharedborder.press.results import Results, states
from sharedborder.press.store import DamagedError
from sharedborder.records import ledger

pytestmark = pytest.mark.xdist_group("fingerprints")

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
        execute(self.folders, HANDED, plan, plan.editions, Wish(jobs=2, only=only), console)
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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, empty_ledger: Callable[[], Path]) -> Iterator[Desk]:
    """The project, executed once, together with what each execution handed back."""
    root = tmp_path_factory.mktemp("project")
    code = root / "src" / "sharedborder"
    shutil.copytree(fingerprint.PACKAGE, code, ignore=shutil.ignore_patterns("__pycache__"))
    made = fakes.project(root, CHAPTERS, "", {"locales/es/LC_MESSAGES/book.po": ""})
    shutil.rmtree(made.data)
    shutil.copytree(empty_ledger(), made.data)
    desk = Desk(made, code)
    for name, text in MODULES.items():
        desk.module(name, text)
    fakes.notebook(desk.notebook, CELLS, PARAMETERS)
    fakes.notebook(made.notebooks / "staff.ipynb", ["# Staff"])
    (made.data / "events.yml").write_text(json.dumps([EVENT]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        at(desk, patch)
        released("2023-12-20", crossings(car=20, foot=10))(desk)
        assert set(desk.states().values()) == {"never executed"}
        with patch.context() as handing:
            handing.setattr(Results, "keep", remembering(root / "handed", Results.keep))
            desk.execute()
        yield desk


def remembering(folder: Path, keep: Callable[..., Any]) -> Callable[..., Any]:
    def kept_and_written(results: Results, job: Any, executed: Any) -> Any:
        folder.mkdir(exist_ok=True)
        (folder / f"{job.page.edition}.ipynb").write_text(executed.notebook, "utf-8")
        return keep(results, job, executed)

    return kept_and_written


def at(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    """Let fingerprints, kernels and the ledger be those of a desk."""
    patch.setattr(fingerprint, "PACKAGE", desk.code)
    patch.setenv("PYTHONPATH", str(desk.code.parent))
    patch.setenv("SHAREDBORDER_DATA", str(desk.folders.data))


@pytest.fixture
def desk(kept: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the executed project, to change one thing in."""
    root = tmp_path / "project"
    shutil.copytree(kept.folders.root, root)
    copy = Desk(Folders.of(root), root / "src" / "sharedborder")
    at(copy, monkeypatch)
    assert copy.states() == READY
    return copy


def cell(number: int, source: str) -> Change:
    """Change a cell; numbers are the author's, the parameters are cell 1."""
    return lambda desk: desk.edit(lambda book: book.cells[number - 1].update(source=source))


def tagged(number: int, *tags: str) -> Change:
    return lambda desk: desk.edit(lambda book: book.cells[number - 1]["metadata"].update(tags=list(tags)))


def test_what_was_executed_is_what_the_code_says(kept: Desk) -> None:
    assert kept.printed("latest") == kept.printed(DAY) == "40 there\n1\n"


def test_a_table_that_is_not_there_yet_is_said(kept: Desk) -> None:
    found = {page.name: state for page, state in states(kept.folders, HANDED)}
    assert found["staff"] == "not made: no release of staff"


def both(why: str) -> dict[str, str]:
    return {"latest": why, DAY: why}


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
# until kernels read no catalogue; then it belongs to what does not run again
RUNS["words of figures"] = (
    lambda desk: (desk.folders.book / "locales/es/LC_MESSAGES/figures.po").write_text("#\n", "utf-8"),
    both("words of facts and figures changed"),
)


def refuse(schema: Path) -> None:
    schema.write_text(schema.read_text("utf-8").replace("by car", "by bicycle"), "utf-8")


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
    now = versions.installed()
    monkeypatch.setattr(versions, "installed", lambda: now | {"sphinx": "99"})
    assert desk.states() == READY
    monkeypatch.setattr(versions, "installed", lambda: now | {"pandas": "99"})
    assert desk.states() == both(f"pandas {now['pandas']} → 99")


def test_prose_joins_a_result_as_if_it_had_been_executed_with_it(kept: Desk) -> None:
    for edition in READY:
        executed = (kept.folders.root / "handed" / f"{edition}.ipynb").read_text("utf-8")
        assert "injected-parameters" in executed
        assert assembly.joined(kept.notebook, assembly.code_only(executed)) == executed
        assert kept.folders.executed(edition, "crossings").read_text("utf-8") == executed


def test_an_edited_sentence_starts_no_kernel_and_is_in_the_page(desk: Desk) -> None:
    cell(2, "# Crossings\n\nA better sentence.")(desk)
    assert desk.execute() == ""
    assert desk.states() == READY
    text = desk.folders.executed(DAY, "crossings").read_text("utf-8")
    assert "A better sentence." in text
    assert desk.printed(DAY) == "40 there\n1\n"


def test_what_runs_again_gives_something_else_and_going_back_costs_nothing(desk: Desk) -> None:
    before = desk.folders.executed("latest", "crossings").read_bytes()
    desk.module("deeper", "TWO = 3\n")
    said = desk.execute()
    assert f"crossings (latest), crossings ({DAY}): sharedborder.analysis.deeper changed" in said
    assert "Chapters 2/2" in said
    assert desk.printed("latest") == "60 there\n1\n"
    desk.module("deeper", MODULES["deeper"])
    assert desk.states() == READY
    assert desk.execute() == ""
    assert desk.folders.executed("latest", "crossings").read_bytes() == before


def objects(desk: Desk) -> list[Path]:
    return [path for path in (desk.folders.store / "objects").rglob("*") if path.is_file()]


@pytest.mark.parametrize("damage", [b"", b"{}"], ids=["cut short", "altered"])
def test_a_damaged_result_is_noticed(desk: Desk, damage: bytes) -> None:
    for path in objects(desk):
        path.write_bytes(damage)
    assert desk.states() == both("its kept result is damaged")


def test_a_damaged_result_is_made_again_and_the_reason_is_said(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in objects(desk)}
    for path, content in before.items():
        path.write_bytes(content.replace(b"40 there", b"41 there"))
    said = desk.execute()
    assert f"crossings (latest), crossings ({DAY}): its kept result is damaged" in said
    assert {path: path.read_bytes() for path in objects(desk)} == before
    assert desk.states() == READY


def test_a_damaged_page_is_put_together_again_without_a_kernel(desk: Desk) -> None:
    page = desk.folders.executed(DAY, "crossings")
    before = page.read_bytes()
    page.write_bytes(before.replace(b"40 there", b"41 there"))
    page.with_suffix(".json").write_text("{", "utf-8")
    assert desk.execute() == ""
    assert page.read_bytes() == before


def test_with_only_the_other_pages_stay_as_they_stand(desk: Desk) -> None:
    released("2023-12-21", people(), "staff")(desk)
    cell(6, "print('other')")(desk)
    said = desk.execute(only="staff")
    assert "Chapters 2/2" in said
    assert "crossings" not in said
    assert desk.states() == both("code of cell 6 changed")
    assert desk.printed(DAY) == "40 there\n1\n"
    cell(6, CELLS[4][1:])(desk)
    desk.folders.executed(DAY, "crossings").unlink()
    assert desk.execute(only="staff") == ""
    assert desk.printed(DAY) == "40 there\n1\n"


def test_a_result_that_is_gone_is_said(desk: Desk) -> None:
    shutil.rmtree(desk.folders.store)
    assert desk.states() == both("its kept result is gone")


def test_a_kill_at_any_moment_leaves_no_wrong_page(desk: Desk) -> None:
    desk.module("deeper", "TWO = 3\n")
    code = "import sys, pathlib, test_fingerprints as t; from sharedborder.press import fingerprint\n"
    code += "root = pathlib.Path(sys.argv[1]); fingerprint.PACKAGE = root / 'src' / 'sharedborder'\n"
    code += "print(t.Desk(t.Folders.of(root), fingerprint.PACKAGE).execute())"
    command = [sys.executable, "-c", code, str(desk.folders.root)]
    path = os.pathsep.join([str(desk.code.parent), str(Path(__file__).parent)])
    for seconds in (1.5, 2.5, 3.2):
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, start_new_session=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert set(desk.states().values()) <= {"sharedborder.analysis.deeper changed", "ready"}
    desk.execute()
    assert desk.states() == READY
    assert {desk.printed(edition) for edition in READY} == {"60 there\n1\n"}


def test_what_pages_stand_on_is_not_pruned(desk: Desk) -> None:
    results = Results(desk.folders, HANDED)
    results.store.most_bytes, results.store.recent = 1, 0.0
    unused = results.store.keep("other", "content", "")
    results.close()
    assert results.store.known("other") == ([], False)
    with pytest.raises(DamagedError):
        results.store.content(unused)
    assert desk.states() == READY


def test_a_damaged_memo_is_no_answer(desk: Desk) -> None:
    memo = desk.folders.store / "memo.json"
    seal, _, text = memo.read_text("utf-8").partition("\n")
    wrong = {
        key: "0" * 64 if isinstance(value, str) else value
        for key, value in json.loads(text)["answers"].items()
    }
    damaged = json.dumps(json.loads(text) | {"answers": wrong})
    assert damaged != text
    memo.write_text(f"{seal}\n{damaged}", "utf-8")
    assert desk.states() == READY


def test_an_undeclared_reading_fails_the_chapter(desk: Desk) -> None:
    cell(6, "import pandas\npandas.read_csv('data/crossings/2023-12-20.csv')")(desk)
    with pytest.raises(ChaptersError) as caught:
        desk.execute()
    said = str(caught.value)
    assert "cell 6: import pandas" in said
    assert (
        "UndeclaredReadError: data/crossings/2023-12-20.csv is read past the ledger, so a change in it "
        "would go unseen: use ledger.read" in said
    )
    assert desk.states() == both("code of cell 6 changed")
