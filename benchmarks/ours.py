"""Our way: the command line, and the author's desk."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import releases
from benchmarks.measure import BenchError, Sample, Watch, run
from benchmarks.subjects import Subject, edit

NAME = "ours"
COMMAND = [sys.executable, "-m", "sharedborder"]
NOTHING = "Nothing has changed"
RAN = re.compile(r"^Chapters \d+/(\d+):", re.M)
BUILT = re.compile(r": (?P<how>.+), \d+\.\d s$")


@cache
def has_scheduler() -> bool:
    """Return whether `build` can use a Dask cluster."""
    said = subprocess.run([*COMMAND, "build", "--help"], capture_output=True, text=True, check=True).stdout
    return "--scheduler" in said


@dataclass(frozen=True)
class Ours:
    """Builds a subject with `sharedborder build`, from the start of the process to its end."""

    subject: Subject
    name = NAME

    def build(self, *options: str, cores: Sequence[int] | None = None) -> Sample:
        """Run `sharedborder build` in the subject's folder."""
        return run([*COMMAND, "build", *options], self.subject.root, self._environment, cores)

    @property
    def _environment(self) -> dict[str, str]:
        return {"SHAREDBORDER_DATA": str(self.subject.folders.data)}

    def clean(self) -> None:
        """Put aside everything that was made: a disk that has just deleted it is slow to make it anew."""
        if (made := self.subject.folders.build).exists():
            made.rename(Path(tempfile.mkdtemp(dir=self.subject.root)) / made.name)

    def cold(self, *options: str, cores: Sequence[int] | None = None) -> Sample:
        """Build everything from nothing."""
        self.clean()
        return self.build(*options, cores=cores)

    def nothing(self) -> Sample:
        """Build again with nothing changed: no kernel starts, no page is written."""
        sample = self.build()
        if NOTHING not in sample.said:
            raise BenchError(f"something was built although nothing had changed:\n{sample.said}")
        return sample

    def edited(self, turn: int) -> Sample:
        """Edit a notebook, then build its chapter in one edition and one language."""
        page = self.subject.edited_page
        edit(page.notebook, turn)
        return self.build("--edition", page.edition, "--language", "en", "--only", page.name)

    def released(self) -> Sample:
        """Build before a release, append it, and measure the build after it: a state never built before."""
        kept = releases.withhold(self.subject)
        self.clean()
        try:
            self.build()
        finally:
            releases.give_back(self.subject, kept)
        return self.build()

    @staticmethod
    def ran(sample: Sample) -> int:
        """Return how many pages a build ran, by what it said."""
        found = RAN.findall(sample.said)
        return int(found[-1]) if found else 0

    def at_the_desk(self, turns: Sequence[int]) -> list[Sample]:
        """Edit a notebook while `sharedborder serve` runs: from the save to the page on the disk."""
        page = self.subject.edited_page
        options = ["--edition", page.edition, "--language", "en", "--port", "0"]
        with self._desk(options) as (process, lines):
            watch = Watch(process.pid)
            _next_build(lines)
            seconds = []
            for turn in turns:
                start = time.perf_counter()
                edit(page.notebook, turn)
                _next_build(lines)
                seconds.append(time.perf_counter() - start)
            peak = watch.end()
        return [Sample(each, peak) for each in seconds]

    @contextmanager
    def _desk(self, options: Sequence[str]) -> Iterator[tuple["subprocess.Popen[str]", Iterator[str]]]:
        environment = {**os.environ, **self._environment, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            [*COMMAND, "serve", *options],
            cwd=self.subject.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout
            try:
                yield process, iter(process.stdout)
            finally:
                process.send_signal(signal.SIGINT)


def _next_build(lines: Iterator[str]) -> None:
    """Read on to the line that ends a build."""
    said = []
    for line in lines:
        said.append(line)
        if found := BUILT.search(line.rstrip()):
            if found["how"].startswith("not built"):
                raise BenchError("".join(said))
            return
    raise BenchError("the desk closed: " + "".join(said))
