"""The Border Patrol's three files: sums are checked against their parts; contradictions are known ones."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading, usbp

DAY = datetime.date(2020, 1, 31)
SCHEMAS = Path(usbp.__file__).parents[4] / "data" / "schemas"
MONTHS = list(reading.MONTHS)


def history(rows: Sequence[tuple[object, ...]]) -> str:
    return "\n".join([",".join(usbp.HISTORY), *(",".join(map(str, row)) for row in rows)]) + "\n"


def year(sector: str, fiscal_year: int, count: object, total: object, children: object = "NA") -> str:
    """Twelve equal months of a sector and its year."""
    rows = [(sector, fiscal_year, month, count, children, "NA") for month in MONTHS]
    return history([*rows, (sector, fiscal_year, "yearly total", total, children, "NA")])


def joined(*texts: str) -> str:
    first, *others = texts
    return first + "".join(text.split("\n", 1)[1] for text in others)


def write(folder: Path, text: str, name: str = "months.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def parsed(folder: Path, text: str, table: str) -> pd.DataFrame:
    return usbp.parse([write(folder, text)], DAY)[table]


def test_months_become_calendar_months_and_sums_are_dropped(tmp_path: Path) -> None:
    text = joined(
        year("del rio", 2005, 7, 84),
        year("livermore", 2005, 2, 24),
        year("southwest border", 2005, 7, 84),
        year("coastal border", 2005, 2, 24),
        year("nationwide total", 2005, 9, 108),
    )
    frame = parsed(tmp_path, text, "apprehensions_history")
    assert frame.columns.to_list() == [
        "month", "region", "sector", "apprehensions", "unaccompanied_children", "families"
    ]  # fmt: skip
    assert len(frame) == 24
    assert frame["month"].min() == pd.Timestamp("2004-10-01")
    assert frame["month"].max() == pd.Timestamp("2005-09-01")
    assert frame.iloc[0].to_list()[1:4] == ["coastal", "Livermore", 2]
    assert frame[["unaccompanied_children", "families"]].isna().all(axis=None)


def test_closed_sector_has_no_rows_others_must_have_figures(tmp_path: Path) -> None:
    livermore = year("livermore", 2018, "NA", "NA")
    assert len(parsed(tmp_path, joined(year("yuma", 2018, 1, 12), livermore), "apprehensions_history")) == 12
    with pytest.raises(
        ParseError, match=r"line 2: column 'total_apprehensions': value .*only a closed sector"
    ):
        parsed(tmp_path, year("yuma", 2018, "NA", "NA"), "apprehensions_history")


def test_sums_that_their_parts_do_not_make_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"line 14: column 'total_apprehensions': value 13: .*add up to 12"):
        parsed(tmp_path, year("yuma", 2018, 1, 13), "apprehensions_history")
    text = joined(year("yuma", 2018, 1, 12), year("southwest border", 2018, 2, 24))
    with pytest.raises(ParseError, match=r"line 15: .*southwest border, fiscal year 2018, january"):
        parsed(tmp_path, text, "apprehensions_history")


def test_a_missing_part_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"northern border.*add up to <NA>"):
        parsed(tmp_path, year("northern border", 2018, 2, 24), "apprehensions_history")


def test_known_disagreement_passes_and_only_to_the_unit(tmp_path: Path) -> None:
    total = "buffalo,2016,yearly total,12,{},NA\n"
    months = [("buffalo", 2016, month, 1, 0, "NA") for month in MONTHS]
    frame = parsed(tmp_path, history(months) + total.format("NA"), "apprehensions_history")
    assert frame["unaccompanied_children"].sum() == 0
    with pytest.raises(
        ParseError, match="line 14: column 'unaccompanied_child_apprehension': value 1: a sum"
    ):
        parsed(tmp_path, history(months) + total.format("1"), "apprehensions_history")


def test_unknown_values_and_repeated_rows_are_refused(tmp_path: Path) -> None:
    good = year("yuma", 2018, 1, 12)
    with pytest.raises(ParseError, match="line 2: column 'sector': value 'nome'"):
        parsed(tmp_path, good.replace("yuma", "nome", 1), "apprehensions_history")
    with pytest.raises(ParseError, match="line 3: column 'month': value 'feb': not a month"):
        parsed(tmp_path, good.replace("february", "feb"), "apprehensions_history")
    with pytest.raises(ParseError, match="line 2: column 'family_apprehensions': value 'none'"):
        parsed(tmp_path, good.replace("NA", "none", 2).replace("none", "NA", 1), "apprehensions_history")
    twice = good.replace("yearly total,12", "yearly total,13") + "yuma,2018,january,1,NA,NA\n"
    with pytest.raises(
        ParseError, match=r"two rows for \{'month': '2018-01-01 00:00:00', .*'sector': 'Yuma'"
    ):
        parsed(tmp_path, twice, "apprehensions_history")


YEARS = "sector,fiscal_year,{}\nyuma,1960,5\nbig bend,1960,{}\nsouthwest border,1960,12\n"


@pytest.mark.parametrize(
    ("column", "table", "count"),
    [
        ("total_apprehensions", "apprehensions_by_year", "apprehensions"),
        ("deaths", "border_deaths", "deaths"),
    ],
)
def test_files_of_fiscal_years(tmp_path: Path, column: str, table: str, count: str) -> None:
    frame = parsed(tmp_path, YEARS.format(column, 7), table)
    assert frame.to_dict("list") == {
        "fiscal_year": [1960, 1960],
        "sector": ["Big Bend", "Yuma"],
        count: [7, 5],
    }
    with pytest.raises(ParseError, match=f"line 4: column '{column}': value 12: a sum .*add up to 13"):
        parsed(tmp_path, YEARS.format(column, 8), table)
    with pytest.raises(ParseError, match="column 'fiscal_year': value 2020: this fiscal year had not ended"):
        parsed(tmp_path, YEARS.format(column, 7).replace("1960", "2020"), table)


def test_each_table_once(tmp_path: Path) -> None:
    text = YEARS.format("deaths", 7)
    with pytest.raises(ParseError, match=r"b\.csv: a second file for border_deaths"):
        usbp.parse([write(tmp_path, text, "a.csv"), write(tmp_path, text, "b.csv")], DAY)


@pytest.mark.parametrize("table", ["apprehensions_history", "apprehensions_by_year", "border_deaths"])
def test_schema_knows_the_same_sectors(table: str) -> None:
    fields = json.loads((SCHEMAS / f"{table}.json").read_text("utf-8"))["fields"]
    known = {f["name"]: set(f["constraints"]["enum"]) for f in fields if "enum" in f["constraints"]}
    sectors = usbp.REGIONS if "region" in known else usbp.SECTORS["southwest"]
    assert known.pop("sector") == {sector.title() for sector in sectors}
    assert known.get("region", set(usbp.SECTORS)) == set(usbp.SECTORS)
