"""The author's desk: the site is served while each save makes it anew, and the open page follows.

The press works in the main thread, so that the processes it starts are its own and Ctrl-C reaches it; the
server and the watchers are threads beside it.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from rich.console import Console

import sharedborder
from sharedborder.press.desk.board import Board, Status
from sharedborder.press.desk.served import application
from sharedborder.press.desk.watch import Saves, next_saves, unfinished, unusable, watching
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.installed import installed

PORT = 8000
HOST = "127.0.0.1"
MOST_NAMES = 3
CODE = Path(sharedborder.__file__).parent


@dataclass(frozen=True)
class Desk:
    """What is served and how it is made: `make` builds the site or raises; `code` is the press's own.

    `command` starts this process again when its code changed: the words after the interpreter.
    """

    folders: Folders
    make: Callable[[], None]
    console: Console
    port: int = PORT
    code: Path = CODE
    command: Sequence[str] = ()


def serve(desk: Desk) -> None:
    """Serve the site, build it now and after each save, until Ctrl-C; raises PressError for a taken port."""
    _end_on_signals()
    board = Board()
    with contextlib.suppress(KeyboardInterrupt):
        with _listening(desk.port) as listener, watching(desk.folders, desk.code) as saves:
            port = listener.getsockname()[1]
            with _serving(desk.folders.site, board, listener):
                _say(
                    desk.console, f"The site is at http://{HOST}:{port}/ and follows each save; Ctrl-C ends."
                )
                _work(desk, board, saves)
        _start_again(desk, port)
    _say(desk.console, "The desk is closed.")


def _end_on_signals() -> None:
    """Let Ctrl-C and a polite kill end the desk alike; what the press forks is killed as ever."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))


def _work(desk: Desk, board: Board, saves: Saves) -> None:
    """Build now and after each save; return when what the press runs changed and can be started again.

    That is its own code, the lock, and the packages installed: it has loaded the former ones, and so has the
    process that makes books.
    """
    changed: set[Path] = set()
    packages = installed()
    while True:
        own = any(path.is_relative_to(desk.code) or path == desk.folders.lock for path in changed)
        if own or installed() != packages:
            problem = unusable(desk.code)
            if problem is None:
                board.post(Status(building=True))
                _say(desk.console, f"{_names(changed, desk.folders)}: the press starts again.")
                return
            board.post(Status(problem=problem))
            _say(desk.console, problem)
        else:
            _build(desk, board, changed)
        changed = next_saves(saves)


def _build(desk: Desk, board: Board, changed: set[Path]) -> None:
    """Build once, and say in the page and the terminal how it went."""
    start, before = time.perf_counter(), _checksums(desk.folders.site)
    board.post(Status(building=True))
    problem = unfinished(desk.folders) or _problem(desk.make)
    board.post(Status(problem=problem))
    after = _checksums(desk.folders.site)
    result = "not built" if problem else _pages(before, after)
    if problem:
        _say(desk.console, problem)
    _say(desk.console, f"{_names(changed, desk.folders)}: {result}, {time.perf_counter() - start:.1f} s")


def _problem(make: Callable[[], None]) -> str | None:
    """Make the site; return why it could not be, in words."""
    try:
        make()
    except PressError as error:
        return str(error)
    except Exception as error:  # whatever a half-saved file causes: the desk stays open
        return f"{type(error).__name__}: {error}"
    return None


def _checksums(site: Path) -> dict[str, str]:
    try:
        files: dict[str, str] = json.loads((site / "build.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return {}
    return files


def _pages(before: dict[str, str], after: dict[str, str]) -> str:
    """Say how many pages are not as they were."""
    names = {name for name, _ in before.items() ^ after.items()}
    pages = sum(name.endswith(".html") for name in names)
    if not pages:
        return "no page changed"
    return "1 page changed" if pages == 1 else f"{pages:,} pages changed"


def _names(changed: set[Path], folders: Folders) -> str:
    """Name what was saved, as an author knows it."""
    if not changed:
        return "At the start"
    names = sorted(
        path.relative_to(folders.root).as_posix() if path.is_relative_to(folders.root) else path.name
        for path in changed
    )
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            raise PressError(
                f"Port {port} is taken: end what uses it, or give another with --port."
            ) from None
        listener.listen()  # whoever asks before the server has started waits for it
        yield listener


@contextlib.contextmanager
def _serving(site: Path, board: Board, listener: socket.socket) -> Iterator[None]:
    """Serve in a thread; at the end open pages are let go at once, they come back by themselves."""
    settings = uvicorn.Config(
        application(site, board), log_level="critical", lifespan="off", timeout_graceful_shutdown=0
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=5)


def _start_again(desk: Desk, port: int) -> None:
    """Put a new process in the place of this one, at the same port: code in use cannot be loaded again."""
    atexit._run_exitfuncs()  # what this process has started ends with it; nothing else would call them
    kept = ["--port", str(port)]
    command = list(desk.command)
    os.execv(sys.executable, [sys.executable, *command, *([] if command[-2:] == kept else kept)])


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
