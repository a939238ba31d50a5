"""The World Bank's file: countries and the world are kept, its groups dropped, anything else refused."""

import datetime
from pathlib import Path

import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.countries import known_codes
from sharedborder.records.publishers.worldbank import DROPPED, parse

DAY = datetime.date(2025, 7, 31)
HEADER = "Country Name,Country Code,Year,Value"
SAMPLE = f"""\
{HEADER}
World,WLD,2024,8142056446
"Middle East, North Africa, Afghanistan & Pakistan",MEA,2024,1
Kosovo,XKX,2024,1527324
Mexico,MEX,2024,130861007
Mexico,MEX,1960,36268055.0
Channel Islands,CHI,2024,180000
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "population.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_countries_and_the_world(tmp_path: Path) -> None:
    frame = parse([write(tmp_path, SAMPLE)], DAY)["population"]
    assert frame.columns.to_list() == ["year", "country", "people"]
    assert list(frame.itertuples(index=False, name=None)) == [
        (1960, "MEX", 36268055),
        (2024, "MEX", 130861007),
        (2024, "WLD", 8142056446),
        (2024, "XKX", 1527324),
    ]


def test_no_country_is_among_the_groups() -> None:
    assert not known_codes() & set(DROPPED)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("New Group,NGR,2024,1", "line 2: column 'Country Code': value 'NGR'"),
        ("Mexico,MEX,2024,12.5", "line 2: column 'Value': value '12.5'"),
        ("Mexico,MEX,2025,12", "line 2: column 'Year': value '2025': a year that had not ended"),
        ("Mexico,MEX,2024,1\nMexico,MEX,2024,2", "two rows for"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = write(tmp_path, f"{HEADER}\n{row}\n")
    with pytest.raises(ParseError) as fault:
        parse([path], DAY)
    assert str(fault.value).startswith(f"population.csv: {message}")


def test_one_file_makes_a_release() -> None:
    with pytest.raises(ParseError, match="one file makes a release of worldbank, given: none"):
        parse([], DAY)
