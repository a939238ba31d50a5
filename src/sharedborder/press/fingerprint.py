"""Digests of what a page depends on: equal digests, equal page."""

import hashlib
import json
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sharedborder
from sharedborder.press import notebook as notebooks
from sharedborder.press.folders import Folders
from sharedborder.press.plan import Page

PACKAGE = Path(sharedborder.__file__).parent
CHAPTER_ROOMS = ("records", "analysis", "display")
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
    """Return the digest of the source of the named rooms of this package (of all of it if none is named)."""
    return digest([tree_digest(PACKAGE / room) for room in rooms] if rooms else tree_digest(PACKAGE))


def data_digest(data: Path) -> str:
    """Return the digest of the ledger: its contract holds each table's hash, so large files stay unread."""
    small = [
        path for pattern in ("*.json", "*.yml", "schemas/*.json", "*.csv") for path in data.glob(pattern)
    ]
    return tree_digest(data, small)


def pinned_versions(root: Path) -> dict[str, str]:
    """Return the versions that decide what a build gives, and the digest of the lock if there is one."""
    lock = root / "requirements.lock"
    versions = {
        "python": ".".join(map(str, sys.version_info[:3])),
        **{name: version(name) for name in PINNED},
    }
    return versions | ({"lock": file_digest(lock)} if lock.exists() else {})


def shared_digest(folders: Folders) -> str:
    """Return the digest of what all chapters depend on; no kernel reads a translation."""
    return digest([code_digest(*CHAPTER_ROOMS), data_digest(folders.data), pinned_versions(folders.root)])


def page_fingerprint(page: Page, shared: str) -> str:
    """Return the fingerprint of a page: the notebook's code and prose, its parameters, edition, and `shared`.

    Cosmetic metadata and tags do not count, but for the tag that Papermill acts on.
    """
    cells = [
        [cell["cell_type"], cell["source"], "parameters" in notebooks.tags(cell)]
        for cell in notebooks.read(page.notebook).cells
    ]
    return digest([cells, dict(page.arguments), shared])
