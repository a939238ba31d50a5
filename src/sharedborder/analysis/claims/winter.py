"""Claims about December's record, January's fall, what the season explains and what Mexico did."""

import pandas as pd

from sharedborder.analysis import change, continuity, pick, rank, season
from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NO_RECORD,
    NOT_YET,
    SUPPORTED,
    Behind,
    Finding,
    Said,
    behind,
    day_of,
    known_only,
    told,
)
from sharedborder.analysis.claims.known import BETWEEN, TOTAL, Known
from sharedborder.analysis.claims.months import newest
from sharedborder.analysis.claims.registry import checks
from sharedborder.analysis.periods import month
from sharedborder.analysis.totals import value

STEEP = 0.25
"""A fall within a month that we call sharp."""

LATER_YEARS = "2013-12"
"""January 2014 is the first of the later years, in which each January outside Title 42 brought fewer."""

MOSTLY = 2 / 3

SAID = pd.Timestamp("2024-01-18")
"""The day before the Washington talks, on which the story was written."""


@checks("s002-dec-unreleased")
def december_unreleased(known: Known) -> Finding:
    """Whether CBP first announced December's total after the story's day."""
    figures = pick.at(pick.where(known.figures, **TOTAL), month="2023-12")
    if figures.empty:
        if known.not_published("2023-12"):
            return Finding(
                SUPPORTED, told("On the day of this edition CBP had not announced December’s total.")
            )
        return Finding(NOT_YET, told("No announcement of December’s total is held."))
    first = figures["published"].min()
    announced = behind(told("December’s total as first announced"), figures[figures["published"] == first])
    if first > SAID:
        return Finding(
            SUPPORTED,
            told("CBP announced December’s total on {day:day}, after the talks.", day=first),
            [announced],
        )
    return Finding(
        CONTRADICTED, told("CBP had announced December’s total on {day:day}.", day=first), [announced]
    )


@checks("s002-11000-a-day")
def eleven_thousand_a_day(known: Known) -> Finding:
    """A day's count against the mean of December between ports, once that was announced."""
    month_total = pick.at(known.between_ports, month="2023-12")
    days = known.announced("daily encounters between ports, southwest border", geography="southwest border")
    december = days[days["period_start"].ge("2023-12-01") & days["period_end"].le("2023-12-31")]
    highest = december[december["value"].eq(december["value"].max())].head(1)
    single = behind(told("The highest single day named, rounded"), highest, "encounters a day")
    if value(month_total) is None:
        return _december_uncounted(known, single)
    total = behind(told("Encounters between ports in December {year:year}", year=2023), month_total)
    mean = total.value / 31
    average = Behind(told("A day, on average"), mean, "encounters a day", "about", total.rows)
    if mean >= 0.95 * 11_000:
        return Finding(
            SUPPORTED, told("Over December it was {mean:about} a day.", mean=mean), [total, average]
        )
    is_record = bool(rank.of(known.between_ports, "2023-12").is_record)
    if is_record and single.value is not None and single.value >= 11_000:
        reason = told(
            "So many were named for a single day, {day:day}; CBP published no count of days. Over "
            "the month it "
            "was {mean:about} a day, and no month in CBP’s files held had more.",
            day=highest["period_start"].max(),
            mean=mean,
        )
        return Finding(IN_CONTEXT, reason, [single, total, average])
    reason = told("Over December it was {mean:about} a day, and no sound count of a day is held.", mean=mean)
    return Finding(CONTRADICTED, reason, [total, average])


def _december_uncounted(known: Known, single: Behind) -> Finding:
    if known.not_published("2023-12", BETWEEN):
        reason = told(
            "On the day of this edition CBP had published no count for December, of the month or of single "
            "days. The press had named one day, in round numbers."
        )
    else:
        reason = told("No count of December between ports is held.")
    return Finding(NOT_YET, reason, known_only(single))


