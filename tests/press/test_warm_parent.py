"""The warm parent's life: who ends with whom, and when kernels are started afresh instead."""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import press_fakes as fakes
import psutil
import pytest

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.kernels import machine, parent
from sharedborder.press.kernels.execution import Kernels, Work, execute
from sharedborder.press.kernels.kernel import MEMORY, STARTED_WITH
from sharedborder.press.kernels.provisioner import ForkedKernel
from sharedborder.press.plan import Page
from sharedborder.press.recipes.imports import imported

ENDLESS = "%import os, time\nprint(os.getpid(), file=open({!r}, 'w'), flush=True)\ntime.sleep(100)"
PRESS = """
import signal
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import press_fakes as fakes
from rich.console import Console
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import run
from sharedborder.press.kernels.ahead import warm_up
folders = Folders.of(Path(sys.argv[1]))
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may have been told to ignore it
run.run(fakes.jobs(folders), run.here(folders, 2, warm_up(folders)), Console(), fakes.put)
"""
CHAPTERS = "editions: [latest]\nchapters: {one: {page: one}, two: {page: two}}\n"


def gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture(autouse=True)
def no_parent() -> Iterator[None]:
    parent.say_afresh.cache_clear()
    yield
    parent.end_all()


def ask(address: str, **environment: str) -> ForkedKernel:
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-f", str(Path(folder) / "kernel.json"), "--IPKernelApp.log_level=CRITICAL"]
        return ForkedKernel.ask(address, arguments, {**os.environ, **STARTED_WITH, **environment}, "/tmp")


def one_page(tmp_path: Path, code: str) -> Work:
    path = fakes.notebook(tmp_path / "one.ipynb", [f"%{code}"])
    return Work.of(Page("one", "one", path, {}, "latest", {}))


def executed(tmp_path: Path, code: str, address: str | None) -> str:
    with tempfile.TemporaryDirectory() as place:
        kernels = Kernels(tmp_path, Path(place), dict(os.environ), 1_000, address)
        return execute(one_page(tmp_path, code), kernels).notebook


def test_a_kernel_ends_when_its_client_hangs_up() -> None:
    kernel = ask(str(parent.address([])))
    process = psutil.Process(kernel.pid)
    kernel.connection.close()
    fakes.until(lambda: gone(process), "the kernel's end")


def test_a_kernel_tells_how_it_ended() -> None:
    kernel = ask(str(parent.address([])))
    assert kernel.poll() is None
    kernel.kill()
    assert kernel.wait() == -signal.SIGKILL
    kernel.send_signal(signal.SIGTERM)  # to nobody, least of all to another process of that number
    assert kernel.poll() == -signal.SIGKILL


def test_all_who_ask_at_once_hear_how_a_kernel_ended() -> None:
    """The thread that executes and the one that stops the run both ask, again and again."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in range(100):
                ours, parents = socket.socketpair()
                kernel = ForkedKernel(ours, 0)
                asking = [
                    pool.submit(fakes.until, lambda kernel=kernel: kernel.poll() is not None, "the end")
                    for _ in range(2)
                ]
                with parents:
                    parents.sendall(b'{"returncode": -15}\n')
                for asked in asking:
                    asked.result()
                assert kernel.returncode == -signal.SIGTERM
    finally:
        sys.setswitchinterval(interval)


def test_kernels_end_with_their_parent_and_the_next_ones_have_a_new_parent() -> None:
    first = parent.standing(STARTED_WITH, [])
    kernel = ask(first.address)
    process = psutil.Process(kernel.pid)
    first.process.kill()
    fakes.until(lambda: gone(process), "the kernel's end")
    assert kernel.wait() == -signal.SIGKILL
    second = parent.standing(STARTED_WITH, [])
    assert second is not first
    assert parent.standing(STARTED_WITH, []) is second


def test_other_code_has_another_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path)
    first = parent.standing(STARTED_WITH, [])
    (tmp_path / "new.py").write_text("")
    second = parent.standing(STARTED_WITH, [])
    assert second is not first
    assert not first.alive()


def test_what_is_asked_ahead_is_there_in_every_kernel_to_come(tmp_path: Path) -> None:
    address = str(parent.address([]))
    parent.ask_ahead(address, ["wave"], [("no_such:thing", []), ("os.environ:setdefault", ["AHEAD", "done"])])
    code = "import os, sys\nprint('wave' in sys.modules, 'AHEAD' in os.environ)"
    made = executed(tmp_path, code, address)
    assert '"True False\n"' in made.replace("\\n", "\n")  # a kernel's environment is its own


def test_a_parent_with_threads_forks_nothing_and_the_stock_kernel_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=[600], daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = [executed(tmp_path, "print(6 * 7)", parent.address(["threaded"])) for _ in range(2)]
    assert all('"42\\n"' in text for text in made)
    told = [record.getMessage() for record in caplog.records if record.name == "sharedborder.press"]
    assert told == ["Kernels start afresh, not warm: the warm parent has 2 threads."]


def test_a_kernel_of_another_start_is_refused() -> None:
    with pytest.raises(Exception, match="PYTHONHASHSEED would be another than the warm parent's"):
        ask(str(parent.address([])), PYTHONHASHSEED="1")


def test_without_a_fork_the_stock_kernel_runs_and_a_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(parent.sys, "platform", "win32")
    with caplog.at_level(logging.WARNING):
        address = parent.address([])
    assert address is None
    assert caplog.messages == ["Kernels start afresh, not warm: this system has no fork that is safe here."]


def test_the_parent_holds_what_the_chapters_import() -> None:
    sources = [
        "import json, os.path\nfrom xml import dom",
        "%time\nimport sys",
        "def f():\n    import csv",
    ]
    assert imported(sources) == ["csv", "json", "os.path", "xml", "xml.dom"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_running_when_the_press_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    folders, mark = fakes.project(tmp_path / "project", CHAPTERS, "", {}), tmp_path / "kernel"
    for name in ("one", "two"):
        fakes.notebook(folders.notebooks / f"{name}.ipynb", [ENDLESS.format(str(mark))])
    command = [sys.executable, "-c", PRESS, str(folders.root), str(Path(__file__).parent)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as press:
        fakes.until(lambda: fakes.written(mark), "a kernel at work")
        started = psutil.Process(press.pid).children(recursive=True)
        assert int(mark.read_text()) in {process.pid for process in started}
        press.send_signal(number)
        press.communicate(timeout=fakes.PATIENCE)
    fakes.until(lambda: all(map(gone, started)), "the end of all that the press started")
    assert not folders.build.exists()


def test_memory_is_shared_among_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MEMORY, raising=False)
    monkeypatch.setattr(machine, "memory", lambda: 8_000)
    assert machine.shares(2) == (2, 3_000)
    assert machine.shares(64) == (8, 750)
    monkeypatch.setenv(MEMORY, "4000")
    assert machine.shares(64) == (1, 4_000)
    monkeypatch.setenv(MEMORY, "much")
    with pytest.raises(PressError, match="no number of megabytes"):
        machine.shares(2)
