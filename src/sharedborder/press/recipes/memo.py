"""Answers that are the same whenever they are asked for, kept between builds. Lost, they cost time only."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sharedborder.press.files import write_whole

MOST = 100_000


class Memo:
    """Answers by key in one file, the last used of them; `stamp` names the code that gave them.

    A file that is damaged, or of another stamp, is an empty one. Of two builds at once, the later leaves its
    answers.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp
        self.kept: dict[str, Any] = _load(path, stamp)
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
            kept = {**{key: value for key, value in self.kept.items() if key not in self.used}, **self.used}
            text = json.dumps({"stamp": self.stamp, "answers": dict(list(kept.items())[-MOST:])})
            write_whole(self.path, f"{_seal(text)}\n{text}")
            self.new = False


def _load(path: Path, stamp: str) -> dict[str, Any]:
    try:
        seal, _, text = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    if seal != _seal(text):
        return {}
    found = json.loads(text)
    answers: dict[str, Any] = found["answers"] if found["stamp"] == stamp else {}
    return answers


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
