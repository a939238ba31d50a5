"""Where a chart's numbers lie: so that a reader who points at a picture is told the row of its table.

The places are computed from the specification, whose sizes and scales are all fixed before it is drawn, and
travel in the picture itself. Nothing has to be drawn again in the browser to find them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, Final

from .palette import PALETTE

Json = Mapping[str, Any]
Place = tuple[float, float]
"""A position in px of the picture, and the value that is drawn there."""

METADATA: Final = re.compile(r"<metadata>(.*?)</metadata>", re.S)
NEAR: Final = 1e-9
COLOURLESS: Final = frozenset({"", *(PALETTE[name].light for name in ("paper", "ink", "quiet"))})


def reading(spec: Json) -> dict[str, Any]:
    """Give {"axis": "x" or "y", "places": [[position, value], ...], "box": [left, top, width, height]}
    and, of a chart with a key or with names at its lines' ends, "key": {name: colour}.

    Places run across for periods, down for the rest; there are none where the specification lays its numbers
    out in another way. The box is the part in which data is drawn. Of a chart of several plots, nothing.
    """
    if "layer" not in spec:
        return {}
    layers = [(layer, rows) for layer, rows in _layers(spec) if rows and "value" in rows[0]]
    across = [place for layer, rows in layers if _is_temporal(layer) for place in _across(layer, rows, spec)]
    down = [place for layer, rows in layers if _is_in_rows(layer) for place in _down(layer, rows, spec)]
    axis, lying = ("x", across) if across else ("y", down)
    places = sorted({(round(position, 1), value) for position, value in lying})
    box = [spec["padding"]["left"], spec["padding"]["top"], spec["width"], spec["height"]]
    found = {"axis": axis, "places": [list(place) for place in places], "box": box}
    key = {name: colour for _, rows in _layers(spec) for name, colour in _named(rows)}
    return found | ({"key": key} if key else {})


def taken_out(svg: str) -> tuple[str, dict[str, Any]]:
    """Split a picture that carries its reading into the picture and the reading."""
    found = METADATA.search(svg)
    return METADATA.sub("", svg), json.loads(unescape(found[1])) if found else {}


def positions(found: Json, rows: Sequence[Sequence[Any]]) -> list[float | None]:
    """Give each row of a figure's table its position in the picture; None for a row without a number.

    Positions and rows follow the same order. Where the values drawn at a position are not those of its row,
    the answer is empty: better no reading than a wrong one.
    """
    if not found.get("places"):
        return []
    drawn = _by_position(found["places"])
    numbers = [_numbers(row[1:]) for row in rows]
    if found["axis"] == "y" or len(drawn) == len(rows):
        known = list(range(len(rows)))
    else:
        known = [index for index, values in enumerate(numbers) if values]
    pairs = zip(known, drawn, strict=False)
    if len(known) != len(drawn) or not all(_holds(numbers[index], drawn[at]) for index, at in pairs):
        return []
    by_row = dict(zip(known, drawn, strict=True))
    return [by_row.get(index) for index in range(len(rows))]


def _layers(spec: Json) -> Iterator[tuple[Json, Sequence[Json]]]:
    """Yield each layer with the rows that it draws; only of charts made of one plot."""
    datasets = spec.get("datasets", {})
    for layer in spec.get("layer", []):
        source = layer.get("data", spec.get("data")) or {}
        yield layer, source.get("values") or datasets.get(source.get("name"), [])


def _named(rows: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Yield the names that stand beside a colour of theirs: a key's swatches, coloured names at lines."""
    for row in rows:
        colour = str(row["fill"] if "x2" in row and "fill" in row else row.get("colour", ""))
        if "text" in row and "value" not in row and colour not in COLOURLESS:
            yield str(row["text"]).replace("\n", " "), colour


def _is_temporal(layer: Json) -> bool:
    return bool(layer["encoding"].get("x", {}).get("type") == "temporal")


def _is_in_rows(layer: Json) -> bool:
    y = layer["encoding"].get("y", {})
    return "scale" in y and y["scale"] is None


def _across(layer: Json, rows: Sequence[Json], spec: Json) -> Iterator[Place]:
    x = layer["encoding"]["x"]
    first, last = (_milliseconds(day) for day in x["scale"]["domain"])
    for row in rows:
        ends = [row[field] for field in (x["field"], layer["encoding"].get("x2", {}).get("field")) if field]
        middle = sum(_milliseconds(end) for end in ends) / len(ends)
        if row["value"] is not None:
            yield spec["padding"]["left"] + (middle - first) / (last - first) * spec["width"], row["value"]


def _down(layer: Json, rows: Sequence[Json], spec: Json) -> Iterator[Place]:
    fields = [layer["encoding"][channel]["field"] for channel in ("y", "y2") if channel in layer["encoding"]]
    for row in rows:
        if row["value"] is not None:
            yield spec["padding"]["top"] + sum(row[field] for field in fields) / len(fields), row["value"]


def _milliseconds(day: Any) -> float:
    if isinstance(day, str):
        at = date.fromisoformat(day[:10])
        return datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp() * 1000
    return float(day)


def _by_position(places: Sequence[Sequence[float]]) -> dict[float, list[float]]:
    found: dict[float, list[float]] = {}
    for position, value in places:
        found.setdefault(position, []).append(value)
    return found


def _numbers(cells: Sequence[Any]) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]


def _holds(row: Sequence[float], values: Sequence[float]) -> bool:
    """Say whether every value drawn is a number of the row."""
    return all(any(abs(value - known) <= NEAR * max(abs(known), 1) for known in row) for value in values)
