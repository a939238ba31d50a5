"""Adding a release: every table of it or none, each checked against the contract before it is written."""

import contextlib
import datetime
import fcntl
import gzip
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sharedborder.records import entries, files, shelf
from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import Schema, schema


@dataclass(frozen=True)
class Pending:
    """A file of a release that is not in the ledger yet: its entry and its bytes as they will be stored."""

    release: shelf.Release
    content: bytes


def append(frames: Mapping[str, pd.DataFrame], published: datetime.date) -> list[str]:
    """Add the tables that one release gave on its day; returns those written, none if all were there already.

    The new `datapackage.json` is the one step by which the release enters: a crash before it leaves the
    ledger as it was, and doing it again completes it. Raises LedgerError for rows that break a table's
    schema, and for other figures than those already held for a table and day.
    """
    with _only_writer(shelf.folder()):
        pending = plan(frames, published)
        if not pending:
            return []
        listed = dict(shelf.package())
        for file in pending:
            _write(shelf.folder() / file.release.path, file.content)
            listed[file.release.table, published] = file.release
        _write(shelf.folder() / shelf.PACKAGE, shelf.describe(listed).encode())
    return [file.release.table for file in pending]


def plan(frames: Mapping[str, pd.DataFrame], published: datetime.date) -> list[Pending]:
    """The files that `append` would write, checked against the contract. Errors as `append`."""
    if isinstance(published, datetime.datetime) or not isinstance(published, datetime.date):
        raise LedgerError(f"the release day is {published!r}, but it must be a date without a time")
    pending = [_pending(schema(table), frames[table], published) for table in sorted(frames)]
    fresh = [file for file in pending if not _held(file)]
    for file in fresh:
        _refuse_broken(file)
    return fresh


def _pending(made: Schema, given: pd.DataFrame, published: datetime.date) -> Pending:
    frame = files.typed(given, made)
    if frame.empty:
        raise LedgerError(f"{made.table}: the release of {published} has no rows: leave the table out of it")
    _refuse_future(frame, made, published)
    plain = files.dump(frame, made)
    large = len(plain) > files.LARGEST_PLAIN_FILE
    content = files.compress(plain) if large else plain
    path = f"{made.table}/{published}.csv{'.gz' if large else ''}"
    return Pending(entries.entry(frame, made, published, path, content), content)


def _refuse_future(frame: pd.DataFrame, made: Schema, published: datetime.date) -> None:
    """A period that begins after the release day means a wrong day, and an edition that knows its future."""
    if made.period is None or made.every_key_is_a_period:
        return
    last = frame[made.period].max()
    if _begins(last, made.period) > published:
        when = f"{made.period} {str(last)[:10]}"
        raise LedgerError(f"{made.table}: {when} lies after the release day {published}: is the day right?")


def _begins(period: Any, column: str) -> datetime.date:
    if isinstance(period, pd.Timestamp):
        return period.date()
    if column == "fiscal_year":
        return datetime.date(int(period) - 1, 10, 1)
    return datetime.date(int(period), 1, 1)


def _held(file: Pending) -> bool:
    """Whether the ledger holds this very content. Other content for that table and day is refused."""
    held = shelf.package().get((file.release.table, file.release.published))
    if held is None:
        return False
    # another zlib packs the same figures into other bytes, so the figures themselves are compared too
    if held.digest == file.release.digest or _unpacked(held) == _plain(file):
        return True
    raise LedgerError(
        f"data/{held.path} is in the ledger with other figures "
        f"({held.rows} rows there, {file.release.rows} here). "
        "A release is never edited: if the publisher released again, ingest it under its own day; "
        "if the file there is wrong, remove it and its entry in datapackage.json in a change of its own."
    )


def _unpacked(held: shelf.Release) -> bytes:
    return files.content_of(shelf.folder() / held.path, held.digest)


def _plain(file: Pending) -> bytes:
    return gzip.decompress(file.content) if file.release.path.endswith(".gz") else file.content


def _refuse_broken(file: Pending) -> None:
    # frictionless takes a third of a second to import, which no chapter needs
    from sharedborder.records import contract

    found = contract.broken_rules(_plain(file), schema(file.release.table))
    if found:
        raise LedgerError(f"{file.release.table}, release of {file.release.published}: " + "; ".join(found))


def _write(path: Path, content: bytes) -> None:
    """Put a file in place in one step; an interruption leaves a hidden file that the next one replaces."""
    path.parent.mkdir(exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make a renaming in a folder survive a loss of power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextlib.contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes the ledger. The folder is the lock, so no file is left behind."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
