"""What a check of a claim gives: a verdict, the reason in a sentence, and the figures behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from sharedborder.analysis.frames import split
from sharedborder.analysis.totals import value

Verdict = Literal[
    "supported", "supported, with context", "contradicted", "cannot be checked yet", "not a matter of record"
]
SUPPORTED: Final[Verdict] = "supported"
IN_CONTEXT: Final[Verdict] = "supported, with context"
CONTRADICTED: Final[Verdict] = "contradicted"
NOT_YET: Final[Verdict] = "cannot be checked yet"
NO_RECORD: Final[Verdict] = "not a matter of record"


@dataclass(frozen=True)
class Said:
    """A sentence with placeholders, and what goes into them; `display` writes it in both languages."""

    message: str
    values: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Behind:
    """A figure behind a verdict: what it is, its value and unit, how it is written, its evidence."""

    label: Said
    value: Any
    unit: str
    form: str
    rows: list[pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Finding:
    """The answer of a check."""

    verdict: Verdict
    reason: Said
    figures: Sequence[Behind] = field(default=())


def told(message: str, **values: Any) -> Said:
    """A sentence to be said: `told("It rose to {n:about}", n=…)`; a value may be told itself."""
    return Said(message, values)


def behind(label: Said, rows: pd.DataFrame, unit: str = "encounters", form: str = "exact") -> Behind:
    """The figure that the rows of a frame add up to."""
    return Behind(label, value(rows), unit, form, split(rows))


def day_of(label: Said, event: pd.DataFrame) -> Behind:
    """The day of an event, as a figure."""
    return Behind(label, event["start"].max(), "day", "day", [event])


def known_only(*figures: Behind) -> list[Behind]:
    """Those figures that are known."""
    return [figure for figure in figures if figure.value is not None and not pd.isna(figure.value)]
