"""A real Dask cluster on this machine: a scheduler and workers as processes of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path

import press_fakes as fakes
import psutil
import pytest
from distributed import Client
from rich.console import Console

from sharedborder.press.errors import ChaptersError, PressError
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import cluster, run
from sharedborder.press.kernels.ahead import warm_up

DASK = str(Path(sys.executable).with_name("dask"))
CHAPTERS = """\
editions: [latest]
chapters:
  area:
    page: area/{slug}
    title: "{slug}"
    parameters:
      - {slug: one, area: One}
      - {slug: two, area: Two}
      - {slug: three, area: Three}
      - {slug: four, area: Four}
"""
PARAMETERS = 'edition: str = "latest"  # the day\narea: str = ""  # name of the sector'
CELLS = [
    "# {fact}`name`",
    "%" + fakes.FACTS + "fact('name', area, area, kind='words')",
    "%import os, time",
]
# the first of these holds its worker until it is killed; the same chapter, run again, passes
HOLDS = (
    "%if area == 'One' and not os.path.exists({0!r}):\n"
    "    print(os.getppid(), file=open({0!r}, 'w'), flush=True)\n    time.sleep(100)"
)


@contextmanager
def process(*command: str, folder: Path, data: Path) -> Iterator["subprocess.Popen[bytes]"]:
    environment = os.environ | {"SHAREDBORDER_DATA": str(data), "PYTHONWARNINGS": ""}
    log = (folder / f"dask-{time.monotonic_ns()}.log").open("wb")
    with (
        log,
        subprocess.Popen([DASK, *command], cwd=folder, env=environment, stdout=log, stderr=log) as started,
    ):
        try:
            yield started
        finally:
            started.kill()


class Cluster:
    """A scheduler, and workers that are added one by one."""

    def __init__(self, stack: ExitStack, folders: Folders) -> None:
        self.stack, self.folders = stack, folders
        file = folders.root / "scheduler.json"
        arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        stack.enter_context(process("scheduler", *arguments, folder=folders.root, data=folders.data))
        fakes.until(lambda: fakes.written(file), "a scheduler")
        self.address = str(json.loads(file.read_text())["address"])

    def worker(self, data: Path | None = None) -> "subprocess.Popen[bytes]":
        arguments = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        started = process(
            "worker", self.address, *arguments, folder=self.folders.root, data=data or self.folders.data
        )
        return self.stack.enter_context(started)

    def wait_for(self, workers: int) -> None:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=fakes.PATIENCE)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = fakes.project(tmp_path / "project", CHAPTERS, "", {})
    fakes.notebook(folders.notebooks / "area.ipynb", CELLS, PARAMETERS)
    return folders


@pytest.fixture
def dask(folders: Folders) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, folders)


def results(folders: Folders) -> dict[str, bytes]:
    """Take what was executed away, so that it can be executed again."""
    found = {job.name: job.target.read_bytes() for job in fakes.jobs(folders)}
    shutil.rmtree(folders.build)
    return found


def distribute(folders: Folders, address: str) -> str:
    said = StringIO()
    console = Console(file=said, width=200)
    run.run(fakes.jobs(folders), cluster.cluster(address, folders, console), console, fakes.put)
    return said.getvalue()


def test_equal_workers_give_the_same_bytes_and_others_get_nothing(dask: Cluster, folders: Folders) -> None:
    other = shutil.copytree(folders.data, folders.root / "other")
    (other / "encounters" / "2023-11-14.csv").write_text("month,encounters\n2023-10-01,1\n", "utf-8")
    dask.worker()
    dask.worker(other)
    dask.wait_for(2)
    said = distribute(folders, dask.address)
    assert said.count(" gets nothing: other ledger.\n") == 1
    distributed = results(folders)
    run.run(fakes.jobs(folders), run.here(folders, 2, warm_up(folders)), Console(file=StringIO()), fakes.put)
    assert results(folders) == distributed


def test_a_lost_worker_costs_only_its_chapters(dask: Cluster, folders: Folders, tmp_path: Path) -> None:
    held = tmp_path / "held"
    fakes.notebook(folders.notebooks / "area.ipynb", [*CELLS, HOLDS.format(str(held))], PARAMETERS)
    dask.worker()
    dask.worker()
    dask.wait_for(2)

    def lose() -> None:
        fakes.until(lambda: fakes.written(held), "a chapter that holds its worker")
        parent = psutil.Process(int(held.read_text()))
        kernels, worker = parent.children(), parent.ppid()
        os.kill(worker, signal.SIGKILL)
        fakes.until(lambda: not any(kernel.is_running() for kernel in kernels), "the end of its kernels")

    with ThreadPoolExecutor(1) as thread:
        lost = thread.submit(lose)
        distribute(folders, dask.address)
        lost.result()
    assert all(job.target.exists() for job in fakes.jobs(folders))


def test_a_chapter_that_fails_on_a_worker_is_told_like_here(dask: Cluster, folders: Folders) -> None:
    fakes.notebook(folders.notebooks / "area.ipynb", [*CELLS, "%1 / len(area[3:])"], PARAMETERS)
    dask.worker()
    dask.wait_for(1)
    with pytest.raises(ChaptersError) as there:
        distribute(folders, dask.address)
    crew = run.here(folders, 2, warm_up(folders))
    with pytest.raises(ChaptersError) as here:
        run.run(fakes.jobs(folders), crew, Console(file=StringIO()), fakes.put)
    assert "2 of 4 chapters failed" in str(here.value)
    assert str(there.value) == str(here.value)


def test_without_an_equal_worker_there_is_one_clear_error(dask: Cluster, folders: Folders) -> None:
    with pytest.raises(PressError, match="there is no worker"):
        distribute(folders, dask.address)


def test_without_a_scheduler_or_dask_there_is_one_clear_error(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PressError, match=r"pip install 'sharedborder\[cluster\]'"):
        distribute(folders, "tcp://127.0.0.1:9")
