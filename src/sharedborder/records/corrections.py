"""Corrections of ours to published figures: `data/corrections.yml`, applied as the ledger is read.

A correction gives another value for certain rows of one release, from the day on which it was decided. It
holds on for later releases that still have the fault, and lapses where one has another value: then `lapsed`
says so, and a person takes it out of the file. An edition older than the decision keeps what was known then.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from sharedborder.records import filters, selection, shelf, yamlfiles
from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import Schema, schema

FILE: Final = "corrections.yml"
NEEDED: Final = (
    "id", "table", "published", "where", "column", "expect", "value", "reason", "asked_by", "decided",
    "address",
)  # fmt: skip
LANGUAGES: Final = ("en", "es")

Correction = Mapping[str, Any]


def corrections(table: str | None = None) -> list[Correction]:
    """All corrections (of a table), as the file has them; LedgerError for one without its parts."""
    if not (shelf.folder() / FILE).is_file():
        return []
    given: list[Correction] = yamlfiles.load(FILE) or []
    for correction in given:
        _checked(correction)
    return [one for one in given if table in (None, one["table"])]


def applied(made: Schema, until: datetime.date | None, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows known on a day with the corrections decided by then.

    LedgerError if the release that a correction names does not hold what it expects.
    """
    for correction in corrections(made.table):
        if until is not None and correction["decided"] > until.isoformat():
            continue
        _as_published(made, correction)
        column = str(correction["column"])
        hit = _rows(made, frame, correction) & frame["published"].ge(pd.Timestamp(correction["published"]))
        hit &= frame[column].eq(correction["expect"])
        frame = frame.assign(**{column: frame[column].mask(hit, correction["value"])})
    return frame


def lapsed() -> Iterator[str]:
    """A sentence for each correction that a later release made needless, for `sharedborder check`."""
    for correction in corrections():
        made = schema(correction["table"])
        newest = selection.known(made, None, filters.conditions(made, correction["where"]))
        values = sorted({str(value) for value in newest[correction["column"]]})
        if values != [str(correction["expect"])]:
            day = f"{newest['published'].max():%Y-%m-%d}" if len(newest) else "no release"
            gives = f"{made.table} of {day} gives {', '.join(values) or 'no such row'}"
            expected = f"not {correction['expect']}; take it out"
            yield f"data/{FILE}: {correction['id']} has lapsed: {gives}, {expected}"


def _as_published(made: Schema, correction: Correction) -> None:
    """Refuse a correction of what the release never said."""
    day = datetime.date.fromisoformat(correction["published"])
    if day not in [release.published for release in shelf.releases(made.table)]:
        raise LedgerError(f"data/{FILE}: {correction['id']} names the release of {day}, which is not held")
    asked = filters.conditions(made, correction["where"])
    every = selection.every_release(made, day, asked)
    held = every.loc[every["published"].eq(pd.Timestamp(day)), correction["column"]]
    if held.empty or not held.eq(correction["expect"]).all():
        found = ", ".join(map(str, held)) or "no such row"
        wanted = f"{correction['id']} expects {correction['expect']}"
        raise LedgerError(f"data/{FILE}: {wanted}, but {made.table} of {day} has {found}")


def _rows(made: Schema, frame: pd.DataFrame, correction: Correction) -> "pd.Series[bool]":
    mask = pd.Series(True, index=frame.index)
    for column, condition in filters.conditions(made, correction["where"]).items():
        mask &= condition.mask(frame[column])
    return mask


def _checked(correction: Correction) -> None:
    name = correction.get("id", "a correction without id")
    lost = [part for part in NEEDED if correction.get(part) in (None, "", {})]
    if lost:
        raise LedgerError(f"data/{FILE}: {name} has no {', '.join(lost)}")
    if not all(correction["reason"].get(language) for language in LANGUAGES):
        raise LedgerError(f"data/{FILE}: {name} needs its reason in {' and '.join(LANGUAGES)}")
    made = schema(correction["table"])
    if correction["column"] not in set(made.names) - set(made.key):
        raise LedgerError(
            f"data/{FILE}: {name}: {correction['column']!r} is no count of {correction['table']}"
        )
