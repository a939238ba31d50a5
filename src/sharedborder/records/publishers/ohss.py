"""DHS Office of Homeland Security Statistics, "Immigration Enforcement and Legal Processes Monthly Tables".

A workbook of some thirty sheets, each a table of months by fiscal year, rounded to ten. `ohss_sheets` names
the sheets taken, with the series that their columns make, and those left out. A sheet, a column or a sign
that is not named there stops the parser.

A sheet's shape: a title; where columns are grouped, a row of labels over the groups (merged, so that only the
first cell is filled); a row of column names, with the digits of footnotes glued to them; then for each fiscal
year a row "Total", the only one that names the year, and its months from October on, most of them hidden;
then the notes, which say what "X" (not applicable) and "NA" (not available) mean: neither is a zero, and
neither is stored.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading
from sharedborder.records.publishers.ohss_sheets import LEFT_OUT, SHEETS

Row: TypeAlias = tuple[object, ...]
Figure: TypeAlias = tuple[datetime.date, str, int, str]

KEY = ["month", "series"]
NOT_A_FIGURE = ("X", "NA")
"""Not applicable (no such process in that month), not available (not collected)."""
ROUNDED_BY = 5
"""The most by which rounding to ten moves a figure."""
FISCAL_MONTHS = [name.title() for name in (*list(reading.MONTHS)[9:], *list(reading.MONTHS)[:9])]


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `enforcement_monthly`: events by month and series, rounded to ten by the publisher.

    Raises ParseError at an unknown sheet, column or value, at a year whose months do not make its total, at a
    figure that two sheets give differently, and at a month that had not ended on the day of the release.
    """
    if len(files) != 1:
        raise ParseError(f"{[path.name for path in files]}: a release is one workbook: give exactly one file")
    path = files[0]
    frame = pd.DataFrame(list(figures(path)), columns=[*KEY, "events", "place"])
    frame["month"] = pd.to_datetime(frame["month"]).astype("datetime64[us]")
    reading.refuse_unfinished(frame["month"], published, path)
    refuse_contradictions(frame, path)
    once = frame.drop_duplicates(KEY).astype({"series": "str"})
    return {"enforcement_monthly": reading.ordered(once[[*KEY, "events"]], KEY, path)}


def refuse_contradictions(frame: pd.DataFrame, path: Path) -> None:
    """Raise ParseError where two places of the workbook give a series different figures for one month."""
    several = frame.groupby(KEY)["events"].transform("nunique") > 1
    if several.any():
        month, series, value, place = frame[several].iloc[0]
        other = frame[(frame["month"] == month) & (frame["series"] == series)].iloc[1]
        advice = f"{other['place']} says {other['events']} for the same month: decide which one counts"
        raise reading.fault(path, place, series, value, advice)


def last_filled(before: str, here: str) -> str:
    """Return the label that stands over a cell: its own, or the last one to the left."""
    return here or before


def figures(path: Path) -> Iterator[Figure]:
    """Yield month, series, events and place of every figure in the sheets taken."""
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        refuse_other_sheets(workbook.sheetnames, path)
        for name in SHEETS:
            yield from Grid.of(path, name, list(workbook[name].iter_rows(values_only=True))).figures()
    finally:
        workbook.close()


def refuse_other_sheets(names: Sequence[str], path: Path) -> None:
    """Raise ParseError if a sheet is unknown, or one of those to be taken is missing."""
    if unknown := [name for name in names if name not in SHEETS and name not in LEFT_OUT]:
        raise ParseError(f"{path.name}: unknown sheets {unknown}: decide for each whether to take it")
    if missing := [name for name in SHEETS if name not in names]:
        raise ParseError(f"{path.name}: sheets {missing} are missing: if renamed, rename them in the parser")


