"""One execution of a notebook by Papermill, in a thread of any process, which it leaves as it was."""

import asyncio
import logging
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from nbformat import NotebookNode

from sharedborder.press import notebook
from sharedborder.press.kernels import kernel
from sharedborder.press.kernels.failures import ChapterError, explain
from sharedborder.press.plan import Page

CELL_SECONDS = 600
START_SECONDS = 180
READ_LOG = "SHAREDBORDER_READ_LOG"
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Work:
    """What is executed, as plain data that can travel: a page and its notebook as JSON text."""

    page: Page
    source: str

    @classmethod
    def of(cls, page: Page) -> "Work":
        """Read a page's notebook."""
        return cls(page, page.notebook.read_text("utf-8"))

    @property
    def name(self) -> str:
        return f"{self.page.name} ({self.page.edition})"


@dataclass(frozen=True)
class Executed:
    """What an execution leaves: the normalised notebook, and the log of its readings, one JSON line each."""

    notebook: str
    reads: str


class StoppedError(Exception):
    """The run was stopped by a person."""


@dataclass
class Kernels:
    """The kernels of a run: their folder, environment, memory and engine; all of them can be ended at once.

    `warm` is the warm parent's address (None: started afresh); `place` is a short path for their sockets;
    `at_work` is called whenever one of them begins with a cell.
    """

    folder: Path
    place: Path
    environment: Mapping[str, str]
    megabytes: int
    warm: str | None
    cell_seconds: int = CELL_SECONDS
    at_work: Callable[[], object] = lambda: None
    stopped: bool = False
    under_way: set[str] = field(default_factory=set)
    managers: "weakref.WeakSet[Any]" = field(default_factory=weakref.WeakSet)
    entering: Lock = field(default_factory=Lock)

    def manager(self, own: Path) -> Any:
        """Return a class of kernel managers for one execution, whose files are in a folder of its own."""
        from sharedborder.press.kernels.engine import manager, specification

        variables = {
            **self.environment,
            "IPYTHONDIR": str(self.place / "ipython"),
            kernel.MEMORY: str(self.megabytes),
            READ_LOG: str(own / "reads"),
        }
        return manager(specification(variables, self.warm), own, self.enter)

    @contextmanager
    def one(self, name: str) -> Iterator[Path]:
        """Count one execution as under way; yield a folder for its files."""
        self.under_way.add(name)
        try:
            with tempfile.TemporaryDirectory(dir=self.place, prefix="") as own:
                yield Path(own)
        finally:
            self.under_way.discard(name)

    def enter(self, manager: Any) -> None:
        """Take note of a kernel that is about to start."""
        with self.entering:
            if self.stopped:
                raise StoppedError
            self.managers.add(manager)

    def end(self) -> None:
        """End all kernels until no execution is under way; none starts any more."""
        with self.entering:
            self.stopped = True
        while self.under_way:
            time.sleep(LOOK_SECONDS)
            for manager in list(self.managers):
                if process := getattr(manager.provisioner, "process", None):
                    with suppress(OSError):
                        process.kill()


@dataclass
class _Position:
    """The cell that runs, by its index in the executed notebook."""

    at_work: Callable[[], object]
    index: int | None = None

    def enter(self, cell: Any, cell_index: int) -> None:
        self.index = cell_index
        self.at_work()


def execute(work: Work, kernels: Kernels) -> Executed:
    """Execute a notebook once; raises ChapterError, which says why it stopped, in plain data."""
    source, position = notebook.parse(work.source), _Position(kernels.at_work)
    with kernels.one(work.name) as own, _own_loop():
        try:
            book = _papermill(source, work.page.arguments, kernels, own, position)
        except Exception as error:
            failure = explain(work.page, source, error, position.index, kernels.megabytes)
            raise ChapterError(failure) from None
        log = own / "reads"
        reads = log.read_text("utf-8") if log.exists() else ""
    return Executed(notebook.text(notebook.normalise(book)), reads)


@contextmanager
def _own_loop() -> Iterator[None]:
    """Close the event loop that Jupyter's client makes for a thread and would leave open."""
    from jupyter_core.utils import ensure_event_loop

    try:
        yield
    finally:
        ensure_event_loop().close()
        asyncio.set_event_loop(None)


def _papermill(
    source: NotebookNode, arguments: Mapping[str, Any], kernels: Kernels, own: Path, position: _Position
) -> NotebookNode:
    import papermill
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors

    logging.getLogger("papermill").setLevel(logging.ERROR)
    # in two steps: in one, Papermill would write the result out at the end, although to no file
    prepared = papermill.execute_notebook(
        source, None, parameters=arguments, kernel_name=notebook.KERNEL, prepare_only=True
    )
    book: NotebookNode = papermill_engines.execute_notebook_with_engine(
        "warm" if kernels.warm else None,
        prepared,
        kernel_name=notebook.KERNEL,
        progress_bar=False,
        start_timeout=START_SECONDS,
        execution_timeout=kernels.cell_seconds,
        # the folder is told to the kernel alone: Papermill's own `cwd` would move this whole process
        resources={"metadata": {"path": str(kernels.folder)}},
        kernel_manager_class=kernels.manager(own),
        shutdown_kernel="immediate",  # all outputs are here; a polite end takes up to seconds
        on_cell_start=position.enter,
    )
    raise_for_execution_errors(book, None)
    return book
