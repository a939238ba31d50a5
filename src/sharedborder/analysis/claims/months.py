"""Claims about CBP's monthly counts at the southwest border."""

import pandas as pd

from sharedborder.analysis import announced, change, pick, rank
from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NOT_YET,
    SUPPORTED,
    Behind,
    Finding,
    behind,
    known_only,
    told,
)
from sharedborder.analysis.claims.known import TOTAL, Known
from sharedborder.analysis.claims.registry import checks
from sharedborder.analysis.periods import month
from sharedborder.analysis.totals import value

ALIKE = 0.05
"""Two figures are similar where they differ by no more than this fraction of the earlier one."""

NEAR = 5_000
"""A difference given in ten thousands is met within half of one."""

SMALL = 0.005
"""A difference that the routine revision of an open year explains."""


def newest(known: Known, when: str) -> Behind:
    """A month's newest figure."""
    label = told("Encounters at the southwest border, {month:month}", month=month(when))
    return behind(label, pick.at(known.encounters, month=when))


def reported(known: Known, when: str, claimed: int) -> Finding:
    """Whether CBP announced this number for a month, and whether it still stands."""
    figures = pick.at(pick.where(known.figures, **TOTAL), month=when)
    same, now = figures[figures["value"] == claimed], newest(known, when)
    if figures.empty:
        return Finding(NOT_YET, told("No announcement for {month:month} is held.", month=month(when)))
    if same.empty:
        first = behind(told("As first announced"), announced.first(figures))
        values = {"month": month(when), "n": first.value, "claimed": claimed}
        reason = told("For {month:month} CBP announced {n:exact}, not {claimed:exact}.", **values)
        return Finding(CONTRADICTED, reason, [first])
    said = behind(told("As CBP announced it"), announced.first(same))
    values = {"n": claimed, "month": month(when), "day": same["published"].min()}
    if now.value in (None, claimed):
        return Finding(
            SUPPORTED, told("CBP gave {n:exact} for {month:month} on {day:day}.", **values), [said]
        )
    reason = told(
        "CBP gave {n:exact} for {month:month} on {day:day}. The newest release held has {now:exact}.",
        **values,
        now=now.value,
    )
    return Finding(IN_CONTEXT, reason, [said, now])


@checks("s000-nov-242418")
def november_mexico_city(known: Known) -> Finding:
    """CBP reported so many encounters for November 2023."""
    return reported(known, "2023-11", 242_418)


@checks("s002-nov-242418")
def november_washington(known: Known) -> Finding:
    """The same number in the second story."""
    return reported(known, "2023-11", 242_418)


@checks("s002-oct-240986")
def october(known: Known) -> Finding:
    """CBP reported so many encounters for October 2023."""
    return reported(known, "2023-10", 240_986)


@checks("s002-2022-pair")
def pair_of_2022(known: Known) -> Finding:
    """The totals of October and November 2022."""
    october, november = newest(known, "2022-10"), newest(known, "2022-11")
    figures = [october, november]
    if None in (october.value, november.value):
        return Finding(NOT_YET, told("The counts of autumn {year:year} are not held.", year=2022))
    values = {"october": october.value, "november": november.value}
    off = max(abs(october.value / 231_529 - 1), abs(november.value / 235_173 - 1))
    if off == 0:
        reason = told(
            "CBP’s file has exactly these totals: {october:exact} and {november:exact}. First announcements "
            "had been lower.",
            **values,
        )
        return Finding(SUPPORTED, reason, figures)
    reason = told("The newest release held has {october:exact} and {november:exact}.", **values)
    return Finding(IN_CONTEXT if off <= SMALL else CONTRADICTED, reason, figures)


def similar(known: Known, months: list[str]) -> Finding:
    """Whether November 2023 was close to each of the months given."""
    now, others = newest(known, "2023-11"), [newest(known, when) for when in months]
    figures = known_only(now, *others)
    if len(figures) <= len(months):
        return Finding(NOT_YET, told("Not all of the months compared are held."), figures)
    changes = [change.change(other.value, now.value).relative or 0.0 for other in others]
    furthest = max(changes, key=abs)
    values = {"n": now.value, "furthest": furthest, "within": ALIKE}
    if all(abs(one) <= ALIKE for one in changes):
        reason = told(
            "Of the months compared, the one furthest from November’s {n:exact} differs by "
            "{furthest:change1}, "
            "within the {within:percent} that we call similar.",
            **values,
        )
        return Finding(SUPPORTED, reason, figures)
    reason = told(
        "Of the months compared, the one furthest from November’s {n:exact} differs by "
        "{furthest:change1}, more "
        "than the {within:percent} that we call similar.",
        **values,
    )
    return Finding(CONTRADICTED, reason, figures)


