"""Whether the standing site is made from what lies there now; quick, it loads no library.

`sharedborder build` asks it first: a build with nothing to do takes little longer than Python does to start.
"""

import json

from sharedborder.press import fingerprint
from sharedborder.press.folders import Folders
from sharedborder.press.installed import installed


def inputs_digest(folders: Folders) -> str:
    """Return the digest of everything a site is made from."""
    written = [
        fingerprint.tree_digest(folder) for folder in (folders.notebooks, folders.book) if folder.exists()
    ]
    config = fingerprint.file_digest(folders.config)
    data = fingerprint.data_digest(folders.data)
    pinned = [fingerprint.pinned_versions(folders.root), installed()]
    return fingerprint.digest([written, config, data, fingerprint.code_digest(), pinned])


def standing_inputs(folders: Folders) -> str | None:
    """Return the digest recorded by the standing site, or None."""
    record = folders.site / "build.json"
    if not (record.exists() and (folders.site / "index.html").exists()):
        return None
    inputs: str | None = json.loads(record.read_text("utf-8"))["inputs"]
    return inputs


def unchanged(folders: Folders) -> str | None:
    """Return what is told where all of the site is as it would be built, else None."""
    return as_built(folders) if standing_inputs(folders) == inputs_digest(folders) else None


def as_built(folders: Folders) -> str:
    """Return what a build tells that has nothing to do."""
    return f"Nothing has changed: {folders.site} is as built."
