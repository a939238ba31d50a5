"""The verdict of every claim in every edition, from the real ledger; other rows bring other verdicts."""

from typing import Any

import pytest

from sharedborder.analysis.claims import checks
from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NO_RECORD,
    NOT_YET,
    SUPPORTED,
    Finding,
    Verdict,
)
from sharedborder.analysis.claims.registry import CHECKS
from sharedborder.records import claims as record

from .known_of import EDITIONS, Alter, altered, as_of, decembers, nothing, rewritten, scaled

FIRST, SECOND, LATEST = EDITIONS
MONTHS = "southwest_encounters"
ANNOUNCED = "announced_figures"
HISTORY, FOUND = "apprehensions_history", "mexico_migration_events"
CALL, FLIGHTS = "biden-amlo-call-dec-2023", "mexico-venezuela-flights-dec23"
GROUP = "2023-12-24"

EVERYWHERE: dict[Verdict, set[str]] = {
    # reports and announcements that dated sources have, and figures that stand as they were given
    SUPPORTED: {
        "s000-meeting-wednesday", "s000-delegations", "s000-host", "s000-may-condition",
        "s000-similar-october", "s000-rail-closed", "s000-rail-reason",
        "s000-phone-call", "s002-jan19-meeting", "s002-delegations",
        "s002-no-announcement", "s002-dec27-meeting", "s002-may-condition", "s002-similar-october",
        "s002-2022-pair", "s002-dec-unreleased", "s002-us-flights", "s002-mexico-flights",
    },
    IN_CONTEXT: {
        "s000-dramatic-increase",  # rose at the border while it fell in the Darién; "dramatic" is no number
        "s000-may-agreement", "s002-may-agreement",  # it prolonged what had been agreed in January
        "s000-caravan-largest",  # by one agency's estimates; organisers gave more for another group
        "s002-since-wwii",  # the totals held begin long after the war
        "s002-hemisphere-record",  # across borders; inside countries more had been displaced before
        "s002-7-million",  # it was more
        "s002-seasonal",  # true of the later years, not of the whole record
        "s002-inm-not-funded",  # a memorandum says so, the president denied it
        "s002-biden-reconnect",  # the order of days fits; the motive is the secretary's account
        "s002-visa-controls", "s002-most-recent",  # the chronology is a selection
    },
    CONTRADICTED: {
        "s000-70000-more",  # it was about seven thousand, by the publisher's own figures
        "s002-mayorkas-date",  # the department's transcript is of 8 January
    },
    NOT_YET: {  # the occasion is on record, the words are not
        "s000-amlo-together", "s000-amlo-friday", "s000-ministry-statement", "s000-kirby-measures",
        "s000-kirby-agenda", "s000-kirby-root-causes", "s002-state-quote", "s002-causes", "s002-nsc-applause",
    },
    NO_RECORD: {"s000-kirby-own-policies", "s000-caravan-aim", "s002-venezuela-crisis"},
}  # fmt: skip
CHANGING: dict[str, tuple[Verdict | None, Verdict, Verdict]] = {
    "s000-nov-242418": (SUPPORTED, SUPPORTED, IN_CONTEXT),  # revised since
    "s002-nov-242418": (None, SUPPORTED, IN_CONTEXT),
    "s002-oct-240986": (None, SUPPORTED, IN_CONTEXT),
    "s000-caravan-6000": (SUPPORTED, IN_CONTEXT, IN_CONTEXT),  # López Obrador gave another figure
    "s002-108-4m": (None, SUPPORTED, IN_CONTEXT),  # IDMC revised its part
    "s002-11000-a-day": (None, NOT_YET, IN_CONTEXT),  # December was announced on 26 January
    "s002-january-drop": (None, NOT_YET, SUPPORTED),
    "s002-mayorkas-coincided": (None, NOT_YET, IN_CONTEXT),  # Mexico's tables came later
    "s002-enforcement-resumed": (None, NOT_YET, IN_CONTEXT),
    "s002-mexico-impact": (None, NOT_YET, NO_RECORD),  # no count divides a fall among its causes
}


def find(claim: str, edition: str) -> Finding:
    return checks.run(claim, as_of(edition))


def expected(edition: str) -> dict[str, Verdict]:
    place = EDITIONS.index(edition)
    steady = {claim: verdict for verdict, group in EVERYWHERE.items() for claim in group}
    changing = {claim: course[place] for claim, course in CHANGING.items()}
    asked = set(record.claims(edition)["id"])
    return {claim: verdict for claim, verdict in {**steady, **changing}.items() if claim in asked and verdict}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_verdicts_of_an_edition(edition: str) -> None:
    found = {str(claim): find(str(claim), edition).verdict for claim in record.claims(edition)["id"]}
    assert found == expected(edition)


