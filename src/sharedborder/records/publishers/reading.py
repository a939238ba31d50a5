"""Read a publisher's delimited file as text; refuse what is not known with a sentence a person can act on.

Every parser of such files stands on this: nothing is converted, dropped or guessed here. Line numbers are
those an editor shows (the header is line 1), and they stay with the rows as the index of a frame, so that a
fault found much later still names its line.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

import numpy as np
import pandas as pd

from sharedborder.records.errors import ParseError

Kind = TypeVar("Kind")

MONTHS: Mapping[str, int] = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
"""English month names in lower case -> 1 to 12."""


def fault(path: Path, place: int | str | None, column: str, value: object, advice: str) -> ParseError:
    """Return the error for one value: "FILE: line 7: column 'C': value 'v': advice".

    `place` is a line number, or a text ("sheet S, cell B7") given as it is, or None where there is none.
    """
    where = f"line {place}: " if isinstance(place, int) else f"{place}: " if place else ""
    plain = value.item() if isinstance(value, np.generic) else value
    return ParseError(f"{path.name}: {where}column {column!r}: value {plain!r}: {advice}")


def opened(path: Path) -> TextIO:
    """Open a text file in UTF-8, with or without a byte order mark, gzipped where its name ends in ".gz"."""
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def header(path: Path) -> list[str]:
    """Return the column names of the file's first line, as they are written."""
    with opened(path) as stream:
        return next(csv.reader(stream), [])


def recognised(path: Path, known: Mapping[tuple[str, ...], Kind]) -> Kind:
    """Return what `known` holds for the file's header; raise ParseError where it is none of those known."""
    names = header(path)
    if tuple(names) not in known:
        raise ParseError(
            f"{path.name}: line 1: the header is {names}, none of this publisher's known here: check the "
            "file; if its columns changed, decide what each means and teach the parser"
        )
    return known[tuple(names)]


def numbered(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each line after the header; empty lines are passed over.

    Raises ParseError at a line with more or fewer cells than the header.
    """
    with opened(path) as stream:
        lines = csv.reader(stream)
        width = len(next(lines, []))
        for cells in lines:
            if cells and len(cells) != width:
                raise ParseError(
                    f"{path.name}: line {lines.line_num}: {len(cells)} cells under a header of {width}: "
                    "the line is broken; compare it with the publisher's file"
                )
            if cells:
                yield lines.line_num, cells


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row (column name -> text) of each line after the header."""
    names = header(path)
    for line, cells in numbered(path):
        yield line, dict(zip(names, cells, strict=True))


def table(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return the file as text, one column per name in `columns`, indexed by line number.

    Raises ParseError unless the header is exactly `columns`, in order.
    """
    names = header(path)
    if names != list(columns):
        raise ParseError(
            f"{path.name}: line 1: the header is {names}, known is {list(columns)}: if the publisher changed "
            "its columns, decide what each now means and teach the parser"
        )
    lines = list(numbered(path))
    index = pd.Index([line for line, _ in lines], dtype="int64", name="line")
    return pd.DataFrame([cells for _, cells in lines], columns=names, index=index, dtype="str")


def refuse(frame: pd.DataFrame, wrong: pd.Series[bool], column: str, path: Path, advice: str) -> None:
    """Raise ParseError for the first row of `frame` where `wrong` holds, naming its line and its `column`."""
    if wrong.any():
        position = int(wrong.to_numpy().argmax())
        raise fault(path, int(frame.index[position]), column, frame[column].iloc[position], advice)


def mapped(frame: pd.DataFrame, column: str, names: Mapping[str, str], path: Path) -> pd.Series[str]:
    """Return `column` with every value replaced by our name for it.

    Raises ParseError at the first value that `names` does not hold.
    """
    places, values = pd.factorize(frame[column])
    result = pd.Series(values.map(names).take(places), index=frame.index)
    known = ", ".join(repr(name) for name in names)
    advice = f"unknown category: decide what it is and add it to the parser's names (known: {known})"
    refuse(frame, result.isna(), column, path, advice)
    return result.astype("str")


def whole_numbers(
    frame: pd.DataFrame, column: str, path: Path, blanks: Collection[str] = ()
) -> pd.Series[int]:
    """Return `column` as Int64: "9584" and "9584.0" are 9584, the texts in `blanks` are missing.

    Raises ParseError at anything else, signs, spaces and thousands separators among it.
    """
    text = frame[column]
    blank = text.isin(list(blanks))
    wrong = ~blank & ~text.str.fullmatch(r"[0-9]+(\.0+)?")
    refuse(frame, wrong, column, path, "not a whole number: compare with the publisher's file")
    digits = text.mask(blank).str.replace(r"\.0+$", "", regex=True)
    return pd.to_numeric(digits).astype("Int64")


def month_starts(year: pd.Series[int], month: pd.Series[int]) -> pd.Series[pd.Timestamp]:
    """Return the first days of calendar months (1 to 12) as datetime64."""
    return pd.to_datetime(pd.DataFrame({"year": year, "month": month, "day": 1}))


def fiscal_month_starts(fiscal_year: pd.Series[int], month: pd.Series[int]) -> pd.Series[pd.Timestamp]:
    """Return the first days of months of U.S. fiscal years, which begin on 1 October of the year before."""
    return month_starts(fiscal_year - (month >= 10).astype("int64"), month)


def refuse_unfinished(month: pd.Series[pd.Timestamp], published: datetime.date, path: Path) -> None:
    """Raise ParseError if any of the months (first days) had not ended on the day of the release."""
    wrong = month + pd.offsets.MonthEnd(1) > pd.Timestamp(published)
    advice = f"this month had not ended on {published}, the day given for the release: give the right day"
    refuse(month.dt.strftime("%Y-%m").to_frame("month"), wrong, "month", path, advice)


def ordered(frame: pd.DataFrame, key: Sequence[str], path: Path) -> pd.DataFrame:
    """Return `frame` sorted by `key`, with a fresh index.

    Raises ParseError where two rows bear the same key: which one counts is not ours to guess.
    """
    double = frame.duplicated(list(key), keep=False)
    if double.any():
        first = {name: str(value) for name, value in frame.loc[double, list(key)].iloc[0].items()}
        raise ParseError(f"{path.name}: two rows for {first}: decide which one counts or whether they add up")
    return frame.sort_values(list(key), kind="stable").reset_index(drop=True)
