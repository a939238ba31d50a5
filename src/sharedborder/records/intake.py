"""From a publisher's files to the ledger: known files only, parsed, validated and appended as one release."""

import datetime
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sharedborder.records import appending, sources
from sharedborder.records.errors import LedgerError
from sharedborder.records.publishers import PARSERS

# its file is our own list of announcements, of which each row names its publisher and address
ANNOUNCED = "announced"


@dataclass(frozen=True)
class Intake:
    """What an ingestion found: rows by table, and the tables written (in a dry run, those it would write)."""

    rows: Mapping[str, int]
    written: Sequence[str]


def ingest(publisher: str, files: Sequence[Path], published: datetime.date, dry_run: bool = False) -> Intake:
    """Parse a release's files and append its tables.

    Raises LedgerError for a file that `sources.yml` does not list for that day (the message is the entry to
    add), or for what `append` refuses, and ParseError for a file that its parser does not understand.
    """
    parse = PARSERS[publisher]
    for path in files:
        if not path.is_file():
            raise LedgerError(f"{path} is not a file")
    if publisher != ANNOUNCED:
        refuse_unknown(files, published)
    frames = parse(files, published)
    if dry_run:
        written = [pending.release.table for pending in appending.plan(frames, published)]
    else:
        written = appending.append(frames, published)
    return Intake({table: len(frame) for table, frame in frames.items()}, written)


def refuse_unknown(files: Sequence[Path], published: datetime.date) -> None:
    """Raise LedgerError unless `sources.yml` lists every file, by its hash, in a release of that day."""
    listed = _listed_files()
    unknown = []
    for path in files:
        days = {day for mark in marks(path) for day in listed.get(mark, set())}
        if not days:
            unknown.append(path)
        elif published.isoformat() not in days:
            raise LedgerError(
                f"{path.name} belongs to the release of {', '.join(sorted(days))}, not of {published}"
            )
    if unknown:
        raise LedgerError(_entry_to_add(unknown, published))


def marks(path: Path) -> list[str]:
    """The SHA-256 of a file and, if it is gzipped, of its content: mirrors pack files differently."""
    content = path.read_bytes()
    contents = [content, gzip.decompress(content)] if content.startswith(b"\x1f\x8b") else [content]
    return [hashlib.sha256(held).hexdigest() for held in contents]


def _listed_files() -> dict[str, set[str]]:
    listed: dict[str, set[str]] = {}
    for source in sources.all_sources().values():
        for release in source["releases"] or []:
            for file in release.get("files") or []:
                listed.setdefault(file["sha256"], set()).add(release["day"])
    return listed


def _entry_to_add(files: Sequence[Path], published: datetime.date) -> str:
    """The sentence and the YAML that a person completes."""
    entry: list[Any] = [f"    - {{name: {path.name}, sha256: {marks(path)[0]}}}" for path in files]
    return "\n".join([
        f"data/sources.yml does not know {', '.join(path.name for path in files)}.",
        "Find out where it comes from, then add this to the releases of its source and run again:",
        "",
        f"  - day: '{published}'",
        "    precision: about  # exact, if the publisher gives the day",
        "    title: ",
        "    obtained_via: ",
        "    files:",
        *entry,
        "    checked_against_publisher: false",
        "    note: ",
    ])  # fmt: skip
