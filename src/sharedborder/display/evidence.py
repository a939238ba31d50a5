"""Evidence: which rows of which release a number came from, read off the frames that carry it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

ROWS_IN_FULL: Final = 24
"""Up to so many rows are listed one by one; more are given as the values of each key column."""

KNOWN_FROM: Final = "known_from"
"""The chronology's own word for the day from which an event was public: its `published`."""

ADDRESS: Final = "address"
MOST_ADDRESSES: Final = 4

Frames = pd.DataFrame | Sequence[pd.DataFrame]


def evidence(rows: Frames) -> list[dict[str, Any]]:
    """Give one entry per table and release day: its keys, and how many rows stand behind it.

    `rows` are frames as the ledger gave them (rows selected, never merged): `attrs["table"]`, `attrs["key"]`
    and a column `published`. A frame that lost them raises, with a sentence that says what to do.
    """
    entries = [entry for frame in frames(rows) if len(frame) for entry in _entries(frame)]
    return sorted(entries, key=lambda entry: (entry["table"], entry["published"]))


def sources(rows: Frames) -> list[dict[str, str]]:
    """Give each table and release day behind `rows` once, in order."""
    found = {
        (str(frame.attrs["table"]), day)
        for frame in frames(rows)
        if len(frame)
        for day, _ in _by_release(frame)
    }
    return [{"table": table, "published": published} for table, published in sorted(found)]


def frames(rows: Frames) -> list[pd.DataFrame]:
    """Take one frame, or several, as a list."""
    return [rows] if isinstance(rows, pd.DataFrame) else list(rows)


def plain(value: Any) -> Any:
    """Turn a cell into what JSON can say: an int, a float, a text or an ISO day; a missing one into None."""
    if pd.isna(value):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, (bool, int, float)) else str(value)


def _entries(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    table, key, _ = _provenance(frame)
    where = {name: values for name, values in frame.attrs.get("where", {}).items() if name not in key}
    for published, group in _by_release(frame):
        yield {
            "table": table,
            "published": published,
            "keys": _keys(group, key, where),
            "rows": len(group),
            **_addresses(group),
        }


def _by_release(frame: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """Give the rows of each release day (ISO), in order; without `attrs`, which pandas copies each time."""
    table, _, released = _provenance(frame)
    rows = pd.DataFrame(frame)
    days = rows[released].unique()
    if pd.isna(days).any():
        raise ValueError(f"rows of {table!r} have no day in {released!r}: select rows that the ledger gave")
    for day in sorted(days):
        yield str(day)[:10], rows if len(days) == 1 else rows[rows[released] == day]


def _addresses(group: pd.DataFrame) -> dict[str, list[str]]:
    """Give the pages on which announced figures stood, where the rows name them."""
    if ADDRESS not in group:
        return {}
    found = sorted({str(address) for address in group[ADDRESS].dropna() if address})
    return {"addresses": found} if 0 < len(found) <= MOST_ADDRESSES else {}


def _keys(
    group: pd.DataFrame, key: Sequence[str], where: Mapping[str, list[Any]]
) -> list[dict[str, Any]] | dict[str, list[Any]]:
    """Name the rows by their keys, and by the categories to which a total was narrowed before."""
    columns = {name: group[name] for name in key}
    if len(group) <= ROWS_IN_FULL:
        narrowed = {name: values[0] if len(values) == 1 else values for name, values in where.items()}
        cells = zip(*(map(plain, column) for column in columns.values()), strict=True)
        return [{**narrowed, **dict(zip(columns, row, strict=True))} for row in cells]
    found = {name: {plain(value) for value in column.unique()} for name, column in columns.items()}
    return {**where, **{name: sorted(values, key=lambda v: (v is None, v)) for name, values in found.items()}}


def _provenance(frame: pd.DataFrame) -> tuple[str, list[str], str]:
    table, key = frame.attrs.get("table"), frame.attrs.get("key")
    if not table or not key:
        raise ValueError(
            "the rows have lost the name of their table (attrs 'table', 'key'), as merge and concat do: "
            "select rows of a frame that the ledger gave, or list several frames, rows=[a, b]"
        )
    released = "published" if "published" in frame else KNOWN_FROM
    lost = [column for column in [*key, released] if column not in frame]
    if lost:
        raise ValueError(
            f"rows of {table!r} have lost the columns {lost}: keep its key columns and 'published'"
        )
    return str(table), [str(column) for column in key], released
