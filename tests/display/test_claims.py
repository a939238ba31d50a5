"""Claims: from a finding to JSON, HTML and claims.json, in both languages."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from sharedborder.analysis.claims.finding import Behind, Finding, Said, told
from sharedborder.display import claims, messages, verdicts
from sharedborder.display.resolving import resolve

from .conftest import described


@dataclass
class Stated:
    """A row of records.claims."""

    id: str = "s000-a-claim"
    story: str = "mexico-city"
    outlet: str = "Voice of America"
    published: str = "2023-12-27"
    said: str = "2023-12-22"
    form: str = "reported"
    quote: str = "it <rose>"
    quote_es: str = "subió"
    about: dict[str, str] = field(default_factory=lambda: {"en": "the talks", "es": "la reunión"})
    speaker: dict[str, str] = field(default_factory=lambda: {"en": "the office", "es": "la oficina"})
    claim: dict[str, str] = field(default_factory=lambda: {"en": "It rose.", "es": "Subió."})
    way: dict[str, str] = field(default_factory=lambda: {"en": "the counts", "es": "los conteos"})


def row() -> pd.DataFrame:
    frame = pd.DataFrame({"month": pd.to_datetime(["2023-11-01"]), "encounters": [242_418]})
    return described(frame, "southwest_encounters", ["month"])


def found(verdict: Any = "supported", n: int = 242_418) -> Finding:
    month = pd.Timestamp("2023-11-01")
    behind = Behind(told("Encounters at the southwest border, {month:month}", month=month), n, "encounters",
                    "exact", [row()])  # fmt: skip
    reason = told("CBP gave {n:exact} for {month:month} on {day:day}.", n=n, month=month, day="2023-12-22")
    return Finding(verdict, reason, [behind])


def describe(table: str, published: str) -> dict[str, Any]:
    return {
        "publisher": {"en": "CBP", "es": "CBP"},
        "title": {"en": "Counts", "es": "Conteos"},
        "address": None,
    }


def written(stated: Stated, history: Any) -> dict[str, Any]:
    """A claim as pages get it: as a notebook left it, with its texts written out."""
    return resolve(json.loads(json.dumps(claims.build(stated, history))), messages.LANGUAGES)


HISTORY = [("2023-12-27", found("cannot be checked yet", 1)), ("latest", found())]


def test_a_claim_is_left_with_every_edition_in_order() -> None:
    data = written(Stated(), HISTORY)
    assert [(entry["edition"], entry["verdict"]) for entry in data["history"]] == [
        ("2023-12-27", "cannot be checked yet"), ("latest", "supported"),
    ]  # fmt: skip
    assert data["history"][1]["reason"] == {
        "en": "CBP gave 242,418 for November 2023 on 22 December 2023.",
        "es": "CBP dio 242,418 para noviembre de 2023 el 22 de diciembre de 2023.",
    }
    assert data["history"][1]["figures"][0]["evidence"][0]["table"] == "southwest_encounters"


@pytest.mark.parametrize("form", ["own", "quoted", "paraphrased", "reported"])
@pytest.mark.parametrize("said", ["2023-12", "2023-12-22"])
def test_who_said_it_is_told_in_both_languages(form: str, said: str) -> None:
    text = claims.attribution(Stated(form=form, said=said))
    assert "Voice of America" in text.en
    assert ("December 2023" in text.en, "diciembre de 2023" in text.es) == (form != "own",) * 2
    assert text.en[0].isupper()
    assert text.es[0].isupper()


def test_the_verdict_is_a_word_and_its_mark_is_hidden_from_a_screen_reader() -> None:
    shown = verdicts.claim_html(written(Stated(), HISTORY), "en", describe)
    assert '<span class="mark" aria-hidden="true">✓</span> <strong>Supported</strong>' in shown
    assert "“it &lt;rose&gt;”" in shown
    assert "Edition by edition" in shown
    assert "27 December 2023" in shown


def test_quotes_stay_english_and_the_translation_is_marked_as_ours() -> None:
    shown = verdicts.claim_html(written(Stated(), HISTORY), "es", describe)
    assert '<p lang="en">“it &lt;rose&gt;”</p>' in shown
    assert "Traducción nuestra: «subió»" in shown
    assert "Confirmada" in shown


def test_a_verdict_that_never_changed_is_told_once() -> None:
    steady = written(Stated(), [("2023-12-27", found(n=1)), ("latest", found())])
    shown = verdicts.claim_html(steady, "en", describe)
    assert "The same verdict in every edition since 27 December 2023." in shown
    assert shown.count("Supported") == 1


def test_the_first_edition_has_no_history() -> None:
    shown = verdicts.claim_html(written(Stated(), [("2023-12-27", found())]), "en", describe)
    assert "every edition" not in shown
    assert "Edition by edition" not in shown


def test_claims_json_has_verdict_reason_and_evidence() -> None:
    entry = verdicts.public(written(Stated(), HISTORY), "claims", "es")
    assert (entry["verdict"], entry["verdict_text"]) == ("supported", "confirmada")
    assert entry["reason"].startswith("CBP dio")
    assert entry["evidence"][0]["keys"] == [{"month": "2023-11-01"}]
    assert [told["verdict"] for told in entry["history"]] == ["cannot be checked yet", "supported"]


def test_a_verdict_that_no_reader_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="'half true' is no verdict"):
        claims.build(Stated(), [("latest", SimpleNamespace(verdict="half true", reason=None, figures=[]))])
    with pytest.raises(ValueError, match="has no finding"):
        claims.build(Stated(), [])


def test_a_value_may_be_said_itself_or_be_given_in_both_languages() -> None:
    title = told("{title}", title={"en": "They met", "es": "Se reunieron"})
    assert (claims.spoken(title).en, claims.spoken(title).es) == ("They met", "Se reunieron")
    nested = Said("{title}", {"title": title})
    assert claims.spoken(nested).es == "Se reunieron"


def test_nothing_of_this_lacked_spanish() -> None:
    with messages.listening() as heard:
        for language in messages.LANGUAGES:
            verdicts.claim_html(written(Stated(), HISTORY), language, describe)
    assert heard.missing == set()
