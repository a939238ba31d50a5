"""Results of executions by content, in a folder that grows to a bound.

    objects/ab/abcdef…     what an execution gave; the name is the SHA-256 of the bytes
    traces/RECIPE/TRACE    what it read and which object it gave; the name is the SHA-256 of the bytes

Files are written whole and never altered, so a build killed at any moment leaves valid entries only, and
damage is noticed by the name. Builds at once do not meet: what one used a moment ago, the other does not
remove, and while one keeps a result, no other removes any. A recipe may have several traces, one for each
state of the ledger it was executed at: going back to an earlier state finds its result again.
"""

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sharedborder.press.files import excluding, shared, write_whole
from sharedborder.press.recipes import reads

MOST_BYTES = 1_000_000_000
MOST_TRACES = 20_000
RECENT = 600.0  # seconds: what was used within them, another build may be using


class DamagedError(Exception):
    """A result in the store is not what was put there, or is gone."""


@dataclass(frozen=True)
class Trace:
    """An execution: its recipe, the readings it made, the object it gave; `name` is its own file's."""

    recipe: str
    reads: tuple[reads.Entry, ...]
    object: str
    name: str


class Store:
    """The results under a folder, which need not exist."""

    def __init__(
        self,
        folder: Path,
        most_bytes: int = MOST_BYTES,
        most_traces: int = MOST_TRACES,
        recent: float = RECENT,
    ) -> None:
        self.objects, self.traces, self.lock = folder / "objects", folder / "traces", folder / "lock"
        self.most_bytes, self.most_traces, self.recent = most_bytes, most_traces, recent

    def keep(self, recipe: str, content: str, log: str) -> Trace:
        """Keep what an execution gave and the log of its readings: the object, then what points to it."""
        made, entries = content.encode("utf-8"), reads.parse(log)
        name = hashlib.sha256(made).hexdigest()
        record = {"recipe": recipe, "object": name, "reads": entries}
        text = json.dumps(record, sort_keys=True, ensure_ascii=False).encode("utf-8")
        trace = Trace(recipe, entries, name, hashlib.sha256(text).hexdigest())
        with shared(self.lock):
            if _whole(self._object(name)) is None:
                write_whole(self._object(name), made)
            write_whole(self._trace(trace), text)
        return trace

    def known(self, recipe: str) -> tuple[list[Trace], bool]:
        """Return the traces of a recipe, the last used first, and whether one of them is damaged."""
        files = _below(self.traces, recipe)
        found = [_read_trace(path) for path in reversed(_oldest_first(files))]
        return [trace for trace in found if trace], None in found

    def content(self, trace: Trace) -> str:
        """Return what an execution gave. Raises DamagedError if it is not what was put there, or gone."""
        found = _whole(self._object(trace.object))
        if found is None:
            raise DamagedError(f"the result {trace.object} is damaged or gone")
        return found.decode("utf-8")

    def touch(self, trace: Trace) -> None:
        """Note that a result is in use."""
        with suppress(FileNotFoundError):
            os.utime(self._trace(trace))

    @property
    def full(self) -> bool:
        """Whether the store has outgrown its bounds; below them there is nothing to prune for."""
        total = sum(state.st_size for _, state in _below(self.objects))
        return total > self.most_bytes or len(list(_below(self.traces))) > self.most_traces

    def prune(self, used: Collection[str]) -> int:
        """Remove what was not used for longest until the store keeps its bounds; nothing that is in use.

        In use are the traces named in `used`, and what was used a moment ago. Returns how many traces went.
        """
        with excluding(self.lock):
            traces = {path: _read_trace(path) for path in _oldest_first(_below(self.traces))}
            objects = dict(_below(self.objects))
            going = self._surplus(traces, objects, frozenset(used))
            for path in going:
                path.unlink(missing_ok=True)
                with suppress(OSError):
                    path.parent.rmdir()  # the last trace of its recipe
            wanted = {trace.object for path, trace in traces.items() if trace and path not in going}
            for path, state in objects.items():
                if path.name not in wanted and not self._recent(state):
                    path.unlink(missing_ok=True)
        return len(going)

    def _surplus(
        self,
        traces: Mapping[Path, Trace | None],
        objects: Mapping[Path, os.stat_result],
        used: frozenset[str],
    ) -> set[Path]:
        """Return the traces that have to go, the last used longest ago first: damaged ones in any case."""
        sizes = {path.name: state.st_size for path, state in objects.items()}
        users = Counter(trace.object for trace in traces.values() if trace)
        total, count = sum(sizes.get(name, 0) for name in users), len(traces)
        going = {path for path, trace in traces.items() if trace is None}
        for path, trace in traces.items():
            within = total <= self.most_bytes and count - len(going) <= self.most_traces
            if trace and not within and trace.name not in used and not self._recent(path.stat()):
                going.add(path)
                users[trace.object] -= 1
                total -= 0 if users[trace.object] else sizes.get(trace.object, 0)
        return going

    def _recent(self, state: os.stat_result) -> bool:
        return time.time() - state.st_mtime < self.recent

    def _object(self, name: str) -> Path:
        return self.objects / name[:2] / name

    def _trace(self, trace: Trace) -> Path:
        return self.traces / trace.recipe / trace.name


def _whole(path: Path) -> bytes | None:
    """Return a file's bytes if they are what its name says, and note that it is in use."""
    try:
        found = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        return None
    return found if hashlib.sha256(found).hexdigest() == path.name else None


def _read_trace(path: Path) -> Trace | None:
    """Return a trace, or None if its file is damaged."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    if hashlib.sha256(text).hexdigest() != path.name:
        return None
    record = json.loads(text)
    return Trace(record["recipe"], tuple(record["reads"]), record["object"], path.name)


def _oldest_first(files: Iterable[tuple[Path, os.stat_result]]) -> list[Path]:
    return [path for path, _ in sorted(files, key=lambda file: (file[1].st_mtime_ns, file[0]))]


def _below(folder: Path, part: str = "*") -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the finished files two levels down, of one part of a folder; half-written ones of old go."""
    for path in folder.glob(f"{part}/*"):
        with suppress(FileNotFoundError):
            state = path.stat()
            if not path.name.startswith("."):
                yield path, state
            elif time.time() - state.st_mtime > RECENT:
                path.unlink()
