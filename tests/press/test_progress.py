"""What the person at the terminal sees while chapters run."""

import re
from concurrent.futures import Future, ThreadPoolExecutor
from io import StringIO

import pytest
from rich.console import Console

from sharedborder.press.errors import PressError
from sharedborder.press.progress import as_they_end, in_parallel, reporting


def shown(terminal: bool) -> str:
    """What is written while the second of five pieces of work has failed and the third runs."""
    said = StringIO()
    console = Console(file=said, force_terminal=terminal, width=150, legacy_windows=False)
    with reporting(console, "Chapters", 5) as report:
        for name, well in (("one", True), ("two", False)):
            report.started(name)
            report.ended(name, well)
        report.started("three")
        progress = getattr(report, "progress", None)
        if progress:
            progress.refresh()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.getvalue())


def test_a_terminal_shows_what_runs_what_waits_and_what_failed() -> None:
    assert "2/5" in shown(terminal=True)
    assert "1 failed, 2 waiting, now three" in shown(terminal=True)


def test_a_log_has_a_line_for_each_that_ended() -> None:
    assert shown(terminal=False) == "Chapters 1/5: one\nChapters 2/5: two: failed\n"


def test_work_begun_before_it_is_waited_for_is_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    def work(name: str) -> str:
        if name == "two":
            raise ValueError(name)
        return name

    with ThreadPoolExecutor(1) as pool, reporting(Console(width=80), "Pages", 3) as report:
        begun = {pool.submit(work, name): name for name in ("one", "two", "three")}
        ended = [begun[future] for future in as_they_end(begun, report)]
    assert sorted(ended) == ["one", "three", "two"]
    said = capsys.readouterr().out
    assert "Pages 3/3: " in said
    assert "two: failed" in said


def test_waiting_in_vain_ends() -> None:
    class Never(ThreadPoolExecutor):
        def submit(self, *_: object, **__: object) -> Future[None]:  # type: ignore[override]
            return Future()

    def look() -> None:
        raise PressError("nobody is left")

    with (
        reporting(Console(file=StringIO()), "Chapters", 1) as report,
        pytest.raises(PressError, match="nobody"),
    ):
        list(in_parallel(Never(), print, ["one"], str, 1, report, look))
