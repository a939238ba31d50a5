"""What every parser of delimited files stands on: line numbers, strict headers, sentences one can act on."""

import datetime
import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading

TEXT = 'place,count\n\nEl Paso,12\n"Two\nlines",NA\nLaredo,3.0\n'


def write(folder: Path, text: str, name: str = "counts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_carry_their_line(tmp_path: Path) -> None:
    found = list(reading.rows(write(tmp_path, TEXT)))
    assert found == [
        (3, {"place": "El Paso", "count": "12"}),
        (5, {"place": "Two\nlines", "count": "NA"}),
        (6, {"place": "Laredo", "count": "3.0"}),
    ]


def test_byte_order_mark_and_gzip(tmp_path: Path) -> None:
    marked = write(tmp_path, "\N{BOM}" + TEXT)
    packed = tmp_path / "counts.csv.gz"
    packed.write_bytes(gzip.compress(marked.read_bytes()))
    for path in (marked, packed):
        frame = reading.table(path, ["place", "count"])
        assert frame.index.to_list() == [3, 5, 6]
        assert frame["count"].to_list() == ["12", "NA", "3.0"]


def test_header_must_be_the_known_one(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    with pytest.raises(ParseError, match=r"counts\.csv: line 1: the header is \['place', 'count'\]"):
        reading.table(path, ["count", "place"])
    with pytest.raises(ParseError, match=r"line 1: the header is .*teach the parser"):
        reading.recognised(path, {("a", "b"): 1})
    assert reading.recognised(path, {("place", "count"): 1}) == 1


def test_empty_file_has_no_known_header(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="the header is \\[\\]"):
        reading.recognised(write(tmp_path, ""), {("place", "count"): 1})


def test_broken_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"counts\.csv: line 3: 3 cells under a header of 2"):
        reading.table(write(tmp_path, "place,count\nA,1\nB,2,3\n"), ["place", "count"])


def test_whole_numbers(tmp_path: Path) -> None:
    frame = reading.table(path := write(tmp_path, TEXT), ["place", "count"])
    numbers = reading.whole_numbers(frame, "count", path, blanks=["NA"])
    assert numbers.dtype == "Int64"
    assert numbers.to_list() == [12, pd.NA, 3]


@pytest.mark.parametrize(
    "text", ["", "-1", "1,5", "1.5", " 1", "1e3", "x", "NA", "\N{ARABIC-INDIC DIGIT ONE}"]
)
def test_what_is_no_whole_number(tmp_path: Path, text: str) -> None:
    frame = pd.DataFrame({"count": ["1", text]}, index=[2, 3])
    with pytest.raises(ParseError, match=r"counts\.csv: line 3: column 'count': value .*not a whole number"):
        reading.whole_numbers(frame, "count", tmp_path / "counts.csv")


@given(st.text(min_size=1).filter(lambda name: name not in ("FMUA", "UAC")))
def test_unknown_category_is_never_guessed(name: str) -> None:
    frame = pd.DataFrame({"who": ["FMUA", name]}, index=[2, 3])
    with pytest.raises(ParseError, match=r"line 3: column 'who': value .*unknown category"):
        reading.mapped(frame, "who", {"FMUA": "families", "UAC": "unaccompanied children"}, Path("a.csv"))


def test_mapped_keeps_lines() -> None:
    frame = pd.DataFrame({"who": ["b", "a", "b"]}, index=[2, 5, 7])
    mapped = reading.mapped(frame, "who", {"a": "A", "b": "B"}, Path("a.csv"))
    assert mapped.to_dict() == {2: "B", 5: "A", 7: "B"}


@given(st.integers(2000, 2030), st.integers(1, 12))
def test_fiscal_years_begin_in_october(year: int, month: int) -> None:
    found = reading.fiscal_month_starts(pd.Series([year]), pd.Series([month])).iloc[0]
    assert pd.Timestamp(year - 1, 10, 1) <= found <= pd.Timestamp(year, 9, 1)
    assert found.month == month


def test_month_must_be_over() -> None:
    month = pd.to_datetime(pd.Series(["2023-10-01"], index=[2]))
    reading.refuse_unfinished(month, datetime.date(2023, 10, 31), Path("a.csv"))
    with pytest.raises(ParseError, match="line 2: column 'month': value '2023-10': this month had not ended"):
        reading.refuse_unfinished(month, datetime.date(2023, 10, 30), Path("a.csv"))


def test_a_key_given_twice_is_refused() -> None:
    frame = pd.DataFrame({"place": ["B", "A", "B"], "count": [1, 2, 1]})
    with pytest.raises(ParseError, match=r"a\.csv: two rows for \{'place': 'B'\}"):
        reading.ordered(frame, ["place"], Path("a.csv"))
    assert reading.ordered(frame[:2], ["place"], Path("a.csv"))["count"].to_list() == [2, 1]
