"""Mexico's two files, together and alone: told apart by their headers."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.mexico import parse

DAY = datetime.date(2024, 10, 31)
EVENTS = """\
citizenship,date,encounter_count,country_of_entry
UNITED STATES,2024-08-01,157,MEXICO
SÃO TOMÉ & PRÍNCIPE,2024-08-01,0,MEXICO
NA,2024-08-01,32,MEXICO
OTHER,2021-03-01,1,MEXICO
STATELESS,2021-03-01,2,MEXICO
KOSOVO,2021-03-01,3,MEXICO
"""
RETURNS = """\
citizenship,date,returns,country_of_entry
CANADA,2018-01-01,0,MEXICO
NA,2018-01-01,7,MEXICO
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_both_files(tmp_path: Path) -> None:
    files = [write(tmp_path, "b.csv", RETURNS), write(tmp_path, "a.csv", EVENTS)]
    frames = parse(files, DAY)
    assert set(frames) == {"mexico_migration_events", "mexico_returns"}
    events = frames["mexico_migration_events"]
    assert events.columns.to_list() == ["month", "citizenship", "events"]
    assert events["citizenship"].to_list() == ["XKX", "other", "stateless", "STP", "USA", "unknown"]
    assert events["events"].to_list() == [3, 1, 2, 0, 157, 32]
    returns = frames["mexico_returns"]
    assert list(returns.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2018-01-01"), "CAN", 0),
        (pd.Timestamp("2018-01-01"), "unknown", 7),
    ]


@pytest.mark.parametrize(
    ("text", "table"), [(EVENTS, "mexico_migration_events"), (RETURNS, "mexico_returns")]
)
def test_each_file_alone(tmp_path: Path, text: str, table: str) -> None:
    assert list(parse([write(tmp_path, "one.csv", text)], DAY)) == [table]


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    files = [write(tmp_path, "a.csv", EVENTS), write(tmp_path, "b.csv", EVENTS)]
    with pytest.raises(ParseError, match=r"b\.csv: a second file for mexico_migration_events"):
        parse(files, DAY)


def test_an_unknown_header_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", EVENTS.replace("encounter_count", "eventos"))
    with pytest.raises(ParseError, match=r"x\.csv: line 1: the header is .*'eventos'.*known are"):
        parse([path], DAY)


def test_an_unknown_nationality_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", RETURNS.replace("CANADA", "ISLAS"))
    with pytest.raises(ParseError, match=r"x\.csv: line 2: column 'citizenship': value 'ISLAS'"):
        parse([path], DAY)
