"""Executes each notebook x parameters x edition once, with Papermill; hands back what it gave and read."""

import json
import logging
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

from sharedborder.press import notebook
from sharedborder.press.errors import ChaptersError
from sharedborder.press.failures import ChapterError, Failure, explain, failure_of, screen
from sharedborder.press.files import write_whole
from sharedborder.press.jobs import Executed, Job
from sharedborder.press.progress import in_parallel, reporting

KERNEL = "python3"
READ_LOG = "SHAREDBORDER_READ_LOG"
CELL_SECONDS = 600
START_SECONDS = 180
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",  # several notebooks run at once: threads in each would crowd the cores
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "error:::__main__",  # a warning caused by a chapter is for its author
}


def run(
    jobs: Sequence[Job],
    environment: Mapping[str, str],
    workers: int,
    console: Console,
    keep: Callable[[Job, Executed], object],
) -> None:
    """Execute jobs, several at once, and `keep` what each gave; a failing one does not stop the others.

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
                    failures.append(failure_of(job, error))
                else:
                    keep(job, future.result())
    if failures:
        raise ChaptersError(screen(failures, len(jobs)))


def execute(job: Job) -> Executed:
    """Execute one job in a kernel with a log of its own for what it reads; raises ChapterError."""
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="sharedborder-reads-") as place:
        log = Path(place) / "reads.jsonl"
        os.environ[READ_LOG] = str(log)  # a worker executes one job at a time; its kernel inherits this
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
            raise ChapterError(explain(job.page, error)) from None
        reads = log.read_text("utf-8") if log.exists() else ""
    return Executed(notebook.text(notebook.normalise(book)), reads)


def _settle(environment: Mapping[str, str]) -> None:
    os.environ.update(environment)


def _kernel(place: Path) -> dict[str, str]:
    """Describe this interpreter's kernel in a folder that Jupyter searches first: no other one can answer."""
    command = [sys.executable, "-m", "sharedborder.press.kernel", "-f", "{connection_file}"]
    command += ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=CRITICAL"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    write_whole(place / "jupyter" / "kernels" / KERNEL / "kernel.json", json.dumps(spec))
    return {"JUPYTER_PATH": str(place / "jupyter"), "IPYTHONDIR": str(place / "ipython")}
