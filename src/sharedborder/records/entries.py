"""What `datapackage.json` says of one file of the ledger."""

import datetime
import hashlib

import pandas as pd

from sharedborder.records import shelf
from sharedborder.records.schemas import Schema


def entry(
    frame: pd.DataFrame, made: Schema, published: datetime.date, path: str, stored: bytes
) -> shelf.Release:
    """What `datapackage.json` says of a typed frame and the bytes it is stored as."""
    covers = None if made.every_key_is_a_period else frozenset(_periods(frame, made, made.covers))
    when = sorted(period[0] for period in _periods(frame, made, (made.period,))) if made.period else [None]
    return shelf.Release(
        table=made.table,
        published=published,
        path=path,
        covers=covers,
        first_period=when[0],
        last_period=when[-1],
        rows=len(frame),
        digest=hashlib.sha256(stored).hexdigest(),
        size=len(stored),
    )


def _periods(frame: pd.DataFrame, made: Schema, names: tuple[str, ...]) -> list[shelf.Period]:
    distinct = frame[list(names)].drop_duplicates()
    for name in names:
        if made.field(name).type == "date":
            distinct[name] = distinct[name].dt.strftime("%Y-%m-%d")
    return [tuple(row) for row in distinct.astype(object).to_numpy().tolist()]
