"""Why an edition lacks a figure. Two reasons that are never confused.

"not published yet" needs proof: a dated release, later than the edition, that was the first to give the
figure. Everything else is "not held": it may have been published, but the ledger does not hold the release.
"""

import datetime
from collections.abc import Mapping

from sharedborder.records import selection, shelf, sources
from sharedborder.records.errors import LedgerError
from sharedborder.records.filters import Choice, Condition
from sharedborder.records.schemas import Schema

NOT_YET = "not published yet"
NOT_HELD = "not held"
ANNOUNCED = "announced_figures"
PERIODS = {"period_start", "period_end"}
FIRST_VINTAGE = Choice(frozenset({"first"}))


def reason(made: Schema, asked: Mapping[str, Condition], until: datetime.date | None) -> str:
    """Why the rows that `asked` names cannot be given as of a day (None, the latest: always "not held").

    Announced figures prove it by their first announcement. A release-covered table proves it only if the
    first release that covers the period is dated exactly, is later, and `sources.yml` says
    `first_publication: true` of it: for most tables we hold single releases of a series that came out every
    month.
    """
    first = _first_announced(made, asked) if made.table == ANNOUNCED else _first_release(made, asked)
    return NOT_YET if first is not None and until is not None and first > until else NOT_HELD


def _first_announced(made: Schema, asked: Mapping[str, Condition]) -> datetime.date | None:
    """The day of the earliest row that its publisher gave as the first announcement."""
    if "indicator" not in asked or not set(asked) & PERIODS:
        raise LedgerError(f"{made.table}: a reason needs the indicator and its period_start or period_end")
    rows = selection.every_release(made, None, {**asked, "vintage": FIRST_VINTAGE})
    return None if rows.empty else rows["published"].min().date()


def _first_release(made: Schema, asked: Mapping[str, Condition]) -> datetime.date | None:
    """The day of the earliest release that covers the period, if it is proven to be the first publication."""
    if not set(asked) & set(made.covers) or made.every_key_is_a_period:
        return None
    for release in shelf.releases(made.table):
        if selection.wanted(made, release.covers or (), asked):
            proven = sources.is_first_publication(made.table, release.published)
            return release.published if proven else None
    return None
