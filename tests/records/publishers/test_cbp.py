"""CBP's two kinds of files, with the rows that went wrong before."""

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import cbp

DAY = datetime.date(2023, 11, 14)
SCHEMAS = Path(cbp.__file__).parents[4] / "data" / "schemas"
HEADER = ",".join(cbp.SOUTHWEST)
OPEN_YEAR = f"""{HEADER}
2023,Remaining,NOV,U.S. Border Patrol,FMUA,Honduras,Title 8,Apprehensions,5
2024 (FYTD),FYTD,OCT,U.S. Border Patrol,UC / Single Minors,El Salvador,Title 8,Apprehensions,7
2023,FYTD,OCT,U.S. Border Patrol,Single Adults,Mexico,Title 42,Expulsions,100
2023,Remaining,OCT,U.S. Border Patrol,Single Adults,Mexico,Title 42,Expulsions,20
2023,FYTD,OCT,Office of Field Operations,Accompanied Minors,Other,Title 8,Inadmissibles,3
"""
FIRST_RELEASE = f"""w{HEADER}
2019,FYTD,AUG,Office of Field Operations,Accompanied Minors,Guatemala,Title 8,Inadmissibles,0.0
2019,FYTD,DEC,U.S. Border Patrol,FMUA,Honduras,Title 8,Apprehensions,9584.0
2022,FYTD,JAN,U.S. Border Patrol,Single Adults,Mexico,Title 42,Apprehensions,11.0
"""
RENAMED = f"""{HEADER}
2023,FYTD,SEP,Office of Field Operations,UAC,Guatemala,Title 8,Inadmissibles,4
"""
NATIONWIDE = f"""{",".join(cbp.NATIONWIDE)}
2020,FYTD,APR,Office of Field Operations,Other,El Paso Field Office,El Paso,Single Adults,"CHINA, PEOPLES \
REPUBLIC OF",Title 8,Inadmissibles,0
2020,FYTD,OCT,Office of Field Operations,Southwest Land Border,El Paso Field Office,El Paso,Single Adults,\
MYANMAR (BURMA),Title 8,Inadmissibles,2
2020,FYTD,OCT,Office of Field Operations,Other,El Paso Field Office,El Paso,Single Adults,\
"CHINA, PEOPLES REPUBLIC OF",Title 8,Inadmissibles,3
2020,FYTD,OCT,U.S. Border Patrol,Northern Land Border,Swanton Sector,SWB,FMUA,TURKEY,Title 8,Apprehensions,1
"""


