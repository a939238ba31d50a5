"""The SHA-256 of files, remembered for those whose bytes are known not to have changed."""

import json
import os
import time
from pathlib import Path

from sharedborder.press import fingerprint
from sharedborder.press.files import write_whole

SETTLED = 2_000_000_000  # nanoseconds after which a file's time tells a later change from an earlier one


class Digests:
    """Digests by a file's path, inode, size and time of change; kept in one file from build to build.

    Meant for files that are only ever replaced whole, never written in place. A file changed less than two
    seconds ago is not remembered: a second change could bear the same time.
    """

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._known: dict[str, str] = {}
        self._used: dict[str, str] = {}
        if kept.exists():
            self._known = json.loads(kept.read_text("utf-8"))

    def of(self, path: Path | str) -> str:
        """Return the SHA-256 of a file's bytes, reading it only if it may have changed.

        Raises OSError if there is none.
        """
        status = os.stat(path)  # noqa: PTH116 (thousands are asked for, by their text)
        key = f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
        digest = self._known.get(key) or fingerprint.file_digest(Path(path))
        if time.time_ns() - status.st_mtime_ns > SETTLED:
            self._used[key] = digest
        return digest

    def keep(self) -> None:
        """Write down the digests asked for since the start; others are forgotten."""
        write_whole(self._kept, json.dumps(self._used))
