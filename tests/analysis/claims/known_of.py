"""What checks may know: the real ledger as of an edition, nothing at all, or the ledger with rows altered."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import pandas as pd

from sharedborder.analysis.claims.known import TABLES, Known
from sharedborder.records import chronology, ledger

EDITIONS = ("2023-12-27", "2024-01-19", "latest")
Alter = Callable[[pd.DataFrame], pd.DataFrame]


@cache
def as_of(edition: str) -> Known:
    """The ledger and the chronology as of an edition."""
    tables = {name: ledger.read(name, edition, where) for name, where in TABLES.items()}
    return Known(tables, chronology.events(edition), partial(ledger.reason, as_of=edition))


def nothing() -> Known:
    """Every table and the chronology without rows."""
    full = as_of("latest")
    tables = {name: _kept(frame.iloc[:0], frame) for name, frame in full.tables.items()}
    return Known(tables, _kept(full.events.iloc[:0], full.events), lambda *_: "not held")


def altered(known: Known, changes: Mapping[str, Alter]) -> Known:
    """The same, with the named tables ("events" is the chronology) passed through a function each."""
    changed = {name: changes[name](frame.copy()) for name, frame in known.tables.items() if name in changes}
    kept = {name: _kept(frame, known.tables[name]) for name, frame in changed.items()}
    events = known.events
    if "events" in changes:
        events = _kept(changes["events"](known.events.copy()), known.events)
    return Known({**known.tables, **kept}, events, known.why)


def rewritten(name: str, **cells: Any) -> Alter:
    """Write cells of one event of the chronology."""

    def alter(events: pd.DataFrame) -> pd.DataFrame:
        at = events.index[events["id"] == name][0]
        for column, value in cells.items():
            events.at[at, column] = pd.Timestamp(value) if column in ("start", "end") else value
        return events

    return alter


def scaled(column: str, factor: float, **where: str) -> Alter:
    """Multiply a count in some rows: `month`, or `period_start` of announced figures, by its ISO day."""

    def alter(frame: pd.DataFrame) -> pd.DataFrame:
        rows = pd.Series(True, index=frame.index)
        for name, value in where.items():
            rows &= frame[name].astype("str").str.startswith(value)
        frame[column] = frame[column].astype("float64")
        frame.loc[rows, column] = frame.loc[rows, column] * factor
        return frame

    return alter


def decembers(first: int, last: int, factor: float) -> Alter:
    """Multiply the apprehensions of Decembers from one year to another."""

    def alter(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame["month"].dt.month.eq(12) & frame["month"].dt.year.between(first, last)
        frame["apprehensions"] = frame["apprehensions"].astype("float64")
        frame.loc[rows, "apprehensions"] = frame.loc[rows, "apprehensions"] * factor
        return frame

    return alter


def _kept(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    frame.attrs = dict(like.attrs)
    return frame
