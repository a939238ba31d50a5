"""Figures as HTML for the page: everything escaped, no script, no style."""

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, Final

from . import accounts, names
from .credits import Describe, source_line
from .furniture import EMBED, freshness, share
from .messages import Language, translate
from .readings import Position, positions, taken_out
from .roles import TEMPORAL, cell

Json = Mapping[str, Any]

TEXTUAL: Final = frozenset({"name", "place", "proper", "flag", *TEMPORAL})
"""Kinds of columns that are read as words; all others are numbers, aligned right."""


def figure_html(
    figure: Json, language: Language, svgs: Mapping[str, str], describe: Describe
) -> Callable[[Mapping[str, str]], str]:
    """Give what writes a figure: headline, subtitle, pictures, events, notes, sources, table, downloads.

    `figure` is what `figures.figure` left, `svgs` its two pictures by width (trusted, from `picture.render`),
    of which the style sheet shows one; `describe` names a table's release. A figure stands in several places,
    which differ in the addresses of its files: those of downloads and, where there is one, of the page that
    may be embedded.
    """
    anchor = f"figure-{escape(figure['id'])}"
    pictures = [_picture(figure, width, svgs[width]) for width in ("phone", "column")]
    told = [
        f'<p class="headline" id="{anchor}-headline">{_text(figure["headline"], language)}</p>',
        f'<p class="subtitle">{_text(figure["subtitle"], language)}</p>',
        _choice(figure, language),
        *pictures,
        accounts.events_html(figure.get("events", []), figure["table"]["rows"], language),
        _notes(figure["notes"], language),
        f'<p class="source">{source_line(figure["sources"], language, describe)}</p>',
    ]
    table = _table(figure, language)
    opening = f'<figure class="chart" id="{anchor}" aria-labelledby="{anchor}-headline">'

    def written(files: Mapping[str, str]) -> str:
        fresh = freshness(figure["sources"], language, describe, kept=EMBED in files)
        parts = [*told, fresh, table, share(figure, language, files, describe)]
        return "\n".join([opening, *filter(None, parts), "</figure>\n"])

    return written


def _choice(figure: Json, language: Language) -> str:
    """Give the list from which a reader chooses a column of the table, in the language's alphabet."""
    if "choice" not in figure:
        return ""
    columns = sorted(
        enumerate(figure["table"]["columns"][1:]),
        key=lambda column: names.alphabetical(column[1]["label"][language]),
    )
    options = "".join(
        f'<option value="{place}"{_selected(column, figure)}>{_text(column["label"], language)}</option>'
        for place, column in columns
    )
    said = escape(names.label(figure["choice"]["column"], language))
    return f'<label class="choice">{said} <select autocomplete="off">{options}</select></label>'


def _selected(column: Json, figure: Json) -> str:
    return " selected" if column["name"] == figure["choice"]["first"] else ""


def _picture(figure: Json, width: str, svg: str) -> str:
    """Give one picture and, for its readers' pointers, where in it the rows of the table lie."""
    drawn, read = taken_out(svg)
    at = positions(read, figure["table"]["rows"])
    places = " ".join(map(_at, at))
    box = f' data-box="{_numbers(read["box"])}"' if "box" in read else ""
    panels = f' data-panels="{_numbers(read["panels"])}"' if "panels" in read else ""
    read_by = f' data-axis="{read["axis"]}" data-at="{places}"{panels}' if places else ""
    named = json.dumps(read["key"], ensure_ascii=False) if places and "key" in read else ""
    key = f' data-key="{escape(named)}"' if named else ""
    return f'<div class="picture {width}"{box}{read_by}{key}>{drawn}</div>'


def _at(place: Position | None) -> str:
    if place is None:
        return "-"
    return ",".join(f"{part:g}" for part in place) if isinstance(place, tuple) else f"{place:g}"


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:g}" for number in numbers)


def _notes(notes: list[Json], language: Language) -> str:
    items = "".join(f"<li>{_text(note, language)}</li>" for note in notes)
    return f'<ul class="notes">{items}</ul>' if notes else ""


def _table(figure: Json, language: Language) -> str:
    """Give the data, to be opened on demand; the first column heads its rows."""
    columns, headline = figure["table"]["columns"], _text(figure["headline"], language)
    head = "".join(
        f'<th scope="col"{_aligned(column)}>{_text(column["label"], language)}</th>' for column in columns
    )
    rows = "".join(f"<tr>{_row(row, columns, language)}</tr>\n" for row in figure["table"]["rows"])
    summary = escape(translate("Table of the data", language))
    return (
        f'<details class="data"><summary>{summary}</summary>\n'
        f'<section class="table-region" tabindex="0" aria-label="{summary}: {headline}">\n'
        f"<table><caption>{headline}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</section></details>"
    )


def _row(row: list[Any], columns: list[Json], language: Language) -> str:
    pairs = zip(row, columns, strict=True)
    cells = [escape(cell(value, column["kind"], language)) for value, column in pairs]
    head = f'<th scope="row"{_aligned(columns[0])}>{names.capitalise(cells[0])}</th>'
    rest = zip(cells[1:], columns[1:], strict=True)
    return head + "".join(f"<td{_aligned(column)}>{text}</td>" for text, column in rest)


def _aligned(column: Json) -> str:
    return "" if column["kind"] in TEXTUAL else ' class="number"'


def _text(text: Json, language: Language) -> str:
    return escape(str(text[language]))
