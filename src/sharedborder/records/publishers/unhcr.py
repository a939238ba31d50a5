"""UNHCR's Refugee Data Finder: the displaced by origin and asylum, with the figures of IDMC and UNRWA.

A release is a folder of five files, told apart by their names. Stocks are given by year; a release whose
newest year is the year of the release itself is a mid-year one, whose figures for that year are of 30 June.
UNHCR's own country codes differ from ISO's (its `AUS` is Austria), so only the ISO columns are read, and its
own codes only where those are empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.countries import from_codes
from sharedborder.records.publishers.reading import mapped, ordered, refuse, table, whole_numbers

PAIR = ["year", "coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso"]
PROCEDURE = ["procedure_type", "app_type", "dec_level", "app_pc"]
REGIONS = ["name", "unhcr_region", "unsd_region", "unsd_subregion", "unsd_imregion"]

CATEGORIES: Mapping[str, str] = {
    "refugees": "refugees",
    "asylum_seekers": "asylum-seekers",
    "returned_refugees": "returned refugees",
    "idps": "internally displaced, protected by UNHCR",
    "returned_idps": "returned internally displaced",
    "stateless": "stateless",
    "ooc": "others of concern",
    "oip": "other people in need of international protection",
    "hst": "host community",
}
"""UNHCR's columns -> our categories. The two returns are counted over the year, the others at its end."""

SPECIALS: Mapping[str, str] = {
    "AB9": "AB9",  # Abyei, claimed by Sudan and South Sudan: IDMC's own code
    "TIB": "TIB",  # Tibetans
    "UNK": "unknown",
    "XXA": "stateless",
}
"""What UNHCR writes in its ISO columns beside ISO codes -> our keys."""

WITHOUT_ISO: Mapping[str, str] = {"AB9": "AB9", "UKN": "unknown"}
"""UNHCR's own codes whose ISO column the release of June 2023 leaves empty -> our keys."""

# Codes of the asylum files by UNHCR's methodology, "Data content". `V` (2000 to 2005) and the application
# type `RA` (from 2023) are not defined there and stay as they are.
PROCEDURES: Mapping[str, str] = {"G": "government", "J": "joint", "U": "UNHCR"}
APPLICATION_TYPES: Mapping[str, str] = {
    "A": "appeal",
    "BL": "backlog",
    "FA": "first instance and appeal",
    "J": "judiciary",
    "N": "new",
    "NA": "new and appeal",
    "NR": "new and repeat",
    "R": "repeat",
    "RA": "RA",
    "SP": "subsidiary protection",
    "V": "V",
}
DECISION_LEVELS: Mapping[str, str] = {
    "0": "unknown",  # one row, five people, in the mid-year release of 2023; the next release corrects it
    "AR": "administrative review",
    "BL": "backlog",
    "CA": "cantonal regulations (Switzerland)",
    "EO": "US Executive Office for Immigration Review",
    "FA": "first instance and appeal",
    "FI": "first instance",
    "IN": "US Citizenship and Immigration Services",
    "JR": "judicial review",
    "NA": "new applications",
    "RA": "repeat or reopened",
    "SP": "subsidiary protection",
    "TA": "temporary asylum",
    "TP": "temporary protection",
    "TR": "temporary leave to remain",
}
COUNTED: Mapping[str, str] = {"C": "cases", "P": "persons"}

Reader = Callable[[Path, datetime.date], pd.DataFrame]


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return the tables whose files are given.

    `displaced_population`, `internal_displacement`, `palestine_refugees` and `asylum_applications`;
    countries.csv, which lists regions, is checked and gives none. Zero and empty counts are left out.
    Raises ParseError at an unknown file, header, country, code, year or count.
    """
    frames: dict[str, pd.DataFrame] = {}
    for path in files:
        stem = path.name.split(".")[0]
        if stem == "countries":
            table(path, ["iso_code", "unhcr_code", *REGIONS])
            continue
        if stem not in READERS:
            raise ParseError(f"{path.name}: unknown file; known are {', '.join([*READERS, 'countries'])}")
        name, reader = READERS[stem]
        frames[name] = reader(path, published)
    return frames


def displaced_population(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return date, origin, asylum, category, people: one row per count above zero in population.csv."""
    frame = table(path, [*PAIR, *CATEGORIES])
    wide = pd.DataFrame(
        {
            "date": _days(frame, path, published),
            "origin": _places(frame, "coo", path),
            "asylum": _places(frame, "coa", path),
        }
    )
    parts = [
        wide.join(_counts(frame, column, "people", path), how="inner").assign(category=category)
        for column, category in CATEGORIES.items()
    ]
    key = ["date", "origin", "asylum", "category"]
    return ordered(pd.concat(parts)[[*key, "people"]], key, path)


