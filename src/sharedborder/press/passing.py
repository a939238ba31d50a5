"""Folders for the time being, in the system's own: gone with their process, even one that was killed.

A process holds a lock on a file in each of its folders for as long as it lives. Whoever makes the next folder
removes those of which nobody holds the lock.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: nothing is swept there
    fcntl = None  # type: ignore[assignment]

PREFIX = "sharedborder-"
OWNER = ".owner"
_held: dict[Path, IO[bytes]] = {}


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Yield an empty folder with a short path, which is removed afterwards."""
    folder = take_folder()
    try:
        yield folder
    finally:
        give_back(folder)


def take_folder() -> Path:
    """Return an empty folder with a short path, this process's until it gives it back or ends."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if fcntl is not None:
        _held[folder] = _claimed(folder)
    return folder


def give_back(folder: Path) -> None:
    """Remove a folder that `take_folder` returned."""
    shutil.rmtree(folder, ignore_errors=True)
    if lock := _held.pop(folder, None):
        lock.close()


def _claimed(folder: Path) -> IO[bytes]:
    """Take the lock before its file has the name that others look for: at no moment is it there and free."""
    unnamed = folder / f"{OWNER}.new"
    lock = unnamed.open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / OWNER)
    return lock


def _sweep(place: Path) -> None:
    """Remove the folders whose process was killed; others' are left to them."""
    for owner in place.glob(f"{PREFIX}*/{OWNER}") if fcntl is not None else ():
        with suppress(OSError), owner.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(owner.parent, ignore_errors=True)
