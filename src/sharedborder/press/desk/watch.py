"""What an author saves, as it is saved; and whether what was saved can be read yet."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue

from watchfiles import Change, watch

from sharedborder.press.folders import Folders

Saves = Queue[set[Path]]
STEP_MILLISECONDS = 50
QUIET_SECONDS = 0.1
MOST_BATCHES = 20
IMPORTING = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
GOES_ON = "the press goes on with the code it has."
IGNORED_ENDINGS = ("~", ".pyc", ".swp", ".swx", ".tmp", ".mo")


@contextmanager
def watching(folders: Folders, code: Path) -> Iterator[Saves]:
    """Yield a queue of the files that change: notebooks, book, data, code, _config.yml and the lock."""
    saves: Saves = Queue()
    stop = threading.Event()
    trees = [folders.notebooks, folders.book, folders.data, code]
    watchers = [
        threading.Thread(target=_watch, args=(saves, [tree for tree in trees if tree.exists()], True, stop)),
        # an editor replaces a file: its folder is watched, not the file
        threading.Thread(target=_watch, args=(saves, [folders.config, folders.lock], False, stop)),
    ]
    for watcher in watchers:
        watcher.daemon = True
        watcher.start()
    try:
        yield saves
    finally:
        stop.set()
        for watcher in watchers:
            watcher.join(timeout=2)


def _watch(saves: Saves, places: Sequence[Path], trees: bool, stop: threading.Event) -> None:
    wanted = _written if trees else _only(places)
    watched = places if trees else {place.parent for place in places}
    for batch in watch(
        *watched, watch_filter=wanted, step=STEP_MILLISECONDS, stop_event=stop, recursive=trees
    ):
        saves.put({Path(path) for _, path in batch})


def _only(places: Iterable[Path]) -> Callable[[Change, str], bool]:
    names = {str(place) for place in places}
    return lambda _, path: path in names


def _written(_: Change, path: str) -> bool:
    """Tell whether a person wrote a file, not an editor or a program for itself."""
    parts = Path(path).parts
    hidden = parts[-1].startswith(".") or ".ipynb_checkpoints" in parts or "__pycache__" in parts
    return not hidden and not path.endswith(IGNORED_ENDINGS)


def next_saves(saves: Saves) -> set[Path]:
    """Wait for a save and return it with those that follow at once: a burst makes one build."""
    changed = saves.get()
    with suppress(Empty):
        for _ in range(MOST_BATCHES):
            changed |= saves.get(timeout=QUIET_SECONDS)
    return changed


def unfinished(folders: Folders) -> str | None:
    """Return a sentence about a notebook that is not whole, as while an editor saves it; None if all are."""
    for path in sorted(folders.notebooks.glob("*.ipynb")):
        try:
            whole = isinstance(json.loads(path.read_text("utf-8")).get("cells"), list)
        except (ValueError, AttributeError, FileNotFoundError):
            whole = False
        if not whole:
            return (
                f"notebooks/{path.name} is not a whole notebook: if it is being saved, the next save builds."
            )
    return None


def unusable(code: Path) -> str | None:
    """Return a sentence about code that the press could not start again with; None if it could."""
    return _not_python(code) or _not_importable(code)


def _not_python(code: Path) -> str | None:
    for path in sorted(code.rglob("*.py")):
        try:
            compile(path.read_text("utf-8"), str(path), "exec")
        except (SyntaxError, ValueError) as error:
            return f"{path.relative_to(code.parent)}: {error}; {GOES_ON}"
    return None


def _not_importable(code: Path) -> str | None:
    """Import in another process what this one has imported of the code."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    names = [name for name, file in files.items() if file and Path(file).is_relative_to(code)]
    command = [sys.executable, "-c", IMPORTING, *sorted({*names} - {"__main__"})]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return None
    return f"{(tried.stderr.strip() or 'it ended without a word').splitlines()[-1]}; {GOES_ON}"
