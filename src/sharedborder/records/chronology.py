"""The chronology as it could be known on a day: `data/events.yml`, cut at what sources had said by then."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sharedborder.records import readlog, yamlfiles
from sharedborder.records.errors import LedgerError
from sharedborder.records.files import DAY
from sharedborder.records.filters import LATEST, AsOf, day_of

FILE = "events.yml"
TABLE = "events"
LANGUAGES = ("en", "es")
DTYPES = {
    "id": "str",
    "start": DAY,
    "end": DAY,
    "precision": "str",
    "kind": "str",
    "actors": "object",
    "title_en": "str",
    "title_es": "str",
    "summary_en": "str",
    "summary_es": "str",
    "places": "object",
    "sources": "object",
    "figures": "object",
    "weak": "bool",
    "planned": "bool",
    "updated": DAY,
    "published": DAY,
}

Event = Mapping[str, Any]


def events(as_of: AsOf = None) -> pd.DataFrame:
    """The events that were public on a day (None or "latest": all), one row each, sorted by start and id.

    Columns: id, start and end (datetime64; end is missing while it was not known), precision ("day" or
    coarser), kind, title_en/_es, summary_en/_es (with what was known later, up to the day), weak (rests on
    weak sources), planned (on that day it had been announced, but no source reported that it happened),
    published (since when it was public), updated (the day of the newest thing told) and, as lists, actors,
    places, sources, figures. In a dated edition, sources without a date are left out with those of a later
    day. Raises LedgerError for an event without its parts.
    """
    until = day_of(as_of)
    last = until.isoformat() if until else None
    told = [event for event in yamlfiles.load(FILE) or [] if _public(_part(event, "known_from"), last)]
    frame = _typed(pd.DataFrame([_row(event, last) for event in told], columns=list(DTYPES)))
    frame.attrs = {
        "table": TABLE,
        "key": ["id"],
        "count": None,
        "kind": "chronology",
        "as_of": last or LATEST,
    }
    readlog.record("events", TABLE, {"as_of": last}, frame)
    return frame


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    typed = {name: frame[name].astype(pd.api.types.pandas_dtype(dtype)) for name, dtype in DTYPES.items()}
    return pd.DataFrame(typed).sort_values(["start", "id"], ignore_index=True)


def _public(since: str | None, last: str | None) -> bool:
    """Whether something was public on a day; what bears no day is public only in the latest edition."""
    return last is None or (since is not None and since <= last)


def _part(event: Event, name: str) -> Any:
    if name not in event:
        raise LedgerError(f"data/{FILE}: {event.get('id', 'an event without id')} has no {name!r}")
    return event[name]


def _row(event: Event, last: str | None) -> dict[str, Any]:
    later = [entry for entry in event.get("later") or [] if _public(entry["known_from"], last)]
    told = sorted(later, key=lambda entry: str(entry["known_from"]))
    cited = [*event.get("sources", []), *(source for entry in told for source in entry.get("sources") or [])]
    start = event.get("date") or _part(event, "start")
    return {
        "id": _part(event, "id"),
        "start": start,
        "end": _end(event, start, last),
        "precision": event.get("precision", "day"),
        "kind": _part(event, "kind"),
        "actors": event.get("actors", []),
        **{f"title_{language}": _title(event, told, language) for language in LANGUAGES},
        **{f"summary_{language}": _summary(event, told, language) for language in LANGUAGES},
        "places": event.get("places", []),
        "sources": [source for source in cited if _public(source.get("published"), last)],
        "figures": event.get("figures", []),
        "weak": bool(event.get("weak", False)),
        "planned": _planned(event, start, last),
        "updated": max([event["known_from"], *(entry["known_from"] for entry in told)]),
        "published": event["known_from"],
    }  # fmt: skip


def _end(event: Event, start: str, last: str | None) -> str | None:
    """The last day, if it could be known: an end that lies ahead was, only if `end_known_from` says so."""
    end: str | None = event.get("end")
    if "date" in event or end is None:
        return end or start
    known = event.get("end_known_from") or max(end, event["known_from"])
    return end if _public(known, last) else None


def _title(event: Event, told: list[Event], language: str) -> str:
    """The newest title that could be known."""
    titles = [entry["title"] for entry in (event, *told) if entry.get("title")]
    return str(titles[-1][language])


def _summary(event: Event, told: list[Event], language: str) -> str:
    parts = [entry["summary"][language].strip() for entry in (event, *told) if entry.get("summary")]
    return " ".join(parts)


def _planned(event: Event, start: str, last: str | None) -> bool:
    """Whether no source had said by then that the event took place.

    Where the chronology does not say when that was reported, an event still ahead, or on the edition's own
    day, is planned, and one that is past is only if it was marked so.
    """
    if "reported" in event:
        return not _public(event["reported"], last)
    return bool(event.get("planned", False)) or (last is not None and start >= last)
