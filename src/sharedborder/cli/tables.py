"""Commands about what is known: the tables, the releases that fill them, the claims they bear on."""

import datetime
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sharedborder.cli.front import ArgumentError, app, in_plain_words, print_table

CATEGORIES = ("category", "series", "mode", "procedure", "application_type", "decision_level", "counted")
WORLD = "WLD"


class Format(StrEnum):
    """How `table` writes rows."""

    csv = "csv"
    json = "json"


@app.command()
@in_plain_words
def table(
    name: Annotated[str, typer.Argument(help="The table, as in data/schemas/.")],
    as_of: Annotated[
        str | None, typer.Option(help="As it was known on this day; the latest if not given.")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="All rows, for machines.")] = None,
) -> None:
    """Show a table as it was known on a day: totals by period, or with --format every row."""
    from sharedborder.records import ledger

    frame = ledger.read(name, as_of=as_of)
    if form is Format.csv:
        sys.stdout.write(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
    elif form is Format.json:
        typer.echo(
            frame.to_json(orient="records", date_format="iso", date_unit="s", force_ascii=False, indent=1)
        )
    else:
        print_totals(frame)


@app.command()
@in_plain_words
def claims(
    edition: Annotated[str, typer.Option(help='"latest" or a day.')] = "latest",
    as_json: Annotated[bool, typer.Option("--json", help="For machines: as claims.json.")] = False,
) -> None:
    """Check every published sentence by what was known in an edition; show verdict and reason."""
    from sharedborder import meeting
    from sharedborder.cli.handed import claim_entry

    entries = {claim["id"]: claim_entry(claim, "claims", "en") for claim in meeting.claims(edition)}
    if as_json:
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=1))
    else:
        rows = [[name, entry["verdict"], entry["reason"]] for name, entry in entries.items()]
        print_table(rows, ("claim", "verdict", "why"))


@app.command()
@in_plain_words
def ingest(
    publisher: Annotated[str, typer.Argument(help="The publisher's parser: cbp, unhcr, ...")],
    files: Annotated[list[Path], typer.Argument(help="The release's files, as published.")],
    published: Annotated[str, typer.Option(help="The day of the release, 2023-12-22.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
) -> None:
    """Parse a release's files and append its tables to the ledger."""
    from sharedborder.records import intake

    found = intake.ingest(publisher, files, day(published), dry_run)
    for name, rows in found.rows.items():
        done = "would be written" if dry_run else "written"
        typer.echo(f"{name}: {rows:,} rows, {done if name in found.written else 'already held, unchanged'}")


def print_totals(frame: Any) -> None:
    """Print the count by period and release; tables with categories also by these."""
    origin = frame.attrs
    period = next((name for name in ("month", "fiscal_year", "year", "date") if name in origin["key"]), None)
    if period is None:
        rows = frame.astype("str")
        print_table(rows.to_numpy().tolist(), list(rows.columns))
        return
    if "country" in origin["key"] and (frame["country"] == WORLD).any():
        frame = frame[frame["country"] == WORLD]  # it holds the sum of all others
    groups = [period, *(name for name in CATEGORIES if name in origin["key"]), "published"]
    totals = frame.groupby(groups, as_index=False, dropna=False)[origin["count"]].sum(min_count=1)
    rows = [
        [_written(value, name) for name, value in zip(totals.columns, row, strict=True)]
        for row in totals.to_numpy()
    ]
    print_table(rows, [*groups[:-1], "release", origin["count"]])


def _written(value: Any, column: str) -> str:
    if column == "month":
        return f"{value:%Y-%m}"
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str) or "year" in column:
        return str(value)
    return "" if value != value else f"{value:,.0f}"


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{text!r} is not a day like 2023-12-22.") from None
