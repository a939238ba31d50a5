"""The contract notices whatever does not match it, and the committed ledger keeps it."""

import datetime
import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from sharedborder.records import contract, entries, files, ledger, shelf
from sharedborder.records.schemas import schema

FIRST_DAY, SECOND_DAY = datetime.date(2024, 1, 10), datetime.date(2024, 2, 10)
SOURCES = """
works:
  publisher: {en: Works, es: Obras}
  short: {en: W, es: O}
  title: {en: Staff, es: Personal}
  tables: [staff]
  address: null
  licence: {name: public domain}
  unit: {en: A person, es: Una persona}
  releases: [{day: 2024-01-10}, {day: 2024-02-10}]
"""


@pytest.fixture
def two_releases(ledger_folder: Path) -> Path:
    """A ledger with two releases of one table, described."""
    (ledger_folder / "sources.yml").write_text(SOURCES, "utf-8")
    for people, day in ((1, FIRST_DAY), (2, SECOND_DAY)):
        frame = pd.DataFrame({"country": ["MEX", "USA"], "year": [2022, 2022], "people": [people, people]})
        ledger.append({"staff": frame}, day)
    return ledger_folder


def rewrite(folder: Path, old: str, new: str, day: str = "2024-02-10") -> None:
    """Edit a release's file and its hash, as somebody would who means to get away with it."""
    file = folder / "staff" / f"{day}.csv"
    before = shelf.package()["staff", datetime.date.fromisoformat(day)]
    file.write_text(file.read_text().replace(old, new))
    package = folder / "datapackage.json"
    entry = entries.entry(
        files.typed(files.parse(file.read_bytes(), schema("staff")), schema("staff")),
        schema("staff"),
        before.published,
        before.path,
        file.read_bytes(),
    )
    package.write_text(package.read_text().replace(before.digest, entry.digest))


def test_a_whole_ledger_has_no_problems(two_releases: Path) -> None:
    assert contract.problems(every=True) == []
    assert Package(str(two_releases / "datapackage.json")).validate().valid


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("MEX", "mexico", 'constraint "pattern"'),
        ("USA", "MEX", "more than one row has the key country=MEX, year=2022"),
        ("MEX,2022,2\nUSA,2022,2\n", "USA,2022,2\nMEX,2022,2\n", "not as `append` writes it"),
        ("2022", "2021", "its entry in datapackage.json does not match its rows"),
    ],
)
def test_an_edited_release_is_a_problem(two_releases: Path, old: str, new: str, problem: str) -> None:
    rewrite(two_releases, old, new)
    found = contract.problems(every=True)
    assert len(found) == 1
    assert found[0].startswith("data/staff/2024-02-10.csv: ")
    assert problem in found[0]


@pytest.mark.usefixtures("ledger_folder")
def test_the_row_that_frictionless_names_is_the_row_in_the_file() -> None:
    rows = "".join(f"MEX,{year},1\n" for year in range(1900, 1920))
    content = f"country,year,people\n{rows}MEX,1920,one\n".encode()
    [message] = contract.broken_rules(content, schema("staff"))
    assert 'row "22"' in message


def test_files_and_entries_match(two_releases: Path) -> None:
    (two_releases / "staff" / "2024-03-10.csv").write_text("")
    (two_releases / "staff" / "2024-02-10.csv").unlink()
    assert contract.problems() == [
        "staff/2024-02-10.csv is listed in datapackage.json but missing",
        "data/staff/2024-03-10.csv is not listed in datapackage.json: ingest it, or remove it",
    ]


def test_a_release_that_sources_do_not_describe_is_a_problem(two_releases: Path) -> None:
    (two_releases / "sources.yml").write_text(SOURCES.replace(", {day: 2024-02-10}", ""))
    assert contract.problems() == ["data/sources.yml does not describe staff of 2024-02-10"]


def test_frictionless_checks_the_package_and_the_schemas_themselves(two_releases: Path) -> None:
    file = two_releases / "schemas" / "staff.json"
    descriptor = json.loads(file.read_text())
    descriptor["title"] = {"en": "not a text"}
    file.write_text(json.dumps(descriptor))
    [problem, *_] = contract.problems()
    assert "is not of type 'string'" in problem


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_changed_since_a_commit_is_validated(two_releases: Path) -> None:
    assert len(contract.changed()) == 2  # no git here: all
    git(two_releases, "init")
    git(two_releases, "add", ".")
    git(two_releases, "commit", "-m", "ledger")
    assert contract.changed() == []
    rewrite(two_releases, "MEX", "BLZ")
    assert [release.published for release in contract.changed()] == [SECOND_DAY]
    git(two_releases, "checkout", ".")
    frame = pd.DataFrame({"country": ["MEX"], "year": [2023], "people": [3]})
    ledger.append({"staff": frame}, datetime.date(2024, 3, 10))
    assert [str(release.published) for release in contract.changed()] == ["2024-03-10"]
    (two_releases / "schemas" / "staff.json").write_text(
        (two_releases / "schemas" / "staff.json").read_text() + "\n"
    )
    assert len(contract.changed()) == 3


def test_the_committed_ledger_keeps_its_contract() -> None:
    assert contract.problems(every=True) == []
