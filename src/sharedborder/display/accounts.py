"""The events that a timeline numbers: each with who acted, where, what came of it, and who reported it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from . import days
from .credits import linkable, said
from .form import ACCOUNT
from .messages import Language, mark, translate

Json = Mapping[str, Any]

HEADS: Final = {"who": mark("Who"), "where": mark("Where"), "what": mark("What is known")}
REPORTED: Final = mark("Reported by")
MONTH: Final = len("2023-12")


def events_html(events: Sequence[Json], rows: Sequence[Sequence[Any]], language: Language) -> str:
    """List events as HTML; each names the row of the figure's table that is its month, if there is one."""
    at = {str(row[0])[:MONTH]: index for index, row in enumerate(rows)}
    items = "".join(_item(event, at.get(event["day"][:MONTH]), language) for event in events)
    return f'<ol class="marks">{items}</ol>' if events else ""


def _item(event: Json, row: int | None, language: Language) -> str:
    day, name = days.day(event["day"], language), _text(event, "text", language)
    named = f'<time datetime="{escape(event["day"])}">{escape(day)}</time> {name}'
    told = _account(event, language)
    content = f"<details><summary>{named}</summary>{told}</details>" if told else named
    placed = "" if row is None else f' data-row="{row}"'
    return f"<li{placed}>{content}</li>"


def _account(event: Json, language: Language) -> str:
    texts = [(HEADS[name], _text(event, name, language)) for name in ACCOUNT if event.get(name)]
    sources = "; ".join(_source(source, language) for source in event.get("sources", []))
    told = [*texts, *([(REPORTED, sources)] if sources else [])]
    pairs = "".join(f"<dt>{escape(translate(head, language))}</dt><dd>{text}</dd>" for head, text in told)
    return f"<dl>{pairs}</dl>" if pairs else ""


def _source(source: Json, language: Language) -> str:
    """Give a source: its publisher, where it was read, its day."""
    name = _publisher(source["publisher"], language)
    address = linkable(source["address"])
    linked = f'<a href="{escape(address)}">{name}</a>' if address else name
    day = source.get("published")
    return f"{linked} ({escape(days.day(day, language))})" if day else linked


def _publisher(named: Any, language: Language) -> str:
    """Write a publisher as the chronology has it: in both languages, or by names, with where it was read."""
    if isinstance(named, Mapping):
        return escape(said(named, language))
    publisher, _, outlet = str(named).partition(", in ")
    names = {"publisher": _name(publisher), "outlet": _name(outlet.removeprefix("the "))}
    return (translate("{publisher}, in {outlet}", language) if outlet else "{publisher}").format(**names)


def _name(name: str) -> str:
    return f'<span translate="no">{escape(name)}</span>'


def _text(event: Json, name: str, language: Language) -> str:
    return escape(str(event[name][language]))
