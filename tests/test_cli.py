"""The command line: what it says to a person, and its exit codes. The rooms have their own tests."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sharedborder.cli import app

COMMANDS = ("list", "build", "serve", "table", "claims", "ingest", "check", "new", "bench", "catalogue")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "NO_COLOR": "1"})
    return result.exit_code, result.stdout, result.stderr


def test_help_names_every_command_and_imports_no_library_for_tables() -> None:
    code = "import sys, sharedborder.cli; print(*({'pandas', 'papermill'} & set(sys.modules)))"
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert time.perf_counter() - start < 5
    exit_code, said, _ = run("--help")
    assert exit_code == 0
    assert all(command in said for command in COMMANDS)


def test_the_list_has_every_page_with_its_state() -> None:
    code, said, _ = run("list", "--json")
    assert code == 0
    rows = json.loads(said)
    assert {"edition", "name", "chapter", "parameters", "made", "state"} == set(rows[0])
    assert all(row["state"] and row["made"] != row["state"].startswith("not made: ") for row in rows)
    code, said, _ = run("list")
    assert code == 0
    assert len(said.splitlines()) == 1 + len(rows)


def test_an_unknown_table_is_one_sentence() -> None:
    code, said, told = run("table", "sea_encounters")
    assert (code, said) == (2, "")
    assert told.startswith("there is no table 'sea_encounters'; the tables are")
    assert "Traceback" not in told


def test_a_folder_without_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sharedborder.press.folders.HERE", tmp_path)
    code, _, told = run("list")
    assert code == 2
    assert "There is no project here" in told


def test_a_new_chapter_with_a_name_that_is_taken() -> None:
    code, said, told = run("new", "chapter", "border")
    assert (code, said) == (2, "")
    assert told == "There is a chapter or a page 'border' already; give the new one another name.\n"


def test_a_wrong_day_is_refused() -> None:
    code, _, told = run("ingest", "cbp", "x.csv", "--published", "2023-13-01")
    assert code == 2
    assert "'2023-13-01' is not a day" in told


def test_the_table_as_known_on_a_day() -> None:
    for day, total in (("2023-12-27", "240,988"), ("2025-12-31", "240,927")):
        code, said, _ = run("table", "southwest_encounters", "--as-of", day)
        assert code == 0
        assert [line.split()[-1] for line in said.splitlines() if line.startswith("2023-10 ")] == [total]


def test_rows_for_machines() -> None:
    code, said, _ = run("table", "darien_transit", "--as-of", "2023-12-27", "--format", "csv")
    assert code == 0
    assert said.startswith("month,citizenship,people,published\n")
    code, said, _ = run("table", "darien_transit", "--as-of", "2023-12-27", "--format", "json")
    assert set(json.loads(said)[0]) == {"month", "citizenship", "people", "published"}


def test_a_fault_of_ours_says_how_to_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharedborder.cli.writing.found_folders", lambda: 1 / 0)
    code, _, told = run("check")
    assert code == 2
    assert told == "ZeroDivisionError: division by zero (a fault of ours; --debug shows where)\n"


def test_claims_are_checked_as_of_an_edition() -> None:
    code, said, _ = run("claims", "--edition", "2024-01-19", "--json")
    assert code == 0
    found = json.loads(said)
    assert found["s000-70000-more"]["verdict"] == "contradicted"
    assert found["s002-11000-a-day"]["verdict"] == "cannot be checked yet"
    assert [told["edition"] for told in found["s000-70000-more"]["history"]] == ["2023-12-27", "2024-01-19"]
    assert all({"verdict", "reason", "evidence"} <= set(entry) for entry in found.values())


def test_an_edition_before_a_story_has_none_of_its_claims() -> None:
    code, said, _ = run("claims", "--edition", "2023-12-27")
    assert code == 0
    assert "s000-70000-more" in said
    assert "s002-" not in said
