"""Claims that the chronology decides: who met whom, what was agreed or said, on which day."""

from collections.abc import Sequence

import pandas as pd

from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NOT_YET,
    SUPPORTED,
    Behind,
    Finding,
    day_of,
    told,
)
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.claims.registry import Check, checks


def day(event: pd.DataFrame) -> Behind:
    """The day of an event, under its title."""
    title = told("{title}", title={"en": event["title_en"].iloc[0], "es": event["title_es"].iloc[0]})
    return day_of(title, event)


def speaks_of(event: pd.DataFrame, words: Sequence[str]) -> bool:
    """Whether what is told of an event (title, summary, actors, as public by then) has all of these words."""
    row = event.iloc[0]
    actors = " ".join(actor["en"] for actor in row["actors"])
    text = f"{row['title_en']} {row['summary_en']} {actors}".casefold()
    return all(word.casefold() in text for word in words)


def on_record(known: Known, name: str, words: Sequence[str] = (), on: str | None = None) -> Finding:
    """Whether an event is on record, tells of all `words`, and fell on the day claimed.

    A weak source supports nothing but its context; an event that lies ahead is on record as planned.
    """
    event = known.event(name)
    if event.empty:
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    found, values = [day(event)], {"day": event["start"].max()}
    if not speaks_of(event, words):
        reason = told(
            "The occasion is on record, {day:day}. The words are not in the sources that the "
            "chronology sums up; "
            "they rest on the outlet’s own report.",
            **values,
        )
        return Finding(NOT_YET, reason, found)
    if on is not None and values["day"] != pd.Timestamp(on):
        reason = told("By the sources in the chronology it was on {day:day}.", **values)
        return Finding(CONTRADICTED, reason, found)
    if event["weak"].any():
        return Finding(IN_CONTEXT, told("A weak source alone places it on {day:day}.", **values), found)
    if event["planned"].any():
        return Finding(SUPPORTED, told("Sources of that time announce it for {day:day}.", **values), found)
    return Finding(SUPPORTED, told("Dated sources in the chronology place it on {day:day}.", **values), found)


def occasion(name: str, words: Sequence[str] = (), on: str | None = None) -> Check:
    """The check that `on_record` makes with these arguments."""

    def check(known: Known) -> Finding:
        return on_record(known, name, words, on)

    return check


THREE = ("Antony Blinken", "Alejandro Mayorkas", "Liz Sherwood-Randall")
MEXICO_CITY, WASHINGTON = "mexico-city-talks", "washington-talks"
CALL, EVE = "biden-amlo-call-dec-2023", "background-call"
FRIDAY = "amlo-dec22-remarks"

OCCASIONS: dict[str, Check] = {
    "s000-meeting-wednesday": occasion(MEXICO_CITY, on="2023-12-27"),
    "s000-delegations": occasion(MEXICO_CITY, THREE, on="2023-12-27"),
    "s000-host": occasion(MEXICO_CITY, ("Andrés Manuel López Obrador", "security cabinet"), on="2023-12-27"),
    "s000-amlo-together": occasion(FRIDAY, ("root causes",), on="2023-12-22"),
    "s000-amlo-friday": occasion(FRIDAY, ("necessity",), on="2023-12-22"),
    "s000-ministry-statement": occasion(MEXICO_CITY, ("foreign ministry", "legal pathways")),
    "s000-may-condition": occasion("may-2023-agreement", ("cross without permission",)),
    "s000-rail-reason": occasion("rail-closure", ("freight trains", "officers")),
    "s000-phone-call": occasion(
        CALL, ("Joe Biden", "Andrés Manuel López Obrador", "enforcement"), on="2023-12-21"
    ),
    "s000-kirby-measures": occasion(CALL, ("John Kirby", "checkpoints", "military"), on="2023-12-21"),
    "s000-kirby-agenda": occasion(CALL, ("John Kirby", "in further detail"), on="2023-12-21"),
    "s000-kirby-root-causes": occasion(CALL, ("John Kirby", "root causes"), on="2023-12-21"),
    "s002-jan19-meeting": occasion(WASHINGTON, on="2024-01-19"),
    "s002-delegations": occasion(WASHINGTON, (*THREE, "Alicia Bárcena"), on="2024-01-19"),
    "s002-no-announcement": occasion(EVE, ("no big announcements",), on="2024-01-18"),
    "s002-dec27-meeting": occasion(MEXICO_CITY, on="2023-12-27"),
    "s002-state-quote": occasion(EVE, ("sustainable solutions",), on="2024-01-18"),
    "s002-may-condition": occasion("may-2023-agreement", ("cross without permission",)),
    "s002-causes": occasion("unhcr-108m", ("persecution",)),
    "s002-mayorkas-date": occasion("mayorkas-eagle-pass", ("Alejandro Mayorkas",), on="2024-01-10"),
    "s002-us-flights": occasion("us-venezuela-first-flight", ("Venezuela",)),
    "s002-nsc-applause": occasion(EVE, ("Panama",), on="2024-01-18"),
}
for _claim, _check in OCCASIONS.items():
    checks(_claim)(_check)


