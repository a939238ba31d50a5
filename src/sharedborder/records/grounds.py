"""What a reading rests on, told without opening a table: while it stands, so does the answer.

The contract holds each file's hash, so the releases that a reading may use say all about their rows.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sharedborder.records import shelf

Entry = Mapping[str, Any]

EVENTS, CLAIMS, PLACES, SOURCES = "events.yml", "claims.yml", "places.csv", "sources.yml"
CORRECTIONS = "corrections.yml"


def digest(entry: Entry) -> str:
    """The SHA-256 of all that the answer to an entry of the read log can depend on.

    Unequal digests say only that the reading has to be done again (see `replay`): the rows it asked for may
    be the same. KeyError for a call that no log has.
    """
    text = json.dumps(GROUNDS[entry["call"]](entry), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _releases(entry: Entry) -> Any:
    """The schema, our corrections, and the releases up to the day of the reading."""
    package = shelf.folder() / shelf.PACKAGE
    listed = shelf.stamp(package) if package.exists() else None
    return [_schema(entry), _file(CORRECTIONS), _held(listed, entry["table"], entry["as_of"])]


@lru_cache(maxsize=1024)
def _held(_package: tuple[str, int, int, int] | None, table: str, until: str | None) -> list[tuple[str, str]]:
    held = [(day.isoformat(), r.digest) for (name, day), r in shelf.package().items() if name == table]
    return [(day, digest) for day, digest in held if until is None or day <= until]


def _proofs(entry: Entry) -> Any:
    """A reason looks at later releases too, and at what is said of them."""
    return [_releases({**entry, "as_of": None}), _file(SOURCES)]


def _schema(entry: Entry) -> str | None:
    return _file(f"schemas/{entry['table']}.json")


def _file(name: str) -> str | None:
    path = shelf.folder() / name
    return _content(shelf.stamp(path)) if path.is_file() else None


@lru_cache(maxsize=256)
def _content(file: tuple[str, int, int, int]) -> str:
    return hashlib.sha256(Path(file[0]).read_bytes()).hexdigest()


GROUNDS: dict[str, Callable[[Entry], Any]] = {
    "read": _releases,
    "history": _releases,
    "releases": _releases,
    "coverage": _releases,
    "reason": _proofs,
    "events": lambda _: _file(EVENTS),
    "claims": lambda _: _file(CLAIMS),
    "places": lambda _: _file(PLACES),
    "counted": lambda entry: [_schema(entry), _file(SOURCES)],
    "describe": lambda _: _file(SOURCES),
}
