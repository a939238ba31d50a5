"""World Bank: population, total (SP.POP.TOTL), by country and year."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.countries import from_codes
from sharedborder.records.publishers.reading import ordered, refuse, table, whole_numbers

COLUMNS = ["Country Name", "Country Code", "Year", "Value"]

WORLD: Mapping[str, str] = {"WLD": "WLD"}

DROPPED: Mapping[str, str] = {
    "AFE": "Africa Eastern and Southern",
    "AFW": "Africa Western and Central",
    "ARB": "Arab World",
    "CEB": "Central Europe and the Baltics",
    "CHI": "Channel Islands, which ISO lists as Guernsey and Jersey",
    "CSS": "Caribbean small states",
    "EAP": "East Asia & Pacific (excluding high income)",
    "EAR": "Early-demographic dividend",
    "EAS": "East Asia & Pacific",
    "ECA": "Europe & Central Asia (excluding high income)",
    "ECS": "Europe & Central Asia",
    "EMU": "Euro area",
    "EUU": "European Union",
    "FCS": "Fragile and conflict affected situations",
    "HIC": "High income",
    "HPC": "Heavily indebted poor countries (HIPC)",
    "IBD": "IBRD only",
    "IBT": "IDA & IBRD total",
    "IDA": "IDA total",
    "IDB": "IDA blend",
    "IDX": "IDA only",
    "LAC": "Latin America & Caribbean (excluding high income)",
    "LCN": "Latin America & Caribbean",
    "LDC": "Least developed countries: UN classification",
    "LIC": "Low income",
    "LMC": "Lower middle income",
    "LMY": "Low & middle income",
    "LTE": "Late-demographic dividend",
    "MEA": "Middle East, North Africa, Afghanistan & Pakistan",
    "MIC": "Middle income",
    "MNA": "Middle East, North Africa, Afghanistan & Pakistan (excluding high income)",
    "NAC": "North America",
    "OED": "OECD members",
    "OSS": "Other small states",
    "PRE": "Pre-demographic dividend",
    "PSS": "Pacific island small states",
    "PST": "Post-demographic dividend",
    "SAS": "South Asia",
    "SSA": "Sub-Saharan Africa (excluding high income)",
    "SSF": "Sub-Saharan Africa",
    "SST": "Small states",
    "TEA": "East Asia & Pacific (IDA & IBRD countries)",
    "TEC": "Europe & Central Asia (IDA & IBRD countries)",
    "TLA": "Latin America & the Caribbean (IDA & IBRD countries)",
    "TMN": "Middle East, North Africa, Afghanistan & Pakistan (IDA & IBRD)",
    "TSA": "South Asia (IDA & IBRD)",
    "TSS": "Sub-Saharan Africa (IDA & IBRD countries)",
    "UMC": "Upper middle income",
}
"""Rows left out: the bank's groups of countries, by its code."""


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `population`: year, country (ISO alpha-3, XKX, or WLD for the world), people at mid-year.

    Raises ParseError unless exactly one file is given and every code in it is a country, the world or a
    group named in DROPPED.
    """
    if len(files) != 1:
        names = ", ".join(path.name for path in files) or "none"
        raise ParseError(f"one file makes a release of worldbank, given: {names}")
    path = files[0]
    frame = table(path, COLUMNS)
    frame = frame[~frame["Country Code"].isin(list(DROPPED))]
    result = pd.DataFrame(
        {
            "year": _years(frame, path, published),
            "country": from_codes(frame, "Country Code", path, WORLD),
            "people": whole_numbers(frame, "Value", path),
        }
    )
    return {"population": ordered(result, ["year", "country"], path)}


def _years(frame: pd.DataFrame, path: Path, published: datetime.date) -> pd.Series[int]:
    """Return the years; refuse those that had not ended when the figures were released."""
    years = whole_numbers(frame, "Year", path)
    advice = f"a year that had not ended on the day of release, {published.isoformat()}"
    refuse(frame, years >= published.year, "Year", path, advice)
    return years
