"""Servicio Nacional de Migración de Panamá: irregular transit through the Darién, by month and nationality.

Later announcements differ a little from these files: 133,726 people for 2021, where they hold 129,993.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.nationalities import Layout, read_months

DARIEN = Layout(
    columns=["date", "citizenship", "encounter_count", "country_of_entry"],
    count="encounter_count",
    name="people",
    reporter="PANAMA",
    specials={
        # November and December 2021 have people counted as "Africa" beside rows of African countries
        "AFRICA": "africa",
        # the file has no nationality here (165 people in 2024), which is not the same as "OTHER"
        "NA": "unknown",
        "OTHER": "other",
    },
)


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `darien_transit`: month, citizenship (country key), people (counted as they arrived).

    Raises ParseError unless exactly one file is given and everything in it is known.
    """
    if len(files) != 1:
        names = ", ".join(path.name for path in files) or "none"
        raise ParseError(f"one file makes a release of panama, given: {names}")
    return {"darien_transit": read_months(files[0], DARIEN, published)}
