"""What a caller asks for, made exact: the day of `as_of` and the conditions of `where`."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import Field, Schema

LATEST = "latest"
AsOf = str | datetime.date | None
Where = Mapping[str, Any]


def day_of(as_of: AsOf) -> datetime.date | None:
    """The day of an edition, None for the latest. LedgerError for what is neither YYYY-MM-DD nor "latest"."""
    if as_of is None or as_of == LATEST:
        return None
    if isinstance(as_of, datetime.datetime):
        return as_of.date()
    if isinstance(as_of, datetime.date):
        return as_of
    return _day(as_of, f"as_of is {as_of!r}, but it is a day (YYYY-MM-DD), {LATEST!r} or None")


def _day(given: Any, otherwise: str) -> datetime.date:
    """A day from its ISO text. Other ISO forms, such as "20231227" and "2023-W52-3", are slips here."""
    try:
        day = datetime.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise LedgerError(otherwise) from None
    if day.isoformat() != given:
        raise LedgerError(otherwise)
    return day


@dataclass(frozen=True)
class Choice:
    """One of some values."""

    values: frozenset[Any]

    def holds(self, value: Any) -> bool:
        """Whether one value is asked for."""
        return value in self.values

    def mask(self, column: "pd.Series[Any]") -> "pd.Series[bool]":
        """Which rows are asked for."""
        return column.isin(list(self.values))

    def plain(self) -> Any:
        """A form for JSON that `conditions` reads back."""
        return sorted(map(_plain, self.values))


@dataclass(frozen=True)
class Range:
    """A closed range; None is open at that end."""

    low: Any
    high: Any

    def holds(self, value: Any) -> bool:
        """Whether one value is asked for."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def mask(self, column: "pd.Series[Any]") -> "pd.Series[bool]":
        """Which rows are asked for."""
        held = column.notna()
        if self.low is not None:
            held &= column >= self.low
        if self.high is not None:
            held &= column <= self.high
        return held.fillna(False).astype(bool)

    def plain(self) -> Any:
        """A form for JSON that `conditions` reads back."""
        return {"from": _plain(self.low), "to": _plain(self.high)}


Condition = Choice | Range


def conditions(made: Schema, where: Where | None) -> dict[str, Condition]:
    """The conditions of `where`: a value, a list, or a tuple (first, last); days as ISO text or dates.

    Raises LedgerError for an unknown column, a value of another type, or one that the schema does not know:
    a slip in a category would otherwise read as an absence.
    """
    return {name: _condition(made.field(name), asked, made.table) for name, asked in (where or {}).items()}


def _condition(field: Field, asked: Any, table: str) -> Condition:
    if isinstance(asked, Mapping):
        asked = (asked["from"], asked["to"])
    if isinstance(asked, tuple):
        if len(asked) != 2:
            raise LedgerError(
                f"{table}: {field.name}: a tuple is a range (first, last); use a list for several values"
            )
        return Range(*(None if end is None else _value(field, end, table) for end in asked))
    listed = asked if isinstance(asked, Iterable) and not isinstance(asked, str) else [asked]
    return Choice(frozenset(_value(field, value, table) for value in listed))


def _value(field: Field, given: Any, table: str) -> Any:
    value = given.item() if isinstance(given, np.generic) and not isinstance(given, np.datetime64) else given
    if field.type == "date":
        return _moment(field, value, table)
    wanted: tuple[type, ...] = {"string": (str,), "boolean": (bool,)}.get(field.type, (int, float))
    if not isinstance(value, wanted) or (isinstance(value, bool) and field.type != "boolean"):
        raise LedgerError(f"{table}: {field.name}: {given!r} is not of type {field.type}")
    if field.enum is not None and value not in field.enum:
        raise LedgerError(
            f"{table}: {field.name} is never {given!r}; it is one of {', '.join(map(repr, field.enum))}"
        )
    return value


def _moment(field: Field, given: Any, table: str) -> pd.Timestamp:
    if isinstance(given, (datetime.date, np.datetime64)):
        return pd.Timestamp(given)
    return pd.Timestamp(_day(given, f"{table}: {field.name}: {given!r} is not a day (YYYY-MM-DD)"))


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def plain(asked: Mapping[str, Condition]) -> dict[str, Any] | None:
    """Conditions as JSON holds them; the same conditions give the same JSON."""
    return {name: asked[name].plain() for name in sorted(asked)} or None


def categories(asked: Mapping[str, Condition]) -> dict[str, list[Any]]:
    """The categories that conditions choose, by column; choices of periods and ranges are left out."""
    chosen = {name: one.values for name, one in asked.items() if isinstance(one, Choice)}
    return {
        name: sorted(values, key=str)
        for name, values in chosen.items()
        if all(isinstance(value, str | bool) for value in values)
    }


def columns_of(made: Schema, columns: Sequence[str] | str | None) -> list[str]:
    """The columns of a result: the key and those asked for (None: all). Unknown ones are refused."""
    asked = [columns] if isinstance(columns, str) else columns
    names = made.names if asked is None else {made.field(name).name for name in asked}
    return [name for name in made.names if name in made.key or name in names]
