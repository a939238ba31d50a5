"""data/claims.yml: whole, in both languages, each claim with its check and each check with its claim."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from sharedborder.analysis.claims import occasions
from sharedborder.analysis.claims.checks import CHECKS
from sharedborder.records import claims, shelf
from sharedborder.records.errors import LedgerError

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "claims.yml"
GIVEN: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
CODE = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "notebooks" / "claims.ipynb"]
LONG_ENOUGH = 25
"""Characters from which a quote is no common phrase."""

FROM_THE_FIRST_LIST = 35


def test_every_claim_has_a_check_and_every_check_a_claim() -> None:
    assert {claim["id"] for claim in GIVEN["claims"]} == set(CHECKS)


@pytest.mark.parametrize("claim", GIVEN["claims"], ids=lambda claim: claim["id"])
def test_the_check_that_a_claim_names_is_the_one_that_is_run(claim: dict[str, Any]) -> None:
    check = CHECKS[claim["id"]]
    name = "occasion" if claim["id"] in occasions.OCCASIONS else check.__name__
    assert claim["check"] == f"{check.__module__.rpartition('.')[2]}.{name}"


def test_ids_tell_the_story_and_the_whole_list_is_read() -> None:
    frame = claims.claims()
    assert len(frame) > FROM_THE_FIRST_LIST
    assert frame["id"].is_unique
    prefix = {"mexico-city": "s000-", "washington": "s002-"}
    assert all(row.id.startswith(prefix[row.story]) for row in frame.itertuples())  # type: ignore[union-attr,index]


def test_quotes_stand_in_the_file_alone() -> None:
    code = {path: path.read_text("utf-8") for path in CODE}
    for claim in GIVEN["claims"]:
        if len(claim["quote"]) >= LONG_ENOUGH:
            assert [path.name for path, text in code.items() if claim["quote"] in text] == [], claim["id"]


def test_translations_keep_the_numbers_of_their_quotes() -> None:
    for claim in GIVEN["claims"]:
        numbers = [sorted(re.findall(r"\d[\d.,]*\d", claim[part])) for part in ("quote", "quote_es")]
        assert numbers[0] == numbers[1], claim["id"]


def test_no_verdict_is_typed() -> None:
    assert all("verdict" not in claim for claim in GIVEN["claims"])


@pytest.mark.parametrize(("day", "stories"), [("2023-12-26", set()), ("2023-12-27", {"mexico-city"})])
def test_an_edition_knows_the_claims_published_by_its_day(day: str, stories: set[str]) -> None:
    assert set(claims.claims(day)["story"]) == stories


def test_a_history_has_the_days_of_the_stories_and_the_editions_own() -> None:
    assert claims.days() == ["2023-12-27", "2024-01-19", "latest"]
    assert claims.days("2023-12-27") == ["2023-12-27"]
    assert claims.days("2024-01-19") == ["2023-12-27", "2024-01-19"]
    assert claims.since("2024-01-19 00:00:00", claims.days()) == ["2024-01-19", "latest"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"quote": ""}, "has no quote"),
    ({"verdict": "supported"}, "has verdict, which no claim has"),
    ({"form": "shouted"}, "has the form 'shouted', not own or quoted"),
    ({"kind": "rumour"}, "has the kind 'rumour'"),
    ({"said": "last week"}, "write a day or a month"),
    ({"claim": {"en": "Only English"}}, "needs its claim in en and es"),
    ({"speaker": "nobody"}, "there is no speaker 'nobody' in the file"),
    ({"story": "elsewhere"}, "there is no story 'elsewhere' in the file"),
]


@pytest.mark.parametrize(("change", "sentence"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_faulty_claim_is_refused_in_one_sentence(
    change: dict[str, Any], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write({**GIVEN, "claims": [{**GIVEN["claims"][0], **change}]}, tmp_path, monkeypatch)
    with pytest.raises(LedgerError, match=re.escape(sentence)):
        claims.claims()


def test_an_id_that_stands_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write({**GIVEN, "claims": [GIVEN["claims"][0], GIVEN["claims"][0]]}, tmp_path, monkeypatch)
    with pytest.raises(LedgerError, match="stands there twice"):
        claims.claims()


def _write(given: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "data" / "schemas", folder / "schemas")
    (folder / "claims.yml").write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    monkeypatch.setenv(shelf.FOLDER_VARIABLE, str(folder))
