"""The palette's promises: contrast, one meaning a colour, and a style sheet that knows every hex."""

import itertools
import re

import pytest

from sharedborder.display import theme
from sharedborder.display.palette import MEANINGS, PALETTE, colour_names, hexes, text_hexes

NOT_SHAPES = {"paper", "ink", "quiet", "grid"}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted(set(PALETTE) - NOT_SHAPES))
def test_shapes_stand_out_from_the_paper(name: str) -> None:
    assert contrast(PALETTE[name].light, PALETTE["paper"].light) >= 3
    assert contrast(PALETTE[name].dark, PALETTE["paper"].dark) >= 3


@pytest.mark.parametrize("name", sorted(set(PALETTE) - {"paper", "grid", "context"}))
def test_letters_can_be_read(name: str) -> None:
    assert contrast(PALETTE[name].for_text, PALETTE["paper"].light) >= 4.5
    assert contrast(PALETTE[name].dark, PALETTE["paper"].dark) >= 4.5


def test_grey_letters_can_be_read_in_light() -> None:
    assert contrast(PALETTE["context"].for_text, PALETTE["paper"].light) >= 4.5


@pytest.mark.parametrize(
    "group",
    [
        ("between-ports", "at-ports"),
        ("united-states", "mexico", "panama"),
        ("single-adults", "families", "unaccompanied-children"),
        ("internally-displaced", "refugees", "palestine-refugees", "asylum-seekers"),
    ],
)
def test_neighbours_differ_in_lightness(group: tuple[str, ...]) -> None:
    for one, other in itertools.pairwise(group):
        assert contrast(PALETTE[one].light, PALETTE[other].light) >= 1.3
        assert contrast(PALETTE[one].dark, PALETTE[other].dark) >= 1.2


def test_no_two_names_share_a_hex() -> None:
    given = [colour.light for colour in PALETTE.values()] + [c.text for c in PALETTE.values() if c.text]
    assert len(given) == len(set(given)) == len(theme.hex_names())


def test_meanings_name_colours_that_exist() -> None:
    assert set(MEANINGS.values()) <= set(PALETTE)


def test_highlighting_greys_the_others() -> None:
    assert colour_names(["USA", "MEX", "COL"]) == ["united-states", "mexico", "series-one"]
    assert colour_names(["USA", "COL"], ["USA"]) == ["united-states", "context"]
    assert colour_names(["other"], ["other"]) == ["accent"]
    many = colour_names([f"place {number}" for number in range(9)])
    assert many[-1] == "context"
    assert hexes(["mexico"]) != text_hexes(["mexico"])


def test_the_style_sheet_defines_and_maps_every_colour() -> None:
    css = theme.stylesheet()
    for value, name in theme.hex_names().items():
        assert f'figure svg [fill="{value}"] {{ fill: var(--chart-{name}); }}' in css
        assert css.count(f"--chart-{name}:") == 4  # light, dark by system, dark by choice, print
    assert css.count("{") == css.count("}")
    assert not re.search(r"url\(|@import|<", css)


def test_the_theme_is_registered_and_quiet() -> None:
    import altair as alt

    from sharedborder.display import painting

    assert painting.PAINTERS

    assert alt.theme.active == "sharedborder"
    assert theme.configuration()["background"] is None
