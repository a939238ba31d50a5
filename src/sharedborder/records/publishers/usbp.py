"""U.S. Border Patrol statistics: apprehensions by sector since FY1960, by month since FY2000, and deaths.

The files hold the publisher's own sums beside the parts: borders, the nation, fiscal years. Every sum is
checked against its parts and then left out. Where the publisher contradicts itself the sectors' months stand,
and the contradiction is listed in `KNOWN_DISAGREEMENTS` with its size; any other stops the parser.

An apprehension is an arrest between ports of entry, an event. Deaths are those the Border Patrol recorded.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading

SECTORS: Mapping[str, tuple[str, ...]] = {
    "southwest": (
        "big bend",
        "del rio",
        "el centro",
        "el paso",
        "laredo",
        "rio grande valley",
        "san diego",
        "tucson",
        "yuma",
    ),
    "northern": (
        "blaine",
        "buffalo",
        "detroit",
        "grand forks",
        "havre",
        "houlton",
        "spokane",
        "swanton",
    ),
    # Livermore closed in 2004; a few apprehensions are still counted under it in FY2005.
    "coastal": ("livermore", "miami", "new orleans", "ramey"),
}
REGIONS = {sector: region for region, sectors in SECTORS.items() for sector in sectors}
CLOSED = "livermore"

SUMS: Mapping[str, tuple[str, ...]] = {
    "southwest border": SECTORS["southwest"],
    "northern border": SECTORS["northern"],
    "coastal border": SECTORS["coastal"],
    "nationwide total": tuple(REGIONS),
}
"""Row of the publisher -> the sectors it adds up."""

YEAR = "yearly total"
"""What stands in the column `month` of a row for a whole fiscal year."""

KNOWN_DISAGREEMENTS: Mapping[tuple[str, int, str, str], tuple[int | None, int]] = {
    # The nation's figure agrees with the sectors, so it is the border's that is off.
    ("northern border", 2018, "october", "families"): (8, 13),
    ("northern border", 2018, "november", "families"): (5, 2),
    ("northern border", 2018, "december", "families"): (8, 11),
    ("northern border", 2018, YEAR, "families"): (230, 235),
    # Twelve months of 0, and no total.
    ("buffalo", 2016, YEAR, "unaccompanied_children"): (None, 0),
}
"""Row, fiscal year, month and our column -> what the publisher's sum says, what its parts add up to."""

HISTORY = {
    "sector": "sector",
    "fiscal_year": "fiscal_year",
    "month": "month",
    "total_apprehensions": "apprehensions",
    "unaccompanied_child_apprehension": "unaccompanied_children",
    "family_apprehensions": "families",
}
BY_YEAR = {"sector": "sector", "fiscal_year": "fiscal_year", "total_apprehensions": "apprehensions"}
DEATHS = {"sector": "sector", "fiscal_year": "fiscal_year", "deaths": "deaths"}
"""Column of the publisher -> ours."""
THEIRS = {ours: name for columns in (HISTORY, DEATHS) for name, ours in columns.items()}


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `apprehensions_history`, `apprehensions_by_year` and `border_deaths`, as far as there are files.

    Counts are whole numbers, missing where the publisher writes "NA" (not counted then). Raises ParseError at
    an unknown header or value, a sum that its parts do not make, a row given twice, and a period not yet over
    on the day of the release.
    """
    tables: dict[str, pd.DataFrame] = {}
    for path in files:
        table, read = reading.recognised(path, READERS)
        if table in tables:
            raise ParseError(f"{path.name}: a second file for {table} in one release: give only one of them")
        tables[table] = read(path, published)
    return tables


def history(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return apprehensions by month and sector, children alone and families among them."""
    frame = counted(path, HISTORY)
    reading.refuse(frame, ~frame["month"].isin([*reading.MONTHS, YEAR]), "month", path, "not a month")
    whole = frame["month"] == YEAR
    group = ["sector", "fiscal_year"]
    check_sums(frame[whole], frame[~whole], group, path)
    months = sectors_only(frame, [*group, "month"], path)
    months = months[months["month"] != YEAR]
    number = months["month"].map(reading.MONTHS).astype("int64")
    months["month"] = reading.fiscal_month_starts(months["fiscal_year"], number)
    reading.refuse_unfinished(months["month"], published, path)
    months["region"] = months["sector"].map(REGIONS)
    columns = ["month", "region", "sector", "apprehensions", "unaccompanied_children", "families"]
    return finished(months[columns], columns[:3], path)


