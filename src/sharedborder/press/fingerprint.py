"""Digests of what a page depends on: equal digests, equal page."""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sharedborder
from sharedborder.press.installed import installed

PACKAGE = Path(sharedborder.__file__).parent
PINNED = (
    "altair",
    "babel",
    "ipykernel",
    "jupyter-book",
    "myst-nb",
    "pandas",
    "papermill",
    "sphinx",
    "vl-convert-python",
)


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON-like value, the same for equal values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_digest(folder: Path, files: Iterable[Path] | None = None) -> str:
    """Return the SHA-256 of the names and bytes of a folder's files (all of them, or those given)."""
    chosen = folder.rglob("*") if files is None else files
    kept = sorted(path for path in chosen if path.is_file() and "__pycache__" not in path.parts)
    return digest([[path.relative_to(folder).as_posix(), file_digest(path)] for path in kept])


def code_digest(*rooms: str) -> str:
    """Return the digest of the source of the named rooms and modules of this package (none: of all of it)."""
    places = [PACKAGE / room for room in rooms]
    return digest([_source_digest(place) for place in places] if rooms else tree_digest(PACKAGE))


def _source_digest(place: Path) -> str:
    return file_digest(place) if place.is_file() else tree_digest(place)


def data_digest(data: Path) -> str:
    """Return the digest of the ledger: its contract holds each table's hash, so large files stay unread."""
    small = [
        path for pattern in ("*.json", "*.yml", "schemas/*.json", "*.csv") for path in data.glob(pattern)
    ]
    return tree_digest(data, small)


def pinned_versions(root: Path) -> dict[str, str]:
    """Return the versions that decide what a build gives, and the digest of the lock if there is one."""
    lock, found = root / "requirements.lock", installed()
    versions = {"python": python(), **{name: found[name] for name in PINNED}}
    return versions | ({"lock": file_digest(lock)} if lock.exists() else {})


def python() -> str:
    """Return the version of Python that runs."""
    return ".".join(map(str, sys.version_info[:3]))