def may_agreement(known: Known) -> Finding:
    """Mexico's agreement of May 2023, and the one of January that it prolonged."""
    agreement = known.event("may-2023-agreement")
    if agreement.empty or not speaks_of(agreement, ("Mexico agrees", "Venezuelans", "Nicaraguans", "Cubans")):
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    when = agreement["start"].max()
    if (when.year, when.month) != (2023, 5):
        reason = told("By the sources in the chronology it was on {day:day}.", day=when)
        return Finding(CONTRADICTED, reason, [day(agreement)])
    first = known.event("chnv-expanded")
    if not first.empty and first["start"].max() < when and speaks_of(first, ("Mexico will receive returns",)):
        reason = told(
            "On {day:day} Mexico agreed to go on with what it had first agreed on {before:day}: to "
            "receive people of "
            "these nationalities.",
            day=when,
            before=first["start"].max(),
        )
        return Finding(IN_CONTEXT, reason, [day(first), day(agreement)])
    return Finding(SUPPORTED, told("Mexico agreed on {day:day}.", day=when), [day(agreement)])


checks("s000-may-agreement")(may_agreement)
checks("s002-may-agreement")(may_agreement)


@checks("s000-rail-closed")
def rail_closed(known: Known) -> Finding:
    """Two railway crossings, closed in the week before the talks and opened again."""
    closure = known.event("rail-closure")
    if closure.empty or closure["planned"].any():
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    row, talks = closure.iloc[0], pd.Timestamp("2023-12-27")
    start, end, places = row["start"], row["end"], len(row["places"])
    week_before = talks - pd.Timedelta(days=talks.day_of_week + 7)
    if not (week_before <= start < week_before + pd.Timedelta(days=7)) or places != 2:
        return Finding(
            CONTRADICTED, told("The closure on record began on {day:day}.", day=start), [day(closure)]
        )
    if pd.isna(end):
        return Finding(
            IN_CONTEXT,
            told("They closed on {day:day}; of an end nothing was known.", day=start),
            [day(closure)],
        )
    days = Behind(
        told("Days from the closure to the reopening"), (end - start).days, "days", "exact", [closure]
    )
    reason = told(
        "The railway crossings at Eagle Pass and El Paso were closed from {start:day} to {end:day}.",
        start=start,
        end=end,
    )
    return Finding(SUPPORTED, reason, [days])


@checks("s002-mexico-flights")
def mexico_flights(known: Known) -> Finding:
    """Mexico's flights to Venezuela began in December 2023."""
    flights = known.event("mexico-venezuela-flights-dec23")
    if flights.empty or flights["planned"].any():
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    start = flights["start"].max()
    values = {"day": start}
    if (start.year, start.month) == (2023, 12):
        return Finding(
            SUPPORTED, told("The first of these flights left on {day:day}.", **values), [day(flights)]
        )
    return Finding(
        CONTRADICTED, told("The first of these flights left on {day:day}.", **values), [day(flights)]
    )


