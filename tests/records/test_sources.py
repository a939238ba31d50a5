"""Provenance: what `sources.yml` says of a release, and that nothing enters the ledger without it."""

import datetime
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sharedborder.records import intake, ledger, publishers, sources
from sharedborder.records.errors import LedgerError

DAY = datetime.date(2024, 1, 10)
FILE = b"the publisher's own file\n"
SOURCES = f"""
works:
  publisher: {{en: Ministry of Works, es: Ministerio de Obras}}
  short: {{en: Works, es: Obras}}
  title: {{en: Staff and crossings, es: Personal y cruces}}
  tables: [staff, crossings]
  citation: Ministry of Works, Staff.
  address: https://example.org/staff
  licence: {{name: public domain, address: null, checked: 2026-11-22}}
  unit: {{en: A person, es: Una persona}}
  breaks: []
  counted: {{on foot: [2018, null], by car: [2004, 2020]}}
  through:
    - publisher: {{en: Bureau, es: Oficina}}
      table: staff
      counted: [1989, null]
      unit: {{en: A clerk, es: Un empleado}}
  releases:
    - day: 2024-01-10
      precision: about
      title: Staff in 2023
      files: [{{name: staff.txt, sha256: {hashlib.sha256(FILE).hexdigest()}}}]
"""


@pytest.fixture
def described(ledger_folder: Path) -> Path:
    """An empty ledger whose sources describe one release."""
    (ledger_folder / "sources.yml").write_text(SOURCES, "utf-8")
    return ledger_folder


@pytest.mark.usefixtures("described")
def test_a_release_is_described_by_its_source() -> None:
    told = sources.describe("staff", DAY)
    assert (told["source"], told["day"], told["precision"]) == ("works", "2024-01-10", "about")
    assert told["publisher"] == {"en": "Ministry of Works", "es": "Ministerio de Obras"}
    assert told["counted_by"]["publisher"]["en"] == "Bureau"
    assert told["unit"]["en"] == "A clerk"
    assert sources.describe("crossings", "2024-01-10")["unit"]["en"] == "A person"
    with pytest.raises(LedgerError, match="does not describe the release of staff of 2024-01-11"):
        sources.describe("staff", "2024-01-11")


def test_announced_figures_describe_themselves(described: Path) -> None:
    (described / "sources.yml").write_text(SOURCES.replace("[staff, crossings]", "[announced_figures]"))
    assert sources.describe("announced_figures", "2023-12-22")["day"] == "2023-12-22"


@pytest.mark.usefixtures("described")
def test_the_years_in_which_something_was_counted() -> None:
    assert sources.counted("staff") == {"staff": (1989, None)}
    assert sources.counted("announced_figures") == {}


def test_a_source_without_its_parts_is_refused(described: Path) -> None:
    (described / "sources.yml").write_text(SOURCES.replace("  unit: {en: A person, es: Una persona}\n", ""))
    with pytest.raises(LedgerError, match="works has no 'unit'"):
        sources.all_sources()


def parse(files: Sequence[Path], _published: datetime.date) -> dict[str, pd.DataFrame]:
    people = [len(path.name) for path in files]
    return {"staff": pd.DataFrame({"country": ["MEX"], "year": [2022], "people": people})}


@pytest.fixture
def publisher(described: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publisher of which we know one file."""
    monkeypatch.setattr(intake, "PARSERS", {"works": parse})
    return described


def test_a_known_file_is_taken_in_once(publisher: Path, tmp_path: Path) -> None:
    file = tmp_path / "staff.txt"
    file.write_bytes(FILE)
    dry = intake.ingest("works", [file], DAY, dry_run=True)
    assert (dict(dry.rows), list(dry.written)) == ({"staff": 1}, ["staff"])
    assert not (publisher / "datapackage.json").exists()
    assert intake.ingest("works", [file], DAY).written == ["staff"]
    assert intake.ingest("works", [file], DAY).written == []
    assert sources.undescribed() == []
    assert len(ledger.read("staff")) == 1


@pytest.mark.usefixtures("publisher")
def test_a_mirror_may_pack_the_file(tmp_path: Path) -> None:
    file = tmp_path / "staff.txt.gz"
    file.write_bytes(gzip.compress(FILE))
    assert intake.ingest("works", [file], DAY).written == ["staff"]


@pytest.mark.usefixtures("publisher")
def test_an_unknown_file_is_refused_with_the_entry_to_add(tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_bytes(b"other")
    with pytest.raises(LedgerError) as refusal:
        intake.ingest("works", [file], DAY)
    assert f"    - {{name: new.txt, sha256: {hashlib.sha256(b'other').hexdigest()}}}" in str(refusal.value)
    assert "  - day: '2024-01-10'" in str(refusal.value)


@pytest.mark.usefixtures("publisher")
def test_a_file_of_another_day_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "staff.txt"
    file.write_bytes(FILE)
    with pytest.raises(LedgerError, match="belongs to the release of 2024-01-10, not of 2024-01-11"):
        intake.ingest("works", [file], datetime.date(2024, 1, 11))
    with pytest.raises(LedgerError, match="is not a file"):
        intake.ingest("works", [tmp_path / "none.txt"], DAY)


def test_every_publisher_has_a_parser_and_an_unknown_one_is_refused() -> None:
    assert [name for name, parse in publishers.PARSERS.items() if not callable(parse)] == []
    with pytest.raises(LedgerError, match="there is no publisher 'cpb'; there are announced, cbp"):
        publishers.PARSERS["cpb"]


def test_every_release_in_the_committed_ledger_is_described() -> None:
    assert sources.undescribed() == []
