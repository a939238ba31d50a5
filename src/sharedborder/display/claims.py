"""Claims: a sentence that somebody published, its verdict in each edition, and the figures behind it."""

import html
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import pandas as pd

from .bundle import show
from .facts import number_fact
from .form import VERSION
from .language import Text, say, written
from .messages import mark

MIME: Final = "application/vnd.sharedborder.claim+json"

VERDICTS: Final = {
    mark("supported"): "✓",
    mark("supported, with context"): "◐",
    mark("contradicted"): "✕",
    mark("cannot be checked yet"): "?",
    mark("not a matter of record"): "–",
}
"""Every verdict with its mark, which is no more than the word's ornament."""


class Spoken(Protocol):
    """A message with its values, as a check gives it; a value may be spoken itself, or {"en", "es"}."""

    @property
    def message(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class Counted(Protocol):
    """A figure behind a verdict: label, value, unit, form, and its rows."""

    @property
    def label(self) -> Spoken: ...
    @property
    def value(self) -> Any: ...
    @property
    def unit(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def rows(self) -> list[pd.DataFrame]: ...


class Found(Protocol):
    """What a check found: verdict, reason, figures."""

    @property
    def verdict(self) -> str: ...
    @property
    def reason(self) -> Spoken: ...
    @property
    def figures(self) -> Sequence[Counted]: ...


def claim(stated: Any, history: Sequence[tuple[str, Found]]) -> None:
    """Leave a claim for the page: its row of `records.claims`, and (edition, finding) in order.

    The last finding is the page's own edition's.
    """
    data = build(stated, history)
    now = history[-1][1]
    said = f"{data['id']}: {now.verdict}: {spoken(now.reason)}"
    show(MIME, data, f"<p><code>{html.escape(said)}</code></p>", said)


def build(stated: Any, history: Sequence[tuple[str, Found]]) -> dict[str, Any]:
    """Build the JSON of `claim`; ValueError without a finding, or for a verdict that no reader knows."""
    if not history:
        raise ValueError(f"claim {stated.id!r} has no finding: give one for each edition")
    return {
        "version": VERSION,
        "id": stated.id,
        "story": stated.story,
        "outlet": stated.outlet,
        "published": str(stated.published)[:10],
        "said": stated.said,
        "quote": {"en": stated.quote, "es": stated.quote_es},
        "claim": dict(stated.claim),
        "attribution": attribution(stated).json(),
        "way": dict(stated.way),
        "history": [_entry(stated.id, edition, found) for edition, found in history],
    }


def spoken(said: Spoken) -> Text:
    """Write what a check said, in both languages."""
    return say(said.message, **{name: _value(value) for name, value in said.values.items()})


def attribution(stated: Any) -> Text:
    """Say who said it, when, and how the outlet gave it."""
    about = _both(stated.about)
    if stated.form == "own":
        return say("{outlet:proper}, in a report on {about}", outlet=stated.outlet, about=about)
    when = written(f"{stated.said}-01" if len(stated.said) == 7 else stated.said,
                   "month" if len(stated.said) == 7 else "day")  # fmt: skip
    values = {"who": _both(stated.speaker), "when": when, "outlet": stated.outlet, "about": about}
    ways = {
        "quoted": say("{who:Name}, {when}, quoted by {outlet:proper} in a report on {about}", **values),
        "paraphrased": say(
            "{who:Name}, {when}, paraphrased by {outlet:proper} in a report on {about}", **values
        ),
        "reported": say(
            "{who:Name}, {when}, as reported by {outlet:proper} in a report on {about}", **values
        ),
    }
    return ways[stated.form]


def _entry(name: str, edition: str, found: Found) -> dict[str, Any]:
    if found.verdict not in VERDICTS:
        raise ValueError(f"claim {name!r}: {found.verdict!r} is no verdict; known: {', '.join(VERDICTS)}")
    return {
        "edition": edition,
        "verdict": found.verdict,
        "reason": spoken(found.reason).json(),
        "figures": [_figure(number, one) for number, one in enumerate(found.figures, start=1)],
    }


def _figure(number: int, found: Counted) -> dict[str, Any]:
    fact = number_fact(f"figure_{number}", found.value, unit=found.unit, rows=found.rows, form=found.form)
    return {"label": spoken(found.label).json(), **fact}


def _value(value: Any) -> Any:
    if hasattr(value, "message"):
        return spoken(value)
    return _both(value) if isinstance(value, Mapping) else value


def _both(value: Mapping[str, str]) -> Text:
    return Text(value["en"], value["es"])