@checks("s002-january-drop")
def january_drop(known: Known) -> Finding:
    """From December to January, all encounters and those between ports."""
    fall, between = (
        change.on_month(known.encounters, "2024-01"),
        change.on_month(known.between_ports, "2024-01"),
    )
    if fall.relative is None:
        day = known.announced(
            "daily encounters between ports, southwest border", geography="southwest border"
        )
        new_year = day[day["period_start"].eq("2024-01-01")]
        reason = told(
            "CBP had published no count of January, nor of December. What the press reported of "
            "single days and "
            "weeks points down; days are not a month."
        )
        label = told("On New Year’s Day, as the press reported")
        return Finding(NOT_YET, reason, known_only(behind(label, new_year, "encounters a day")))
    figures = known_only(newest(known, "2023-12"), newest(known, "2024-01"))
    values = {"fall": fall.relative, "between": between.relative or 0.0}
    if fall.relative <= -STEEP:
        reason = told(
            "From December to January the count changed by {fall:change}, between ports by {between:change}.",
            **values,
        )
        return Finding(SUPPORTED, reason, figures)
    reason = told(
        "From December to January the count changed by no more than {fall:change}.", fall=fall.relative
    )
    return Finding(CONTRADICTED, reason, figures)


def _winters(known: Known, since: str | None = None) -> season.Season | None:
    """What January usually brings between ports; None where the series are not held."""
    series = continuity.joined(known.tables["apprehensions_history"], known.tables["southwest_encounters"])
    if continuity.agrees(series) is None:
        return None
    return season.usual(continuity.without_overlap(series), "2024-01", since=since)


def _share(label: Said, value: float | None, winters: season.Season) -> Behind:
    return Behind(label, value, "share", "change", winters.rows)


@checks("s002-seasonal")
def usually_fewer(known: Known) -> Finding:
    """How often January brought fewer than December between ports, in all years and in later ones."""
    every, later = _winters(known), _winters(known, LATER_YEARS)
    if every is None or later is None:
        return Finding(NOT_YET, told("No earlier winter is held."))
    figures = [
        Behind(told("Winters in which January brought fewer"), every.falls, "years", "exact", every.rows),
        Behind(told("Winters in which January brought more"), every.rises, "years", "exact", every.rows),
    ]
    values = {"falls": every.falls, "rises": every.rises}
    if every.falls >= MOSTLY * every.years:
        reason = told(
            "Between ports January brought fewer in {falls:exact} winters, more in {rises:exact}.", **values
        )
        return Finding(SUPPORTED, reason, figures)
    if later.years and later.falls >= MOSTLY * later.years:
        reason = told(
            "Of the later years, from January {year:year} on, it is true: {later:exact} falls between ports, "
            "{against:exact} rises, those under Title 42 left out. Over the whole record January "
            "brought fewer "
            "in {falls:exact} winters and more in {rises:exact}.",
            year=2014,
            later=later.falls,
            against=later.rises,
            **values,
        )
        usual = Behind(
            told("The usual change in the later years"), later.median, "share", "change", later.rows
        )
        return Finding(IN_CONTEXT, reason, [*figures, usual])
    reason = told(
        "Between ports January brought fewer in {falls:exact} winters, more in {rises:exact}.", **values
    )
    return Finding(CONTRADICTED, reason, figures)


@checks("s002-mexico-impact")
def mexico_contributed(known: Known) -> Finding:
    """What the season leaves of January's fall; no count divides the rest among its causes."""
    later = _winters(known, LATER_YEARS)
    if later is None or later.observed.relative is None:
        reason = told(
            "January was still to be counted, so nobody could say how much of a fall there was to explain."
        )
        return Finding(NOT_YET, reason)
    figures = [
        _share(told("January {year:year}, between ports", year=2024), later.observed.relative, later),
        _share(told("The usual change in the later years"), later.median, later),
        _share(told("The deepest of the later years"), later.lowest, later),
    ]
    values = {"fall": later.observed.relative, "usual": later.median, "deepest": later.lowest}
    if later.position == "below every earlier year":
        reason = told(
            "The count between ports changed by {fall:change}; in the later years the usual January brought "
            "{usual:change}, the deepest {deepest:change}. The season can be part of the fall and "
            "was never so "
            "large a part. What share Mexico’s actions have in the rest, no count says.",
            **values,
        )
    else:
        reason = told(
            "The count between ports changed by {fall:change}, which lies within what Januaries "
            "brought before "
            "({usual:change} usually, {deepest:change} at most). No count tells one cause from another.",
            **values,
        )
    return Finding(NO_RECORD, reason, figures)


