"""Where each release comes from: `data/sources.yml`, and whether it describes the whole ledger."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sharedborder.records import readlog, shelf, yamlfiles
from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import schema

FILE = "sources.yml"
# its rows carry publisher and address themselves, and each day has its own release
SELF_DESCRIBED = "announced_figures"
NEEDED = ("publisher", "short", "title", "tables", "address", "licence", "unit", "releases")
ABOUT_SOURCE = (
    "publisher", "short", "title", "address", "licence", "citation", "breaks", "cadence", "next_expected",
)  # fmt: skip
ABOUT_RELEASE = ("day", "precision", "obtained_via", "files", "checked_against_publisher", "note")

Source = Mapping[str, Any]


def all_sources() -> dict[str, Source]:
    """Every source by its id, as `sources.yml` gives it: publisher, title, tables, licence, releases, ...

    Days are ISO text; texts that readers see are {"en": ..., "es": ...}. Raises LedgerError for a source
    without its parts.
    """
    given: dict[str, Source] = yamlfiles.load(FILE) or {}
    for name, source in given.items():
        for part in NEEDED:
            if part not in source:
                raise LedgerError(f"data/{FILE}: {name} has no {part!r}")
    return given


def describe(table: str, published: datetime.date | str) -> dict[str, Any]:
    """Who released a table's rows on a day, under what title and terms, and how we came by them.

    Keys: source, counted_by (the body whose figures the publisher passes on, else None), publisher, short,
    title, address, licence, citation, unit, breaks, cadence, next_expected; of the release: day,
    precision ("exact" or "about"),
    release_title, obtained_via, files, checked_against_publisher, note. Raises LedgerError if `sources.yml`
    does not describe that release.
    """
    day = str(published)[:10]
    for name, source in all_sources().items():
        if table in source["tables"]:
            release = _release(source, table, day)
            if release is not None:
                description = _description(name, table, source, release)
                readlog.record("describe", table, {"published": day}, description)
                return description
    raise LedgerError(
        f"data/{FILE} does not describe the release of {table} of {day}: add it to its source's releases"
    )


def _release(source: Source, table: str, day: str) -> Mapping[str, Any] | None:
    for release in source["releases"] or []:
        # a release of several tables may name those it gave
        if release["day"] == day and table in release.get("tables", source["tables"]):
            return release  # type: ignore[no-any-return]
    return {"day": day, "precision": "exact"} if table == SELF_DESCRIBED else None


def _description(name: str, table: str, source: Source, release: Mapping[str, Any]) -> dict[str, Any]:
    counted_by = _seen_through(source, table)
    about = {part: source.get(part) for part in ABOUT_SOURCE}
    given = {part: release.get(part) for part in ABOUT_RELEASE}
    unit = counted_by["unit"] if counted_by and "unit" in counted_by else source["unit"]
    title = release.get("title")
    return {"source": name, "release_title": title, "counted_by": counted_by} | about | given | {"unit": unit}


def _seen_through(source: Source, table: str) -> Mapping[str, Any] | None:
    """The body whose figures the source's publisher passes on in this table, if it is another."""
    return next((body for body in source.get("through") or [] if body.get("table") == table), None)


def is_first_publication(table: str, published: datetime.date) -> bool:
    """Whether the release is proven, with its exact day, to be the first that gave its newest period."""
    for source in all_sources().values():
        if table in source["tables"]:
            release = _release(source, table, published.isoformat())
            if release is not None:
                return release.get("precision") == "exact" and release.get("first_publication") is True
    return False


def counted(table: str) -> dict[str, tuple[int, int | None]]:
    """For each category of a table, the first and last year (None: still) in which its publisher counted it.

    Inside these years an absent row is a zero, outside them it is unknown. A table without a column
    `category` has one entry, under its own name. Empty if nothing is declared.
    """
    spans = _spans(table)
    readlog.record("counted", table, {}, spans)
    return spans


def _spans(table: str) -> dict[str, tuple[int, int | None]]:
    by_category = "category" in schema(table).names
    for source in all_sources().values():
        if table in source["tables"]:
            spans = (
                source.get("counted")
                if by_category
                else {table: (_seen_through(source, table) or {}).get("counted")}
            )
            return {category: _span(span) for category, span in (spans or {}).items() if span}
    return {}


def _span(given: Sequence[int | None]) -> tuple[int, int | None]:
    first, last = given
    return int(first or 0), last


def undescribed() -> list[str]:
    """The releases in the ledger that `sources.yml` does not describe, as "TABLE of DAY"."""
    known = [(source, name) for name, source in all_sources().items()]
    return [
        f"{table} of {day}"
        for table, day in shelf.package()
        if table != SELF_DESCRIBED
        and not any(table in source["tables"] and _release(source, table, str(day)) for source, _ in known)
    ]
