"""Reading again what a chapter read, to see whether it would read the same now."""

from collections.abc import Callable, Mapping
from typing import Any

from sharedborder.records import chronology, claims, contents, ledger, places, sources
from sharedborder.records.errors import LedgerError

CALLS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "read": lambda e: ledger.read(e["table"], e["as_of"], e["where"], e["columns"]),
    "history": lambda e: ledger.history(e["table"], e["where"] or {}, e["as_of"]),
    "releases": lambda e: ledger.releases(e["table"], e["as_of"]),
    "coverage": lambda e: ledger.coverage(e["table"], e["as_of"]),
    "reason": lambda e: ledger.reason(e["table"], e["where"] or {}, e["as_of"]),
    "events": lambda e: chronology.events(e["as_of"]),
    "claims": lambda e: claims.claims(e["as_of"]),
    "places": lambda _: places.places(),
    "counted": lambda e: sources.counted(e["table"]),
    "describe": lambda e: sources.describe(e["table"], e["published"]),
}


def digest(entry: Mapping[str, Any]) -> str:
    """The digest that the reading of a log entry has now: equal to `entry["digest"]` if nothing changed.

    A reading that is refused now (a table or category is gone) has the digest "refused", and so has one of
    a kind that is not known any more. Call it where $SHAREDBORDER_READ_LOG is not set, or the replay is
    logged as a reading.
    """
    try:
        return contents.digest(CALLS[entry["call"]](entry))
    except (LedgerError, KeyError):
        return "refused"
