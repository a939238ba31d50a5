"""A release enters whole or not at all, once, and in any order."""

import datetime
import gzip
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sharedborder.records import contract, files, ledger
from sharedborder.records.errors import LedgerError

DAY = datetime.timedelta(days=1)
RELEASE_DAYS = [datetime.date(2024, 1, 10), datetime.date(2024, 2, 10), datetime.date(2024, 2, 11)]
MONTHS = ["2023-10-01", "2023-11-01", "2023-12-01"]
MODES = ["by car", "on foot"]
# a new ledger is made for each example, so a fixture that lives for the whole test does no harm
properties = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Values = dict[tuple[str, str], int]
released_values = st.dictionaries(
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MODES)), st.integers(0, 3), min_size=1
)
shelves = st.dictionaries(st.sampled_from(RELEASE_DAYS), released_values, min_size=1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out Frictionless, which takes most of the time of an appending and writes nothing."""
    monkeypatch.setattr(contract, "broken_rules", lambda *_: [])


def crossings(values: Values) -> pd.DataFrame:
    rows = [(month, mode, value, None, "") for (month, mode), value in values.items()]
    return pd.DataFrame(rows, columns=["month", "mode", "crossings", "lanes", "remark"])


def staff(people: int) -> pd.DataFrame:
    return pd.DataFrame({"country": ["MEX"], "year": [2022], "people": [people]})


def known(
    shelf: dict[datetime.date, Values], as_of: datetime.date
) -> dict[tuple[str, str], tuple[int, datetime.date]]:
    """What a reader of all releases by hand would know on a day: value and release day of each key."""
    found = {}
    for month in MONTHS:
        covering = [day for day in shelf if day <= as_of and any(key[0] == month for key in shelf[day])]
        if covering:
            newest = max(covering)
            found.update({key: (value, newest) for key, value in shelf[newest].items() if key[0] == month})
    return found


def read(as_of: datetime.date) -> dict[tuple[str, str], tuple[int, datetime.date]]:
    frame = ledger.read("crossings", as_of)
    keys = zip(frame["month"].dt.strftime("%Y-%m-%d"), frame["mode"], strict=True)
    return dict(zip(keys, zip(frame["crossings"], frame["published"].dt.date, strict=True), strict=True))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("quick")
@properties
@given(shelf=shelves, data=st.data())
def test_any_order_of_releases_gives_the_same_ledger(
    new_ledger: Callable[[], Path], shelf: dict[datetime.date, Values], data: st.DataObject
) -> None:
    ledgers = []
    for order in (sorted(shelf), data.draw(st.permutations(sorted(shelf)))):
        folder = new_ledger()
        for day in order:
            ledger.append({"crossings": crossings(shelf[day])}, day)
        ledgers.append(contents(folder))
    assert ledgers[0] == ledgers[1]
    for as_of in {day + shift for day in RELEASE_DAYS for shift in (-DAY, 0 * DAY, DAY)}:
        assert read(as_of) == known(shelf, as_of)


class PowerCutError(BaseException):
    """The machine stops: nothing after it runs."""


@contextmanager
def power_cut(step: int) -> Iterator[None]:
    """Stop at the given step of writing (before it on even numbers, after it on odd ones)."""
    taken = iter(range(1_000))

    def cut(real: Callable[..., None]) -> Callable[..., None]:
        def act(*arguments: object) -> None:
            number = next(taken)
            if number == step // 2 and step % 2 == 0:
                raise PowerCutError
            real(*arguments)
            if number == step // 2:
                raise PowerCutError

        return act

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", cut(os.fsync))
        patch.setattr(os, "replace", cut(os.replace))
        yield


# per file: sync, rename, sync of the folder; two tables and datapackage.json
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("step", range(18))
def test_an_interruption_leaves_the_ledger_as_it_was_and_a_second_run_completes_it(
    new_ledger: Callable[[], Path], step: int
) -> None:
    old = {"crossings": crossings({(MONTHS[0], "by car"): 1}), "staff": staff(1)}
    new = {"crossings": crossings({(MONTHS[0], "by car"): 2}), "staff": staff(2)}
    whole = new_ledger()
    ledger.append(old, RELEASE_DAYS[0])
    ledger.append(new, RELEASE_DAYS[1])

    folder = new_ledger()
    ledger.append(old, RELEASE_DAYS[0])
    with power_cut(step), pytest.raises(PowerCutError):
        ledger.append(new, RELEASE_DAYS[1])
    counts = (ledger.read("crossings")["crossings"].tolist(), ledger.read("staff")["people"].tolist())
    # the renaming of datapackage.json is the fifteenth action: from then on the release is in
    assert counts == (([1], [1]) if step < 15 else ([2], [2]))

    ledger.append(new, RELEASE_DAYS[1])
    assert {name: held for name, held in contents(folder).items() if ".partial" not in name} == contents(
        whole
    )


def test_the_same_release_again_changes_nothing(ledger_folder: Path) -> None:
    frames = {
        "crossings": crossings({(MONTHS[0], "by car"): 1, (MONTHS[0], "on foot"): 2}),
        "staff": staff(1),
    }
    assert ledger.append(frames, RELEASE_DAYS[0]) == ["crossings", "staff"]
    before = {path: path.stat().st_mtime_ns for path in ledger_folder.rglob("*")}
    shuffled = frames | {"crossings": frames["crossings"].iloc[::-1]}
    assert ledger.append(shuffled, RELEASE_DAYS[0]) == []
    assert {path: path.stat().st_mtime_ns for path in ledger_folder.rglob("*")} == before


def test_other_figures_for_the_same_day_are_refused(ledger_folder: Path) -> None:
    ledger.append({"crossings": crossings({(MONTHS[0], "by car"): 1})}, RELEASE_DAYS[0])
    before = contents(ledger_folder)
    other = {"crossings": crossings({(MONTHS[0], "by car"): 2}), "staff": staff(1)}
    with pytest.raises(
        LedgerError, match=r"data/crossings/2024-01-10\.csv is in the ledger with other figures"
    ):
        ledger.append(other, RELEASE_DAYS[0])
    assert contents(ledger_folder) == before


@pytest.mark.usefixtures("ledger_folder")
def test_a_table_found_late_joins_its_release() -> None:
    first = {"staff": staff(1)}
    ledger.append(first, RELEASE_DAYS[0])
    assert ledger.append(first | {"crossings": crossings({(MONTHS[0], "by car"): 1})}, RELEASE_DAYS[0]) == [
        "crossings"
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mode": ["by bus", "on foot"]}, 'constraint "enum"'),
        ({"crossings": [-1, 2]}, 'constraint "minimum"'),
        ({"crossings": [1.5, 2]}, "column crossings is not of type integer"),
        ({"crossings": ["many", 2]}, "column crossings is not of type integer"),
        ({"month": ["November", "2023-11-01"]}, "column month is not of type date"),
        ({"mode": ["by car", "by car"]}, "more than one row has the key month=2023-11-01, mode=by car"),
        ({"month": ["2024-03-01", "2023-11-01"]}, "month 2024-03-01 lies after the release day"),
        ({"extra": [1, 2]}, "the schema asks for month, mode, crossings, lanes, remark"),
    ],
)
def test_rows_that_break_the_contract_are_refused(
    ledger_folder: Path, change: dict[str, list[object]], message: str
) -> None:
    frame = crossings({(MONTHS[1], "by car"): 1, (MONTHS[1], "on foot"): 2}).assign(**change)
    before = contents(ledger_folder)
    with pytest.raises(LedgerError, match=message):
        ledger.append({"crossings": frame, "staff": staff(1)}, RELEASE_DAYS[0])
    assert contents(ledger_folder) == before


@pytest.mark.usefixtures("ledger_folder")
def test_a_release_without_rows_or_day_is_refused() -> None:
    with pytest.raises(LedgerError, match="has no rows"):
        ledger.append({"staff": staff(1).head(0)}, RELEASE_DAYS[0])
    with pytest.raises(LedgerError, match="a date without a time"):
        ledger.append({"staff": staff(1)}, datetime.datetime(2024, 1, 10, 12))


def test_a_large_table_is_packed_without_a_time(ledger_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_PLAIN_FILE", 10)
    frames = {"staff": staff(7)}
    ledger.append(frames, RELEASE_DAYS[0])
    packed = (ledger_folder / "staff" / "2024-01-10.csv.gz").read_bytes()
    assert packed[3:8] == bytes(5)  # no name, no time
    assert gzip.decompress(packed) == b"country,year,people\nMEX,2022,7\n"
    assert ledger.read("staff")["people"].tolist() == [7]
    # another version of zlib may pack the same figures into other bytes
    monkeypatch.setattr(files, "compress", lambda content: gzip.compress(content, 1, mtime=0))
    assert ledger.append(frames, RELEASE_DAYS[0]) == []


def test_a_file_that_is_not_listed_is_not_in_the_ledger(ledger_folder: Path) -> None:
    (ledger_folder / "staff").mkdir()
    (ledger_folder / "staff" / "2024-01-10.csv").write_text("country,year,people\nMEX,2022,8\n")
    assert ledger.read("staff").empty
    ledger.append({"staff": staff(7)}, RELEASE_DAYS[0])
    assert ledger.read("staff")["people"].tolist() == [7]


@pytest.mark.usefixtures("ledger_folder")
def test_two_writers_take_turns() -> None:
    days = [datetime.date(2024, 1, 1) + number * DAY for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda day: ledger.append({"staff": staff(day.day)}, day), days))
    assert ledger.releases("staff") == days
    assert ledger.read("staff")["people"].tolist() == [8]