@checks("s002-mayorkas-coincided")
def enforcement_had_lapsed(known: Known) -> Finding:
    """Mexico's returns and its irregular-migration events, December against October 2023."""
    returns, found = _course(known, "2023-10", "2023-12")
    memo = known.event("inm-memo")
    if returns.relative is None or found.relative is None:
        paper = [] if memo.empty else [day_of(told("The memorandum that suspended returns"), memo)]
        return Finding(NOT_YET, told("No release of Mexico’s monthly tables is held in this edition."), paper)
    figures = _mexico(known, "2023-10", "2023-12")
    fewer = [one.relative <= -STEEP for one in (returns, found) if one.relative is not None]
    values = {"returns": returns.relative, "found": found.relative}
    if all(fewer):
        reason = told(
            "From October to December Mexico’s returns changed by {returns:change}, its irregular-migration "
            "events by {found:change}.",
            **values,
        )
        return Finding(SUPPORTED, reason, figures)
    if any(fewer):
        reason = told(
            "It fits Mexico’s returns, which changed by {returns:change} from October to December. "
            "It does not "
            "fit its irregular-migration events, which changed by {found:change}: Mexico went on "
            "finding people.",
            **values,
        )
        return Finding(IN_CONTEXT, reason, figures)
    reason = told(
        "By Mexico’s own tables neither its returns ({returns:change}) nor its irregular-migration events "
        "({found:change}) had lapsed.",
        **values,
    )
    return Finding(CONTRADICTED, reason, figures)


@checks("s002-enforcement-resumed")
def enforcement_resumed(known: Known) -> Finding:
    """Mexico's counts in January 2024 against December, beside the fall at the U.S. border."""
    returns, found = _course(known, "2023-12", "2024-01")
    fall = change.on_month(known.between_ports, "2024-01").relative
    if returns.relative is None or found.relative is None or fall is None:
        return Finding(
            NOT_YET,
            told("Neither January’s count at the border nor Mexico’s tables are held in this edition."),
        )
    values = {"returns": returns.relative, "found": found.relative, "fall": fall}
    figures = [*_mexico(known, "2023-12", "2024-01"), newest(known, "2024-01")]
    if fall < 0 and max(returns.relative, found.relative) > 0:
        reason = told(
            "In January Mexico’s returns changed by {returns:change} and its irregular-migration events by "
            "{found:change}, while encounters between U.S. ports changed by {fall:change}. They came "
            "together; "
            "that is no proof that one brought the other.",
            **values,
        )
        return Finding(IN_CONTEXT, reason, figures)
    reason = told(
        "In January Mexico’s returns changed by {returns:change} and its irregular-migration events by "
        "{found:change}, encounters between U.S. ports by {fall:change}.",
        **values,
    )
    return Finding(CONTRADICTED, reason, figures)


def _course(known: Known, before: str, after: str) -> tuple[change.Change, change.Change]:
    """Mexico's returns and its events, each from one month to another."""
    returns, found = known.monthly("mexico_returns"), known.monthly("mexico_migration_events")
    return change.between(returns, before, after), change.between(found, before, after)


def _mexico(known: Known, *months: str) -> list[Behind]:
    returns, found = known.monthly("mexico_returns"), known.monthly("mexico_migration_events")
    sent = [
        behind(
            told("Mexico’s returns, {month:month}", month=month(when)),
            pick.at(returns, month=when),
            "returns",
        )
        for when in months
    ]
    seen = [
        behind(
            told("Mexico’s irregular-migration events, {month:month}", month=month(when)),
            pick.at(found, month=when),
            "events",
        )
        for when in months
    ]
    return [*sent, *seen]
