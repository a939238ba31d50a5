"""Panama's file: names in capitals, three kinds of rows without a country, rows in any order."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.panama import parse

DAY = datetime.date(2024, 1, 31)
HEADER = "date,citizenship,encounter_count,country_of_entry"
SAMPLE = f"""\
{HEADER}
2023-12-01,VENEZUELA,11505,PANAMA
2023-12-01,CÔTE D\u2019IVOIRE,0,PANAMA
2021-11-01,AFRICA,370,PANAMA
2021-11-01,OTHER,158,PANAMA
2021-11-01,NA,29,PANAMA
2020-04-01,HAITI,0,PANAMA
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "darien.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_sorted_and_zeros_kept(tmp_path: Path) -> None:
    frame = parse([write(tmp_path, SAMPLE)], DAY)["darien_transit"]
    assert frame.columns.to_list() == ["month", "citizenship", "people"]
    assert list(frame.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2020-04-01"), "HTI", 0),
        (pd.Timestamp("2021-11-01"), "africa", 370),
        (pd.Timestamp("2021-11-01"), "other", 158),
        (pd.Timestamp("2021-11-01"), "unknown", 29),
        (pd.Timestamp("2023-12-01"), "CIV", 0),
        (pd.Timestamp("2023-12-01"), "VEN", 11505),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2023-12-01,ATLANTIS,1,PANAMA", "line 2: column 'citizenship': value 'ATLANTIS'"),
        ("2023-12-01,CUBA,-1,PANAMA", "line 2: column 'encounter_count': value '-1'"),
        ("2023-12-01,CUBA,,PANAMA", "line 2: column 'encounter_count': value ''"),
        ("2023-12-15,CUBA,1,PANAMA", "line 2: column 'date': value '2023-12-15'"),
        ("2023-13-01,CUBA,1,PANAMA", "line 2: column 'date': value '2023-13-01'"),
        ("2024-02-01,CUBA,1,PANAMA", "line 2: column 'date': value '2024-02-01': a month after"),
        ("2023-12-01,CUBA,1,MEXICO", "line 2: column 'country_of_entry': value 'MEXICO'"),
        ("2023-12-01,CUBA,1", "line 2: 3 cells under a header of 4"),
        ("2023-12-01,CUBA,1,PANAMA\n2023-12-01,CUBA,1,PANAMA", "two rows for"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = write(tmp_path, f"{HEADER}\n{row}\n")
    with pytest.raises(ParseError) as fault:
        parse([path], DAY)
    assert str(fault.value).startswith(f"darien.csv: {message}")


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, SAMPLE.replace("encounter_count", "personas"))
    with pytest.raises(ParseError, match=r"darien\.csv: line 1: the header is"):
        parse([path], DAY)


def test_one_file_makes_a_release(tmp_path: Path) -> None:
    path = write(tmp_path, SAMPLE)
    with pytest.raises(
        ParseError, match=r"one file makes a release of panama, given: darien\.csv, darien\.csv"
    ):
        parse([path, path], DAY)
    with pytest.raises(ParseError, match="given: none"):
        parse([], DAY)
