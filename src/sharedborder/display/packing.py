"""Frames and days as JSON, and back: what a chart draws goes from the notebook to the painter as data."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from .numerals import is_missing
from .values import plain

DTYPE: Final = re.compile(
    r"u?int\d+|float\d+|U?Int\d+|Float\d+|bool|boolean|object|str|string|category|datetime64\[(s|ms|us|ns)\]"
)
"""The types of columns that a frame may have, as pandas writes them."""


def pack_frame(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a frame's columns as {"name", "type", "values"}, and "categories", "ordered" of a category."""
    return [_pack_column(str(name), frame[name]) for name in frame]


def unpack_frame(packed: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a frame of what `pack_frame` gave; a type that it does not give raises ValueError."""
    return pd.DataFrame({column["name"]: _unpack_column(column) for column in packed})


def _pack_column(name: str, column: "pd.Series[Any]") -> dict[str, Any]:
    kind = str(column.dtype)
    if not DTYPE.fullmatch(kind):
        raise ValueError(f"column {name!r} is of the type {kind}, which no chart draws")
    more = {}
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = [pack(value) for value in column.dtype.categories]
        more = {"categories": categories, "ordered": bool(column.dtype.ordered)}
    return {"name": name, "type": kind, "values": [pack(value) for value in column], **more}


def _unpack_column(column: Mapping[str, Any]) -> "pd.Series[Any]":
    kind = str(column["type"])
    if not DTYPE.fullmatch(kind):
        raise ValueError(f"column {column['name']!r} is of the type {kind!r}, which no chart draws")
    values = [unpack(value) for value in column["values"]]
    if kind == "category":
        categories = [unpack(value) for value in column["categories"]]
        return pd.Series(pd.Categorical(values, categories=categories, ordered=column["ordered"]))
    return pd.Series(values, dtype=kind)


def pack(value: Any) -> Any:
    """As `plain`, but a day is {"day": ISO}, so that it is a day again afterwards."""
    if isinstance(value, datetime.date) and not is_missing(value):
        return {"day": value.isoformat()}
    return plain(value)


def unpack(value: Any) -> Any:
    """Undo `pack`."""
    if isinstance(value, list):
        return [unpack(one) for one in value]
    return pd.Timestamp(value["day"]) if isinstance(value, Mapping) else value
