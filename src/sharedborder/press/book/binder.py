"""The binder: a process that has Jupyter Book loaded once and forks a child for each book."""

import gc
import os
import pickle
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock

from nbformat.validator import get_validator
from rich.console import Console

from sharedborder.press.book.books import Book, bind, told
from sharedborder.press.errors import BookError
from sharedborder.press.progress import as_they_end, reporting

DONE = b"\0done"
LOADED = (
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "sphinx_external_toc",
    "sphinx.search.en",
    "sphinx.search.es",
    "sphinx_multitoc_numbering",
    "sphinx_external_toc.collectors",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "alabaster",
    "docutils.languages.en",
    "docutils.languages.es",
    "docutils.parsers.rst.directives.admonitions",
    "docutils.parsers.rst.directives.tables",
    "docutils.parsers.rst.languages.en",
    "docutils.parsers.rst.languages.es",
    "docutils.writers.html5_polyglot",
    "sharedborder.press.sphinx.extension",
)
NOTEBOOKS = (4, 5)
"""The form of notebooks that a book is made of."""
ENVIRONMENT = {"PYTHONHASHSEED": "0", "NO_COLOR": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Binder:
    """Makes books, each in a process of its own; told to `get_ready`, it loads Jupyter Book meanwhile.

    It lasts until `close`, or the end of this process. After the press's code or the lock changed it would
    bind with the old ones, so whoever keeps it for long closes it then and takes a new one.
    """

    def __init__(self) -> None:
        self._asking = Lock()
        self._ours: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def get_ready(self) -> None:
        """Start the process, if it has not started; returns at once."""
        with self._asking:
            if CAN_FORK and not self._ours:
                self._ours, theirs = socket.socketpair()
                with theirs:
                    self._process = _start("serve", str(theirs.fileno()), pass_fds=[theirs.fileno()])

    def close(self) -> None:
        """End the process; a book being made is made to its end."""
        if self._ours and self._process:
            self._ours.close()
            self._process.wait()

    def make(self, book: Book, held: int | None = None) -> None:
        """Make a book; `held` is a lock's descriptor, which the book's process keeps open until it ends.

        Raises BookError with the warnings and errors if the book did not come out clean.
        """
        self.get_ready()
        output = self._ask(book, held) if self._ours else _output_alone(book)
        if not output.endswith(DONE):
            raise told(output.decode("utf-8", "replace"), book.stage)

    def _ask(self, book: Book, held: int | None) -> bytes:
        """Return what the book's process wrote; its end closes the pipe, however it ended."""
        assert self._ours
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as pipe:
            message = pickle.dumps(book)
            descriptors = [writing] if held is None else [writing, held]
            try:
                with self._asking:
                    socket.send_fds(self._ours, [len(message).to_bytes(8, "big")], descriptors)
                    self._ours.sendall(message)
            except (BrokenPipeError, ConnectionResetError):
                return b"The process that makes books has ended; its own words are above."
            finally:
                os.close(writing)
            return pipe.read() or b"The process that made the book ended without a word."


def make_books(
    books: Iterable[Book],
    binder: Binder,
    jobs: int,
    console: Console,
    held: int | None,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Book]:
    """Make the books that changed, `jobs` at once while further ones are staged, and return those.

    `meanwhile` is done while books are made.

    Raises BookError with the warnings and errors of every book that did not come out clean.
    """
    faults = []
    with ThreadPoolExecutor(jobs) as pool:
        begun = {pool.submit(binder.make, book, held): book for book in books if not book.ready}
        meanwhile()
        if begun and not CAN_FORK:
            console.print(
                "This system cannot fork: each book loads Jupyter Book by itself, which takes longer."
            )
        with reporting(console, "Books", len(begun)) as report:
            for future in as_they_end({one: book.name for one, book in begun.items()}, report):
                if error := future.exception():
                    faults.append(f"{begun[future].name}: {error}")
    if faults:
        raise BookError(
            "Jupyter Book did not accept the book; the standing site was left as it is.\n" + "\n".join(faults)
        )
    return list(begun.values())


def _start(*arguments: str, pass_fds: Sequence[int] = ()) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "sharedborder.press.book.binder", *arguments]
    environment = {**os.environ, **ENVIRONMENT}
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    if pass_fds:
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    return subprocess.Popen(command, env=environment, pass_fds=pass_fds, **streams)  # type: ignore[call-overload, no-any-return]


def _output_alone(book: Book) -> bytes:
    return _start("one").communicate(pickle.dumps(book))[0]


def serve(descriptor: int) -> None:
    """Fork a child for each book asked for, until the other end is closed. This process has one thread."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for: their pipes tell
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what is loaded is no garbage; to look for some takes a sixth of the time
    for name in (*LOADED, *import_module("sphinx.application").builtin_extensions):
        import_module(name)
    get_validator(*NOTEBOOKS)  # type: ignore[no-untyped-call] # compiled where it is first asked for
    gc.freeze()  # what is loaded stays shared with the children, and out of the way of their collections
    gc.enable()
    with socket.socket(fileno=descriptor) as asked:
        while True:
            head, descriptors, _, _ = socket.recv_fds(asked, 8, 2)
            if not head:
                return
            book = pickle.loads(_exactly(asked, int.from_bytes(head, "big")))
            _one_thread()
            if os.fork() == 0:
                asked.close()
                _child(book, descriptors[0])
            for number in descriptors:
                os.close(number)


def _exactly(asked: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length and (part := asked.recv(length - len(content))):
        content += part
    return content


def _one_thread() -> None:
    """Raise RuntimeError if a library has started a thread: a fork would not be safe."""
    tasks = Path("/proc/self/task")
    if tasks.exists() and len(list(tasks.iterdir())) > 1:
        raise RuntimeError("The binder has more than one thread; it must not fork.")


def _child(book: Book, output: int) -> None:
    """Make a book in a forked child and end it without the parent's cleaning up."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(output, 1)
    os.dup2(output, 2)
    try:
        one(book)
    finally:
        os._exit(0)


def one(book: Book) -> None:
    """Make a book, write what Jupyter Book says to standard output, and at the very end that it is done."""
    try:
        bind(book)
    except SystemExit:
        return
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return
    finally:
        sys.stdout.flush()
    with suppress(BrokenPipeError):
        os.write(1, DONE)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
        os._exit(0)  # whoever waits for the end need not wait for Python to tidy up
    else:
        one(pickle.loads(sys.stdin.buffer.read()))
