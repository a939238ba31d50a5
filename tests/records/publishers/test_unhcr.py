"""UNHCR's files: its own and ISO codes, empty and zero cells, mid-year releases, codes of procedures."""

import datetime
import gzip
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.unhcr import CATEGORIES, parse

JUNE = datetime.date(2023, 6, 14)
MID_YEAR = datetime.date(2023, 10, 25)

PAIR = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso"
POPULATION = f"{PAIR},{','.join(CATEGORIES)}"
ASYLUM = f"{PAIR},procedure_type,app_type,dec_level,app_pc,applied"
COUNTRIES = "iso_code,unhcr_code,name,unhcr_region,unsd_region,unsd_subregion,unsd_imregion"


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    text = "\n".join(lines) + "\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def tuples(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_population_becomes_long_without_zero_and_empty_cells(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "population.csv.gz",
        POPULATION,
        "2022,Venezuela,VEN,VEN,Colombia,COL,COL,1220,10,0,0,0,0,0,2455000,0",
        "2021,Colombia,COL,COL,Colombia,COL,COL,0,0,0,6766000,0,0,5,,",
    )
    frame = parse([path], JUNE)["displaced_population"]
    assert frame.columns.to_list() == ["date", "origin", "asylum", "category", "people"]
    end_2021, end_2022 = pd.Timestamp("2021-12-31"), pd.Timestamp("2022-12-31")
    assert tuples(frame) == [
        (end_2021, "COL", "COL", "internally displaced, protected by UNHCR", 6766000),
        (end_2021, "COL", "COL", "others of concern", 5),
        (end_2022, "VEN", "COL", "asylum-seekers", 10),
        (end_2022, "VEN", "COL", "other people in need of international protection", 2455000),
        (end_2022, "VEN", "COL", "refugees", 1220),
    ]


