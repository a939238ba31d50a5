"""Writing files and folders whole: they are there, finished, or not at all."""

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

RENAME_EXCHANGE = 2
AT_FDCWD = -100


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and rename it into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


@contextmanager
def alone(path: Path, console: Console) -> Iterator[None]:
    """Hold a lock while a build uses its folders; another build waits, and says so. A killed one lets go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print(f"Another build is at work in {path.parent}: waiting for it.", soft_wrap=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold a lock together with all who also only share it."""
    with _held(path, fcntl.LOCK_SH):
        yield


@contextmanager
def excluding(path: Path) -> Iterator[None]:
    """Hold a lock that nobody else holds or shares; wait until then."""
    with _held(path, fcntl.LOCK_EX):
        yield


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, kind)
        yield


def empty_folder(path: Path) -> Path:
    """Return a folder with nothing in it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def put_in_place(new: Path, place: Path) -> None:
    """Make a finished folder the one at `place`; the former one is removed only then."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and _exchange(new, place):
        shutil.rmtree(new)
        return
    former = place.with_name(f"{place.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    new.rename(place)
    shutil.rmtree(former, ignore_errors=True)


def restore(place: Path) -> None:
    """Bring back the former folder if a build was killed between two renames."""
    former = place.with_name(f"{place.name}.former")
    if former.exists() and not place.exists():
        former.rename(place)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can; readers never meet a moment without a site."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)