@dataclass(frozen=True)
class Year:
    """A fiscal year of a sheet: the line of its total and those of its months, from October on."""

    year: int
    line: int
    months: list[int]


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells, and which line holds the column names. Lines and columns count from 0."""

    path: Path
    name: str
    rows: Sequence[Row]
    top: int

    @classmethod
    def of(cls, path: Path, name: str, rows: Sequence[Row]) -> Grid:
        """Return the sheet as a grid; raise ParseError where no row of column names is found."""
        for top, row in enumerate(rows):
            if row[:2] == ("Fiscal Year", "Month"):
                return cls(path, name, rows, top)
        raise ParseError(
            f"{path.name}: sheet {name}: no row begins with 'Fiscal Year', 'Month': a new shape?"
        )

    def place(self, line: int, column: int) -> str:
        """Return how a person finds a cell: "sheet CHNV Paroles, cell C7"."""
        return f"sheet {self.name}, cell {get_column_letter(column + 1)}{line + 1}"

    def label(self, line: int, column: int) -> str:
        """Return a label without line breaks and footnote digits."""
        return re.sub(r"[0-9]+$", "", " ".join(str(self.rows[line][column] or "").split()))

    def groups(self) -> list[str]:
        """Return for each column the label of its group, "" where the sheet has no row of groups.

        A label stands in the first cell of its merged group only. Where there are no groups the row above the
        column names is the title, which stands in the first column.
        """
        columns = range(len(self.rows[self.top]))
        if self.top == 0 or self.rows[self.top - 1][0] is not None:
            return ["" for _ in columns]
        labels: Iterator[str] = (self.label(self.top - 1, column) for column in columns)
        return list(accumulate(labels, last_filled))

    def series(self) -> dict[int, str]:
        """Return columns taken and the names of their series; raise ParseError at an unknown label."""
        taken = {}
        for column, group in list(enumerate(self.groups()))[2:]:
            label = self.label(self.top, column)
            try:
                name = SHEETS[self.name].series(group, label)
            except KeyError as error:
                advice = f"unknown label {error} (group {group!r}): decide what it is and name it in SHEETS"
                raise self.fault(self.top, column, label, advice) from error
            if name is not None:
                taken[column] = name
        return taken

    def years(self) -> list[Year]:
        """Return the fiscal years with the lines of their totals and months, in order.

        Raises ParseError unless years follow each other, each but the last with all months from October on.
        """
        found: list[Year] = []
        for line in range(self.top + 1, len(self.rows)):
            label, month = self.rows[line][:2]
            if month == "Total":
                if found and len(found[-1].months) < len(FISCAL_MONTHS):
                    raise self.fault(line, 0, label, "a new year before the months of the last are complete")
                found.append(Year(self.fiscal_year(line, found), line, []))
            elif month is not None:
                if not found or [month] != FISCAL_MONTHS[(n := len(found[-1].months)) : n + 1]:
                    raise self.fault(line, 1, month, "not the month that should come here")
                found[-1].months.append(line)
        return found

    def fiscal_year(self, line: int, before: Sequence[Year]) -> int:
        """Return the fiscal year of a line of totals, written "2023" or "2024 YTD"."""
        label = str(self.rows[line][0])
        if not re.fullmatch(r"20[0-9]{2}( YTD)?", label) or (
            before and int(label[:4]) != before[-1].year + 1
        ):
            raise self.fault(line, 0, label, "not the fiscal year that should come here")
        return int(label[:4])

    def figure(self, line: int, column: int) -> int | None:
        """Return a figure, None for a sign that stands for none; raise ParseError at anything else."""
        value = self.rows[line][column]
        if value in NOT_A_FIGURE:
            return None
        if isinstance(value, int | float) and value >= 0 and value % 10 == 0 and value is not False:
            return int(value)
        advice = f"neither a figure rounded to ten nor one of {NOT_A_FIGURE}: read the sheet's notes"
        raise self.fault(line, column, value, advice)

    def figures(self) -> Iterator[Figure]:
        """Yield month, series, events and place of every figure, after checking each year against its months.

        A year with a month that has no figure is not checked: what "X" hides there may be more than nothing.
        """
        series = self.series()
        for year in self.years():
            for column, name in series.items():
                values = [self.figure(line, column) for line in year.months]
                self.check_total(year, column, values)
                for line, value in zip(year.months, values, strict=True):
                    if value is not None:
                        yield self.month(year, line), name, value, self.place(line, column)

    def month(self, year: Year, line: int) -> datetime.date:
        """Return the first day of the calendar month in this line of a fiscal year."""
        number = reading.MONTHS[str(self.rows[line][1]).lower()]
        return datetime.date(year.year - (number >= 10), number, 1)

    def check_total(self, year: Year, column: int, values: Sequence[int | None]) -> None:
        """Raise ParseError where the months differ from the year's total by more than rounding explains."""
        total = self.figure(year.line, column)
        added = sum(value for value in values if value is not None)
        if total is None or None in values or abs(total - added) <= ROUNDED_BY * (len(values) + 1):
            return
        advice = f"the total of {year.year}, but its months add up to {added}: compare with the workbook"
        raise self.fault(year.line, column, total, advice)

    def fault(self, line: int, column: int, value: object, advice: str) -> ParseError:
        """Return the error for one cell."""
        return reading.fault(self.path, self.place(line, column), self.label(self.top, column), value, advice)
