"""Results that are kept: joined to prose, found again, damaged, pruned, killed builds. Executed for real."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from press_desk import CELLS, DAY, HANDED, MODULES, READY, Desk, both, cell, people, released

from sharedborder.press.errors import ChaptersError
from sharedborder.press.stored import assembly
from sharedborder.press.stored.results import Results
from sharedborder.press.stored.store import DamagedError


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


def test_the_same_result_of_other_code_is_in_use_by_its_new_name(desk: Desk) -> None:
    desk.module("deeper", "TWO = 1 + 1\n")
    assert "Chapters 2/2" in desk.execute()
    assert len(objects(desk)) == 2
    emptied(desk)
    assert desk.states() == READY


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
    code = "import sys, pathlib, press_desk as t; from sharedborder.press import fingerprint\n"
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
    store = Results(desk.folders, HANDED).store
    unused = store.keep("other", "content", "")
    emptied(desk)
    assert store.known("other") == ([], False)
    with pytest.raises(DamagedError):
        store.content(unused)
    assert desk.states() == READY


def emptied(desk: Desk) -> None:
    """Prune all that no page stands on."""
    results = Results(desk.folders, HANDED)
    results.store.most_bytes, results.store.recent, results.grown = 1, 0.0, True
    results.prune()


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
