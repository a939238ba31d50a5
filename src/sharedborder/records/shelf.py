"""The shelf: where the ledger lies, and which releases `datapackage.json` lists.

A file that `datapackage.json` does not list is not part of the ledger, whatever lies in the folder.
"""

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sharedborder.records.errors import LedgerError

FOLDER_VARIABLE = "SHAREDBORDER_DATA"
PACKAGE = "datapackage.json"
EVERY_KEY = "every key in the file"

Period = tuple[Any, ...]


@dataclass(frozen=True)
class Release:
    """One table as one release gave it.

    `covers`: the distinct covered periods as they stand in JSON (days as ISO text, years as numbers), one
    tuple each; None for a table in which each key is its own period. `digest` is the SHA-256 of the file as
    stored.
    """

    table: str
    published: datetime.date
    path: str
    covers: frozenset[Period] | None
    first_period: str | int | None
    last_period: str | int | None
    rows: int
    digest: str
    size: int


def folder() -> Path:
    """The data folder: $SHAREDBORDER_DATA, else `data/` above the working folder, else above this package.

    Raises LedgerError if there is none.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if named and not Path(named).is_dir():
        raise LedgerError(f"{FOLDER_VARIABLE} names {named}, which is not a folder")
    return _folder(named, Path.cwd())


@lru_cache(maxsize=32)
def _folder(named: str | None, here: Path) -> Path:
    if named:
        return Path(named).resolve()
    for start in (here, Path(__file__).resolve().parent):
        for above in (start, *start.parents):
            if (above / "data" / "schemas").is_dir():
                return above / "data"
    raise LedgerError(f"no data folder found: run inside the project or set {FOLDER_VARIABLE}")


def stamp(path: Path) -> tuple[str, int, int, int]:
    """What changes when a file is replaced: the key of every cache of a file's content."""
    state = path.stat()
    return str(path), state.st_ino, state.st_mtime_ns, state.st_size


def package() -> Mapping[tuple[str, datetime.date], Release]:
    """Every release in the ledger by (table, day), sorted. No `datapackage.json` is an empty ledger."""
    path = folder() / PACKAGE
    return _package(stamp(path)) if path.exists() else {}


def releases(table: str, until: datetime.date | None = None) -> list[Release]:
    """The releases of a table published up to a day (None: all), oldest first."""
    return [r for (name, day), r in package().items() if name == table and (until is None or day <= until)]


@lru_cache(maxsize=4)
def _package(file: tuple[str, int, int, int]) -> Mapping[tuple[str, datetime.date], Release]:
    listed = [_release(entry) for entry in json.loads(Path(file[0]).read_text("utf-8"))["resources"]]
    return {(r.table, r.published): r for r in sorted(listed, key=lambda r: (r.table, r.published))}


def _release(entry: Mapping[str, Any]) -> Release:
    covers = entry["covers"]
    periods = None if covers == EVERY_KEY else frozenset(_period(value) for value in covers)
    return Release(
        table=entry["table"],
        published=datetime.date.fromisoformat(entry["published"]),
        path=entry["path"],
        covers=periods,
        first_period=entry["first_period"],
        last_period=entry["last_period"],
        rows=entry["rows"],
        digest=entry["hash"].removeprefix("sha256:"),
        size=entry["bytes"],
    )


def _period(value: Any) -> Period:
    return tuple(value) if isinstance(value, list) else (value,)


def describe(listed: Mapping[tuple[str, datetime.date], Release]) -> str:
    """The text of `datapackage.json` for these releases: the same releases give the same bytes."""
    resources = [_resource(listed[place]) for place in sorted(listed)]
    head = {
        "profile": "data-package",
        "name": "the-shared-border",
        "title": "The Shared Border: tables as their publishers released them",
        "description": "One resource a table and release; a release covers the periods it lists.",
    }
    lines = [f" {json.dumps(key)}: {_compact(value)}" for key, value in head.items()]
    body = ",\n".join(_lines(resource) for resource in resources)
    return "{\n" + ",\n".join(lines) + ',\n "resources": [\n' + body + "\n ]\n}\n"


def _resource(release: Release) -> dict[str, Any]:
    stored = {"compression": "gz"} if release.path.endswith(".gz") else {}
    covers = None if release.covers is None else sorted(release.covers)
    return {
        "name": f"{release.table}-{release.published}",
        "profile": "tabular-data-resource",
        "path": release.path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **stored,
        "schema": f"schemas/{release.table}.json",
        "table": release.table,
        "published": release.published.isoformat(),
        "covers": EVERY_KEY if covers is None else [p[0] if len(p) == 1 else list(p) for p in covers],
        "first_period": release.first_period,
        "last_period": release.last_period,
        "rows": release.rows,
        "bytes": release.size,
        "hash": f"sha256:{release.digest}",
    }


def _lines(resource: Mapping[str, Any]) -> str:
    """A resource with one property a line, so that a release is a readable change in review."""
    return "  {\n" + ",\n".join(f"   {json.dumps(k)}: {_compact(v)}" for k, v in resource.items()) + "\n  }"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
