"""Figures: a chart with headline, alternative text, notes and sources, as data for both languages."""

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from .bundle import show
from .drawing import Drawing
from .evidence import Frames, sources
from .form import LONGEST_ALT, VERSION
from .language import Text, write
from .tables import numbers, table

MIME: Final = "application/vnd.sharedborder.figure+json"
ID: Final = re.compile(r"[a-z][a-z0-9-]*")
RANKS: Final = frozenset({"ordinal", "ordinal_feminine", "spelled"})
"""Forms that count or rank what is drawn, rather than write a number of it."""

TYPED: Final = re.compile(r"\{[^}]*\}|\b(19|20)\d\d\b|\bTitle (8|42)\b")
"""What a message may hold in digits: placeholders, years, and the two titles of the U.S. Code."""


def figure(
    name: str,
    drawing: Drawing,
    *,
    headline: Text,
    subtitle: Text,
    alt: Text,
    rows: Frames,
    notes: Sequence[Text] = (),
    labels: Mapping[str, Text] | None = None,
) -> None:
    """Leave a figure for the page. `name` is its id: lower case letters, digits, hyphens.

    `headline` says what the chart shows, `subtitle` what, where, in which unit and when; `alt` (at most 250
    characters) says it to who cannot see it, and may only hold numbers that are drawn. `rows` are the
    frames it was made from. `labels` name categories or columns that the catalogue does not know.
    """
    data = build(
        name, drawing, headline=headline, subtitle=subtitle, alt=alt, rows=rows, notes=notes, labels=labels
    )
    show(MIME, data, *_preview(data, (headline, subtitle, alt)))


def build(
    name: str,
    drawing: Drawing,
    *,
    headline: Text,
    subtitle: Text,
    alt: Text,
    rows: Frames,
    notes: Sequence[Text] = (),
    labels: Mapping[str, Text] | None = None,
) -> dict[str, Any]:
    """Build the JSON of `figure`; a figure that breaks a rule raises ValueError with what to do."""
    found = sources(rows)
    _check(name, headline, subtitle, found)
    _check_alt(name, alt, drawing)
    called = labels or {}
    data = {
        "version": VERSION,
        "id": name,
        "headline": headline.json(),
        "subtitle": subtitle.json(),
        "alt": alt.json(),
        "notes": [note.json() for note in notes],
        "sources": found,
        "table": table(drawing, called),
        "drawing": drawing.json() | {"labels": {part: text.json() for part, text in called.items()}},
    }
    listed = [event.json() for event in sorted(drawing.listed, key=lambda event: event.day)]
    choice = {"column": drawing.spread, "first": drawing.chosen} if drawing.chosen else {}
    return data | {name: value for name, value in {"events": listed, "choice": choice}.items() if value}


def _check(name: str, headline: Text, subtitle: Text, found: list[dict[str, str]]) -> None:
    if not ID.fullmatch(name):
        raise ValueError(f"figure {name!r}: an id is lower case letters, digits and hyphens, a letter first")
    for what, text in (("headline", headline), ("subtitle", subtitle)):
        if not text.en.strip():
            raise ValueError(f"figure {name!r} has no {what}: say what the chart shows")
    if not found:
        raise ValueError(
            f"figure {name!r} has no rows to name its sources: pass the frames that it was made from"
        )


def _check_alt(name: str, alt: Text, drawing: Drawing) -> None:
    if not 0 < len(alt.en) <= LONGEST_ALT:
        raise ValueError(
            f"figure {name!r}: its alternative text has {len(alt.en)} characters, not 1 to {LONGEST_ALT}"
        )
    typed = [message for message in alt.messages if re.search(r"\d", TYPED.sub("", message))]
    if typed:
        raise ValueError(
            f"figure {name!r}: the alternative text has a typed number, use a placeholder: {typed[0]!r}"
        )
    drawn = numbers(drawing)
    for form, number in alt.numbers:
        if form not in RANKS and not is_drawn(number, form, drawn):
            raise ValueError(f"figure {name!r}: the alternative text says {write(number, form, 'en')!r}, "
                             "which is not drawn in the chart")  # fmt: skip


def is_drawn(number: float, form: str, drawn: Iterable[float]) -> bool:
    """Say whether a number that reads the same in its form is among the drawn ones (signs aside)."""
    near = [abs(value) for value in drawn if math.isclose(abs(value), abs(number), rel_tol=0.05)]
    said = write(abs(number), form, "en")
    return any(write(value, form, "en") == said for value in near)


def _preview(data: dict[str, Any], texts: Sequence[Text]) -> tuple[str, str]:
    """Give HTML and plain text for the author of a notebook; the chart is painted elsewhere."""
    tables = ", ".join(sorted({source["table"] for source in data["sources"]}))
    count = f"{len(data['table']['rows'])} rows; {tables}"
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in [*map(str, texts), count])
    return f"<div><p><code>{data['id']}</code></p>{paragraphs}</div>", f"{data['id']}: {texts[0]} ({count})"
