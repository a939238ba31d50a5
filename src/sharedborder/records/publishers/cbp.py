"""U.S. Customs and Border Protection: encounters by month, from its two kinds of delimited files.

"Southwest Land Border Encounters" has five citizenship groups; "Nationwide Encounters" has areas and
twenty-two groups. A file says by its header which one it is. Definitions: CBP, data dictionary of "Nationwide
Encounters": an encounter is an apprehension or an expulsion by the Border Patrol between ports of entry, or
an inadmissible or an expulsion by the Office of Field Operations at ports. It is an event: one person may be
met several times.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading

SOUTHWEST = {
    "Fiscal Year": "fiscal_year",
    "Month Grouping": "month_grouping",
    "Month (abbv)": "month",
    "Component": "component",
    "Demographic": "demographic",
    "Citizenship Grouping": "citizenship",
    "Title of Authority": "authority",
    "Encounter Type": "encounter_type",
    "Encounter Count": "encounters",
}
NATIONWIDE = {
    "fiscal_year": "fiscal_year",
    "month_grouping": "month_grouping",
    "month_abbv": "month",
    "component": "component",
    "land_border_region": "region",
    "area_of_responsibility": "area",
    "aor_abbv": "area_abbreviation",
    "demographic": "demographic",
    "citizenship": "citizenship",
    "title_of_authority": "authority",
    "encounter_type": "encounter_type",
    "encounter_count": "encounters",
}
"""Column of the publisher -> ours, in the publisher's order."""

SOUTHWEST_FIRST = {"w" + name if name == "Fiscal Year" else name: ours for name, ours in SOUTHWEST.items()}
"""The release of October 2022 came with "wFiscal Year"."""

CATEGORIES: Mapping[str, Mapping[str, str]] = {
    # A year is split over both groupings while it is open; the grouping itself says nothing about the people.
    "month_grouping": {"FYTD": "", "Remaining": ""},
    "component": {"U.S. Border Patrol": "between ports", "Office of Field Operations": "at ports"},
    "region": {
        "Southwest Land Border": "southwest border",
        "Northern Land Border": "northern border",
        "Other": "other",
    },
    "demographic": {
        "Single Adults": "single adults",
        "FMUA": "families",
        "UC / Single Minors": "unaccompanied children",
        "UAC": "unaccompanied children",  # the same category, renamed in 2025
        "Accompanied Minors": "accompanied children",
    },
    "authority": {"Title 8": "Title 8", "Title 42": "Title 42"},
    "encounter_type": {
        "Apprehensions": "apprehension",
        "Expulsions": "expulsion",
        "Inadmissibles": "inadmissible",
    },
}
CITIZENSHIPS: Mapping[str, str] = {
    "BRAZIL": "BRA",
    "CANADA": "CAN",
    "CHINA, PEOPLES REPUBLIC OF": "CHN",
    "COLOMBIA": "COL",
    "CUBA": "CUB",
    "ECUADOR": "ECU",
    "EL SALVADOR": "SLV",
    "GUATEMALA": "GTM",
    "HAITI": "HTI",
    "HONDURAS": "HND",
    "INDIA": "IND",
    "MEXICO": "MEX",
    "MYANMAR (BURMA)": "MMR",
    "NICARAGUA": "NIC",
    "OTHER": "other",
    "PERU": "PER",
    "PHILIPPINES": "PHL",
    "ROMANIA": "ROU",
    "RUSSIA": "RUS",
    "TURKEY": "TUR",
    "UKRAINE": "UKR",
    "VENEZUELA": "VEN",
}
SOUTHWEST_CITIZENSHIPS = {
    name: CITIZENSHIPS[name.upper()] for name in ("El Salvador", "Guatemala", "Honduras", "Mexico", "Other")
}
SECTORS = (
    "Big Bend, Blaine, Buffalo, Del Rio, Detroit, El Centro, El Paso, Grand Forks, Havre, Houlton, Laredo, "
    "Miami, New Orleans, Ramey, Rio Grande Valley, San Diego, Spokane, Swanton, Tucson, Yuma"
)
FIELD_OFFICES = (
    "Atlanta, Baltimore, Boston, Buffalo, Chicago, Detroit, El Paso, Houston, Laredo, Los Angeles, Miami, "
    "New Orleans, New York, Portland, Preclearance, San Diego, San Francisco, San Juan, Seattle, Tampa, "
    "Tucson"
)
AREAS = {
    **{f"{name} Sector": f"{name} Sector" for name in SECTORS.split(", ")},
    **{f"{name} Field Office": f"{name} Field Office" for name in FIELD_OFFICES.split(", ")},
}
"""CBP's own names. A field office may hold places in two regions, so a row needs both region and area."""

