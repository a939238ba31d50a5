"""Single figures as their publishers announced them: our own hand-gathered list, one file for all days.

It is no publisher's file: each row names the body that announced the figure, who reported it, the address
where it was seen and the day on which it became public. A release is the rows of one such day.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.reading import fault, mapped, ordered, refuse, table, whole_numbers

KEY = ["indicator", "geography", "period_start", "period_end", "subject", "publisher", "vintage"]
COLUMNS = [
    "published_on", *KEY, "value", "unit", "approximate", "weak", "reported_by", "address", "note",
]  # fmt: skip

VINTAGES: Mapping[str, str] = {name: name for name in ("first", "revised", "quoted", "total")}
"""first: the publisher's first announcement, on its own day, which proves that nothing was public before;
revised: given anew beside a later announcement; quoted: as somebody reported it, or a first announcement
whose day is not certain; total: a running or closing total."""

TRUTHS: Mapping[str, str] = {"true": "true", "false": "false"}
NEEDED = ("indicator", "geography", "publisher", "unit", "reported_by")


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `announced_figures`: the rows of the list that became public on the day `published`.

    Columns: KEY (periods as days), then value (whole number of `unit`), unit, approximate, weak (rests on a
    source that one would not rely on alone), reported_by, address, note. Raises ParseError for another
    header, a value that is not of its column, or a day on which nothing was announced.
    """
    path = _only(files)
    frame = table(path, COLUMNS)
    today = frame[_days(frame, "published_on", path) == pd.Timestamp(published)]
    if today.empty:
        raise ParseError(
            f"{path.name}: no figure became public on {published}: "
            "take a day of `announcement_days`, or add the row"
        )
    return {"announced_figures": ordered(_typed(today, published, path), KEY, path)}


def announcement_days(path: Path) -> list[datetime.date]:
    """Return the days on which figures of the list became public, oldest first: a release for each."""
    days = _days(table(path, COLUMNS), "published_on", path)
    return [day.date() for day in sorted(days.unique())]


def _only(files: Sequence[Path]) -> Path:
    if len(files) != 1:
        names = ", ".join(path.name for path in files) or "none"
        raise ParseError(f"one list holds all announced figures, given: {names}")
    return files[0]


def _typed(frame: pd.DataFrame, published: datetime.date, path: Path) -> pd.DataFrame:
    for name in NEEDED:
        refuse(frame, frame[name].str.strip() == "", name, path, "must not be empty")
    refuse(frame, ~frame["address"].str.match(r"https?://"), "address", path, "not an address of the web")
    start, end = _periods(frame, published, path)
    typed = frame.assign(
        period_start=start,
        period_end=end,
        vintage=mapped(frame, "vintage", VINTAGES, path),
        value=whole_numbers(frame, "value", path).astype("int64"),
        approximate=_truth(frame, "approximate", path),
        weak=_truth(frame, "weak", path),
    )
    return typed.drop(columns="published_on")


def _periods(
    frame: pd.DataFrame, published: datetime.date, path: Path
) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]:
    """Return first and last days; refuse a period that is turned round or that its announcement precedes."""
    start, end = _days(frame, "period_start", path), _days(frame, "period_end", path)
    refuse(frame, end < start, "period_end", path, "the period ends before it starts")
    advice = f"the period had not ended on {published}, when the figure was announced: check both days"
    refuse(frame, end > pd.Timestamp(published), "period_end", path, advice)
    return start, end


def _days(frame: pd.DataFrame, column: str, path: Path) -> pd.Series[pd.Timestamp]:
    """Return a column of ISO days as datetime64; refuse anything else."""
    advice = "not a day written YYYY-MM-DD"
    refuse(frame, ~frame[column].str.fullmatch(r"\d{4}-\d{2}-\d{2}"), column, path, advice)
    days = pd.to_datetime(frame[column], format="%Y-%m-%d", errors="coerce")
    if days.isna().any():
        position = int(days.isna().to_numpy().argmax())
        raise fault(path, int(frame.index[position]), column, frame[column].iloc[position], advice)
    return days


def _truth(frame: pd.DataFrame, column: str, path: Path) -> pd.Series[bool]:
    return mapped(frame, column, TRUTHS, path) == "true"