def test_places_that_are_no_country(tmp_path: Path) -> None:
    zeros = "0,0,0,0,0,0,,"
    path = write(
        tmp_path,
        "population.csv",
        POPULATION,
        f"2022,Unknown,UKN,,Austria,AUS,AUT,5,{zeros}",
        f"2022,Unknown,UKN,UNK,Australia,AUL,AUS,6,{zeros}",
        f"2022,Stateless,STA,XXA,Unknown,UKN,UNK,7,{zeros}",
        f"2022,Tibetan,TIB,TIB,Nepal,NEP,NPL,8,{zeros}",
    )
    frame = parse([path], JUNE)["displaced_population"]
    pairs = set(zip(frame["origin"], frame["asylum"], frame["people"], strict=True))
    assert pairs == {
        ("unknown", "AUT", 5),
        ("unknown", "AUS", 6),
        ("stateless", "unknown", 7),
        ("TIB", "NPL", 8),
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        # UNHCR's AUS is Austria: without an ISO code it must not be taken for Australia
        ("2022,Austria,AUS,,Nepal,NEP,NPL,5,0,0,0,0,0,0,,", "line 2: column 'coo': value 'AUS'"),
        ("2022,Nowhere,NOW,NOW,Nepal,NEP,NPL,5,0,0,0,0,0,0,,", "line 2: column 'coo_iso': value 'NOW'"),
        ("2022,Nepal,NEP,NPL,Nowhere,NOW,NOW,5,0,0,0,0,0,0,,", "line 2: column 'coa_iso': value 'NOW'"),
        ("2022,Nepal,NEP,NPL,Nepal,NEP,NPL,five,0,0,0,0,0,0,,", "line 2: column 'refugees': value 'five'"),
        ("2022,Nepal,NEP,NPL,Nepal,NEP,NPL,0,0,0,0,0,0,0,-3,", "line 2: column 'oip': value '-3'"),
        ("2024,Nepal,NEP,NPL,Nepal,NEP,NPL,5,0,0,0,0,0,0,,", "line 2: column 'year': value '2024'"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = write(tmp_path, "population.csv", POPULATION, row)
    with pytest.raises(ParseError) as fault:
        parse([path], JUNE)
    assert str(fault.value).startswith(f"population.csv: {message}")


def test_the_year_of_a_mid_year_release_ends_in_june(tmp_path: Path) -> None:
    rows = [
        "2022,Palestinian,GAZ,PSE,Jordan,JOR,JOR,2307000",
        "2023,Palestinian,GAZ,PSE,Jordan,JOR,JOR,2379525",
    ]
    frame = parse([write(tmp_path, "unrwa.csv", f"{PAIR},total", *rows)], MID_YEAR)["palestine_refugees"]
    assert tuples(frame) == [
        (pd.Timestamp("2022-12-31"), "JOR", 2307000),
        (pd.Timestamp("2023-06-30"), "JOR", 2379525),
    ]


def test_asylum_applications_in_readable_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "asylum_applications.csv.gz",
        ASYLUM,
        "2023,Türkiye,TUR,TUR,Canada,CAN,CAN,G,R,0,P,5",
        "2023,Haiti,HAI,HTI,United States of America,USA,USA,G,N,EO,P,29",
        "2022,Haiti,HAI,HTI,Mexico,MEX,MEX,G,NA,NA,C,12",
        "2005,Iraq,IRQ,IRQ,Jordan,JOR,JOR,U,V,FI,P,7",
        "2022,Cuba,CUB,CUB,Mexico,MEX,MEX,J,N,FI,P,0",
    )
    frame = parse([path], MID_YEAR)["asylum_applications"]
    half, full = pd.Timestamp("2023-06-30"), pd.Timestamp("2022-12-31")
    long_ago = pd.Timestamp("2005-12-31")
    court = "US Executive Office for Immigration Review"
    assert tuples(frame) == [
        (2005, long_ago, "IRQ", "JOR", "UNHCR", "V", "first instance", "persons", 7),
        (2022, full, "HTI", "MEX", "government", "new and appeal", "new applications", "cases", 12),
        (2023, half, "HTI", "USA", "government", "new", court, "persons", 29),
        (2023, half, "TUR", "CAN", "government", "repeat", "unknown", "persons", 5),
    ]


@pytest.mark.parametrize(
    ("codes", "column"),
    [
        ("X,N,FI,P", "procedure_type"),
        ("G,X,FI,P", "app_type"),
        ("G,N,X,P", "dec_level"),
        ("G,N,FI,X", "app_pc"),
    ],
)
def test_an_unknown_code_is_a_decision_for_a_person(tmp_path: Path, codes: str, column: str) -> None:
    row = f"2022,Cuba,CUB,CUB,Mexico,MEX,MEX,{codes},5"
    path = write(tmp_path, "asylum_applications.csv", ASYLUM, row)
    with pytest.raises(ParseError, match=f"line 2: column '{column}': value 'X': unknown category"):
        parse([path], JUNE)


def test_internal_displacement_has_one_country(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "idmc.csv",
        f"{PAIR},total",
        "1989,Unknown,UKN,,Unknown,UKN,,16500000",
        "2014,,AB9,,AB9,AB9,,20000",
        "2022,Colombia,COL,COL,Colombia,COL,COL,4766000",
    )
    frame = parse([path], JUNE)["internal_displacement"]
    assert tuples(frame) == [
        (pd.Timestamp("1989-12-31"), "unknown", 16500000),
        (pd.Timestamp("2014-12-31"), "AB9", 20000),
        (pd.Timestamp("2022-12-31"), "COL", 4766000),
    ]


def test_displacement_into_another_country_is_refused(tmp_path: Path) -> None:
    row = "2022,Colombia,COL,COL,Ecuador,ECU,ECU,5"
    with pytest.raises(ParseError, match=r"idmc\.csv: line 2: column 'coa': value 'ECU': differs from coo"):
        parse([write(tmp_path, "idmc.csv", f"{PAIR},total", row)], JUNE)


def test_unrwa_counts_palestine_refugees_only(tmp_path: Path) -> None:
    row = "2022,Syrian Arab Rep.,SYR,SYR,Jordan,JOR,JOR,5"
    with pytest.raises(ParseError, match=r"unrwa\.csv: line 2: column 'coo_iso': value 'SYR'"):
        parse([write(tmp_path, "unrwa.csv", f"{PAIR},total", row)], JUNE)


def test_countries_are_checked_and_give_no_table(tmp_path: Path) -> None:
    good = write(tmp_path, "countries.csv", COUNTRIES, "AFG,AFG,Afghanistan,Asia and the Pacific,Asia,,")
    assert parse([good], JUNE) == {}
    with pytest.raises(ParseError, match=r"countries\.csv: line 1: the header is"):
        parse([write(tmp_path, "countries.csv", "iso_code,name")], JUNE)


def test_an_unknown_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"solutions\.csv: unknown file; known are population, idmc"):
        parse([write(tmp_path, "solutions.csv", PAIR)], JUNE)


def test_two_rows_for_one_pair_are_refused(tmp_path: Path) -> None:
    row = "2022,Nepal,NEP,NPL,India,IND,IND,5,0,0,0,0,0,0,,"
    with pytest.raises(ParseError, match=r"population\.csv: two rows for .*'origin': 'NPL'"):
        parse([write(tmp_path, "population.csv", POPULATION, row, row)], JUNE)