@checks("s002-inm-not-funded")
def institute_not_funded(known: Known) -> Finding:
    """The memorandum that suspended returns for lack of funds, and the president's denial."""
    memo = known.event("inm-memo")
    if memo.empty or not speaks_of(memo, ("suspended payments",)):
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    values = {"day": memo["start"].max()}
    if speaks_of(memo, ("denied", "complicated budget")):
        reason = told(
            "A memorandum of {day:day}, verified by AP, says that payments to the institute were "
            "suspended. López "
            "Obrador denied that transfers and returns had stopped for want of money, while a card "
            "shown beside him "
            "spoke of a complicated budget.",
            **values,
        )
        return Finding(IN_CONTEXT, reason, [day(memo)])
    reason = told(
        "A memorandum of {day:day}, verified by AP, says that payments to the institute were suspended.",
        **values,
    )
    return Finding(SUPPORTED, reason, [day(memo)])


@checks("s002-biden-reconnect")
def lapse_before_the_call(known: Known) -> Finding:
    """The call came after the lapse; that one prompted the other is what the secretary says."""
    memo, call = known.event("inm-memo"), known.event(CALL)
    if memo.empty or call.empty:
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    values = {"memo": memo["start"].max(), "call": call["start"].max()}
    figures = [day(memo), day(call)]
    if values["call"] < values["memo"]:
        reason = told("The call was on {call:day}, before the memorandum of {memo:day}.", **values)
        return Finding(CONTRADICTED, reason, figures)
    reason = told(
        "The call of {call:day} came after the memorandum of {memo:day}, and Biden had asked for it. "
        "That the lapse "
        "prompted it is the secretary’s account; by the White House it was about closed crossings.",
        **values,
    )
    return Finding(IN_CONTEXT, reason, figures)


@checks("s002-visa-controls")
def visas_required(known: Known) -> Finding:
    """Visas that Mexico and Panama required by then, as far as the chronology has them."""
    before = known.events[known.events["start"].le(pd.Timestamp("2024-01-18"))]
    visas = before[before["title_en"].str.contains("requires visas")]
    visas.attrs = dict(known.events.attrs)
    held = {country: visas[visas["title_en"].str.startswith(country)] for country in ("Mexico", "Panama")}
    if visas.empty:
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    figures = [day(_like(rows.tail(1), known.events)) for rows in held.values() if len(rows)]
    if all(len(rows) for rows in held.values()):
        return Finding(SUPPORTED, told("The chronology has visas required by both."), figures)
    reason = told(
        "The chronology has a visa that Mexico required, from {day:day}. For Panama and the other "
        "countries it holds "
        "no source.",
        day=visas["start"].max(),
    )
    return Finding(IN_CONTEXT, reason, figures)


@checks("s002-most-recent")
def most_recent_measure(known: Known) -> Finding:
    """Whether the chronology has a later measure of another country before the story's day."""
    flights = known.event("mexico-venezuela-flights-dec23")
    if flights.empty:
        return Finding(NOT_YET, told("No source of that time for it is in the chronology."))
    begun, said = flights["end"].max(), pd.Timestamp("2024-01-18")
    kinds = ["agreement", "enforcement", "legal-pathway", "policy"]
    every = known.events[known.events["start"].gt(begun) & known.events["start"].le(said)]
    later = every[every["kind"].isin(kinds) & ~every["actors"].map(_only_of_the_us)]
    if later.empty:
        reason = told(
            "The chronology has no later measure of the region’s governments up to then. It is a selection."
        )
        return Finding(IN_CONTEXT, reason, [day(flights)])
    last = _like(later.tail(1), known.events)
    return Finding(
        CONTRADICTED,
        told("The chronology has a later one, of {day:day}.", day=last["start"].max()),
        [day(last)],
    )


US_ACTORS = frozenset({
    "Alejandro Mayorkas", "DHS", "House Committee on Homeland Security", "CBP", "ICE", "U.S. Border Patrol",
    "U.S. State Department", "U.S. National Security Council", "Joe Biden", "Antony Blinken",
})  # fmt: skip


def _only_of_the_us(actors: Sequence[dict[str, str]]) -> bool:
    return all(actor["en"] in US_ACTORS for actor in actors)


def _like(rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    rows = rows.copy()
    rows.attrs = dict(events.attrs)
    return rows
