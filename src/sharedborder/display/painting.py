"""From a drawing that a notebook left to its specifications and pictures; never in a kernel."""

import inspect
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import altair as alt
import pandas as pd
from altair.utils import schemapi

from . import (
    areas,
    bars,
    choices,
    columns,
    differences,
    lines,
    maps,
    panels,
    picture,
    seasons,
    slopes,
    theme,
    timeline,
)
from .canvas import PIXELS, Canvas, Width
from .drawing import Event
from .language import unpacked
from .messages import Language, listening
from .packing import unpack, unpack_frame

Chart = alt.LayerChart | alt.ConcatChart
Painter = Callable[..., Chart]
Specification = dict[str, Any]

PAINTERS: Final[dict[str, Painter]] = {
    painter.__name__: painter
    for painter in (
        areas.areas, bars.bars, choices.choices, columns.columns, differences.changes,
        differences.dumbbells, lines.lines, maps.circles, panels.panels, seasons.seasons, slopes.slopes,
        timeline.timeline,
    )
}  # fmt: skip
"""What a drawing may name: its chart is looked up here, and nowhere else."""


@alt.theme.register("sharedborder", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": theme.configuration()}  # type: ignore[typeddict-item]


def paint(figure: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Paint a figure whose texts are written out: {"svgs"} by width ("phone", "column"), and {"spec"}, the
    column's specification as JSON.

    `asked` holds what the painters asked of the catalogue and were told: as long as it says the same, the
    pictures are good. `untranslated` names messages without Spanish.
    """
    with listening() as heard:
        specs = specifications(figure, language)
    svgs = {width: picture.render(spec) for width, spec in specs.items()}
    spec = json.dumps(specs["column"], ensure_ascii=False, sort_keys=True)
    return {"spec": spec, "svgs": svgs, "asked": heard.asked, "untranslated": sorted(heard.missing)}


def specifications(figure: Mapping[str, Any], language: Language) -> dict[Width, Specification]:
    """Give the Vega-Lite specifications of a figure in a language, by width."""
    paint_on = _painter(figure["drawing"])
    labels = {name: unpacked(text) for name, text in figure["drawing"]["labels"].items()}
    return {width: _specification(figure, paint_on, Canvas(language, width, labels)) for width in PIXELS}


def _specification(figure: Mapping[str, Any], paint_on: Painter, canvas: Canvas) -> Specification:
    about = {
        "figure": figure["id"],
        "size": canvas.width,
        "language": canvas.language,
        "title": figure["headline"][canvas.language],
        "description": figure["alt"][canvas.language],
    }
    # Altair checks every part as it is made, which costs two thirds of the time: the tests do that
    with schemapi.debug_mode(False):
        spec = paint_on(canvas).to_dict(validate=False)
    return {**spec, "usermeta": {**spec["usermeta"], **about}}


def draw(drawing: Mapping[str, Any], canvas: Canvas) -> Chart:
    """Paint what `Drawing.json` gave; an unknown chart or options unknown to it raise ValueError."""
    return _painter(drawing)(canvas)


def _painter(drawing: Mapping[str, Any]) -> Painter:
    """Return what paints a drawing on a canvas, its frame and options unpacked once."""
    name, options = drawing["chart"], drawing["options"]
    if name not in PAINTERS:
        raise ValueError(f"there is no chart {name!r}; known: {', '.join(sorted(PAINTERS))}")
    given = {option: _unpack_option(value) for option, value in options.items()}
    frame = unpack_frame(drawing["frame"])
    _check(name, frame, given)
    return partial(PAINTERS[name], frame=frame, **given)


def _check(name: str, frame: pd.DataFrame, given: Mapping[str, Any]) -> None:
    try:
        inspect.signature(PAINTERS[name]).bind(None, frame, **given)
    except TypeError as error:
        raise ValueError(f"the chart {name!r} cannot take these options: {error}") from None


def _unpack_option(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack_option(one) for one in value]
    if isinstance(value, Mapping) and "event" in value:
        return Event(value["event"], unpacked(value["text"]))
    return unpack(value)
