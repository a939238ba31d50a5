"""Executes each notebook x parameters x edition once, with Papermill, and keeps results by fingerprint."""

import json
import logging
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

from sharedborder.press import fingerprint, notebook
from sharedborder.press.errors import ChaptersError
from sharedborder.press.failures import ChapterError, Failure, explain, failure_of, screen
from sharedborder.press.files import write_whole
from sharedborder.press.jobs import Job
from sharedborder.press.progress import in_parallel, reporting

KERNEL = "python3"
CELL_SECONDS = 600
START_SECONDS = 180
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",  # several notebooks run at once: threads in each would crowd the cores
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "error:::__main__",  # a warning caused by a chapter is for its author
}


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
                    failures.append(failure_of(job, error))
    if failures:
        raise ChaptersError(screen(failures, len(jobs)))


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
        raise ChapterError(explain(job.page, error)) from None
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
