"""The renderer's SVG, made into ours."""

from pathlib import Path
from typing import Any

import pytest

from sharedborder.display.picture import SVG, normalise, render
from sharedborder.display.renderer import renderer

ABOUT = {
    "figure": "f",
    "size": "phone",
    "language": "es",
    "title": "T & t",
    "description": "D",
    "width": 340,
    "height": 90,
}
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)


def ours(inside: str) -> str:
    """Normalise an SVG with the given content; give what follows its description."""
    return normalise(f"{HEAD}{inside}</svg>", ABOUT).split("</desc>")[1].removesuffix("</svg>")


def test_the_root_scales_and_speaks() -> None:
    svg = normalise(f'{HEAD}<text font-family="A">x</text></svg>', ABOUT)
    assert svg.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 90" role="img" lang="es" '
        'aria-labelledby="f-phone-1" aria-describedby="f-phone-2" font-family="A">'
        '<title id="f-phone-1">T &amp; t</title><desc id="f-phone-2">D</desc><text>x</text>'
    )


def test_styles_become_attributes() -> None:
    assert (
        ours('<path d="M0,0" style="fill: red; stroke-width: 2"/>')
        == '<path d="M0,0" fill="red" stroke-width="2" />'
    )


def test_numbers_are_short() -> None:
    assert (
        ours('<path d="M0.04,-0.001h18.53424e0L1e-7,2.96" fill="red"/>')
        == '<path d="M0,0h18.5L0,3" fill="red" />'
    )
    assert (
        ours('<text font-size="14px" x="10.25">1.234</text>') == '<text font-size="14" x="10.2">1.234</text>'
    )


def test_ids_are_ours_and_still_meet() -> None:
    found = ours(
        '<defs><clipPath id="clip7"><rect fill="red"/></clipPath></defs>'
        '<g clip-path="url(#clip7)"><path fill="#abc"/></g>'
    )
    assert 'id="f-phone-3"' in found
    assert "url(#f-phone-3)" in found
    assert 'fill="#abc"' in found


def test_what_draws_nothing_is_left_out() -> None:
    assert ours('<g class="a" role="x" aria-label="y"><g><path class="background" d="M0,0"/></g></g>') == ""
    assert ours('<path fill="red" display="none"/>') == ""
    assert ours('<g><line stroke="red" opacity="1"/></g>') == '<line stroke="red" />'


@pytest.mark.parametrize("bad", ["<style>a{}</style>", "<script>1</script>"])
def test_a_style_sheet_or_a_script_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="no page may hold"):
        ours(bad)


def test_two_fonts_are_refused() -> None:
    with pytest.raises(ValueError, match="one font"):
        ours('<text font-family="A">a</text><text font-family="B">b</text>')


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "http://127.0.0.1:9/a.csv", "{0}", "a.csv"])
def test_the_renderer_asks_no_host_and_opens_no_file(address: str, tmp_path: Path) -> None:
    held = tmp_path / "a.csv"
    held.write_text("a\n1\n", "utf-8")
    with pytest.raises((PermissionError, ValueError), match=r"VLC_ACCESS_DENIED|about:invalid"):
        render(bars({"url": address.format(held)}))


def test_a_card_with_a_picture_from_elsewhere_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.svg"
    other.write_text(f'<svg xmlns="{SVG}" width="9" height="9"/>', "utf-8")
    with pytest.raises(PermissionError, match="VLC_ACCESS_DENIED"):
        renderer().svg_to_png(f'<svg xmlns="{SVG}" width="9" height="9"><image href="{other}"/></svg>')


def bars(data: dict[str, Any]) -> dict[str, Any]:
    schema = "https://vega.github.io/schema/vega-lite/v6.4.json"
    field = {"field": "a", "type": "quantitative"}
    return {"$schema": schema, "usermeta": ABOUT, "data": data, "mark": "bar", "encoding": {"x": field}}
