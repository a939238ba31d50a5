"""A Dask cluster on this machine: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measure import BenchError
from benchmarks.subjects import Subject

PATIENCE = 60.0


@contextmanager
def cluster(subject: Subject, workers: int) -> Iterator[str]:
    """Yield the address of a scheduler with so many workers of one thread each, in the subject's folder."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as started:
        file = Path(place) / "scheduler.json"
        shared = ["--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard"]
        started.enter_context(_running("dask_scheduler", [*shared, "--port", "0"], subject, place))
        address = _address(file)
        for _ in range(workers):
            started.enter_context(_running("dask_worker", [*shared, "--nthreads", "1"], subject, place))
        _wait_for(address, workers)
        yield address


def _wait_for(address: str, workers: int) -> None:
    """Wait until all workers have come, so that the first sample has them all."""
    from distributed import Client

    with Client(address) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(workers, timeout=PATIENCE)


@contextmanager
def _running(module: str, options: list[str], subject: Subject, place: str) -> Iterator[None]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
    command += ["--local-directory", place] if module == "dask_worker" else []
    environment = {**os.environ, "SHAREDBORDER_DATA": str(subject.folders.data)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=subject.root, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _address(file: Path) -> str:
    """Wait for the scheduler to say where it is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return str(json.loads(file.read_text("utf-8"))["address"])
        except (FileNotFoundError, ValueError):
            time.sleep(0.1)
    raise BenchError("the Dask scheduler did not start")
