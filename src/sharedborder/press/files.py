"""Writing files and folders whole: they are there, finished, or not at all."""

import ctypes
import filecmp
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

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


def fill(folder: Path, files: Mapping[str, str], former: Path) -> None:
    """Write files, by their names, into a folder; what `former` has with the same bytes is the same file."""
    for name, content in files.items():
        path, standing, written = folder / name, former / name, content.encode("utf-8")
        if standing.is_file() and standing.read_bytes() == written:
            link(standing, path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written)


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold a lock together with all who also only share it."""
    with _held(path, exclusive=False):
        yield


@contextmanager
def excluding(path: Path) -> Iterator[None]:
    """Hold a lock that nobody else holds or shares; wait until then."""
    with _held(path, exclusive=True):
        yield


@contextmanager
def _held(path: Path, exclusive: bool) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def empty_folder(path: Path) -> Path:
    """Return a folder with nothing in it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def put_in_place(new: Path, place: Path) -> None:
    """Make a finished folder the one at `place`; the former one is removed only then."""
    change_places(new, place)
    shutil.rmtree(new, ignore_errors=True)


def change_places(new: Path, place: Path) -> None:
    """Make a finished folder the one at `place`; the former one, if any, is then where the new one was."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        former = place.with_name(f"{place.name}.former")
        shutil.rmtree(former, ignore_errors=True)
        place.rename(former)
        new.rename(place)
        former.rename(new)


def next_to(place: Path) -> Path:
    """Return where the next folder for a place is made; of some, the one before still lies there."""
    return place.with_name(f"{place.name}.next")


def link(source: Path | str, target: Path | str) -> None:
    """Put a file at another place too, without copying it where the file system can."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True)
        link(source, target)
    except OSError:
        shutil.copy2(source, target)


def copy(source: str, target: str) -> None:
    """Put a copy of a file, with its time, at another place."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def settle(new: Path, place: Path, lent: Mapping[str, Path]) -> None:
    """Make `place` hold the files of `new`, which is gone afterwards, and those `lent`, by their names.

    Files with the same bytes stay as they are, with their times; others are renamed into place, and files
    that nobody has are deleted.
    """
    wanted = {**{name: new / name for name in names_in(new)}, **lent}
    there = _narrowed(place, wanted.keys())
    for name, source in sorted(wanted.items()):
        if not (name in there and _same(f"{source}", f"{place}/{name}")):
            if name in lent:
                link(source, new / name)
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).replace(place / name)
    shutil.rmtree(new)


def mirror(wanted: Mapping[str, str], place: Path, put: Callable[[str, str], None] = link) -> None:
    """Make `place` hold these files, each by its name from where it lies, and no others.

    What is one file already stays; `put` puts another one there.
    """
    _narrowed(place, wanted.keys())
    for name, source in wanted.items():
        replace(source, f"{place}/{name}", put)


def _narrowed(place: Path, wanted: Set[str]) -> set[str]:
    """Remove the files of a folder that are not wanted, and folders left empty; return the others' names."""
    there = set(names_in(place))
    for name in there - wanted:
        (place / name).unlink()
        for parent in Path(name).parents[:-1]:
            with suppress(OSError):  # it holds others
                (place / parent).rmdir()
    return there & wanted


def replace(source: str, target: str, put: Callable[[str, str], None] = link) -> None:
    """Put a file at another place too, where another one may stand."""
    if not one_file(source, target):
        Path(target).unlink(missing_ok=True)
        put(source, target)


def names_in(folder: Path) -> list[str]:
    """Return the names of all files below a folder, from there, in order."""
    start = len(f"{folder}/")
    return sorted(f"{place}/{name}"[start:] for place, _, files in os.walk(folder) for name in files)


def _same(one: str, other: str) -> bool:
    return one_file(one, other) or filecmp.cmp(one, other, shallow=False)


def one_file(one: str, other: str) -> bool:
    """Whether two paths (texts: there are thousands) lead to the same file; where there is none, no."""
    try:
        return os.path.samestat(os.stat(one), os.stat(other))  # noqa: PTH116
    except FileNotFoundError:
        return False


@contextmanager
def alone(folder: Path, console: "Console") -> Iterator[int | None]:
    """Hold a folder for one build at a time; another waits, and says so. Yields the lock's file descriptor.

    The lock is held as long as any process has the descriptor open: a child that outlives a killed build
    keeps the next one waiting, so that two never write in the same folder. Where there is no such lock
    (Windows), it yields None.
    """
    if fcntl is None:
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print(
                f"Another build is at work in {folder}; this one waits for its end.", soft_wrap=True
            )
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


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
