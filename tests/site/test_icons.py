"""Icons as pictures of pixels, for who cannot draw the mark: they are what the mark gives."""

import re
import struct
from pathlib import Path

import pytest
import vl_convert
from built_site import document, pages

STATIC = Path(__file__).parents[2] / "book" / "theme" / "static"
EDGE, PAPER = 0.15, "#fbf9f4"


def drawn(size: int) -> bytes:
    """The mark in its light colours on paper, with an edge of 15 % of the side."""
    mark = (STATIC / "mark.svg").read_text("utf-8")
    fills = dict(re.findall(r"\.(\w)\{fill:(#\w+)\}", mark.partition("@media")[0]))
    paths = re.findall(r'<path class="(\w)" d="([^"]+)"/>', mark)
    side = 20 / (1 - 2 * EDGE)
    box = f"{(20 - side) / 2:g} {(20 - side) / 2:g} {side:g} {side:g}"
    x, y, wide, tall = box.split()
    inside = "".join(f'<path fill="{fills[name]}" d="{path}"/>' for name, path in paths)
    ground = f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" fill="{PAPER}"/>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="{box}">'
    return bytes(vl_convert.svg_to_png(f"{opening}{ground}{inside}</svg>", scale=1))


@pytest.mark.parametrize("size", [48, 180])
def test_an_icon_is_the_mark_drawn(size: int) -> None:
    icon = (STATIC / f"icon-{size}.png").read_bytes()
    assert struct.unpack(">II", icon[16:24]) == (size, size)
    assert icon == drawn(size), "the mark changed: draw its icons again, by `drawn` in this test"


def test_pages_name_their_icons(site: Path) -> None:
    for page in (pages()[0], pages()[-1]):
        links = document(page.path).xpath("//link[@rel='icon' or @rel='apple-touch-icon']")
        files = [(page.path.parent / link.get("href", "")).resolve() for link in links]
        assert [file.name for file in files] == ["icon-48.png", "mark.svg", "icon-180.png"]
        assert all(file.is_file() for file in files)
