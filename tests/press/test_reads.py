"""Readings: each once, replayed once for all pages, and told in words."""

from pathlib import Path
from typing import Any

import pytest

from sharedborder.press.recipes import reads
from sharedborder.press.recipes.memo import Memo

READ: dict[str, Any] = {"call": "read", "table": "crossings", "as_of": "2023-12-27", "where": None}


def test_a_reading_is_replayed_once_for_all_pages_and_builds(tmp_path: Path) -> None:
    asked: list[Any] = []

    def replay(entry: Any) -> str:
        asked.append(entry)
        return "now"

    for ground, times in (("a", 1), ("a", 1), ("b", 2)):
        memo = Memo(tmp_path / "memo.json", "")
        replays = reads.Replays(lambda _, ground=ground: ground, replay, memo)  # type: ignore[misc]
        assert replays.changed([READ | {"digest": "now"}]) == []
        assert replays.changed([READ | {"digest": "then"}]) == [READ | {"digest": "then"}]
        memo.save()
        assert len(asked) == times


def test_what_was_just_read_is_not_read_again(tmp_path: Path) -> None:
    replays = reads.Replays(lambda _: "ground", lambda _: pytest.fail("read again"), Memo(tmp_path / "m", ""))
    replays.learn([READ | {"digest": "now"}])
    assert replays.changed([READ | {"digest": "now"}]) == []


def test_a_log_has_each_reading_once() -> None:
    assert reads.parse('{"call": "b"}\n{"call": "a"}\n{"call": "b"}\n') == ({"call": "b"}, {"call": "a"})
    assert reads.parse("") == ()


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (READ, "crossings: rows read as of 2023-12-27 changed"),
        (READ | {"as_of": None}, "crossings: rows read for the latest edition changed"),
        (READ | {"call": "events"}, "chronology: events known as of 2023-12-27 changed"),
        (READ | {"call": "coverage"}, "crossings: its releases as of 2023-12-27 changed"),
        (READ | {"call": "reason"}, "crossings: the reason of an absence as of 2023-12-27 changed"),
        ({"call": "places", "table": "places"}, "places: rows read changed"),
        ({"call": "counted", "table": "staff"}, "staff: the years counted changed"),
    ],
)
def test_readings_are_told_in_words(entry: dict[str, Any], sentence: str) -> None:
    assert reads.told([entry, entry]) == sentence
