"""The table under a chart: the data that it draws, sorted and spread as a reader looks things up."""

from typing import Any, Final

import pandas as pd

from .canvas import Labels
from .drawing import Drawing
from .evidence import plain
from .language import written
from .roles import TEMPORAL, cell_text, kind_of

COUNTS: Final = frozenset({"exact", "number", "about", "millions"})
"""Forms of counts: a table gives these in full."""

WIDEST: Final = 12
"""So many categories stand side by side; more stand in rows, unless a reader chooses one of them."""

Column = dict[str, Any]


def table(drawing: Drawing, labels: Labels) -> dict[str, list[Any]]:
    """Give a drawing's data as {"columns": [{"name", "label", "kind"}], "rows": [[...]]}, values as they are.

    `labels` name columns and categories by their names in the frame. A label is a Text as JSON.
    """
    frame = _sorted(drawing)
    keys = [key for key in drawing.keys if key != drawing.spread]
    if drawing.spread and keys and (drawing.chosen or frame[drawing.spread].nunique() <= WIDEST):
        return _spread(drawing, frame, keys, labels)
    columns = [_column(name, kind_of(name, frame[name]), labels) for name in drawing.keys]
    columns += [_number(drawing, drawing.measure, labels)]
    columns += [_beside(drawing, frame, name, labels) for name in drawing.beside]
    names = [*drawing.keys, drawing.measure, *drawing.beside]
    return {"columns": columns, "rows": _rows(frame[names])}


def numbers(drawing: Drawing) -> set[float]:
    """Give every number that a reader sees in the chart: its values and, in a stack, their sums."""
    frame = drawing.frame
    columns = [drawing.measure, *(name for name in drawing.beside if kind_of(name, frame[name]) == "number")]
    found = {float(value) for name in columns for value in frame[name].dropna()}
    if drawing.stacked:
        found |= {
            float(value) for value in frame.groupby(drawing.keys[0], observed=True)[drawing.measure].sum()
        }
    return found


def _sorted(drawing: Drawing) -> pd.DataFrame:
    """Sort by period where a key is one; else keep the order in which the chart draws."""
    temporal = [key for key in drawing.keys if kind_of(key, drawing.frame[key]) in TEMPORAL]
    return drawing.frame.sort_values(temporal, kind="stable") if temporal else drawing.frame


def _spread(drawing: Drawing, frame: pd.DataFrame, keys: list[str], labels: Labels) -> dict[str, list[Any]]:
    spread = str(drawing.spread)
    wide = frame.pivot(index=keys, columns=spread, values=drawing.measure)
    order = frame.drop_duplicates(keys)[keys]
    places = pd.MultiIndex.from_frame(order) if len(keys) > 1 else pd.Index(order[keys[0]], name=keys[0])
    values = list(frame[spread].drop_duplicates())
    wide = wide.reindex(index=places, columns=values).reset_index()
    kind, form = kind_of(spread, frame[spread]), _number(drawing, drawing.measure, labels)["kind"]
    heads = [
        {"name": str(plain(value)), "label": _label(value, kind, labels), "kind": form} for value in values
    ]
    columns = [*(_column(name, kind_of(name, frame[name]), labels) for name in keys), *heads]
    for name in drawing.beside:
        known = frame.dropna(subset=[name]).drop_duplicates(keys).set_index(keys)[name]
        wide[name] = list(known.reindex(places))
        columns.append(_beside(drawing, frame, name, labels))
    return {"columns": columns, "rows": _rows(wide)}


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    return [[plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]


def _number(drawing: Drawing, name: str, labels: Labels) -> Column:
    return _column(name, "number" if drawing.form in COUNTS else drawing.form, labels)


def _beside(drawing: Drawing, frame: pd.DataFrame, name: str, labels: Labels) -> Column:
    kind = kind_of(name, frame[name])
    return _number(drawing, name, labels) if kind == "number" else _column(name, kind, labels)


def _column(name: str, kind: str, labels: Labels) -> Column:
    text = labels[name] if name in labels else written(name, "label")
    return {"name": name, "label": text.json(), "kind": kind}


def _label(value: Any, kind: str, labels: Labels) -> dict[str, Any]:
    return (labels[str(value)] if str(value) in labels else cell_text(value, kind)).json()