def by_year(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return apprehensions by fiscal year and southwest sector."""
    return yearly(path, BY_YEAR, published)


def deaths(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return recorded deaths by fiscal year and southwest sector."""
    return yearly(path, DEATHS, published)


def yearly(path: Path, columns: Mapping[str, str], published: datetime.date) -> pd.DataFrame:
    """Return a file of fiscal years and sectors: fiscal_year, sector and the one count."""
    frame = sectors_only(counted(path, columns), ["sector", "fiscal_year"], path)
    count = list(columns.values())[-1]
    over = frame["fiscal_year"].map(lambda year: datetime.date(year, 9, 30) <= published)
    reading.refuse(frame, ~over, "fiscal_year", path, f"this fiscal year had not ended on {published}")
    return finished(frame[["fiscal_year", "sector", count]], ["fiscal_year", "sector"], path)


def counted(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the file with our column names, years and counts as numbers, by line; "NA" is missing."""
    raw = reading.table(path, list(columns))
    places = {name: name for name in (*REGIONS, *SUMS)}
    frame = pd.DataFrame({"sector": reading.mapped(raw, "sector", places, path)})
    frame["fiscal_year"] = reading.whole_numbers(raw, "fiscal_year", path).astype("int64")
    frame["month"] = raw.get("month", YEAR)
    for name, ours in columns.items():
        if ours not in frame:
            frame[ours] = reading.whole_numbers(raw, name, path, blanks=["NA"])
    return frame


def sectors_only(frame: pd.DataFrame, group: list[str], path: Path) -> pd.DataFrame:
    """Check the rows of borders and nation against their sectors; return the sectors' rows without them.

    The closed sector's empty rows are left out too. A sum over years is checked like any other.
    """
    for name, sectors in SUMS.items():
        parts = frame[frame["sector"].isin(sectors)].assign(sector=name)
        check_sums(frame[frame["sector"] == name], parts, group, path)
    rows = frame[frame["sector"].isin(list(REGIONS))]
    count = rows.columns[3]
    empty = rows[count].isna()
    wrong = empty & (rows["sector"] != CLOSED)
    reading.refuse(rows.rename(columns=THEIRS), wrong, THEIRS[count], path, "only a closed sector has none")
    return rows[~empty].astype({count: "int64"})


def check_sums(sums: pd.DataFrame, parts: pd.DataFrame, group: list[str], path: Path) -> None:
    """Raise ParseError where a row of `sums` is not what the `parts` with the same `group` add up to."""
    for count in sums.columns[3:]:
        added = parts.groupby(group)[count].sum(min_count=1)
        expected = added.reindex(pd.MultiIndex.from_frame(sums[group])).set_axis(sums.index)
        same = (sums[count] == expected).fillna(False) | (sums[count].isna() & expected.isna())
        for line in sums.index[~same]:
            refuse_unknown(sums.loc[line], count, int(line), expected.at[line], path)


def refuse_unknown(row: pd.Series[Any], count: str, line: int, expected: object, path: Path) -> None:
    """Raise ParseError unless this sum's disagreement with its parts is a known one, to the unit."""
    given = None if pd.isna(row[count]) else row[count]
    known = KNOWN_DISAGREEMENTS.get((row["sector"], row["fiscal_year"], row["month"], count))
    if (given, expected) != known:
        where = f"{row['sector']}, fiscal year {row['fiscal_year']}, {row['month']}"
        advice = f"a sum ({where}) whose parts add up to {expected}: compare both with the publisher's page"
        raise reading.fault(path, line, THEIRS[count], given, advice)


def finished(frame: pd.DataFrame, key: list[str], path: Path) -> pd.DataFrame:
    """Return the frame with sectors in title case, sorted by key."""
    return reading.ordered(frame.assign(sector=frame["sector"].str.title()), key, path)


Reader = Callable[[Path, datetime.date], pd.DataFrame]

READERS: Mapping[tuple[str, ...], tuple[str, Reader]] = {
    tuple(HISTORY): ("apprehensions_history", history),
    tuple(BY_YEAR): ("apprehensions_by_year", by_year),
    tuple(DEATHS): ("border_deaths", deaths),
}
"""Header -> table and the function that reads it."""
