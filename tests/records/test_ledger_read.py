"""What `read`, `history` and their kin give for small tables."""

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records import ledger, replay
from sharedborder.records.errors import LedgerError

pytestmark = pytest.mark.usefixtures("ledger_folder")

NOVEMBER, DECEMBER, JANUARY = "2023-11-01", "2023-12-01", "2024-01-01"
FIRST_DAY, SECOND_DAY = datetime.date(2023, 12, 14), datetime.date(2024, 1, 26)


def crossings(rows: list[tuple[str, str, int, int | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["month", "mode", "crossings", "lanes", "remark"])


@pytest.fixture
def two_releases(ledger_folder: Path) -> Path:
    """The first release covers November; the second revises it not, and adds December and January."""
    first = crossings(
        [
            (NOVEMBER, "on foot", 10, 2, "NA"),
            (NOVEMBER, "by car", 20, None, ""),
            ("2023-10-01", "by car", 5, 1, ""),
        ]
    )
    second = crossings(
        [
            (DECEMBER, "on foot", 30, 2, 'a "b", c'),
            (JANUARY, "by car", 40, 3, ""),
            (NOVEMBER, "by car", 21, 4, ""),
        ]
    )
    assert ledger.append({"crossings": second}, SECOND_DAY) == ["crossings"]
    assert ledger.append({"crossings": first}, FIRST_DAY) == ["crossings"]
    return ledger_folder


def plain(frame: pd.DataFrame) -> list[tuple[str, str, int]]:
    """(month, mode, crossings) of each row."""
    return list(zip(frame["month"].dt.strftime("%Y-%m"), frame["mode"], frame["crossings"], strict=True))


@pytest.mark.usefixtures("two_releases")
def test_each_period_comes_from_the_newest_release_that_covers_it() -> None:
    frame = ledger.read("crossings")
    assert plain(frame) == [
        ("2023-10", "by car", 5),
        ("2023-11", "by car", 21),
        ("2023-12", "on foot", 30),
        ("2024-01", "by car", 40),
    ]
    assert frame["published"].dt.date.tolist() == [FIRST_DAY, SECOND_DAY, SECOND_DAY, SECOND_DAY]


@pytest.mark.usefixtures("two_releases")
def test_nothing_is_known_before_its_day() -> None:
    assert ledger.read("crossings", "2023-12-13").empty
    assert len(ledger.read("crossings", "2023-12-14")) == 3
    assert ledger.read("crossings", "2024-01-25")["published"].dt.date.unique().tolist() == [FIRST_DAY]
    assert len(ledger.read("crossings", SECOND_DAY)) == 4


@pytest.mark.usefixtures("two_releases")
def test_columns_are_typed_even_without_rows() -> None:
    dtypes = {
        "month": "datetime64[us]",
        "mode": "str",
        "crossings": "int64",
        "lanes": "Int64",
        "remark": "str",
        "published": "datetime64[us]",
    }
    for as_of in ("2000-01-01", "latest"):
        assert ledger.read("crossings", as_of).dtypes.astype(str).to_dict() == dtypes


@pytest.mark.usefixtures("two_releases")
def test_text_stays_as_it_was_and_missing_counts_stay_missing() -> None:
    frame = ledger.read("crossings", FIRST_DAY)
    assert frame["remark"].tolist() == ["", "", "NA"]
    assert frame["lanes"].isna().tolist() == [False, True, False]
    assert ledger.read("crossings", where={"month": DECEMBER})["remark"].tolist() == ['a "b", c']


@pytest.mark.usefixtures("two_releases")
def test_where_takes_a_value_a_list_or_a_range() -> None:
    def months(where: object) -> list[str]:
        return ledger.read("crossings", where={"month": where})["month"].dt.strftime("%m").tolist()

    assert months(NOVEMBER) == ["11"]
    assert months([NOVEMBER, datetime.date(2024, 1, 1)]) == ["11", "01"]
    assert months((NOVEMBER, DECEMBER)) == ["11", "12"]
    assert months((pd.Timestamp(DECEMBER), None)) == ["12", "01"]
    assert ledger.read("crossings", where={"lanes": (2, 4), "mode": "by car"})["lanes"].tolist() == [4, 3]
    assert ledger.read("crossings", where={"crossings": {5, 30}})["crossings"].tolist() == [5, 30]


@pytest.mark.usefixtures("two_releases")
def test_columns_keep_the_key_and_published() -> None:
    frame = ledger.read("crossings", columns=["lanes"])
    assert list(frame.columns) == ["month", "mode", "lanes", "published"]


@pytest.mark.usefixtures("two_releases")
def test_a_frame_says_where_it_comes_from() -> None:
    attrs = ledger.read("crossings", "2024-01-19").attrs
    assert attrs == {
        "table": "crossings",
        "key": ["month", "mode"],
        "count": "crossings",
        "kind": "flow",
        "as_of": "2024-01-19",
        "where": {},
    }
    narrow = ledger.read("crossings", where={"mode": ["by car"], "month": "2023-11-01"}).attrs
    assert (narrow["as_of"], narrow["where"]) == ("latest", {"mode": ["by car"]})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"table": "crosings"}, "the tables are announced_figures, crossings, staff"),
        ({"table": "crossings", "columns": ["people"]}, "it has month, mode, crossings, lanes, remark"),
        ({"table": "crossings", "where": {"day": 1}}, "no column 'day'; it has month"),
        ({"table": "crossings", "as_of": "2023-13-01"}, "a day \\(YYYY-MM-DD\\), 'latest' or None"),
        ({"table": "crossings", "as_of": "20231227"}, "a day"),
        ({"table": "crossings", "where": {"mode": "by bus"}}, "is one of 'on foot', 'by car'"),
        ({"table": "crossings", "where": {"month": "2023-11"}}, "'2023-11' is not a day"),
        ({"table": "crossings", "where": {"crossings": "5"}}, "not of type integer"),
        ({"table": "crossings", "where": {"month": (NOVEMBER,)}}, "a tuple is a range"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(LedgerError, match=message):
        ledger.read(**arguments)  # type: ignore[arg-type]


@pytest.mark.usefixtures("two_releases")
def test_a_caller_cannot_change_what_the_next_one_reads() -> None:
    frame = ledger.read("crossings")
    frame.loc[0, "crossings"] = 999
    frame["mode"] = "by car"
    frame.attrs["table"] = "other"
    again = ledger.read("crossings")
    assert again["crossings"].tolist() == [5, 21, 30, 40]
    assert again["mode"].tolist() == ["by car", "by car", "on foot", "by car"]
    assert again.attrs["table"] == "crossings"


def test_only_the_files_that_are_needed_are_opened(two_releases: Path) -> None:
    (two_releases / "crossings" / "2023-12-14.csv").unlink()
    assert len(ledger.read("crossings", where={"month": (NOVEMBER, None)})) == 3
    with pytest.raises(LedgerError, match="but missing"):
        ledger.read("crossings")


def test_an_edited_file_is_refused(two_releases: Path) -> None:
    file = two_releases / "crossings" / "2024-01-26.csv"
    file.write_text(file.read_text().replace("40", "41"))
    with pytest.raises(LedgerError, match="it was edited"):
        ledger.read("crossings")


@pytest.mark.usefixtures("two_releases")
def test_history_gives_every_value_with_its_day() -> None:
    rows = ledger.history("crossings", {"month": NOVEMBER, "mode": "by car"})
    assert rows["crossings"].tolist() == [20, 21]
    assert rows["published"].dt.date.tolist() == [FIRST_DAY, SECOND_DAY]
    assert ledger.history("crossings", {"month": NOVEMBER, "mode": "by car"}, FIRST_DAY)[
        "crossings"
    ].tolist() == [20]
    assert ledger.history("crossings", {"month": "2020-01-01"}).empty


@pytest.mark.usefixtures("two_releases")
def test_releases_and_coverage_stop_at_the_day() -> None:
    assert ledger.releases("crossings") == [FIRST_DAY, SECOND_DAY]
    assert ledger.releases("crossings", "2024-01-01") == [FIRST_DAY]
    assert ledger.coverage("crossings", "2024-01-01") == {
        "published": "2023-12-14",
        "first_period": "2023-10-01",
        "last_period": "2023-11-01",
        "releases": ["2023-12-14"],
    }
    assert ledger.coverage("staff")["last_period"] is None


def test_where_the_key_does_not_begin_with_the_period_rows_are_in_order_too() -> None:
    for year, day in ((2022, FIRST_DAY), (2023, SECOND_DAY)):
        rows = [(country, year, year) for country in ("USA", "MEX")]
        ledger.append({"staff": pd.DataFrame(rows, columns=["country", "year", "people"])}, day)
    frame = ledger.read("staff")
    assert frame["country"].tolist() == ["MEX", "MEX", "USA", "USA"]
    assert frame["year"].tolist() == [2022, 2023, 2022, 2023]


def test_a_period_may_have_two_columns(ledger_folder: Path) -> None:
    file = ledger_folder / "schemas" / "staff.json"
    given = json.loads(file.read_text())
    given["fields"].insert(2, {"name": "rank", "type": "string"})
    file.write_text(
        json.dumps(given | {"covers": ["country", "year"], "primaryKey": ["country", "year", "rank"]})
    )
    columns = ["country", "year", "rank", "people"]
    first = pd.DataFrame(
        [("MEX", 2022, "a", 1), ("MEX", 2022, "b", 2), ("USA", 2022, "a", 3)], columns=columns
    )
    second = pd.DataFrame([("MEX", 2022, "a", 4)], columns=columns)
    ledger.append({"staff": first}, FIRST_DAY)
    ledger.append({"staff": second}, SECOND_DAY)
    listed = json.loads((ledger_folder / "datapackage.json").read_text())["resources"]
    assert listed[0]["covers"] == [["MEX", 2022], ["USA", 2022]]
    assert ledger.read("staff")["people"].tolist() == [4, 3]
    assert ledger.read("staff", where={"country": "USA"})["people"].tolist() == [3]


def announced(rows: list[tuple[str, str, str, float, bool]]) -> pd.DataFrame:
    columns = ["indicator", "period_start", "subject", "vintage", "value", "weak"]
    frame = pd.DataFrame([(indicator, *rest) for indicator, *rest in rows], columns=columns)
    frame.insert(2, "period_end", frame["period_start"])
    return frame


@pytest.fixture
def announcements(ledger_folder: Path) -> Path:
    """December's total announced in January, revised in February; each release holds only what is new."""
    ledger.append(
        {"announced_figures": announced([("total", NOVEMBER, "", "first", 242_418, False)])}, FIRST_DAY
    )
    ledger.append(
        {"announced_figures": announced([("total", DECEMBER, "", "first", 302_034.0, False)])}, SECOND_DAY
    )
    revised = announced(
        [("total", DECEMBER, "", "revised", 301_983.5, True), ("total", NOVEMBER, "", "first", 1, True)]
    )
    ledger.append({"announced_figures": revised}, datetime.date(2024, 2, 13))
    return ledger_folder


@pytest.mark.usefixtures("announcements")
def test_where_each_key_is_a_period_releases_add_up() -> None:
    assert ledger.read("announced_figures", SECOND_DAY)["value"].tolist() == [242_418, 302_034]
    latest = ledger.read("announced_figures")
    assert latest["value"].tolist() == [1, 302_034, 301_983.5]
    assert latest["weak"].tolist() == [True, False, True]
    assert ledger.coverage("announced_figures")["last_period"] == DECEMBER


@pytest.mark.usefixtures("announcements")
def test_a_filter_on_a_count_finds_no_value_that_a_later_release_replaced() -> None:
    earlier = {"value": 242_418}
    assert len(ledger.read("announced_figures", SECOND_DAY, earlier)) == 1
    assert ledger.read("announced_figures", where=earlier).empty


def test_announced_figures_do_not_list_their_keys(announcements: Path) -> None:
    listed = json.loads((announcements / "datapackage.json").read_text())["resources"]
    assert {entry["covers"] for entry in listed} == {"every key in the file"}
    text = (announcements / "announced_figures" / "2024-01-26.csv").read_text()
    assert text.splitlines()[1] == "total,2023-12-01,2023-12-01,,first,302034,false"


@pytest.mark.usefixtures("announcements")
def test_a_later_first_announcement_proves_that_a_figure_was_not_published_yet() -> None:
    december = {"indicator": "total", "period_start": DECEMBER}
    assert ledger.reason("announced_figures", december, "2024-01-25") == "not published yet"
    assert ledger.reason("announced_figures", december, "2024-01-26") == "not held"
    assert ledger.reason("announced_figures", december, "latest") == "not held"
    assert (
        ledger.reason("announced_figures", december | {"period_start": JANUARY}, "2024-01-19") == "not held"
    )
    with pytest.raises(LedgerError, match="needs the indicator"):
        ledger.reason("announced_figures", {"indicator": "total"}, "2024-01-19")


SOURCE = """
customs:
  publisher: {en: Customs, es: Aduanas}
  short: {en: C, es: C}
  title: {en: Crossings, es: Cruces}
  tables: [crossings]
  address: null
  licence: {name: public domain}
  unit: {en: A crossing, es: Un cruce}
  releases:
    - {day: 2024-01-26, precision: PRECISION, first_publication: true}
    - {day: 2023-12-14, precision: exact}
"""


@pytest.mark.parametrize(("precision", "reason"), [("exact", "not published yet"), ("about", "not held")])
def test_a_release_proves_it_only_if_it_was_the_first_and_its_day_is_exact(
    two_releases: Path, precision: str, reason: str
) -> None:
    (two_releases / "sources.yml").write_text(SOURCE.replace("PRECISION", precision))
    assert ledger.reason("crossings", {"month": DECEMBER}, "2024-01-19") == reason
    assert ledger.reason("crossings", {"month": NOVEMBER}, "2023-12-01") == "not held"
    assert ledger.reason("crossings", {"mode": "by car"}, "2023-12-01") == "not held"
    assert ledger.reason("crossings", {"month": "2025-01-01"}, "2024-01-19") == "not held"


def test_each_reading_is_logged_and_can_be_replayed(
    two_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "reads.jsonl"
    monkeypatch.setenv("SHAREDBORDER_READ_LOG", str(log))
    ledger.read(
        "crossings", "2024-01-19", {"mode": ["on foot", "by car"], "month": (NOVEMBER, None)}, ["crossings"]
    )
    ledger.read("crossings", where={"month": DECEMBER})
    ledger.history("crossings", {"month": NOVEMBER})
    ledger.releases("crossings", "2024-01-19")
    ledger.coverage("crossings")
    ledger.reason("crossings", {"month": "2025-01-01"}, "2024-01-19")
    monkeypatch.delenv("SHAREDBORDER_READ_LOG")
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [entry["call"] for entry in entries] == [
        "read",
        "read",
        "history",
        "releases",
        "coverage",
        "reason",
    ]
    assert entries[0]["where"] == {"mode": ["by car", "on foot"], "month": {"from": NOVEMBER, "to": None}}
    assert [replay.digest(entry) for entry in entries] == [entry["digest"] for entry in entries]

    late = crossings([(JANUARY, "by car", 41, 3, "")])
    ledger.append({"crossings": late}, datetime.date(2024, 2, 13))
    changed = [entry["call"] for entry in entries if replay.digest(entry) != entry["digest"]]
    assert changed == ["coverage"]
    assert replay.digest(entries[0] | {"table": "gone"}) == "refused"
    assert two_releases.is_dir()