def write(folder: Path, text: str, name: str = "encounters.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def southwest(folder: Path, text: str) -> pd.DataFrame:
    return cbp.parse([write(folder, text)], DAY)["southwest_encounters"]


def test_open_year_and_both_groupings(tmp_path: Path) -> None:
    frame = southwest(tmp_path, OPEN_YEAR)
    assert frame.astype({"month": str}).to_numpy().tolist() == [
        ["2022-10-01", "at ports", "accompanied children", "other", "Title 8", "inadmissible", 3],
        ["2022-10-01", "between ports", "single adults", "MEX", "Title 42", "expulsion", 120],
        ["2022-11-01", "between ports", "families", "HND", "Title 8", "apprehension", 5],
        ["2023-10-01", "between ports", "unaccompanied children", "SLV", "Title 8", "apprehension", 7],
    ]


def test_first_release_with_its_odd_header(tmp_path: Path) -> None:
    frame = southwest(tmp_path, FIRST_RELEASE)
    assert [f"{month:%Y-%m}" for month in frame["month"]] == ["2018-12", "2022-01"]
    assert frame["encounters"].to_list() == [9584, 11], "decimals read, the zero dropped"
    # Mislabelled by the publisher, and kept as the release gave it: `authority` tells.
    assert list(frame.loc[1, ["authority", "encounter_type"]]) == ["Title 42", "apprehension"]


def test_children_renamed_in_2025_are_the_same_category(tmp_path: Path) -> None:
    assert southwest(tmp_path, RENAMED)["demographic"].to_list() == ["unaccompanied children"]


def test_nationwide(tmp_path: Path) -> None:
    frame = cbp.parse([write(tmp_path, NATIONWIDE)], DAY)["nationwide_encounters"]
    key = ["region", "area", "citizenship", "encounters"]
    assert frame[key].to_numpy().tolist() == [
        ["other", "El Paso Field Office", "CHN", 3],
        ["southwest border", "El Paso Field Office", "MMR", 2],
        ["northern border", "Swanton Sector", "TUR", 1],
    ]
    assert set(frame["month"]) == {pd.Timestamp("2019-10-01")}


def test_both_files_make_both_tables(tmp_path: Path) -> None:
    files = [write(tmp_path, OPEN_YEAR, "a.csv"), write(tmp_path, NATIONWIDE, "b.csv")]
    assert set(cbp.parse(files, DAY)) == {"southwest_encounters", "nationwide_encounters"}
    with pytest.raises(ParseError, match=r"c\.csv: a second file for southwest_encounters"):
        cbp.parse([*files, write(tmp_path, RENAMED, "c.csv")], DAY)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2023,Remaining,NOV", "2023 (est.),Remaining,NOV", "Fiscal Year"),
        ("Remaining,NOV", "Revised,NOV", "Month Grouping"),
        ("Remaining,NOV", "Remaining,Nov", r"Month \(abbv\)"),
        ("U.S. Border Patrol,FMUA", "Air and Marine,FMUA", "Component"),
        ("FMUA", "Families", "Demographic"),
        ("Honduras", "Venezuela", "Citizenship Grouping"),
        ("Honduras,Title 8", "Honduras,Title 50", "Title of Authority"),
        ("Honduras,Title 8,Apprehensions", "Honduras,Title 8,Arrests", "Encounter Type"),
        ("Apprehensions,5", "Apprehensions,five", "Encounter Count"),
    ],
)
def test_unknown_values_are_named(tmp_path: Path, old: str, new: str, column: str) -> None:
    assert old in OPEN_YEAR
    with pytest.raises(ParseError, match=rf"encounters\.csv: line 2: column '{column}': value"):
        southwest(tmp_path, OPEN_YEAR.replace(old, new))


def test_unknown_area_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="line 5: column 'area_of_responsibility': value 'Nome Sector'"):
        cbp.parse([write(tmp_path, NATIONWIDE.replace("Swanton Sector", "Nome Sector"))], DAY)


@given(st.sampled_from(sorted(cbp.CATEGORIES)), st.text("abcXYZ ", min_size=1))
def test_no_category_maps_by_chance(column: str, name: str) -> None:
    assert name not in cbp.CATEGORIES[column]


def test_other_header_repeated_row_and_future_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="line 1: the header is"):
        southwest(tmp_path, OPEN_YEAR.replace("Fiscal Year", "Year"))
    last = OPEN_YEAR.splitlines()[-1]
    with pytest.raises(ParseError, match=r"line 7: .*already given above"):
        southwest(tmp_path, OPEN_YEAR + last.replace(",3", ",4") + "\n")
    with pytest.raises(ParseError, match="line 3: column 'month': value '2023-10': this month had not ended"):
        cbp.parse([write(tmp_path, OPEN_YEAR)], datetime.date(2023, 10, 1))


@pytest.mark.parametrize("table", ["southwest_encounters", "nationwide_encounters"])
def test_schema_knows_the_same_categories(table: str) -> None:
    fields = json.loads((SCHEMAS / f"{table}.json").read_text("utf-8"))["fields"]
    known = {f["name"]: set(f["constraints"]["enum"]) for f in fields if "enum" in f["constraints"]}
    citizenships = cbp.CITIZENSHIPS if "area" in known else cbp.SOUTHWEST_CITIZENSHIPS
    ours = {**cbp.CATEGORIES, "citizenship": citizenships, "area": cbp.AREAS}
    assert known == {name: set(ours[name].values()) for name in known}
