"""Where a chart's numbers lie: so that a reader who points at a picture is told the row of its table.

The places are computed from the specification, whose sizes and scales are all fixed before it is drawn, and
travel in the picture itself. Nothing has to be drawn again in the browser to find them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, Final

from .palette import PALETTE

Json = Mapping[str, Any]
Place = tuple[float, ...]
"""A position in px of the picture (of a map, two: across and down), and the value that is drawn there."""
Position = float | tuple[float, float]

METADATA: Final = re.compile(r"<metadata>(.*?)</metadata>", re.S)
NEAR: Final = 1e-9
COLOURLESS: Final = frozenset({"", *(PALETTE[name].light for name in ("paper", "ink", "quiet"))})


def reading(spec: Json) -> dict[str, Any]:
    """Give {"axis": "x", "y" or "xy", "places": [[position, value], ...], "box": [left, top, width, height]}
    and, of a chart with a key or with names at its lines' ends, "key": {name: colour}.

    Places run across for periods, over the map for circles, down for the rest; there are none where the
    specification lays its numbers out in another way. The box is the part in which data is drawn. Panels have
    no box, but "panels": how far each column of them is from the first, to which the places belong.
    """
    if "concat" in spec:
        return _of_panels(spec)
    if "layer" not in spec:
        return {}
    axis, lying = _lying(spec, spec["padding"])
    box = [spec["padding"]["left"], spec["padding"]["top"], spec["width"], spec["height"]]
    found = {"axis": axis, "places": _sorted(lying), "box": box}
    key = {name: colour for _, rows in _layers(spec) for name, colour in _named(rows)}
    return found | ({"key": key} if key else {})


def _of_panels(spec: Json) -> dict[str, Any]:
    plots = [{**plot, "datasets": spec["datasets"]} for plot in spec["concat"]]
    lying = [place for plot in plots for place in _lying(plot, spec["padding"])[1]]
    step = plots[0]["width"] + spec["spacing"]["column"]
    columns = min(spec["columns"], len(plots))
    return {"axis": "x", "places": _sorted(lying), "panels": [step * column for column in range(columns)]}


def _lying(plot: Json, padding: Json) -> tuple[str, list[Place]]:
    """Give the axis along which a plot's numbers lie, and their places."""
    layers = [(layer, rows) for layer, rows in _layers(plot) if rows and "value" in rows[0]]
    found: dict[str, list[Place]] = {"xy": [], "x": [], "y": []}
    for layer, rows in layers:
        if _is_spread(layer):
            found["xy"] += [(row["x"], row["y"], row["value"]) for row in rows]
        elif _is_temporal(layer):
            left, width = padding["left"], plot["width"]
            found["x"] += [(left + at * width, value) for at, value in _across(layer, rows)]
        elif _is_in_rows(layer):
            found["y"] += [(padding["top"] + at, value) for at, value in _down(layer, rows)]
    return next(((axis, lying) for axis, lying in found.items() if lying), ("y", []))


def _sorted(lying: Iterable[Place]) -> list[list[float]]:
    rounded = {(*(round(position, 1) for position in place[:-1]), place[-1]) for place in lying}
    return [list(place) for place in sorted(rounded)]


def taken_out(svg: str) -> tuple[str, dict[str, Any]]:
    """Split a picture that carries its reading into the picture and the reading."""
    found = METADATA.search(svg)
    return METADATA.sub("", svg), json.loads(unescape(found[1])) if found else {}


def positions(found: Json, rows: Sequence[Sequence[Any]]) -> list[Position | None]:
    """Give each row of a figure's table its position in the picture; None for a row without a number.

    Positions and rows follow the same order, except on a map. Where the values drawn at a position are not
    those of its row, the answer is empty: better no reading than a wrong one.
    """
    if not found.get("places"):
        return []
    if found["axis"] == "xy":
        return _on_map(found["places"], rows)
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


def _on_map(places: Sequence[Sequence[float]], rows: Sequence[Sequence[Any]]) -> list[Position | None]:
    """Give each row the circle of its number; a number that several rows or circles share tells nothing."""
    drawn = Counter(value for *_, value in places)
    written = Counter(number for row in rows for number in _numbers(row[1:]))
    spots = {value: (x, y) for x, y, value in places if drawn[value] == written[value] == 1}
    at: list[Position | None] = [
        next((spots[number] for number in _numbers(row[1:]) if number in spots), None) for row in rows
    ]
    return at if drawn.keys() <= written.keys() else []


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


def _is_spread(layer: Json) -> bool:
    return "size" in layer["encoding"]


def _is_in_rows(layer: Json) -> bool:
    y = layer["encoding"].get("y", {})
    return "scale" in y and y["scale"] is None


def _across(layer: Json, rows: Sequence[Json]) -> Iterator[Place]:
    """Yield how far across each value is, as a share of the width."""
    x = layer["encoding"]["x"]
    first, last = (_milliseconds(x["scale"][end]) for end in ("domainMin", "domainMax"))
    for row in rows:
        ends = [row[field] for field in (x["field"], layer["encoding"].get("x2", {}).get("field")) if field]
        middle = sum(_milliseconds(end) for end in ends) / len(ends)
        if row["value"] is not None:
            yield (middle - first) / (last - first), row["value"]


def _down(layer: Json, rows: Sequence[Json]) -> Iterator[Place]:
    """Yield how far down each value is, in px."""
    fields = [layer["encoding"][channel]["field"] for channel in ("y", "y2") if channel in layer["encoding"]]
    for row in rows:
        if row["value"] is not None:
            yield sum(row[field] for field in fields) / len(fields), row["value"]


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
