"""Answers that are the same whenever they are asked for, kept between builds. Lost, they cost time only."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sharedborder.press.kept import keep, kept

MOST = 100_000


class Memo:
    """Answers by key in one file, the last used of them; `stamp` names the code that gave them.

    A file that is damaged, or of another stamp, is an empty one. Of two builds at once, the later leaves its
    answers.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp
        found = kept(path) or {}
        self.kept: dict[str, Any] = found["answers"] if found.get("stamp") == stamp else {}
        self.used: dict[str, Any] = {}
        self.new = False

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """Return the answer to a key, made (as JSON holds it) if it is not known."""
        key = hashlib.sha256(key.encode("utf-8")).hexdigest()
        if key not in self.used:
            if key not in self.kept:
                self.kept[key] = make()
                self.new = True
            self.used[key] = self.kept[key]
        return self.used[key]

    def save(self) -> None:
        """Keep the answers for the next build, if there are new ones."""
        if self.new:
            answers = {
                **{key: value for key, value in self.kept.items() if key not in self.used},
                **self.used,
            }
            keep(self.path, {"stamp": self.stamp, "answers": dict(list(answers.items())[-MOST:])})
            self.new = False
