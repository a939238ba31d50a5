"""What the person at the terminal sees while chapters run."""

import re
from concurrent.futures import Future, ThreadPoolExecutor
from io import StringIO

import pytest
from rich.console import Console

from sharedborder.press.errors import PressError
from sharedborder.press.progress import in_parallel, reporting


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
