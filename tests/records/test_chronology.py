"""The chronology tells an edition what could be known, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sharedborder.records import chronology, replay
from sharedborder.records.errors import LedgerError

CLOSURE: dict[str, Any] = {
    "id": "bridge-closed",
    "start": "2023-12-18",
    "end": "2023-12-22",
    "end_known_from": "2023-12-22",
    "precision": "day",
    "kind": "closure",
    "actors": ["CBP"],
    "title": {"en": "Bridge closes", "es": "Cierra el puente"},
    "summary": {"en": "Trains stop.", "es": "Paran los trenes."},
    "places": [{"name": "Eagle Pass", "lat": 28.7, "lon": -100.5}],
    "sources": [
        {"title": "Closed", "published": "2023-12-18"},
        {"title": "Looking back", "published": "2024-02-01"},
        {"title": "Undated", "published": None},
    ],
    "known_from": "2023-12-18",
    "later": [
        {
            "known_from": "2023-12-22",
            "summary": {"en": "They run again.", "es": "Vuelven a pasar."},
            "title": {"en": "Bridge closes for five days", "es": "El puente cierra cinco días"},
            "sources": [{"title": "Open", "published": "2023-12-22"}],
        }
    ],
}
MEETING: dict[str, Any] = {
    "id": "meeting",
    "date": "2023-12-27",
    "kind": "meeting",
    "title": {"en": "Delegations meet", "es": "Se reúnen las delegaciones"},
    "summary": {"en": "A meeting is announced.", "es": "Se anuncia una reunión."},
    "sources": [],
    "known_from": "2023-12-21",
    "weak": True,
    "later": [{"known_from": "2023-12-28", "summary": {"en": "They met.", "es": "Se reunieron."}}],
}


@pytest.fixture
def told(ledger_folder: Path) -> Path:
    """A chronology of two events; JSON is YAML too."""
    (ledger_folder / "events.yml").write_text(json.dumps([MEETING, CLOSURE]), "utf-8")
    return ledger_folder


def ids(as_of: str | None) -> list[str]:
    return chronology.events(as_of)["id"].tolist()


@pytest.mark.usefixtures("told")
def test_an_event_is_absent_until_it_was_public() -> None:
    assert ids("2023-12-17") == []
    assert ids("2023-12-18") == ids("2023-12-20") == ["bridge-closed"]
    assert ids("2023-12-21") == ids("latest") == ids(None) == ["bridge-closed", "meeting"]


@pytest.mark.usefixtures("told")
def test_what_became_known_later_is_told_later() -> None:
    before = chronology.events("2023-12-21").iloc[0]
    assert (before["title_en"], before["summary_en"]) == ("Bridge closes", "Trains stop.")
    assert pd.isna(before["end"])
    assert [source["title"] for source in before["sources"]] == ["Closed"]
    after = chronology.events("2023-12-22").iloc[0]
    assert after["title_es"] == "El puente cierra cinco días"
    assert after["summary_es"] == "Paran los trenes. Vuelven a pasar."
    assert after["end"] == pd.Timestamp("2023-12-22")
    assert [source["title"] for source in after["sources"]] == ["Closed", "Open"]
    assert (after["published"], after["updated"]) == (pd.Timestamp("2023-12-18"), pd.Timestamp("2023-12-22"))
    assert len(chronology.events().iloc[0]["sources"]) == 4


@pytest.mark.usefixtures("told")
def test_no_text_of_a_day_holds_a_word_of_a_later_one() -> None:
    words = json.dumps(chronology.events("2023-12-21").astype(str).to_dict("records"), ensure_ascii=False)
    assert not [word for word in ("2023-12-22", "2024-", "again", "five", "They met") if word in words]


@pytest.mark.parametrize(
    ("as_of", "reported", "planned"),
    [
        ("2023-12-26", None, True),
        ("2023-12-27", None, True),
        ("2023-12-27", "2023-12-27", False),
        ("2023-12-27", "2023-12-28", True),
        ("2023-12-28", None, False),
        ("latest", None, False),
    ],
)
def test_an_event_is_planned_until_its_day_is_over_or_a_source_reports_it(
    told: Path, as_of: str, reported: str | None, planned: bool
) -> None:
    meeting = MEETING if reported is None else MEETING | {"reported": reported}
    (told / "events.yml").write_text(json.dumps([meeting]))
    assert chronology.events(as_of)["planned"].tolist() == [planned]


def test_an_end_that_lies_ahead_is_unknown_unless_it_was_announced(told: Path) -> None:
    plain = {name: part for name, part in CLOSURE.items() if name != "end_known_from"}
    (told / "events.yml").write_text(json.dumps([plain]))
    assert chronology.events("2023-12-21")["end"].isna().all()
    assert chronology.events("2023-12-22")["end"].notna().all()
    (told / "events.yml").write_text(json.dumps([plain | {"end_known_from": "2023-12-19"}]))
    assert chronology.events("2023-12-21")["end"].notna().all()


def test_columns_are_typed_and_named_even_without_events(told: Path) -> None:
    full, none = chronology.events(), chronology.events("2000-01-01")
    asked = {name: pd.api.types.pandas_dtype(dtype) for name, dtype in chronology.DTYPES.items()}
    assert full.dtypes.to_dict() == none.dtypes.to_dict() == asked
    assert none.attrs == {
        "table": "events",
        "key": ["id"],
        "count": None,
        "kind": "chronology",
        "as_of": "2000-01-01",
    }
    (told / "events.yml").write_text(json.dumps([{"id": "x", "known_from": "2020-01-01"}]))
    with pytest.raises(LedgerError, match="x has no 'start'"):
        chronology.events()


def test_a_reading_is_logged(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "reads.jsonl"
    monkeypatch.setenv("SHAREDBORDER_READ_LOG", str(log))
    chronology.events("2023-12-21")
    monkeypatch.delenv("SHAREDBORDER_READ_LOG")
    entry = json.loads(log.read_text())
    assert replay.digest(entry) == entry["digest"]
    (told / "events.yml").write_text(json.dumps([CLOSURE]))
    assert replay.digest(entry) != entry["digest"]


def test_the_committed_chronology_is_whole() -> None:
    frame = chronology.events()
    assert frame["id"].is_unique
    assert (frame["end"].fillna(frame["start"]) >= frame["start"]).all()
    for column in ("title_en", "title_es", "summary_en", "summary_es"):
        assert (frame[column] != "").all()
