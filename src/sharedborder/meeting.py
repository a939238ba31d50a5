"""Where all rooms meet outside a notebook: claims for the command line, corrections for the press."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sharedborder.analysis.claims import checks, known
from sharedborder.display import corrections_page as corrections_written
from sharedborder.display.claims import build
from sharedborder.display.messages import LANGUAGES, Language
from sharedborder.display.resolving import resolve
from sharedborder.records import chronology, corrections, ledger, revised, schemas, sources
from sharedborder.records import claims as record


def claims(edition: str) -> list[dict[str, Any]]:
    """Run the checks as of each edition up to this one, as the notebook does."""
    stated, days = record.claims(edition), record.days(edition)
    read = {
        day: known.Known(
            {name: ledger.read(name, day, where) for name, where in known.TABLES.items()},
            chronology.events(day),
            functools.partial(ledger.reason, as_of=day),
        )
        for day in days
    }
    left = [
        build(row, [(day, checks.run(str(row.id), read[day])) for day in record.since(row.published, days)])
        for row in stated.itertuples()
    ]
    return [resolve(claim, LANGUAGES) for claim in left]


def corrections_page(shown: Sequence[Mapping[str, Any]], edition: str, language: str) -> str:
    """Write the page of corrections: figures that earlier editions showed and this one's ledger revises."""
    return corrections_written.corrections_page(
        revised.gathered(shown, edition),
        corrections.corrections(),
        cast(Language, language),
        sources.describe,
        lambda table: schemas.schema(table).titles,
    )
