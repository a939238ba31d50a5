"""What a frame says about itself: table, key, count and kind, carried in its `attrs`.

Frames read from the ledger have `attrs["table"]` (the table's name), `["key"]` (its key columns),
`["count"]` (the name of its main count column) and `["kind"]` (`events`, `flow`, `stock` or `as announced`),
and a column `published`: the day of the release from which a row was read. Every function of this room keeps
them, so that its result is evidence for a fact. `["where"]` has the categories (lists of values by column) to
which a frame was narrowed: a total by month of one region still says which region.

A *mixed* frame holds rows of several tables: a column `table` names the one each row is from,
`attrs["keys"]` gives the key columns per table, `attrs["named"]` the key columns that are the same for all
rows of a table. `split` takes it apart again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sharedborder.analysis.errors import AnalysisError

KINDS = ("events", "flow", "stock", "as announced")
PERIODS = ("month", "date", "fiscal_year", "year")


def count_of(frame: pd.DataFrame) -> str:
    """Name of the frame's count column, from its `attrs`.

    AnalysisError where they name none, or one that it lacks.
    """
    count = frame.attrs.get("count")
    if not isinstance(count, str) or count not in frame.columns:
        raise AnalysisError(
            f"the frame names no count column (count: {count!r}): say it with `pick.counting`"
        )
    return count


def kind_of(frame: pd.DataFrame) -> str:
    """What the frame counts: `events`, `flow`, `stock` or `as announced`; AnalysisError for anything else."""
    kind = frame.attrs.get("kind")
    if kind not in KINDS:
        raise AnalysisError(f"the frame's kind is {kind!r}, not one of {', '.join(KINDS)}")
    return str(kind)


def period_of(frame: pd.DataFrame) -> str:
    """Name of the frame's period column: `month`, `date`, `fiscal_year` or `year`.

    AnalysisError where it has none.
    """
    for name in PERIODS:
        if name in frame.columns:
            return name
    raise AnalysisError(
        f"the frame has none of the periods {', '.join(PERIODS)}; it has {', '.join(frame.columns)}"
    )


def groups_of(frame: pd.DataFrame) -> list[str]:
    """The frame's key columns other than its period."""
    period = period_of(frame)
    return [name for name in frame.attrs.get("key", []) if name != period and name in frame.columns]


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without its description, which pandas would copy, part by part, at every step from here."""
    return pd.DataFrame(frame)


def described(
    frame: pd.DataFrame, like: pd.DataFrame, key: Sequence[str] | None = None, count: str | None = None
) -> pd.DataFrame:
    """The frame with the description (`attrs`) of another, save for a new key or count column."""
    attrs = dict(like.attrs)
    if key is not None:
        attrs["key"] = list(key)
    if count is not None:
        attrs["count"] = count
    result = bare(frame)
    result.attrs = attrs
    return result


def narrowed(frame: pd.DataFrame, like: pd.DataFrame, column: str, values: Sequence[object]) -> pd.DataFrame:
    """The frame, its description saying that a key column was narrowed to these values."""
    result = described(frame, like)
    if column in like.attrs.get("key", []):
        result.attrs["where"] = {**like.attrs.get("where", {}), column: list(values)}
    return result


def narrowed_to(frame: pd.DataFrame) -> dict[str, str]:
    """The one category to which each column was narrowed that is no longer in the frame's key."""
    where, key = frame.attrs.get("where", {}), frame.attrs.get("key", [])
    return {name: values[0] for name, values in where.items() if len(values) == 1 and name not in key}


def mixed(
    frame: pd.DataFrame,
    keys: Mapping[str, Sequence[str]],
    *,
    key: Sequence[str],
    count: str,
    kind: str,
    named: Mapping[str, Mapping[str, str]] | None = None,
) -> pd.DataFrame:
    """A frame of rows from several tables (column `table`), described so that `split` can take it apart."""
    result = frame.reset_index(drop=True)
    result.attrs = {
        "key": list(key),
        "count": count,
        "kind": kind,
        "keys": {table: list(columns) for table, columns in keys.items()},
        "named": {table: dict(columns) for table, columns in (named or {}).items()},
    }
    return result


def split(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Evidence: a mixed frame as one frame per table; `[frame]` for any other.

    Each has that table's name, key and count. Rows without a value are left out of a mixed frame: what is
    unknown comes from no table.
    """
    if "keys" not in frame.attrs or "table" not in frame.columns:
        return [frame]
    rows = bare(frame)
    known = rows[rows[count_of(frame)].notna()]
    tables = known["table"].unique()
    return [_of_table(known[known["table"] == table], str(table), frame.attrs) for table in tables]


def _of_table(rows: pd.DataFrame, table: str, about: Mapping[Any, Any]) -> pd.DataFrame:
    count, named, key = about["count"], about["named"].get(table, {}), list(about["keys"][table])
    result = rows.assign(**named).drop(columns="table")
    if "period_start" in key:
        result = result.assign(
            period_start=result["month"], period_end=result["month"] + pd.offsets.MonthEnd(0)
        )
    columns = list(dict.fromkeys([*named, *key, count, "published"]))
    result = result[columns].reset_index(drop=True)
    result.attrs = {"table": table, "key": [*named, *key], "count": count, "kind": about["kind"]}
    return result


def number(value: object) -> int | float | None:
    """A plain number of Python from a cell: whole ones as `int`, unknown ones (None, NaN, NA) as None."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    plain = float(value)  # type: ignore[arg-type]
    if pd.isna(plain):
        return None
    return int(plain) if plain.is_integer() else plain


def day(value: object) -> pd.Timestamp | None:
    """A day from a cell, or None where there is none."""
    stamp = pd.Timestamp(value)  # type: ignore[arg-type]
    return stamp if isinstance(stamp, pd.Timestamp) and not pd.isna(stamp) else None
