"""The author's desk in a process of its own, for tests: what it says, and how to wait for it."""

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 120.0


@dataclass
class RunningDesk:
    """A running desk: its process, its project, and the lines it has said."""

    process: subprocess.Popen[str]
    root: Path
    lines: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(
            next(found[1] for line in self.lines if (found := re.search(r"127\.0\.0\.1:(\d+)/", line)))
        )

    @property
    def built(self) -> list[str]:
        """The lines that end a build."""
        return [line for line in self.lines if re.search(r", \d+\.\d s$", line)]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask for a path; return status, headers (names in lower case) and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    @contextmanager
    def news(self, page: str) -> Iterator[Iterator[dict[str, object]]]:
        """Listen to what an open page is told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/.desk/events?page={page}")
        answer = connection.getresponse()
        yield (json.loads(line[6:]) for line in iter(answer.readline, b"") if line.startswith(b"data: "))
        connection.close()

    def end(self, how: int = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)

    def save(self, name: str, text: str) -> None:
        """Write a file of the project as an editor does: beside it, then in its place."""
        place = self.root / name
        aside = place.with_name(f".{place.name}")
        aside.write_text(text, "utf-8")
        aside.replace(place)


def wait_for(what: Callable[[], bool], said: Callable[[], object]) -> None:
    """Wait until something holds; fail with what was said instead."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, said()
        time.sleep(0.02)


@contextmanager
def running_desk(root: Path, make: str) -> Iterator[RunningDesk]:
    """Start a desk and wait until its first build has ended; end it afterwards."""
    script = Path(__file__).with_name("tiny_desk.py")
    process = subprocess.Popen(
        [sys.executable, "-u", str(script), str(root), make],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    desk = RunningDesk(process, root)
    reader = threading.Thread(target=_read, args=(desk,), daemon=True)
    reader.start()
    try:
        wait_for(lambda: bool(desk.built) or process.poll() is not None, lambda: desk.lines)
        yield desk
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join()
        if process.stdout:
            process.stdout.close()


def _read(desk: RunningDesk) -> None:
    assert desk.process.stdout
    for line in desk.process.stdout:
        desk.lines.append(line.rstrip("\n"))
