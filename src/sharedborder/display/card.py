"""A page's card for other sites: its headline beside its chart, as an SVG that is drawn to a PNG."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

from .messages import Language
from .palette import PALETTE
from .picture import SVG
from .renderer import renderer
from .typography import wrap

SIZE: Final = (1200, 630)
"""Width and height in px, as the sites that show such cards ask for."""
NAME: Final = "The Shared Border"
WHAT: Final = {
    "en": "Displacement, and how Mexico and the United States work together on migration, "
    "in figures that show where they come from",
    "es": "El desplazamiento, y cómo cooperan México y Estados Unidos en la migración, "
    "en cifras que muestran de dónde vienen",
}
MARK: Final = (("M0 2h9v5H6v6h3v5H0z", "#1c1a17"), ("M20 2h-9.5v6.5h-3v3h3V18H20z", "#96391a"))
EDGE: Final = 64
SERIF, SANS = "Shared Border Serif", "Shared Border Sans"
OMITTED: Final = frozenset({"title", "desc", "metadata"})


def card(language: Language, headline: str = "", chart: str = "", edition: str = "") -> str:
    """Draw a card: without a chart (the phone's picture of a figure, SVG), what the publication is.

    `edition` says of which day it is; it stays below the headline. Fonts are the publication's own.
    """
    width, height = SIZE
    root = _element("svg", viewBox=f"0 0 {width} {height}", width=width, height=height, lang=language)
    root.append(_element("rect", width=width, height=height, fill=PALETTE["paper"].light))
    root.extend(_masthead())
    size, room = (46, 430) if chart else (58, width - 2 * EDGE)
    text = wrap(headline if chart else WHAT[language], room, size)
    root.extend(_lines(text, EDGE, 210, size, SERIF, "ink", 700))
    root.extend(_lines(edition, EDGE, height - EDGE, 26, SANS, "quiet", 400))
    if chart:
        root.append(_chart(chart))
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def png(svg: str) -> bytes:
    """Draw a card that `card` gave; runs outside notebooks and outside processes that fork afterwards."""
    return bytes(renderer().svg_to_png(svg, scale=1))


def _masthead() -> Iterator[ET.Element]:
    mark = _element("g", transform=f"translate({EDGE} {EDGE}) scale(2.2)")
    mark.extend(_element("path", d=drawn, fill=fill) for drawn, fill in MARK)
    yield mark
    yield from _lines(NAME, EDGE + 62, EDGE + 35, 34, SANS, "ink", 700)


def _lines(
    text: str, x: int, y: int, size: int, family: str, colour: str, weight: int
) -> Iterator[ET.Element]:
    """Write lines of text, the first on the base line `y`."""
    look = {"font-size": size, "font-family": family, "font-weight": weight, "fill": PALETTE[colour].light}
    for place, line in enumerate(text.split("\n") if text else []):
        element = _element("text", x=x, y=round(y + place * size * 1.16), **look)
        element.text = line
        yield element


def _chart(svg: str) -> ET.Element:
    """Put a picture into the card's right half, as large as it fits, in the card's font."""
    drawn = ET.fromstring(svg)
    place = {"x": 540, "y": 56, "width": SIZE[0] - 540 - 48, "height": SIZE[1] - 2 * 56}
    inner = _element("svg", viewBox=drawn.get("viewBox", ""), preserveAspectRatio="xMidYMid meet", **place)
    inner.set("font-family", SANS)
    inner.extend(child for child in drawn if child.tag.rpartition("}")[2] not in OMITTED)
    return inner


def _element(tag: str, **attributes: object) -> ET.Element:
    return ET.Element(f"{{{SVG}}}{tag}", {name: str(value) for name, value in attributes.items()})
