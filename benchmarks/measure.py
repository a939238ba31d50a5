"""Time and memory of a command with all processes that it starts."""

import os
import platform
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

INTERVAL = 0.1
SHARE = 0.02
"""How much of a core looking at memory may take, so as not to slow what it looks at."""
TAIL = 3000
_looks: ContextVar[bool] = ContextVar("looks", default=True)
MEMORY = "PSS" if platform.system() == "Linux" else "RSS"


class BenchError(Exception):
    """A measured command failed; the message holds the end of what it said."""


@dataclass(frozen=True)
class Sample:
    """Wall-clock seconds, and the peak memory of the process tree in bytes (None: not measured)."""

    seconds: float
    peak: int | None
    said: str = ""

    def __add__(self, other: "Sample") -> "Sample":
        """Return the sample of one command after another: the times add up, the higher peak counts."""
        peaks = [peak for peak in (self.peak, other.peak) if peak is not None]
        return Sample(self.seconds + other.seconds, max(peaks) if peaks else None, self.said + other.said)


def tree_memory(pid: int) -> int:
    """Return the memory of a process and its descendants now, in bytes.

    PSS counts a page that several processes share once, divided among them; forks would otherwise be counted
    many times over. Where the system does not tell it, RSS.
    """
    try:
        root = psutil.Process(pid)
        processes = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(map(_memory, processes))


def _memory(process: Any) -> int:
    try:
        return int(process.memory_full_info().pss if MEMORY == "PSS" else process.memory_info().rss)
    except psutil.Error:
        return 0


@contextmanager
def memory(looked_at: bool) -> Iterator[None]:
    """Look at the memory of what runs meanwhile, or not: looking slows what is short and fills all cores."""
    token = _looks.set(looked_at)
    try:
        yield
    finally:
        _looks.reset(token)


class Watch:
    """Samples the memory of a process tree while it runs, the dearer the more seldom, and keeps the peak."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self._stop = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.is_set():
            start = time.thread_time()
            self.peak = max(self.peak, tree_memory(self.pid))
            self._stop.wait(max(INTERVAL, (time.thread_time() - start) / SHARE))

    def end(self) -> int:
        """Stop sampling and return the peak in bytes."""
        self._stop.set()
        self._thread.join()
        return self.peak


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], cores: Sequence[int] | None = None
) -> Sample:
    """Run a command to its end, on the named cores only if some are given; raises BenchError if it fails."""
    held = os.sched_getaffinity(0) if cores else None
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        try:
            if cores:
                os.sched_setaffinity(0, cores)  # children inherit it
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, env={**os.environ, **environment}, stdout=said, stderr=subprocess.STDOUT
            )
        finally:
            if held:
                os.sched_setaffinity(0, held)
        watch = Watch(process.pid) if _looks.get() else None
        code = process.wait()
        seconds, peak = time.perf_counter() - start, watch.end() if watch else None
        said.seek(0)
        text = said.read()
    if code:
        raise BenchError(f"{' '.join(command[:6])} … ended with {code}:\n{text[-TAIL:]}")
    return Sample(seconds, peak, text[-TAIL:])
