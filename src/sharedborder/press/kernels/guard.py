"""Holds a chapter to what the press can see: in its kernel, an undeclared read is an error.

A result is kept for as long as its code and its logged readings stand. A file, a program or a network that a
chapter asks on the side would change unseen, so `install` refuses, with one sentence:

- reading a file, or listing a folder, but for the interpreter's and the packages' own, the system's
  (/etc, /usr, /proc, ...) and what the chapter itself wrote into the temporary folder; the project's data
  may be opened by `sharedborder.records`, which logs what was asked;
- writing a file outside the temporary folder: a chapter leaves nothing but its facts and figures;
- starting a program, and speaking to another machine.

It is a guard against mistakes, made of Python's audit events: whether a file exists, what the clock says, or
what a library reads without Python's knowledge, is not seen. Notebooks run elsewhere (JupyterLab, plain
papermill) are not guarded.
"""

import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

RECORDS = "sharedborder.records"
IMPORTS = ("_frozen_importlib", "importlib", "pkgutil", "zipimport")
SYSTEM = ("/etc", "/usr", "/lib", "/lib64", "/opt", "/proc", "/dev", "/sys")
OF_JUPYTER = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
LOOPBACK = ("", "localhost", "::1")
UNSEEN = "a change in it would go unseen: use ledger.read, chronology.events or another reading of records."


class UndeclaredReadError(RuntimeError):
    """A chapter asked something that the press does not see; the message is for its author."""


class Guard:
    """What a kernel may open: `project` is its working folder, `data` the ledger's."""

    def __init__(self, project: Path, data: Path) -> None:
        self.project, self.data = str(project.resolve()), str(data.resolve())
        self.temporary = os.path.realpath(tempfile.gettempdir())
        self.free = frozenset(map(os.path.realpath, _free_places()))
        self.written: set[str] = set()
        self.judges: dict[str, Callable[..., None]] = {
            "open": self.opened,
            "sqlite3.connect": self.opened,
            "os.listdir": self.listed,
            "os.scandir": self.listed,
            **dict.fromkeys(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"), started),
            **dict.fromkeys(("os.spawn", "os.forkpty", "pty.spawn"), started),
            **dict.fromkeys(("socket.connect", "socket.sendto", "socket.sendmsg"), connected),
            **dict.fromkeys(("socket.getaddrinfo", "socket.gethostbyname"), looked_up),
        }

    def opened(self, file: Any, mode: Any = None, flags: int = 0) -> None:
        """Judge the opening of a file, given by path or, already open, by number."""
        if isinstance(file, int) or file == ":memory:":
            return
        place = os.path.realpath(os.fsdecode(file))
        kept = self._place_of(place)
        if kept in self.free:
            return
        if flags & WRITING:
            self._written(place, kept)
        elif not self._readable(place, kept):
            raise UndeclaredReadError(f"{self._told(place)} is read past the ledger, so {UNSEEN}")

    def listed(self, folder: Any = None) -> None:
        """Judge the listing of a folder; Python itself lists those it imports from."""
        if isinstance(folder, int):
            return
        place = os.path.realpath(os.fsdecode(folder or "."))
        kept = self._place_of(place)
        if kept not in self.free and kept != self.temporary and not _through(RECORDS, *IMPORTS):
            raise UndeclaredReadError(
                f"the folder {self._told(place)} is listed past the ledger, so {UNSEEN}"
            )

    def _place_of(self, path: str) -> str:
        """Return the place that decides about a path: the innermost one that holds it, "" for none."""
        places = [*self.free, self.project, self.data, self.temporary]
        return max((place for place in places if _within(path, place)), key=len, default="")

    def _written(self, place: str, kept: str) -> None:
        if kept != self.temporary:
            raise UndeclaredReadError(
                f"{self._told(place)} is written, but a chapter leaves nothing but its facts and figures."
            )
        self.written.add(place)

    def _readable(self, place: str, kept: str) -> bool:
        if not Path(place).exists():
            return True  # there is nothing to read, and whoever asks learns that from the system
        return place in self.written or (kept == self.data and _through(RECORDS))

    def _told(self, path: str) -> str:
        return os.path.relpath(path, self.project) if _within(path, self.project) else path


def install() -> None:
    """Guard this process from now on: call it once, in the kernel, before the notebook's first cell."""
    project = Path.cwd()
    named = os.environ.get("SHAREDBORDER_DATA")
    judges = Guard(project, Path(named) if named else project / "data").judges

    # Python tells of each `id()`, of which pandas asks tens of thousands: a method takes three times as long
    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in judges:
            judges[event](*arguments)

    sys.addaudithook(hear)


def started(program: Any = "another program", *_: Any) -> None:
    """Refuse a program."""
    name = os.fsdecode(program) if isinstance(program, str | bytes | os.PathLike) else "another program"
    raise UndeclaredReadError(f"{name} is started, but what a program says would change unseen.")


def connected(_: Any, address: Any = None, *__: Any) -> None:
    """Judge a connection: this machine, and sockets in the file system, are no network."""
    if isinstance(address, tuple) and address:
        looked_up(address[0])


def looked_up(host: Any, *_: Any) -> None:
    """Judge a name that is looked up in the network."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
    if name not in LOOPBACK and not name.startswith("127."):
        raise UndeclaredReadError(f"{name} is asked over the network, but its answer would change unseen.")


def _free_places() -> Iterable[str]:
    """Yield the interpreter's, the packages', the system's and Jupyter's own folders, and our code."""
    yield from {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    yield from (place for place in sys.path if Path(place).name in ("site-packages", "dist-packages"))
    yield from SYSTEM
    yield from (os.environ[name] for name in OF_JUPYTER if os.environ.get(name))
    yield str(Path(__file__).resolve().parents[2])


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def _through(*modules: str) -> bool:
    """Whether a module of these names (or below them) is among those that are just calling."""
    frame = sys._getframe(1)
    while frame:
        name = frame.f_globals.get("__name__") or ""
        if name.startswith(modules):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
