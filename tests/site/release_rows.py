"""The rows of a release, read again from the files that a reader downloads: plain CSV, none of our code."""

import json
from functools import cache
from itertools import chain, product
from typing import Any

import pandas as pd
import yaml
from built_site import SITE

EVENTS = "events"
CLAIMS = "claims"
OWN = (EVENTS, CLAIMS)
"""Tables that this publication keeps itself."""
SPAN = ("start", "end")
PERIODS = ("month", "date")
JANUARY_IS_FOURTH = 3
"""The fiscal year of the United States begins in October: three months on, it is a calendar year."""

Key = dict[str, Any]


@cache
def resources() -> dict[tuple[str, str], dict[str, Any]]:
    """The files of all tables by table and release day."""
    package = json.loads((SITE / "data" / "datapackage.json").read_text("utf-8"))
    return {(item["table"], item["published"]): item for item in package["resources"]}


@cache
def release(table: str, published: str) -> pd.DataFrame:
    """A release as texts, with the years by which measures group its months; KeyError if it is not held."""
    if table in OWN:
        return _events(published) if table == EVENTS else _claims(published)
    path = SITE / "data" / resources()[table, published]["path"]
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    period = next((name for name in PERIODS if name in rows), None)
    if period:
        days = pd.to_datetime(rows[period])
        fiscal = (days.dt.to_period("M") + JANUARY_IS_FOURTH).dt.year
        rows = pd.DataFrame(
            {"year": days.dt.year.astype("str"), "fiscal_year": fiscal.astype("str")} | dict(rows)
        )
    return rows


def _events(published: str) -> pd.DataFrame:
    """The events that were public from a day on."""
    told = yaml.safe_load((SITE / "data" / "events.yml").read_text("utf-8"))
    return pd.DataFrame({"id": [event["id"] for event in told if event["known_from"] == published]})


def _claims(published: str) -> pd.DataFrame:
    """The claims of the stories of a day."""
    told = yaml.safe_load((SITE / "data" / "claims.yml").read_text("utf-8"))
    stories = {name for name, story in told["stories"].items() if story["day"] == published}
    return pd.DataFrame({"id": [claim["id"] for claim in told["claims"] if claim["story"] in stories]})


@cache
def _held(table: str, published: str, columns: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The distinct values of some columns in a release."""
    rows = release(table, published)[list(columns)]
    return frozenset(map(tuple, rows.drop_duplicates().to_numpy()))


def not_found(entry: dict[str, Any]) -> list[Key]:
    """The keys of an entry of evidence for which its release has no row; many keys are given by column."""
    table, published, keys = entry["table"], entry["published"], entry["keys"]
    if isinstance(keys, dict):
        keys = [{column: value} for column, values in keys.items() for value in values]
    return [key for key in keys if not _has(table, published, key)]


def spelled_out(key: Key) -> list[Key]:
    """The keys of single rows that a key stands for, where a column has several values."""
    many = [value if isinstance(value, list) else [value] for value in key.values()]
    return [dict(zip(key, values, strict=True)) for values in product(*many)]


def _has(table: str, published: str, key: Key) -> bool:
    return any(_has_row(table, published, one) for one in spelled_out(key))


def _has_row(table: str, published: str, key: Key) -> bool:
    if set(SPAN) <= set(key):
        rest = [name for name in key if name not in SPAN]
        held = _held(table, published, (*rest, "month"))
        wanted = tuple(written(key[name]) for name in rest)
        return any(row[:-1] == wanted and key["start"] <= row[-1] <= key["end"] for row in held)
    return tuple(map(written, key.values())) in _held(table, published, tuple(key))


def total(entry: dict[str, Any]) -> float:
    """The sum of all that a release counts in the rows that an entry of evidence names, one by one."""
    rows = release(entry["table"], entry["published"])
    schema = json.loads((SITE / "data" / "schemas" / f"{entry['table']}.json").read_text("utf-8"))
    chosen = pd.Series(False, index=rows.index)
    for key in chain.from_iterable(map(spelled_out, entry["keys"])):
        chosen |= pd.concat([rows[name] == written(value) for name, value in key.items()], axis=1).all(axis=1)
    return float(pd.to_numeric(rows.loc[chosen, schema["count"]]).sum())


def written(value: Any) -> str:
    """A key's value as a CSV file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
