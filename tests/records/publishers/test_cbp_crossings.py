"""Crossings at Texas bridges: zeros that say something are kept, those that say nothing are not."""

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import cbp_crossings
from sharedborder.records.publishers.cbp_crossings import parse

DAY = datetime.date(2026, 4, 30)
SCHEMAS = Path(cbp_crossings.__file__).parents[4] / "data" / "schemas"
COUNTS = f"""{",".join(cbp_crossings.COUNTS)}
2023-12-EAGL-Pedestrians,2023,12,Laredo,Eagle Pass,Eagle Pass International Bridge,Pedestrians/ Bicyclists,9
2023-11-EAGL-POVs,2023,11,Laredo,Eagle Pass,Eagle Pass International Bridge,Passenger Vehicles,99269
2023-12-EAGL-POVs,2023,12,Laredo,Eagle Pass,Eagle Pass International Bridge,Passenger Vehicles,0
2023-11-EAGL-Railcars,2023,11,Laredo,Eagle Pass,Eagle Pass International Bridge,Railcars,0
2023-12-EAGL-Railcars,2023,12,Laredo,Eagle Pass,Eagle Pass International Bridge,Railcars,0
"""
PLACES = "\N{BOM}" + ",".join(cbp_crossings.PLACES) + '\n1,A,B,C,D,E,F,G,"1 A St\nLaredo",27.1,-99.5\n'


def write(folder: Path, text: str, name: str = "counts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def parsed(folder: Path, text: str) -> pd.DataFrame:
    return parse([write(folder, text)], DAY)["port_crossings"]


def test_zeros_of_a_mode_that_was_there_are_kept(tmp_path: Path) -> None:
    frame = parsed(tmp_path, COUNTS)
    bridge = ("Eagle Pass International Bridge", "Eagle Pass", "Laredo")
    assert list(frame.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2023-11-01"), *bridge, "passenger vehicles", 99269),
        (pd.Timestamp("2023-12-01"), *bridge, "passenger vehicles", 0),
        (pd.Timestamp("2023-12-01"), *bridge, "pedestrians and bicyclists", 9),
    ]


def test_coordinates_add_nothing(tmp_path: Path) -> None:
    files = [write(tmp_path, PLACES, "places.csv"), write(tmp_path, COUNTS)]
    assert len(parse(files, DAY)["port_crossings"]) == 3
    with pytest.raises(ParseError, match=r"places\.csv: 0 files of counts"):
        parse(files[:1], DAY)
    with pytest.raises(ParseError, match="2 files of counts"):
        parse([*files, write(tmp_path, COUNTS, "more.csv")], DAY)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (",Eagle Pass International Bridge", ",New Bridge", "line 2: column 'Crossing': value 'New Bridge'"),
        (",Eagle Pass,", ",Del Rio,", "line 2: column 'POE': value 'Del Rio'"),
        ("12,Laredo,", "12,El Paso,", "line 2: column 'Region': value 'El Paso'"),
        ("Pedestrians/ Bicyclists", "Pedestrians", "line 2: column 'Modes': value 'Pedestrians'"),
        ("2023,12,", "2023,13,", "line 2: column 'Month': value '13': not a month"),
        (",9\n", ",\n", "line 2: column 'Northbound Crossing': value ''"),
        (",2023,12,", ",2026,12,", "line 2: column 'month': value '2026-12': this month had not ended"),
    ],
)
def test_unknown_values_are_named(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in COUNTS
    with pytest.raises(ParseError, match=rf"counts\.csv: {place}"):
        parsed(tmp_path, COUNTS.replace(old, new, 1))


def test_repeated_row_and_other_header_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"two rows for \{'month': '2023-12-01"):
        parsed(tmp_path, COUNTS + COUNTS.splitlines()[1] + "\n")
    with pytest.raises(ParseError, match="line 1: the header is"):
        parsed(tmp_path, COUNTS.replace("POE", "Port"))


def test_schema_knows_the_same_categories() -> None:
    fields = json.loads((SCHEMAS / "port_crossings.json").read_text("utf-8"))["fields"]
    known = {f["name"]: set(f["constraints"]["enum"]) for f in fields if "enum" in f["constraints"]}
    assert known == {
        "crossing": set(cbp_crossings.PLACE_OF),
        "port": {port for _, port in cbp_crossings.CROSSINGS},
        "region": {region for region, _ in cbp_crossings.CROSSINGS},
        "mode": set(cbp_crossings.MODES.values()),
    }
