"""The readings that an execution made: whether they would give the same now, and in words which would not."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sharedborder.press.recipes.memo import Memo

Entry = Mapping[str, Any]
Digest = Callable[[Entry], str]


def parse(log: str) -> tuple[Entry, ...]:
    """Return the readings of a log, each once, in the order in which they were first made."""
    return tuple(json.loads(line) for line in dict.fromkeys(log.splitlines()) if line)


class Replays:
    """Readings done again, each at most once for all pages, and only if what it rests on changed.

    `grounds(entry)` is quick and says what the answer rests on; `replay(entry)` is the answer's digest now.
    """

    def __init__(self, grounds: Digest, replay: Digest, memo: Memo) -> None:
        self.grounds, self.replay, self.memo = grounds, replay, memo
        self.now: dict[str, str] = {}

    def changed(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the readings that would give something else now."""
        return [entry for entry in entries if self._now(entry) != entry["digest"]]

    def learn(self, entries: Iterable[Entry]) -> None:
        """Take readings just made for what they give now: the data must have stood since before them."""
        for entry in entries:
            self._answer(entry, lambda entry=entry: entry["digest"])  # type: ignore[misc]

    def _now(self, entry: Entry) -> str:
        return self._answer(entry, lambda: self.replay(entry))

    def _answer(self, entry: Entry, make: Callable[[], Any]) -> str:
        asked = json.dumps({k: v for k, v in entry.items() if k != "digest"}, sort_keys=True)
        if asked not in self.now:
            self.now[asked] = str(self.memo.get(f"{asked} {self.grounds(entry)}", make))
        return self.now[asked]


def told(entries: Iterable[Entry]) -> str:
    """Say which readings changed: "southwest_encounters: rows read as of 2023-12-27 changed"."""
    return "; ".join(dict.fromkeys(map(_sentence, entries)))


def _sentence(entry: Entry) -> str:
    table, day = entry["table"], entry.get("as_of")
    when = f"as of {day}" if day else "for the latest edition"
    return {
        "read": f"{table}: rows read {when} changed",
        "history": f"{table}: rows read {when} changed",
        "events": f"chronology: events known {when} changed",
        "reason": f"{table}: the reason of an absence {when} changed",
        "places": "places: rows read changed",
        "counted": f"{table}: the years counted changed",
        "describe": f"{table}: what is said of a release changed",
    }.get(entry["call"], f"{table}: its releases {when} changed")
