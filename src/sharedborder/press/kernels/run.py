"""Executes each notebook x parameters x edition once, several at once; hands back what it gave and read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from rich.console import Console

from sharedborder.press import notebook
from sharedborder.press.errors import ChaptersError
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import machine, parent
from sharedborder.press.kernels.execution import Executed, Kernels, Work, execute
from sharedborder.press.kernels.failures import failure_of, screen
from sharedborder.press.passing import passing_folder
from sharedborder.press.progress import in_parallel, reporting
from sharedborder.press.recipes.jobs import Job
from sharedborder.press.recipes.recipe import written

EVERY_KERNEL = ("ipykernel.debugger",)
"""What each kernel imports as it starts."""
TABLES = "sharedborder.records.ahead:load"


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
def here(folders: Folders, workers: int) -> Iterator[Crew]:
    """Execute in threads of this process, each with its own kernel; they end when the press is stopped."""
    address = warm_up(folders)
    width, megabytes = machine.shares(workers)
    with (
        passing_folder() as place,
        ThreadPoolExecutor(width, thread_name_prefix="chapter") as pool,
    ):
        kernels = Kernels(folders.root, place, environment(folders), megabytes, address)
        try:
            yield Crew(pool, partial(execute, kernels=kernels), width)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.end()
            raise


def environment(folders: Folders) -> Mapping[str, str]:
    """Return what a kernel's environment says about the project."""
    return {"SHAREDBORDER_DATA": str(folders.data)}


def warm_up(folders: Folders) -> str | None:
    """Start the warm parent for the book's notebooks, if none stands; return its address at once, if any."""
    books = [written(path) for path in sorted(folders.notebooks.glob("*.ipynb"))]
    imported = notebook.imported(source for book in books for source in book.code)
    return parent.address(imported, environment(folders))


def look_ahead(folders: Folders, editions: Sequence[str]) -> None:
    """Have the warm parent load what every kernel of some editions needs: worth it for more than a few."""
    if address := warm_up(folders):
        parent.ask_ahead(address, EVERY_KERNEL, [(TABLES, [edition]) for edition in editions])