@checks("s000-similar-october")
def similar_to_october_and_year(known: Known) -> Finding:
    """Similar to the month before and the same month a year before."""
    return similar(known, ["2023-10", "2022-11"])


@checks("s002-similar-october")
def similar_to_october(known: Known) -> Finding:
    """Similar to the month before."""
    return similar(known, ["2023-10"])


@checks("s000-70000-more")
def seventy_thousand_more(known: Known) -> Finding:
    """About so many more than a year before; which other November the difference would fit."""
    now, before, earlier = (newest(known, when) for when in ("2023-11", "2022-11", "2021-11"))
    figures = known_only(now, before, earlier)
    if None in (now.value, before.value):
        return Finding(NOT_YET, told("One of the Novembers compared is not held."), figures)
    more = now.value - before.value
    values = {"more": more, "now": now.value, "before": before.value}
    if abs(more - 70_000) <= NEAR:
        return Finding(
            SUPPORTED, told("{now:exact} is {more:exact} more than {before:exact}.", **values), figures
        )
    if earlier.value is not None and abs(now.value - earlier.value - 70_000) <= NEAR:
        reason = told(
            "By CBP’s own figures it was {now:exact} against {before:exact}: {more:exact} more. The "
            "difference "
            "given fits November {year:year}, with {earlier:exact}. That is our inference; what the outlet "
            "meant we do not know.",
            **values,
            earlier=earlier.value,
            year=2021,
        )
        return Finding(CONTRADICTED, reason, figures)
    reason = told(
        "By CBP’s own figures it was {now:exact} against {before:exact}: {more:difference}.", **values
    )
    return Finding(CONTRADICTED, reason, figures)


@checks("s000-dramatic-increase")
def increase_in_recent_months(known: Known) -> Finding:
    """From the lowest to the last month of the half year before the talks, and back from its peak."""
    series = pick.between(known.encounters, "2023-06", "2023-12")
    if len(series) < 2:
        return Finding(NOT_YET, told("The months before the talks are not held."))
    low, last, peak = rank.trough(series), pick.latest(series), rank.peak(series)
    rise = change.change(value(low), value(last))
    shown = dict.fromkeys(str(rows["month"].max())[:10] for rows in (low, peak, last))
    figures = [newest(known, when) for when in shown]
    values = {"low": low["month"].max(), "last": last["month"].max(), "rise": rise.relative}
    if rise.relative is None or rise.relative <= ALIKE:
        reason = told("From {low:month} to {last:month} the count changed by {rise:change}.", **values)
        return Finding(CONTRADICTED, reason, figures)
    south = _fall_at_darien(known)
    if south:
        reason = told(
            "At the U.S. border the count changed by {rise:change} from {low:month} to {last:month}. In the "
            "Darién it had been falling since {peak:month}. What is dramatic, no table says.",
            **values,
            peak=south[0].rows[0]["month"].max(),
        )
        return Finding(IN_CONTEXT, reason, [*figures, *south])
    reason = told(
        "At the U.S. border the count changed by {rise:change} from {low:month} to {last:month}; for the way "
        "there this edition holds no month after the summer. What is dramatic, no table says.",
        **values,
    )
    return Finding(IN_CONTEXT, reason, figures)


def _fall_at_darien(known: Known) -> list[Behind]:
    """The Darién's highest and last month of the time before the talks, where it fell in between."""
    series = pick.between(known.monthly("darien_transit"), "2023-06", "2023-12")
    last, peak = pick.latest(series), rank.peak(series)
    fell = change.direction(value(peak), value(last)) == "fell"
    if series.empty or last["month"].max() < pd.Timestamp("2023-11-01") or not fell:
        return []
    shown = [
        (one, told("People in the Darién, {month:month}", month=one["month"].max())) for one in (peak, last)
    ]
    return [behind(label, rows, "people") for rows, label in shown]
