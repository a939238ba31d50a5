"""Which rows were known on a day: for each period, those of the newest release that covers it by then."""

import datetime
from collections.abc import Iterable, Mapping

import pandas as pd

from sharedborder.records import files, shelf
from sharedborder.records.filters import Condition
from sharedborder.records.schemas import Schema


def known(made: Schema, until: datetime.date | None, asked: Mapping[str, Condition]) -> pd.DataFrame:
    """The rows known on a day (None: all), sorted by key, with `published`. Opens only the files it needs."""
    if made.every_key_is_a_period:
        releases = shelf.releases(made.table, until)
        held = files.newest_of_each_key(releases) if releases else empty(made)
        return _only(held, asked).reset_index(drop=True)
    # what a file is the newest for does not depend on what is asked, so that its parsed rows serve again
    parts = [
        _only(files.part(release, periods), asked)
        for release, periods in newest(made, until)
        if wanted(made, periods, asked)
    ]
    return _ordered(parts, made)


def newest(made: Schema, until: datetime.date | None) -> list[tuple[shelf.Release, frozenset[shelf.Period]]]:
    """The releases that give the rows known on a day, newest first, each with its periods."""
    given: list[tuple[shelf.Release, frozenset[shelf.Period]]] = []
    done: set[shelf.Period] = set()
    for release in reversed(shelf.releases(made.table, until)):
        fresh = frozenset(release.covers or ()) - done
        done |= fresh
        if fresh:
            given.append((release, fresh))
    return given


def wanted(
    made: Schema, periods: Iterable[shelf.Period], asked: Mapping[str, Condition]
) -> list[shelf.Period]:
    """The periods that meet the conditions on the columns of `covers`."""
    tests = [(at, asked[name], made.field(name).type) for at, name in enumerate(made.covers) if name in asked]

    def held(period: shelf.Period) -> bool:
        return all(test.holds(files.period_value(period[at], kind)) for at, test, kind in tests)

    return [period for period in periods if held(period)]


def _only(frame: pd.DataFrame, asked: Mapping[str, Condition]) -> pd.DataFrame:
    """The rows that meet all conditions."""
    for name, condition in asked.items():
        frame = frame[condition.mask(frame[name])]
    return frame


def _ordered(parts: list[pd.DataFrame], made: Schema) -> pd.DataFrame:
    """Parts sorted by key put together in one order by key."""
    if not parts:
        return empty(made)
    if len(parts) == 1:
        return parts[0].reset_index(drop=True)
    together = pd.concat(parts, ignore_index=True)
    # no period is in two parts, so where periods lead the key, ordering them orders the rows
    lead = made.key[: len(made.covers)]
    by = lead if set(lead) == set(made.covers) else made.key
    return together.sort_values(list(by), kind="stable", ignore_index=True)


def empty(made: Schema) -> pd.DataFrame:
    """No rows, with the columns and dtypes of the table."""
    columns = {field.name: pd.Series(dtype=field.dtype) for field in made.fields}
    return pd.DataFrame(columns | {"published": pd.Series(dtype=files.DAY)})


def every_release(made: Schema, until: datetime.date | None, asked: Mapping[str, Condition]) -> pd.DataFrame:
    """The rows of all releases up to a day (None: all), sorted by key and `published`."""
    covering = [
        release
        for release in shelf.releases(made.table, until)
        if release.covers is None or wanted(made, release.covers, asked)
    ]
    if not covering:
        return empty(made)
    # where each key is a period, releases are many and small: they are parsed in one call
    loads = [covering] if made.every_key_is_a_period else [[release] for release in covering]
    parts = [_only(files.load(load), asked) for load in loads]
    together = pd.concat(parts, ignore_index=True)
    return together.sort_values([*made.key, "published"], ignore_index=True)
