"""Every chart, in both languages and widths: valid, rendered, readable, whole, the same bytes always."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, get_args

import pandas as pd
import pytest

from sharedborder.display import charts, messages, painting
from sharedborder.display.canvas import PIXELS, Canvas, Width
from sharedborder.display.language import say
from sharedborder.display.messages import LANGUAGES, Language
from sharedborder.display.picture import SVG, render
from sharedborder.display.theme import hex_names
from sharedborder.display.typography import width

from .conftest import COMPONENTS, by_month, drawings, handed, total

SHEETS = [(language, size) for language in LANGUAGES for size in get_args(Width)]
SMALLEST = 12


def spec(name: str, language: Language, size: Width) -> dict[str, Any]:
    """Draw one of the sample drawings, Altair checking it against its schema."""
    found: dict[str, Any] = painting.draw(handed(drawings()[name]()), Canvas(language, size)).to_dict()
    about = {
        "figure": name,
        "size": size,
        "language": language,
        "title": "A <title>",
        "description": "It's & so",
    }
    return {**found, "usermeta": {**found["usermeta"], **about}}


def texts(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, float, float, float]]:
    """Give each text line that is seen: text, its estimated left and right end, its base line (px)."""
    for move in re.findall(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "")):
        x, y = x + float(move[0]), y + float(move[1])
    if element.tag == f"{{{SVG}}}text" and element.get("fill-opacity") != "0":
        size, anchor = float(element.get("font-size", 0)), element.get("text-anchor", "start")
        for place, line in enumerate(element.itertext()):
            long = width(line, size)
            left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
            yield line, left, left + long, y + 17 * place
    for child in element:
        yield from texts(child, x, y)


@pytest.mark.parametrize(("language", "size"), SHEETS)
@pytest.mark.parametrize("name", drawings())
def test_a_chart_is_readable_and_whole(
    name: str, language: Language, size: Width, caplog: pytest.LogCaptureFixture
) -> None:
    svg = render(spec(name, language, size))
    root = ET.fromstring(svg)
    assert [record.getMessage() for record in caplog.records] == [], "Vega-Lite warns of nothing"
    assert not re.search(r"""\bstyle=|<style|<script|\bclass=(?!"part-\d+")|\son\w+=""", svg)
    sizes = [float(text.get("font-size", 0)) for text in root.iter(f"{{{SVG}}}text")]
    assert sizes
    assert min(sizes) >= SMALLEST
    _, _, wide, high = (float(part) for part in root.attrib["viewBox"].split())
    assert wide == PIXELS[size]
    outside = [text for text in texts(root) if text[1] < -1 or text[2] > wide + 3 or not 8 < text[3] <= high]
    assert not outside
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(rf"{name}-{size}-\d+", identity) for identity in ids)


@pytest.mark.parametrize(("language", "size"), SHEETS)
@pytest.mark.parametrize("name", drawings())
def test_no_label_covers_another(name: str, language: Language, size: Width) -> None:
    boxes = sorted(set(texts(ET.fromstring(render(spec(name, language, size))))), key=lambda box: box[3])
    touching = [
        (one[0], other[0])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if other[3] - one[3] < 10 and one[1] < other[2] - 2 and other[1] < one[2] - 2
    ]
    assert not touching


@pytest.mark.parametrize("name", drawings())
def test_all_colours_belong_to_the_palette(name: str) -> None:
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', render(spec(name, "en", "column"))))
    assert used
    assert used <= set(hex_names())


def test_a_picture_has_the_same_bytes_in_another_process() -> None:
    asked = [spec(name, "es", "phone") for name in ("columns", "panels", "timeline")]
    code = (
        "import json, sys; from sharedborder.display.picture import render;"
        "print(json.dumps([render(spec) for spec in json.load(sys.stdin)]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(asked[::-1]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(other.stdout)[::-1] == [render(one) for one in asked] == [render(one) for one in asked]


def test_a_specification_is_the_same_each_time() -> None:
    for name in drawings():
        assert json.dumps(spec(name, "en", "phone")) == json.dumps(spec(name, "en", "phone"))


def test_every_label_has_its_spanish() -> None:
    with messages.listening() as heard:
        for name in drawings():
            spec(name, "es", "column")
    assert heard.asked
    assert not heard.missing


def test_spanish_charts_speak_spanish() -> None:
    words = json.dumps(spec("columns", "es", "column"), ensure_ascii=False)
    assert "Entre puertos de entrada" in words
    assert "Between ports" not in words
    assert "millones" in json.dumps(spec("columns-total", "es", "column"))
    assert '"ene' in json.dumps(spec("columns-months", "es", "column"))


def test_a_frame_without_the_column_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no column .'people'"):
        charts.columns(total(), y="people")


def test_an_empty_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.lines(total().head(0), y="encounters")


def test_two_rows_in_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="sum them first"):
        charts.columns(by_month("2023-10-01", 2, COMPONENTS), y="encounters")


def test_an_order_that_lacks_a_category_is_refused() -> None:
    frame = by_month("2023-10-01", 2, COMPONENTS)
    with pytest.raises(ValueError, match="between ports"):
        charts.columns(frame, y="encounters", colour="component", order=["at ports"])


def test_bars_refuse_values_below_zero() -> None:
    frame = pd.DataFrame({"origin": ["VEN", "CUB"], "people": [1, -1]})
    with pytest.raises(ValueError, match="use changes"):
        charts.bars(frame, x="people", y="origin")


def test_slopes_need_two_moments() -> None:
    frame = by_month("2023-10-01", 3, COMPONENTS)
    with pytest.raises(ValueError, match="3 values, not two"):
        charts.slopes(frame, x="month", y="encounters", colour="component")


def test_a_timeline_refuses_events_outside_it() -> None:
    late = [charts.Event("2030-01-01", say("Provisional"))]
    with pytest.raises(ValueError, match="2030-01-01"):
        charts.timeline(total(), y="encounters", events=late)


def test_marks_pick_only_events_that_are_known() -> None:
    known = pd.DataFrame({"id": ["a"], "start": pd.to_datetime(["2023-12-27"])})
    found = charts.marks(known, {"a": say("Provisional"), "b": say("Provisional")})
    assert [event.day for event in found] == ["2023-12-27"]


def test_provisional_months_are_hollow() -> None:
    svg = render(spec("columns", "en", "column"))
    assert 'fill-opacity="0.3"' in svg
    assert ">Provisional<" in svg


def test_a_gap_breaks_a_line() -> None:
    svg = render(spec("lines-gap", "en", "column"))
    line = max(re.findall(r' d="([^"]+)"', svg), key=len)
    assert line.count("M") == 2