MONTHS = {name[:3].upper(): number for name, number in reading.MONTHS.items()}

HEADERS: Mapping[tuple[str, ...], tuple[str, Mapping[str, str], Mapping[str, str]]] = {
    tuple(SOUTHWEST): ("southwest_encounters", SOUTHWEST, SOUTHWEST_CITIZENSHIPS),
    tuple(SOUTHWEST_FIRST): ("southwest_encounters", SOUTHWEST_FIRST, SOUTHWEST_CITIZENSHIPS),
    tuple(NATIONWIDE): ("nationwide_encounters", NATIONWIDE, CITIZENSHIPS),
}
"""Header -> table, our column names, citizenship groups."""


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `southwest_encounters` or `nationwide_encounters` (or both), counts of encounters by month.

    Zeros are dropped (most of the publisher's files hold none). Raises ParseError at an unknown header or
    value, at a row given twice, at a month that had not ended on the day of the release, and at two files for
    one table.
    """
    tables: dict[str, pd.DataFrame] = {}
    for path in files:
        table, columns, citizenships = reading.recognised(path, HEADERS)
        if table in tables:
            raise ParseError(f"{path.name}: a second file for {table} in one release: give only one of them")
        tables[table] = encounters(path, columns, citizenships, published)
    return tables


def encounters(
    path: Path, columns: Mapping[str, str], citizenships: Mapping[str, str], published: datetime.date
) -> pd.DataFrame:
    """Return one file as a frame: month, the categories in our names, encounters; sorted by key."""
    raw = reading.table(path, list(columns))
    ours = {ours: name for name, ours in columns.items()}
    names = {**CATEGORIES, "citizenship": citizenships, "area": AREAS}
    frame = pd.DataFrame({"month": months(raw, ours, path)})
    for column in ours:
        if column in names:
            frame[column] = reading.mapped(raw, ours[column], names[column], path)
    frame["encounters"] = reading.whole_numbers(raw, ours["encounters"], path).astype("int64")
    reading.refuse_unfinished(frame["month"], published, path)
    refuse_repeated(raw, columns, path)
    key = [column for column in frame if column not in ("month_grouping", "encounters")]
    summed = frame.groupby(key)["encounters"].sum().reset_index()
    return summed[summed["encounters"] > 0].reset_index(drop=True)


def months(raw: pd.DataFrame, ours: Mapping[str, str], path: Path) -> pd.Series[pd.Timestamp]:
    """Return the calendar month of each row, from "2024 (FYTD)" and "OCT" (which is October 2023)."""
    year, month = ours["fiscal_year"], ours["month"]
    wrong = ~raw[year].str.fullmatch(r"20[0-9]{2}( \(FYTD\))?")
    reading.refuse(raw, wrong, year, path, "not a fiscal year such as '2023' or '2024 (FYTD)'")
    number = reading.mapped(raw, month, {name: str(value) for name, value in MONTHS.items()}, path)
    return reading.fiscal_month_starts(raw[year].str[:4].astype("int64"), number.astype("int64"))


def refuse_repeated(raw: pd.DataFrame, columns: Mapping[str, str], path: Path) -> None:
    """Raise ParseError where all but the count stands twice: only month groupings are added up."""
    described = [name for name, ours in columns.items() if ours != "encounters"]
    advice = "this row's categories were already given above: decide which row counts"
    reading.refuse(raw, raw.duplicated(described), described[0], path, advice)
