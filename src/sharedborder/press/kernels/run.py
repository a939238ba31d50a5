"""Executes each notebook x parameters x edition once, several at once; hands back what it gave and read."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from rich.console import Console

from sharedborder.press.errors import ChaptersError
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import machine
from sharedborder.press.kernels.ahead import environment
from sharedborder.press.kernels.execution import Executed, Kernels, Work, execute
from sharedborder.press.kernels.failures import failure_of, screen
from sharedborder.press.passing import passing_folder
from sharedborder.press.progress import in_parallel, reporting
from sharedborder.press.recipes.jobs import Job


@dataclass(frozen=True)
class Crew:
    """Who executes: `width` at once, by `work` handed to an executor; `look` raises when waiting is vain."""

    executor: Executor
    work: Callable[[Work], Executed]
    width: int
    look: Callable[[], None] = lambda: None


def run(
    jobs: Sequence[Job],
    crew: AbstractContextManager[Crew],
    console: Console,
    keep: Callable[[Job, Executed], object],
) -> None:
    """Execute jobs, several at once, and `keep` what each gave; a failing one does not stop the others.

    Raises ChaptersError at the end with one screen about every failure.
    """
    if not jobs:
        return
    failures, named = [], {job.name: job for job in jobs}
    works = [Work.of(job.page) for job in jobs]
    with crew as crew_, reporting(console, "Chapters", len(jobs)) as report:
        ended = in_parallel(
            crew_.executor, crew_.work, works, lambda work: work.name, crew_.width, report, crew_.look
        )
        for work, future in ended:
            if error := future.exception():
                failures.append(failure_of(named[work.name], error))
            else:
                keep(named[work.name], future.result())
    if failures:
        raise ChaptersError(screen(failures, len(jobs)))


@contextmanager
def here(
    folders: Folders, workers: int, warm: str | None, at_work: Callable[[], object] = lambda: None
) -> Iterator[Crew]:
    """Execute in threads of this process, each with its own kernel; they end when the press is stopped.

    `warm` is the warm parent's address, if there is one. `at_work` is called whenever a cell starts: its
    kernel has loaded what it needs.
    """
    width, megabytes = machine.shares(workers)
    with (
        passing_folder() as place,
        ThreadPoolExecutor(width, thread_name_prefix="chapter") as pool,
    ):
        kernels = Kernels(folders.root, place, environment(folders), megabytes, warm, at_work=at_work)
        try:
            yield Crew(pool, partial(execute, kernels=kernels), width)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.end()
            raise
