"""What the person at the terminal sees while the press works; plain lines where there is no terminal."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, as_completed, wait
from contextlib import contextmanager
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST_LINES = 40
LOOK_SECONDS = 1.0


class Report(Protocol):
    """Told when a piece of work starts and ends."""

    def started(self, name: str) -> None: ...

    def ended(self, name: str, well: bool) -> None: ...


class _Lines:
    """A line for a piece of work that ended (of many, for one in several): for CI and log files."""

    def __init__(self, console: Console, what: str, total: int) -> None:
        self.console, self.what, self.total, self.done = console, what, total, 0
        self.step = max(1, total // MOST_LINES)

    def started(self, name: str) -> None:
        pass

    def ended(self, name: str, well: bool) -> None:
        self.done += 1
        if well and self.done % self.step and self.done != self.total:
            return
        result = "" if well else ": failed"
        self.console.print(
            f"{self.what} {self.done}/{self.total}: {name}{result}", highlight=False, soft_wrap=True
        )


class _Bar:
    """A bar with what runs now, what waits, what failed, and the time left."""

    def __init__(self, progress: Progress, what: str, total: int) -> None:
        self.progress, self.running, self.failed, self.waiting = progress, list[str](), 0, total
        self.task = progress.add_task(what, total=total, running="")

    def started(self, name: str) -> None:
        self.running.append(name)
        self.waiting -= 1
        self._show(0)

    def ended(self, name: str, well: bool) -> None:
        self.running.remove(name)
        self.failed += not well
        self._show(1)

    def _show(self, advance: int) -> None:
        failed = f"[red]{self.failed} failed[/red], " if self.failed else ""
        waiting = f"{self.waiting} waiting, " if self.waiting else ""
        now = f"now {', '.join(self.running[:4])}" if self.running else ""
        self.progress.update(self.task, advance=advance, running=failed + waiting + now)


@contextmanager
def reporting(console: Console, what: str, total: int) -> Iterator[Report]:
    """Yield a report for `total` pieces of work called `what` ("Chapters")."""
    if not console.is_terminal:
        yield _Lines(console, what, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(24),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(
        *columns, TextColumn("{task.fields[running]}"), console=console, transient=True
    ) as progress:
        yield _Bar(progress, what, total)


def in_parallel(
    executor: Executor,
    work: Callable[[Item], Result],
    items: Sequence[Item],
    name: Callable[[Item], str],
    width: int,
    report: Report,
    look: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Item, Future[Result]]]:
    """Yield each item with its finished future as they end; only `width` are under way at once.

    `look` is called each second and may raise, when waiting has become vain.
    """
    waiting = deque(items)
    running: dict[Future[Result], Item] = {}

    def fill() -> None:
        while waiting and len(running) < width:
            item = waiting.popleft()
            report.started(name(item))
            running[executor.submit(work, item)] = item

    fill()
    while running:
        ended, _ = wait(running, LOOK_SECONDS, return_when=FIRST_COMPLETED)
        look()
        done = [(running.pop(future), future) for future in ended]
        fill()  # first: what is done with a result may take its time
        for item, future in done:
            report.ended(name(item), future.exception() is None)
            yield item, future


def as_they_end(begun: Mapping[Future[Result], str], report: Report) -> Iterator[Future[Result]]:
    """Yield futures, by what they make, as they end: work begun in this order before it is waited for."""
    waiting = deque(begun)
    _tell_started(waiting, begun, report)
    for future in as_completed(begun):
        _tell_started(waiting, begun, report)
        report.ended(begun[future], future.exception() is None)
        yield future


def _tell_started(
    waiting: deque[Future[Result]], begun: Mapping[Future[Result], str], report: Report
) -> None:
    while waiting and (waiting[0].running() or waiting[0].done()):
        report.started(begun[waiting.popleft()])
