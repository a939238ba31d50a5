"""Executes each notebook x parameters x edition once, with Papermill, and keeps results by fingerprint."""

import json
import logging
import multiprocessing
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console

from sharedborder.press import fingerprint, notebook
from sharedborder.press.errors import ChaptersError
from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.plan import Page
from sharedborder.press.progress import in_parallel, reporting

KERNEL = "python3"
CELL_SECONDS = 600
START_SECONDS = 180
TRACE_LINES = 6
CALL = re.compile(r"\s*(-+> \d+ |File |Cell In)")
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",  # several notebooks run at once: threads in each would crowd the cores
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "error:::__main__",  # a warning caused by a chapter is for its author
}


@dataclass(frozen=True)
class Job:
    """One execution: a page, the folder the kernel works in, the result's place and fingerprint."""

    page: Page
    folder: Path
    target: Path
    fingerprint: str

    @property
    def name(self) -> str:
        return f"{self.page.name} ({self.page.edition})"


@dataclass(frozen=True)
class Failure:
    """Why a chapter stopped: the cell (number in the author's notebook), its first line, the cause."""

    page: Page
    cell: int | None
    line: str
    cause: str
    trace: tuple[str, ...]

    @property
    def kind(self) -> tuple[str, int, str]:
        """What failures with one reason have in common: the notebook, the cell, the exception."""
        return self.page.chapter, self.cell or 0, self.cause.partition(":")[0]


class ChapterError(Exception):
    """Carries a Failure from a worker to the press."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def jobs_for(pages: Iterable[Page], folders: Folders) -> list[Job]:
    """Return one job for each page that is made, stale or not."""
    shared = fingerprint.shared_digest(folders)
    return [
        Job(
            page,
            folders.root,
            folders.executed(page.edition, page.name),
            fingerprint.page_fingerprint(page, shared),
        )
        for page in pages
        if page.made
    ]


def state(job: Job) -> str:
    """Return "ready", or in words why a job has to run."""
    record = job.target.with_suffix(".json")
    if not job.target.exists() or not record.exists():
        return "never executed"
    kept = json.loads(record.read_text("utf-8"))
    if kept["fingerprint"] != job.fingerprint:
        return "notebook, parameters, code or data changed"
    return "ready" if kept["sha256"] == fingerprint.file_digest(job.target) else "its kept result is damaged"


def run(jobs: Sequence[Job], environment: Mapping[str, str], workers: int, console: Console) -> None:
    """Execute jobs, several at once; a failing one does not stop the others.

    Raises ChaptersError at the end with one screen about every failure.
    """
    if not jobs:
        return
    failures: list[Failure] = []
    width = min(workers, len(jobs))
    with tempfile.TemporaryDirectory(prefix="sharedborder-") as place:
        settings = {**ENVIRONMENT, **environment, **_kernel(Path(place))}
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(width, mp_context=spawn, initializer=_settle, initargs=(settings,))
        with pool, reporting(console, "Chapters", len(jobs)) as report:
            for job, future in in_parallel(pool, execute, jobs, lambda job: job.name, width, report):
                if error := future.exception():
                    failures.append(_failure(job, error))
    if failures:
        raise ChaptersError(_screen(failures, len(jobs)))


def execute(job: Job) -> None:
    """Execute one job and put its normalised result in place; raises ChapterError."""
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        book = papermill.execute_notebook(
            job.page.notebook,
            None,
            parameters=job.page.arguments,
            kernel_name=KERNEL,
            progress_bar=False,
            request_save_on_cell_execute=False,
            start_timeout=START_SECONDS,
            execution_timeout=CELL_SECONDS,
            cwd=job.folder,
        )
    except Exception as error:
        raise ChapterError(_explain(job.page, error)) from None
    write_whole(job.target, notebook.text(notebook.normalise(book)))
    record = {"fingerprint": job.fingerprint, "sha256": fingerprint.file_digest(job.target)}
    write_whole(job.target.with_suffix(".json"), json.dumps(record))


def _settle(environment: Mapping[str, str]) -> None:
    os.environ.update(environment)


def _kernel(place: Path) -> dict[str, str]:
    """Describe this interpreter's kernel in a folder that Jupyter searches first: no other one can answer."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    command += ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=CRITICAL"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    write_whole(place / "jupyter" / "kernels" / KERNEL / "kernel.json", json.dumps(spec))
    return {"JUPYTER_PATH": str(place / "jupyter"), "IPYTHONDIR": str(place / "ipython")}


def _explain(page: Page, error: Exception) -> Failure:
    from papermill.exceptions import PapermillExecutionError

    if not isinstance(error, PapermillExecutionError):
        return Failure(page, None, "", f"{type(error).__name__}: {error}", ())
    number = notebook.author_number(notebook.read(page.notebook), error.cell_index)
    line = notebook.first_line(error.source)
    return Failure(page, number, line, f"{error.ename}: {error.evalue}", _last_lines(error.traceback))


def _last_lines(traceback: Sequence[Any]) -> tuple[str, ...]:
    """Return the lines that failed, with their files: the chapter's own and those of the innermost calls."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(map(str, traceback)))
    lines = [line.strip() for line in plain.splitlines() if CALL.match(line)]
    return tuple(lines if len(lines) <= TRACE_LINES else [*lines[:2], "...", *lines[2 - TRACE_LINES :]])


def _failure(job: Job, error: BaseException) -> Failure:
    if isinstance(error, ChapterError):
        return error.failure
    return Failure(job.page, None, "", f"the worker stopped: {type(error).__name__}: {error}", ())


def _screen(failures: Sequence[Failure], total: int) -> str:
    """Say on one screen what failed: pages that failed for one reason are told together."""
    told = [f"{len(failures)} of {total} chapters failed; the standing site was left as it is."]
    ordered = sorted(failures, key=lambda failure: (failure.kind, failure.page.name, failure.page.edition))
    for _, group in groupby(ordered, key=lambda failure: failure.kind):
        told.append(_reason(list(group)))
    return "\n\n".join(told)


def _reason(failures: Sequence[Failure]) -> str:
    first = failures[0]
    lines = [f"{first.page.chapter} (notebooks/{first.page.notebook.name})"]
    lines += [f"  cell {first.cell}: {first.line}"] if first.cell else []
    lines += [f"  {first.cause}", *(f"    {line}" for line in first.trace)]
    for page, group in groupby(failures, key=lambda failure: failure.page.name):
        same = list(group)
        values = ", ".join(f"{name}={value!r}" for name, value in same[0].page.parameters.items())
        editions = ", ".join(failure.page.edition for failure in same)
        lines.append(f"  page {page}{f' with {values}' if values else ''}, edition {editions}")
    return "\n".join(lines)
