"""Whether the rows behind a figure that was shown have other values in a later release, key by key."""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from sharedborder.records import filters, schemas, selection, shelf
from sharedborder.records.schemas import Schema

ANNOUNCED: Final = "announced_figures"
SAME_FIGURE: Final = ("indicator", "geography", "period_start", "period_end", "subject", "publisher")
"""What makes two announcements speak of the same figure."""

COUNTED_IN: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "southwest encounters, month": ("southwest_encounters", {}),
    "southwest encounters between ports, month": ("southwest_encounters", {"component": "between ports"}),
    "southwest encounters at ports, month": ("southwest_encounters", {"component": "at ports"}),
}
"""Announced figures that a table of the same publisher gives later."""

Keys = Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]]
Revision = dict[str, Any]
Stamp = tuple[str, int, int, int]


def revisions(entry: Mapping[str, Any], as_of: filters.AsOf = None) -> list[Revision]:
    """The keys of an entry of evidence whose value a release up to `as_of` changed.

    Each has `table`, `key`, `then`, `published_then`, `now`, `published_now` (ISO days) and `gave`, the table
    of the later value. Rows that a later release no longer has are counted as 0 only where it covers them.
    Keys that the table cannot be asked for are passed by. Errors as of `ledger.read`.
    """
    keys, ledger = json.dumps(entry["keys"], sort_keys=True), shelf.stamp(shelf.folder() / shelf.PACKAGE)
    found = _revisions(ledger, entry["table"], entry["published"], keys, filters.day_of(as_of))
    return [dict(one) for one in found]


@lru_cache(maxsize=8192)
def _revisions(
    ledger: Stamp, table: str, published: str, keys: str, until: datetime.date | None
) -> Sequence[Revision]:
    """The revisions of an entry; many facts rest on the same rows."""
    listed = _listed(json.loads(keys))
    if table not in schemas.tables():
        return []
    if table == ANNOUNCED:
        return [found for key in listed for found in _announced(key, published, until)]
    made, day = schemas.schema(table), datetime.date.fromisoformat(published)
    moved = _moved(ledger, table, day, until)
    found = [_compared(made, key, day, until, moved) for key in (listed if len(moved) else [])]
    return [one for one in found if one]


def since(entry: Mapping[str, Any], edition: filters.AsOf, as_of: filters.AsOf = None) -> list[Revision]:
    """Those revisions of rows shown in an edition that it could not know itself."""
    known = [(one["table"], one["key"]) for one in revisions(entry, edition)]
    return [one for one in revisions(entry, as_of) if (one["table"], one["key"]) not in known]


def gathered(shown: Iterable[Mapping[str, Any]], as_of: filters.AsOf = None) -> list[Revision]:
    """The revisions behind facts that were shown, each once, with `shown`: (edition, page, title).

    `shown` has `edition`, `page`, `title` and `fact`, whose value is a number.
    The order is that in which they were shown.
    """
    found: dict[tuple[str, str, Any, Any], Revision] = {}
    for one in shown:
        entries = one["fact"]["evidence"] if one["fact"]["kind"] == "value" else []
        for revision in [found for entry in entries for found in since(entry, one["edition"], as_of)]:
            same = (
                revision["table"],
                repr(sorted(revision["key"].items())),
                revision["then"],
                revision["now"],
            )
            places = found.setdefault(same, {**revision, "shown": []})["shown"]
            if (place := (one["edition"], one["page"], one["title"])) not in places:
                places.append(place)
    return list(found.values())


def _listed(keys: Keys) -> list[Mapping[str, Any]]:
    """Keys one by one; of those given by column, one for each value of the first column that has many."""
    if not isinstance(keys, Mapping):
        return list(keys)
    several = [name for name, values in keys.items() if len(values) > 1]
    single = {name: values[0] for name, values in keys.items() if len(values) == 1}
    if len(several) != 1:
        return []
    return [{**single, several[0]: value} for value in keys[several[0]]]


class Moved:
    """The keys of a table whose count, as known on a later day, is another than it was: few among many."""

    def __init__(self, keys: pd.DataFrame) -> None:
        self._columns = {str(name): column.tolist() for name, column in keys.items()}
        self._rows = range(len(keys))
        self._found: dict[tuple[str, ...], Mapping[tuple[Any, ...], Sequence[int]]] = {(): {(): self._rows}}

    def __len__(self) -> int:
        return len(self._rows)

    def meets(self, asked: Mapping[str, filters.Condition]) -> bool:
        """Say whether one of them is among the rows that are asked for."""
        named = {name: condition for name, condition in asked.items() if name in self._columns}
        single = {
            name: next(iter(condition.values))
            for name, condition in sorted(named.items())
            if isinstance(condition, filters.Choice) and len(condition.values) == 1
        }
        others = [(self._columns[name], named[name]) for name in named.keys() - single.keys()]
        rows = self._under(tuple(single)).get(tuple(single.values()), ())
        return any(all(condition.holds(column[row]) for column, condition in others) for row in rows)

    def _under(self, names: tuple[str, ...]) -> Mapping[tuple[Any, ...], Sequence[int]]:
        """Where each combination of values of some columns is."""
        if names not in self._found:
            places: dict[tuple[Any, ...], list[int]] = {}
            for row, values in enumerate(zip(*(self._columns[name] for name in names), strict=True)):
                places.setdefault(values, []).append(row)
            self._found[names] = places
        return self._found[names]


