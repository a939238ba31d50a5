"""Mexico's Unidad de Política Migratoria (SEGOB): irregular-migration events and returns, by nationality.

An event is each time a foreign national is presented before or channelled by the migration authority in an
irregular situation (bulletin, table 3.1.1); the same person can be counted more than once. A return is each
time one is sent back to another country.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.nationalities import Layout, read_months
from sharedborder.records.publishers.reading import header

SPECIALS: Mapping[str, str] = {
    # the file has no nationality here (about 220 events and 12 returns), which is not the same as "OTHER"
    "NA": "unknown",
    "OTHER": "other",
    "STATELESS": "stateless",
}

LAYOUTS: Mapping[str, Layout] = {
    "mexico_migration_events": Layout(
        columns=["citizenship", "date", "encounter_count", "country_of_entry"],
        count="encounter_count",
        name="events",
        reporter="MEXICO",
        specials=SPECIALS,
    ),
    "mexico_returns": Layout(
        columns=["citizenship", "date", "returns", "country_of_entry"],
        count="returns",
        name="returns",
        reporter="MEXICO",
        specials=SPECIALS,
    ),
}


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `mexico_migration_events` and `mexico_returns`, or the one whose file is given.

    Columns month, citizenship (country key) and events or returns. The header tells the files apart.
    Raises ParseError at a header, month, nationality or count that is not known, and at two files for
    one table.
    """
    frames: dict[str, pd.DataFrame] = {}
    for path in files:
        name = _table_of(path)
        if name in frames:
            raise ParseError(f"{path.name}: a second file for {name}: give one file a table")
        frames[name] = read_months(path, LAYOUTS[name], published)
    return frames


def _table_of(path: Path) -> str:
    """Return the name of the table that the file's header belongs to."""
    columns = header(path)
    for name, layout in LAYOUTS.items():
        if columns == layout.columns:
            return name
    known = "; ".join(f"{name}: {layout.columns}" for name, layout in LAYOUTS.items())
    raise ParseError(f"{path.name}: line 1: the header is {columns}, known are {known}")