def test_every_verdict_of_the_latest_edition_rests_on_figures_or_is_a_judgement() -> None:
    bare = {claim for claim in CHECKS if not find(claim, LATEST).figures}
    assert bare == {"s000-kirby-own-policies", "s002-venezuela-crisis"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_figure_is_younger_than_its_edition_or_weak(edition: str) -> None:
    for claim in record.claims(edition)["id"]:
        rows = [frame for one in find(str(claim), edition).figures for frame in one.rows]
        assert all(len(frame) and frame.attrs["table"] for frame in rows), claim
        if edition != LATEST:
            assert all(f"{frame['published'].max():%Y-%m-%d}" <= edition for frame in rows), claim
        assert not any(frame["weak"].any() for frame in rows if "weak" in frame), claim


def test_seventy_thousand_fits_the_november_before_and_says_whose_inference_that_is() -> None:
    reason = find("s000-70000-more", FIRST).reason
    values = {name: reason.values[name] for name in ("now", "before", "more", "earlier")}
    assert values == {"now": 242_418, "before": 235_173, "more": 7_245, "earlier": 174_845}
    assert "our inference" in reason.message


def test_the_record_of_december_could_not_be_checked_in_january() -> None:
    then, now = find("s002-11000-a-day", SECOND), find("s002-11000-a-day", LATEST)
    assert "no count for December" in then.reason.message
    assert round(now.reason.values["mean"]) == 8_056


def test_what_the_season_explains() -> None:
    values = find("s002-mexico-impact", LATEST).reason.values
    assert values["fall"] < values["deepest"] < values["usual"] < 0
    assert values["fall"] == pytest.approx(-0.5026, abs=1e-4)
    assert find("s002-seasonal", SECOND).reason.values["rises"] == 14


JUDGEMENTS = {"s000-kirby-own-policies", "s000-caravan-aim", "s002-venezuela-crisis"}


@pytest.mark.parametrize("claim", sorted(CHECKS))
def test_without_rows_nothing_is_supported_or_contradicted(claim: str) -> None:
    verdict = checks.run(claim, nothing()).verdict
    assert verdict == (NO_RECORD if claim in JUDGEMENTS else NOT_YET)


def said(event: str, text: str) -> dict[str, Alter]:
    return {"events": rewritten(event, summary_en=text)}


FLIPS: list[tuple[str, dict[str, Alter], Verdict]] = [
    ("s000-meeting-wednesday", {"events": rewritten("mexico-city-talks", start="2023-12-28")}, CONTRADICTED),
    ("s000-delegations", {"events": rewritten("mexico-city-talks", actors=[])}, NOT_YET),
    ("s000-host", {"events": rewritten("mexico-city-talks", title_en="They meet", summary_en="")}, NOT_YET),
    ("s000-phone-call", {"events": rewritten(CALL, start="2023-12-20")}, CONTRADICTED),
    ("s000-phone-call", {"events": rewritten(CALL, weak=True)}, IN_CONTEXT),
    ("s000-amlo-friday", said("amlo-dec22-remarks", "People leave by necessity, he said."), SUPPORTED),
    ("s000-amlo-together", said("amlo-dec22-remarks", "He spoke of root causes."), SUPPORTED),
    (
        "s000-ministry-statement",
        said("mexico-city-talks", "The foreign ministry spoke of legal pathways."),
        SUPPORTED,
    ),
    ("s000-kirby-measures", said(CALL, "On checkpoints and the military."), SUPPORTED),
    ("s000-kirby-agenda", said(CALL, "To be discussed in further detail."), SUPPORTED),
    ("s000-kirby-root-causes", said(CALL, "He spoke of root causes."), SUPPORTED),
    ("s000-may-condition", said("may-2023-agreement", ""), NOT_YET),
    ("s000-rail-reason", said("rail-closure", "CBP gave no reason."), NOT_YET),
    ("s000-may-agreement", {"events": rewritten("may-2023-agreement", start="2023-04-30")}, CONTRADICTED),
    ("s002-may-agreement", {"events": rewritten("chnv-expanded", start="2023-06-01")}, SUPPORTED),
    ("s000-rail-closed", {"events": rewritten("rail-closure", start="2023-12-11")}, CONTRADICTED),
    ("s000-rail-closed", {"events": rewritten("rail-closure", end=None)}, IN_CONTEXT),
    (
        "s000-caravan-6000",
        {ANNOUNCED: scaled("value", 0.5, period_start=GROUP, publisher="AP")},
        CONTRADICTED,
    ),
    (
        "s000-caravan-largest",
        {ANNOUNCED: scaled("value", 2, period_start="2023-10-30", publisher="AP")},
        CONTRADICTED,
    ),
    ("s000-caravan-largest", {ANNOUNCED: scaled("value", 2, period_start=GROUP, publisher="AP")}, SUPPORTED),
    ("s000-nov-242418", {ANNOUNCED: scaled("value", 1.1, period_start="2023-11-01")}, CONTRADICTED),
    ("s002-oct-240986", {ANNOUNCED: scaled("value", 1.1, period_start="2023-10-01")}, CONTRADICTED),
    ("s002-2022-pair", {MONTHS: scaled("encounters", 1.001, month="2022-11")}, IN_CONTEXT),
    ("s002-2022-pair", {MONTHS: scaled("encounters", 1.1, month="2022-11")}, CONTRADICTED),
    ("s000-similar-october", {MONTHS: scaled("encounters", 0.9, month="2022-11")}, CONTRADICTED),
    ("s002-similar-october", {MONTHS: scaled("encounters", 0.9, month="2023-10")}, CONTRADICTED),
    ("s000-70000-more", {MONTHS: scaled("encounters", 0.73, month="2022-11")}, SUPPORTED),
    ("s000-dramatic-increase", {MONTHS: scaled("encounters", 0.4, month="2023-12")}, CONTRADICTED),
    ("s002-dec-unreleased", {ANNOUNCED: scaled("value", 1, period_start="x")}, SUPPORTED),
    ("s002-january-drop", {MONTHS: scaled("encounters", 1.6, month="2024-01")}, CONTRADICTED),
    ("s002-11000-a-day", {MONTHS: scaled("encounters", 1.4, month="2023-12")}, SUPPORTED),
    ("s002-11000-a-day", {MONTHS: scaled("encounters", 0.5, month="2023-12")}, CONTRADICTED),
    ("s002-seasonal", {HISTORY: decembers(1999, 2012, 10)}, SUPPORTED),
    ("s002-seasonal", {HISTORY: decembers(2013, 2017, 0.1)}, CONTRADICTED),
    ("s002-mayorkas-coincided", {FOUND: scaled("events", 0.1, month="2023-12")}, SUPPORTED),
    ("s002-mayorkas-coincided", {"mexico_returns": scaled("returns", 20, month="2023-12")}, CONTRADICTED),
    ("s002-enforcement-resumed", {MONTHS: scaled("encounters", 3, month="2024-01")}, CONTRADICTED),
    ("s002-108-4m", {"internal_displacement": scaled("people", 62.5 / 61.246388, date="2022")}, SUPPORTED),
    ("s002-108-4m", {ANNOUNCED: scaled("value", 1.1, period_start="2022-12-31")}, CONTRADICTED),
    ("s002-since-wwii", {ANNOUNCED: scaled("value", 2, period_start="2022-12-31")}, CONTRADICTED),
    ("s002-hemisphere-record", {"internal_displacement": scaled("people", 0.1, date="201")}, SUPPORTED),
    ("s002-hemisphere-record", {"displaced_population": scaled("people", 0.5, date="2023-12")}, CONTRADICTED),
    ("s002-7-million", {ANNOUNCED: scaled("value", 0.92, period_start="2023-08-31")}, SUPPORTED),
    ("s002-7-million", {ANNOUNCED: scaled("value", 0.5, period_start="2023-08-31")}, CONTRADICTED),
    ("s002-jan19-meeting", {"events": rewritten("washington-talks", start="2024-01-20")}, CONTRADICTED),
    ("s002-delegations", {"events": rewritten("washington-talks", actors=[])}, NOT_YET),
    ("s002-no-announcement", {"events": rewritten("background-call", title_en="A call")}, NOT_YET),
    ("s002-state-quote", said("background-call", "They want sustainable solutions."), SUPPORTED),
    ("s002-nsc-applause", said("background-call", "They named Panama."), SUPPORTED),
    ("s002-causes", said("unhcr-108m", "Because of persecution and violence."), SUPPORTED),
    ("s002-mayorkas-date", {"events": rewritten("mayorkas-eagle-pass", start="2024-01-10")}, SUPPORTED),
    ("s002-us-flights", {"events": rewritten("us-venezuela-first-flight", weak=True)}, IN_CONTEXT),
    ("s002-mexico-flights", {"events": rewritten(FLIGHTS, start="2024-01-03")}, CONTRADICTED),
    ("s002-mexico-flights", {"events": rewritten(FLIGHTS, planned=True)}, NOT_YET),
    ("s002-inm-not-funded", said("inm-memo", "The finance ministry suspended payments."), SUPPORTED),
    ("s002-biden-reconnect", {"events": rewritten(CALL, start="2023-11-30")}, CONTRADICTED),
    (
        "s002-visa-controls",
        {"events": rewritten("mpp-restart-2021", title_en="Panama requires visas")},
        SUPPORTED,
    ),
    ("s002-most-recent", {"events": rewritten("mexico-controls-dec28", start="2024-01-05")}, CONTRADICTED),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "changes", "verdict"), FLIPS, ids=[f"{one[0]}: {one[2]}" for one in FLIPS])
def test_other_rows_bring_another_verdict(claim: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert checks.run(claim, altered(as_of(LATEST), changes)).verdict == verdict
    assert claim == "s002-dec-unreleased" or find(claim, LATEST).verdict != verdict
