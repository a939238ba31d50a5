"""Room for labels, estimated without a renderer."""

from itertools import pairwise

from sharedborder.display.axes import tick_labels, ticks
from sharedborder.display.canvas import Canvas
from sharedborder.display.ends import End, apart, tall
from sharedborder.display.typography import widest, width, wrap


def test_widths_are_those_of_the_metrics() -> None:
    assert round(width("0123456789", 10), 6) == 55.6
    assert width("é", 10) == width("e", 10)
    assert width("A", 10, bold=True) > width("A", 10)
    assert widest(["a\nbbb", "cc"], 10) == width("bbb", 10)


def test_lines_are_as_long_as_room_allows() -> None:
    text = "other people in need of international protection"
    lines = wrap(text, 150).split("\n")
    assert " ".join(lines) == text
    assert all(width(line) <= 150 for line in lines)
    assert wrap("internationalisation", 10) == "internationalisation"


def test_ticks_are_round_and_reach_the_top() -> None:
    assert ticks(302_034) == [0, 100_000, 200_000, 300_000]
    assert ticks(108e6) == [0, 25e6, 50e6, 75e6, 100e6]
    assert ticks(0)[0] == 0
    assert ticks(0.4, -0.42) == [-0.6, -0.4, -0.2, 0, 0.2, 0.4]


def test_large_counts_are_said_in_millions_once() -> None:
    values = ticks(108e6)
    assert tick_labels(Canvas("es", "phone"), values, "exact") == ["0", "25", "50", "75", "100 millones"]
    assert tick_labels(Canvas("en", "phone"), [0, 0.5], "percent") == ["0%", "50%"]


def test_names_at_line_ends_never_touch() -> None:
    ends = [End("a", 100, ""), End("b\nb", 101, ""), End("c", 99, ""), End("d", 240, "")]
    placed = apart(ends, 240)
    assert [end.text for end, _ in placed] == ["c", "a", "b\nb", "d"]
    for (end, top), (_, below) in pairwise(placed):
        assert top + tall(end) <= below
    assert placed[-1][1] + tall(placed[-1][0]) <= 250
