"""Facts: numbers for the prose, and words that depend on numbers, each with the rows it came from."""

import re
from typing import Any, Final

from . import numerals
from .bundle import gather
from .evidence import Frames, evidence, plain
from .form import VERSION
from .language import Text, say, unpacked, written
from .messages import mark

MIME: Final = "application/vnd.sharedborder.facts+json"
NOT_PUBLISHED: Final = mark("not published yet")
NOT_HELD: Final = mark("not held")
KEY: Final = re.compile(r"[a-z][a-z0-9_]*")


def fact(
    key: str, value: Any, *, unit: str, rows: Frames, form: str = "exact", absent: str = NOT_HELD
) -> None:
    """Leave a number (or a day) for the prose, with its unit and the rows it came from.

    `form` is one of `language.FORMS`. A missing value, or no rows, leaves an absence instead; `absent` says
    why: "not published yet" or "not held". A value without rows raises: no rows, no fact.
    """
    found = number_fact(key, value, unit=unit, rows=rows, form=form, absent=absent)
    _leave(found, unpacked(found["text"]).en)


def words(key: str, text: Text | None, *, rows: Frames, absent: str = NOT_HELD) -> None:
    """Leave words that depend on figures (rose, fell) for the prose, with the rows they came from."""
    found = words_fact(key, text, rows=rows, absent=absent)
    _leave(found, unpacked(found["text"]).en)


def number_fact(
    key: str, value: Any, *, unit: str, rows: Frames, form: str = "exact", absent: str = NOT_HELD
) -> dict[str, Any]:
    """Build the JSON of `fact`: key, kind, value, unit, text, evidence."""
    found = evidence(rows)
    if numerals.is_missing(value):
        return _absence(key, absent, found)
    _check(key, found)
    text = written(value, form)
    return {
        "version": VERSION, "key": key, "kind": "value", "value": plain(value), "unit": unit,
        "text": text.json(), "evidence": found,
    }  # fmt: skip


def words_fact(key: str, text: Text | None, *, rows: Frames, absent: str = NOT_HELD) -> dict[str, Any]:
    """Build the JSON of `words`: as a fact, its value being the English text."""
    found = evidence(rows)
    if text is None:
        return _absence(key, absent, found)
    _check(key, found)
    return {
        "version": VERSION, "key": key, "kind": "words", "value": text.en, "unit": None,
        "text": text.json(), "evidence": found,
    }  # fmt: skip


def _check(key: str, found: list[dict[str, Any]]) -> None:
    if not KEY.fullmatch(key):
        raise ValueError(f"fact {key!r}: a key is lower case letters, digits and underscores, a letter first")
    if not found:
        raise ValueError(f"fact {key!r} has a value but no rows: no rows, no fact")


def _absence(key: str, reason: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    texts = {
        NOT_PUBLISHED: say("not published yet"),
        NOT_HELD: say("no figure held in this edition"),
    }
    if reason not in texts:
        raise ValueError(f"fact {key!r}: absent is {' or '.join(map(repr, texts))}, not {reason!r}")
    return {
        "version": VERSION, "key": key, "kind": "absent", "value": None, "unit": None,
        "text": texts[reason].json(), "evidence": found, "reason": reason,
    }  # fmt: skip


def _leave(data: dict[str, Any], text: str) -> None:
    rows = sum(entry["rows"] for entry in data["evidence"])
    tables = sorted({entry["table"] for entry in data["evidence"]})
    gather(MIME, data, (data["key"], text, f"{rows} {'row' if rows == 1 else 'rows'}", ", ".join(tables)))
