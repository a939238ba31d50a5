"""Why chapters stopped, told on one screen: in the author's words, with the author's cell numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nbformat import NotebookNode

from sharedborder.press import notebook
from sharedborder.press.plan import Page
from sharedborder.press.recipes.jobs import Job

TRACE_LINES = 6
CALL = re.compile(r"\s*(-+> \d+ |File |Cell In)")


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


def explain(page: Page, source: NotebookNode, error: Exception, index: int | None, megabytes: int) -> Failure:
    """Return why Papermill could not execute a page.

    `source` is the author's notebook, `index` the cell that ran, counted in the executed one, `megabytes` the
    memory a kernel may have.
    """
    from papermill.exceptions import PapermillExecutionError

    if not isinstance(error, PapermillExecutionError):
        number = None if index is None else notebook.author_number(source, index)
        return Failure(page, number, _line(source, number), _cause(error), ())
    number = notebook.author_number(source, error.cell_index)
    cause = f"{error.ename}: {error.evalue}"
    if error.ename.endswith("MemoryError"):
        cause = f"MemoryError: it needs more than the {megabytes:,} MB of memory a chapter may have"
    return Failure(page, number, notebook.first_line(error.source), cause, _last_lines(error.traceback))


def _cause(error: Exception) -> str:
    """Say in plain words what befell the kernel."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    if isinstance(error, CellTimeoutError):
        return "Too long: the cell ran longer than a cell may"
    if isinstance(error, DeadKernelError):
        return "The kernel died: a crash, a kill from outside, or more memory than a chapter may have"
    return f"{type(error).__name__}: {error}"


def _line(source: NotebookNode, number: int | None) -> str:
    """Return the first line of a cell, by its number from 1."""
    return "" if number is None else notebook.first_line(source.cells[number - 1]["source"])


def _last_lines(traceback: Sequence[Any]) -> tuple[str, ...]:
    """Return the lines that failed, with their files: the chapter's own and those of the innermost calls."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(map(str, traceback)))
    lines = [line.strip() for line in plain.splitlines() if CALL.match(line)]
    return tuple(lines if len(lines) <= TRACE_LINES else [*lines[:2], "...", *lines[2 - TRACE_LINES :]])


def failure_of(job: Job, error: BaseException) -> Failure:
    """Return why a job ended with an error."""
    if isinstance(error, ChapterError):
        return error.failure
    return Failure(job.page, None, "", f"the worker stopped: {type(error).__name__}: {error}", ())


def screen(failures: Sequence[Failure], total: int) -> str:
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
