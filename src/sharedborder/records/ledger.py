"""The ledger: all tables, read as they were known on a day, and the one way to add a release.

Frames have the table's key columns, its counts and `published` (datetime64), the day of the release that
gave the row. Their `attrs` say where they come from: `table`, `key`, `count` (the main count column),
`kind`, `as_of`, and `where`, the categories (lists of values by column) to which a reading was narrowed.
"""

import datetime
import pkgutil
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from sharedborder.records import absence, corrections, filters, readlog, selection, shelf
from sharedborder.records.filters import AsOf, Where
from sharedborder.records.schemas import Schema, schema, tables

if TYPE_CHECKING:
    from sharedborder.records.appending import append

__all__ = ["append", "coverage", "history", "read", "reason", "releases", "tables"]


def __getattr__(name: str) -> Any:
    """Give `append` when it is asked for, by its name in a text: chapters read, and neither load nor follow
    what checks a release before it is written.
    """
    if name != "append":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return pkgutil.resolve_name("sharedborder.records.appending:append")


def read(
    table: str, as_of: AsOf = None, where: Where | None = None, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """The table as it was known on a day: for each period, the newest release up to that day that covers it.

    `as_of`: a day (ISO text or date), or None or "latest" for everything. `where`: column -> a value, a
    list of values, or a tuple (first, last) for a closed range, days as ISO text. `columns`: the counts
    wanted; the key always stays. Sorted by key; no rows where nothing was published. Raises LedgerError for
    an unknown table, column, day or category. Corrections of ours are applied (see `corrections`).
    """
    made, until, asked = schema(table), filters.day_of(as_of), filters.conditions(schema(table), where)
    names = filters.columns_of(made, columns)
    frame = corrections.applied(made, until, selection.known(made, until, asked))[[*names, "published"]]
    frame.attrs = {**_origin(made, until), "where": filters.categories(asked)}
    wanted = {
        "as_of": _text(until),
        "where": filters.plain(asked),
        "columns": None if columns is None else names,
    }
    readlog.record("read", table, wanted, frame)
    return frame


def history(table: str, key: Where, as_of: AsOf = None) -> pd.DataFrame:
    """Every value that was ever published for a key (or for all keys that meet `key`, as `where` in `read`).

    One row for each key and release, sorted by key and day; only releases up to `as_of`. Errors as `read`.
    """
    made, until, asked = schema(table), filters.day_of(as_of), filters.conditions(schema(table), key)
    frame = selection.every_release(made, until, asked)
    frame.attrs = {**_origin(made, until), "where": filters.categories(asked)}
    readlog.record("history", table, {"as_of": _text(until), "where": filters.plain(asked)}, frame)
    return frame


def releases(table: str, as_of: AsOf = None) -> list[datetime.date]:
    """The days on which releases of the table came out, up to `as_of`, oldest first."""
    until = filters.day_of(as_of)
    days = [release.published for release in shelf.releases(schema(table).table, until)]
    readlog.record("releases", table, {"as_of": _text(until)}, days)
    return days


def coverage(table: str, as_of: AsOf = None) -> dict[str, Any]:
    """How far a table reached on a day, from the contract alone: no file is opened.

    `published` (day of the newest release, ISO), `first_period`, `last_period` (ISO day or year) and
    `releases`, the days of all; None where nothing was published yet.
    """
    until = filters.day_of(as_of)
    held = shelf.releases(schema(table).table, until)
    reach = {
        "published": held[-1].published.isoformat() if held else None,
        "first_period": min((r.first_period for r in held if r.first_period), key=str, default=None),
        "last_period": max((r.last_period for r in held if r.last_period), key=str, default=None),
        "releases": [release.published.isoformat() for release in held],
    }
    readlog.record("coverage", table, {"as_of": _text(until)}, reach)
    return reach


def reason(table: str, where: Where, as_of: AsOf = None) -> str:
    """Why an edition lacks a figure: "not published yet" if a dated release proves it, else "not held".

    `where` names what is missing, at least its period (a column of the table's `covers`). See `absence`.
    Errors as `read`.
    """
    made, until, asked = schema(table), filters.day_of(as_of), filters.conditions(schema(table), where)
    why = absence.reason(made, asked, until)
    readlog.record("reason", table, {"as_of": _text(until), "where": filters.plain(asked)}, why)
    return why


def _origin(made: Schema, until: datetime.date | None) -> dict[Hashable | None, Any]:
    return {
        "table": made.table,
        "key": list(made.key),
        "count": made.count,
        "kind": made.kind,
        "as_of": _text(until) or filters.LATEST,
    }


def _text(until: datetime.date | None) -> str | None:
    return until.isoformat() if until else None
