"""Claims about the displaced: UNHCR's totals, the Americas, Venezuelans abroad."""

import pandas as pd

from sharedborder.analysis import pick, rank, totals
from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NOT_YET,
    SUPPORTED,
    Behind,
    Finding,
    Said,
    behind,
    told,
)
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.claims.registry import checks
from sharedborder.analysis.displacement import PROTECTED
from sharedborder.analysis.regions import AMERICAS

WORLD = "forcibly displaced, world"
ROUNDING = 50_000
"""Half of the tenth of a million in which UNHCR and IDMC announce."""

SAID = pd.Timestamp("2024-01-18")
"""The day of the call on which the present was compared with the past."""

WAR_ENDED = 1945


@checks("s002-108-4m")
def end_of_2022(known: Known) -> Finding:
    """UNHCR's total for the end of 2022, and whether a part of it was revised since."""
    figures = pick.at(known.announced(WORLD, subject="", publisher="UNHCR"), date="2022-12-31")
    if figures.empty:
        return Finding(NOT_YET, told("UNHCR’s total for the end of {year:year} is not held.", year=2022))
    total = behind(
        told("UNHCR’s total for the end of {year:year}", year=2022), figures.tail(1), "people", "millions"
    )
    if abs(total.value - 108_400_000) > ROUNDING:
        return Finding(CONTRADICTED, told("UNHCR gave {n:millions}.", n=total.value), [total])
    day = figures["published"].max()
    part = pick.at(known.announced(f"{WORLD}, part", subject="internally displaced"), date="2022-12-31")
    now = pick.at(totals.by_date(known.tables["internal_displacement"]), date="2022-12-31")
    then_inside = behind(told("Internally displaced, as announced then"), part, "people", "millions")
    inside = behind(told("Internally displaced, in the newest release"), now, "people", "millions")
    if inside.value is None or then_inside.value is None or abs(inside.value - then_inside.value) <= ROUNDING:
        return Finding(
            SUPPORTED, told("UNHCR announced {n:millions} on {day:day}.", n=total.value, day=day), [total]
        )
    reason = told(
        "UNHCR announced {n:millions} on {day:day}. One part of it, people displaced inside their "
        "country, was "
        "{then:millions} then and is {now:millions} in the newest release.",
        n=total.value,
        day=day,
        then=then_inside.value,
        now=inside.value,
    )
    return Finding(IN_CONTEXT, reason, [total, then_inside, inside])


@checks("s002-since-wwii")
def most_since_the_war(known: Known) -> Finding:
    """The newest of UNHCR's totals when it was said against all that it had announced before."""
    every = known.announced(WORLD, subject="", publisher="UNHCR")
    every = every[every["published"].le(SAID) & every["period_start"].eq(every["period_end"])]
    if len(every) < 2:
        return Finding(NOT_YET, told("UNHCR’s announced totals are not held."))
    ordered = every.sort_values(["period_end", "published"])
    last, before = ordered.tail(1), ordered.iloc[:-1]
    newest = behind(told("UNHCR’s newest total then, estimate"), last, "people", "millions")
    highest = before[before["value"].eq(before["value"].max())].tail(1)
    former = behind(told("The highest one before"), highest, "people", "millions")
    first = int(every["period_end"].min().year)
    values = {"n": newest.value, "day": last["period_end"].max(), "first": first}
    if newest.value <= former.value:
        reason = told("{n:millions} on {day:day} is not the most that UNHCR had announced.", n=newest.value,
                      day=values["day"])  # fmt: skip
        return Finding(CONTRADICTED, reason, [newest, former])
    if first <= WAR_ENDED:
        return Finding(SUPPORTED, told("{n:millions} on {day:day} is the most since {first:year}.", **values),
                       [newest, former])  # fmt: skip
    reason = told(
        "{n:millions} on {day:day} is the most that UNHCR had announced for any date we hold. The "
        "totals held begin in "
        "{first:year}; nobody counted the world’s displaced in one way since the war.",
        **values,
    )
    return Finding(IN_CONTEXT, reason, [newest, former])


@checks("s002-hemisphere-record")
def record_in_the_americas(known: Known) -> Finding:
    """People displaced across borders in the Americas, and inside countries there, each on record."""
    abroad = totals.by_date(pick.where(known.tables["displaced_population"], category=list(PROTECTED)))
    abroad = abroad[abroad["date"].le(SAID)]
    within = totals.by_date(pick.where(known.tables["internal_displacement"], country=list(AMERICAS)))
    within = within[within["date"].le(SAID)]
    if abroad.empty or within.empty:
        return Finding(NOT_YET, told("UNHCR’s table is not held."))
    across = _newest(abroad, told("Displaced across a border, hosted in the Americas"))
    inside = _newest(within, told("Displaced inside a country of the Americas"))
    high = behind(told("The highest count inside countries"), rank.peak(within), "people", "millions")
    records = [bool(rank.of(rows, str(rows["date"].max())).is_record) for rows in (abroad, within)]
    values = {"across": across.value, "inside": inside.value}
    if all(records):
        reason = told(
            "{across:millions} across borders and {inside:millions} inside countries, each the most so far.",
            **values,
        )
        return Finding(SUPPORTED, reason, [across, inside])
    if records[0]:
        reason = told(
            "Across borders it is the most so far, {across:millions}, Venezuelans most of all, who "
            "are counted as "
            "others in need of protection only since {since:year}. Inside countries {inside:millions} were "
            "displaced, fewer than the {high:millions} of {year:year}.",
            **values,
            since=2018,
            high=high.value,
            year=rank.peak(within)["date"].max(),
        )
        return Finding(IN_CONTEXT, reason, [across, inside, high])
    reason = told("{across:millions} across borders is not the most on record.", across=across.value)
    return Finding(CONTRADICTED, reason, [across, inside])


def _newest(stock: pd.DataFrame, label: Said) -> Behind:
    return behind(label, pick.latest(stock), "people", "millions")


@checks("s002-7-million")
def venezuelans_abroad(known: Known) -> Finding:
    """The count of the platform that UNHCR and IOM lead, when it was said."""
    every = known.announced("Venezuelans abroad, world", subject="VEN")
    every = every[every["published"].le(SAID)].sort_values(["period_end", "published"])
    if every.empty:
        return Finding(NOT_YET, told("No count of Venezuelans abroad is held."))
    newest = behind(told("Venezuelans abroad, newest count then"), every.tail(1), "people", "millions")
    values = {"n": newest.value, "day": every["published"].iloc[-1]}
    if round(newest.value / 1_000_000) == 7:
        return Finding(
            SUPPORTED, told("The newest count then, of {day:day}, was {n:millions}.", **values), [newest]
        )
    if newest.value >= 7_000_000:
        reason = told(
            "It was more: the platform that UNHCR and IOM lead had counted {n:millions} by its "
            "report of {day:day}.",
            **values,
        )
        return Finding(IN_CONTEXT, reason, [newest])
    return Finding(
        CONTRADICTED, told("The newest count then, of {day:day}, was {n:millions}.", **values), [newest]
    )
