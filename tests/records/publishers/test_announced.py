"""The list of announced figures: rows of one day make a release, and whatever is not certain is refused."""

import datetime
from pathlib import Path

import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers.announced import COLUMNS, KEY, announcement_days, parse

DAY = datetime.date(2023, 12, 22)
ROWS = [
    "2023-12-22,southwest encounters,southwest border,2023-11-01,2023-11-30,,CBP,first,242418,encounters,"
    "false,false,The Hill,https://example.org/a,",
    "2023-12-22,southwest encounters,southwest border,2023-10-01,2023-10-31,,CBP,revised,240986,encounters,"
    'false,false,The Hill,https://example.org/a,"given again, lower"',
    "2023-12-22,daily encounters,southwest border,2023-12-18,2023-12-18,,unnamed officials,quoted,12000,"
    "encounters,true,true,A television station,http://example.org/b,more than",
    "2023-11-14,southwest encounters,southwest border,2023-10-01,2023-10-31,,CBP,first,240988,encounters,"
    "false,false,CBP,https://example.org/c,",
]


def written(folder: Path, *rows: str, header: str = ",".join(COLUMNS)) -> Path:
    path = folder / "announced.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_rows_of_a_day(tmp_path: Path) -> None:
    frame = parse([written(tmp_path, *ROWS)], DAY)["announced_figures"]
    assert frame.columns.to_list() == [column for column in COLUMNS if column != "published_on"]
    assert frame["value"].to_list() == [12000, 240986, 242418]
    assert frame["vintage"].to_list() == ["quoted", "revised", "first"]
    assert frame["weak"].to_list() == [True, False, False]
    assert frame["approximate"].to_list() == [True, False, False]
    assert frame["subject"].to_list() == ["", "", ""]
    assert frame["note"].to_list() == ["more than", "given again, lower", ""]


def test_columns_are_typed(tmp_path: Path) -> None:
    frame = parse([written(tmp_path, *ROWS)], DAY)["announced_figures"]
    assert frame[["period_start", "period_end"]].dtypes.astype(str).str.startswith("datetime64").all()
    assert (str(frame["value"].dtype), str(frame["weak"].dtype)) == ("int64", "bool")


def test_a_release_for_each_day(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    assert announcement_days(path) == [datetime.date(2023, 11, 14), DAY]
    assert [len(parse([path], day)["announced_figures"]) for day in announcement_days(path)] == [1, 3]


def test_a_day_without_announcements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="no figure became public on 2024-01-01"):
        parse([written(tmp_path, *ROWS)], datetime.date(2024, 1, 1))


def test_the_list_is_one_file(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    with pytest.raises(ParseError, match=r"given: announced\.csv, announced\.csv"):
        parse([path, path], DAY)
    with pytest.raises(ParseError, match="given: none"):
        parse([], DAY)


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS, header=",".join(COLUMNS).replace("reported_by", "outlet"))
    with pytest.raises(ParseError, match=r"announced\.csv: line 1: the header"):
        parse([path], DAY)


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("value", "240,986", "not a whole number"),
        ("value", "", "not a whole number"),
        ("value", "-1", "not a whole number"),
        ("vintage", "leaked", "unknown category"),
        ("approximate", "yes", "unknown category"),
        ("weak", "", "unknown category"),
        ("period_start", "October 2023", "not a day written"),
        ("period_end", "2023-11-31", "not a day written"),
        ("period_end", "2023-09-30", "ends before it starts"),
        ("period_end", "2023-12-31", "had not ended on 2023-12-22"),
        ("address", "thehill.com", "not an address of the web"),
        ("publisher", " ", "must not be empty"),
        ("unit", "", "must not be empty"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(
    tmp_path: Path, column: str, value: str, complaint: str
) -> None:
    cells = ROWS[0].split(",")
    cells[COLUMNS.index(column)] = f'"{value}"'
    with pytest.raises(ParseError, match=rf"announced\.csv: line 2: column '{column}'.*{complaint}"):
        parse([written(tmp_path, ",".join(cells), *ROWS[1:])], DAY)


def test_a_wrong_day_of_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="line 2: column 'published_on'"):
        announcement_days(written(tmp_path, ROWS[0].replace("2023-12-22", "2023-12", 1)))


def test_the_same_figure_twice_on_a_day_is_refused(tmp_path: Path) -> None:
    again = ROWS[0].replace("242418", "242419")
    with pytest.raises(ParseError, match="two rows for"):
        parse([written(tmp_path, ROWS[0], again)], DAY)


def test_the_key_comes_first() -> None:
    assert COLUMNS[: len(KEY) + 1] == ["published_on", *KEY]