def internal_displacement(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return date, country, people; refuse a row whose two countries differ, which would not be internal."""
    frame = table(path, [*PAIR, "total"])
    advice = "differs from coo: a person displaced inside a country cannot be in another; ask the publisher"
    refuse(frame, frame["coo"] != frame["coa"], "coa", path, advice)
    return _by_country(frame, "coo", path, published)


def palestine_refugees(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return date, country (where UNRWA registered them), people; refuse any origin but Palestine."""
    frame = table(path, [*PAIR, "total"])
    advice = "UNRWA registers Palestine refugees only, whose origin UNHCR writes PSE: ask the publisher"
    refuse(frame, frame["coo_iso"] != "PSE", "coo_iso", path, advice)
    return _by_country(frame, "coa", path, published)


def asylum_applications(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return one row per year, pair of countries and kind of application: applications above zero.

    Columns year, through (the last day that the row covers), origin, asylum, procedure, application_type,
    decision_level, counted (cases or persons), applications.
    """
    frame = table(path, [*PAIR, *PROCEDURE, "applied"])
    days = _days(frame, path, published)
    key = pd.DataFrame(
        {
            "year": days.dt.year.astype("Int64"),
            "through": days,
            "origin": _places(frame, "coo", path),
            "asylum": _places(frame, "coa", path),
            "procedure": mapped(frame, "procedure_type", PROCEDURES, path),
            "application_type": mapped(frame, "app_type", APPLICATION_TYPES, path),
            "decision_level": mapped(frame, "dec_level", DECISION_LEVELS, path),
            "counted": mapped(frame, "app_pc", COUNTED, path),
        }
    )
    counts = _counts(frame, "applied", "applications", path)
    return ordered(key.join(counts, how="inner"), list(key.columns), path)


READERS: Mapping[str, tuple[str, Reader]] = {
    "population": ("displaced_population", displaced_population),
    "idmc": ("internal_displacement", internal_displacement),
    "unrwa": ("palestine_refugees", palestine_refugees),
    "asylum_applications": ("asylum_applications", asylum_applications),
}
"""Name of a file without its endings -> table and reader."""


def _by_country(frame: pd.DataFrame, side: str, path: Path, published: datetime.date) -> pd.DataFrame:
    """Return date, country and people of a file that has one count a row."""
    wide = pd.DataFrame({"date": _days(frame, path, published), "country": _places(frame, side, path)})
    return ordered(wide.join(_counts(frame, "total", "people", path), how="inner"), list(wide.columns), path)


def _counts(frame: pd.DataFrame, column: str, name: str, path: Path) -> pd.Series[int]:
    """Return the counts above zero, by line; UNHCR writes 0 or nothing for every empty cell of its matrix."""
    written = frame[~frame[column].isin(["", "0"])]
    return whole_numbers(written, column, path).loc[lambda counts: counts > 0].rename(name)


def _places(frame: pd.DataFrame, side: str, path: Path) -> pd.Series[str]:
    """Return the country keys of one side of the pair, `coo` (origin) or `coa` (asylum)."""
    column = f"{side}_iso"
    blank = frame[column] == ""
    without = mapped(frame[blank], side, WITHOUT_ISO, path)
    return pd.concat([from_codes(frame[~blank], column, path, SPECIALS), without]).reindex(frame.index)


def _days(frame: pd.DataFrame, path: Path, published: datetime.date) -> pd.Series[pd.Timestamp]:
    """Return the reference day of each row: 31 December, or 30 June in the year of the release itself."""
    years = whole_numbers(frame, "year", path)
    advice = f"a year after the day of release, {published.isoformat()}"
    refuse(frame, years > published.year, "year", path, advice)
    midyear = years == published.year
    parts = {"year": years, "month": 12 - 6 * midyear, "day": 31 - midyear}
    return pd.to_datetime(pd.DataFrame(parts))