@lru_cache(maxsize=256)
def _moved(_ledger: Stamp, table: str, day: datetime.date, until: datetime.date | None) -> Moved:
    made = schemas.schema(table)
    columns = [*made.key, made.count]
    if shelf.releases(table, day) == shelf.releases(table, until):
        return Moved(selection.empty(made)[list(made.key)])
    then, now = (selection.known(made, end, {})[columns] for end in (day, until))
    both = then.merge(now, how="outer", on=list(made.key), suffixes=("", "_now"))
    before, after = both[made.count], both[f"{made.count}_now"]
    same = before.eq(after) | (before.isna() & after.isna())
    return Moved(both.loc[~same.fillna(False), list(made.key)])


def _compared(
    made: Schema,
    key: Mapping[str, Any],
    day: datetime.date,
    until: datetime.date | None,
    moved: Moved,
) -> Revision | None:
    where = _where(made, key)
    asked = None if where is None else filters.conditions(made, where)
    if asked is None or not moved.meets(asked):
        return None
    then, now = selection.known(made, day, asked), selection.known(made, until, asked)
    if made.period:  # months that came after are no revision of those that were there
        now = now[now[made.period].isin(then[made.period])]
    then_sum, now_sum = (frame[made.count].sum(min_count=1) for frame in (then, now))
    if pd.isna(then_sum) or pd.isna(now_sum) or then_sum == now_sum:
        return None
    return _revision(made.table, key, (then_sum, then), (now_sum, now), made.table)


def _where(made: Schema, key: Mapping[str, Any]) -> dict[str, Any] | None:
    """The question for a key; None where it names what the table does not have."""
    where: dict[str, Any] = {}
    for name, value in key.items():
        if name in made.names:
            where[name] = value
        elif name in ("year", "fiscal_year") and "month" in made.names:
            start = int(value) - (name == "fiscal_year")
            first, last = ("10", "09") if name == "fiscal_year" else ("01", "12")
            where["month"] = (f"{start}-{first}-01", f"{value}-{last}-01")
        elif value not in (None, ""):
            return None
    return where


def _announced(key: Mapping[str, Any], published: str, until: datetime.date | None) -> list[Revision]:
    """A later announcement of the same figure, or its publisher's table where that is newer."""
    made = schemas.schema(ANNOUNCED)
    same = {name: value for name, value in key.items() if name in SAME_FIGURE}
    rows = selection.every_release(made, until, filters.conditions(made, same))
    rows = rows[rows["published"].ge(pd.Timestamp(published)) & ~rows["weak"].astype(bool)]
    then, later = rows[rows["published"].eq(pd.Timestamp(published))], rows.tail(0)
    if "vintage" in key:
        then = then[then["vintage"].eq(key["vintage"])]
    if then.empty:
        return []
    later = rows[rows["published"].gt(pd.Timestamp(published))].sort_values("published").tail(1)
    ends = (then[made.count].iloc[0], then)
    newest, gave = _newer(key, published, later, until)
    if newest is None or newest[0] == ends[0]:
        return []
    figure = {name: evidence_value(then[name].iloc[0]) for name in SAME_FIGURE}
    return [_revision(ANNOUNCED, figure, ends, newest, gave)]


def _newer(
    key: Mapping[str, Any], published: str, later: pd.DataFrame, until: datetime.date | None
) -> tuple[tuple[Any, pd.DataFrame] | None, str]:
    """The newest value after an announcement, and the table that gave it; None where there is none."""
    announced = (later["value"].iloc[0], later) if len(later) else None
    indicator = str(key.get("indicator"))
    if indicator not in COUNTED_IN or key.get("subject") or str(key["period_start"])[8:] != "01":
        return announced, ANNOUNCED
    table, where = COUNTED_IN[indicator]
    counted = schemas.schema(table)
    asked = filters.conditions(counted, {**where, "month": str(key["period_start"])[:10]})
    rows = selection.known(counted, until, asked)
    last = later["published"].max() if announced else pd.Timestamp(published)
    if rows.empty or rows["published"].max() <= last:
        return announced, ANNOUNCED
    return (rows[counted.count].sum(), rows), table


def _revision(
    table: str,
    key: Mapping[str, Any],
    then: tuple[Any, pd.DataFrame],
    now: tuple[Any, pd.DataFrame],
    gave: str,
) -> Revision:
    days = [f"{frame['published'].max():%Y-%m-%d}" for _, frame in (then, now)]
    return {
        "table": table,
        "key": dict(key),
        "then": _plain(then[0]),
        "published_then": days[0],
        "now": _plain(now[0]),
        "published_now": days[1],
        "gave": gave,
    }


def evidence_value(value: Any) -> str:
    """A cell of a key as evidence writes it: an ISO day, or a text."""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _plain(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number
