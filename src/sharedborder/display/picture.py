"""A chart's specification as a picture: SVG that is the same bytes on every machine and stands in any page.

Runs outside notebooks: the renderer starts threads, and a process that forks afterwards hangs.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .readings import reading
from .renderer import renderer

SVG: Final = "http://www.w3.org/2000/svg"
DROPPED: Final = frozenset({"class", "role", "pointer-events", "stroke-miterlimit", "version", "cursor"})
NUMBERED: Final = frozenset({
    "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "cx", "cy", "r",
    "points", "stroke-dasharray", "font-size",
})  # fmt: skip
PART: Final = re.compile(r"part-\d+")
"""What a mark's description says of the series to which it belongs; it stays as its class."""
NUMBER: Final = re.compile(r"-?\d*\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
CORNER: Final = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)(Z?)")
NOTHING: Final = {
    ("opacity", "1"),
    ("transform", "translate(0,0)"),
    ("fill-opacity", "1"),
    ("stroke-opacity", "1"),
}


def render(spec: Mapping[str, Any]) -> str:
    """Draw a specification that `painting` made; its `usermeta` says size, title and description.

    The SVG scales (viewBox only), has role img with title and description, ids `<figure>-<size>-n`,
    presentation attributes only (no style, script or class of the renderer), a class that says to which
    column of the table a line belongs, and numbers of at most one
    decimal.
    """
    about = spec["usermeta"]
    version = re.search(r"/v(\d+\.\d+)", spec["$schema"])
    text = json.dumps(spec, sort_keys=True)
    drawn = renderer().vegalite_to_svg(text, vl_version=version[1] if version else None)
    return normalise(drawn, about, reading(spec))


def normalise(svg: str, about: Mapping[str, Any], read: Mapping[str, Any] | None = None) -> str:
    """Turn the renderer's SVG into ours; raises ValueError for a style sheet or a script in it.

    `read` says where the numbers lie (`readings.reading`), and is kept as the picture's metadata.
    """
    root = ET.fromstring(svg)
    for element in root.iter():
        _clean(element)
    root[:] = [kept for child in root for kept in _pruned(child)]
    prefix = f"{about['figure']}-{about['size']}"
    _rename(root, prefix)
    font = _hoist_font(root)
    body = list(root)
    root.clear()
    root.attrib.update(_root_attributes(about, prefix, font))
    root.extend([*_words(about, prefix), *_metadata(read), *body])
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _root_attributes(about: Mapping[str, Any], prefix: str, font: str) -> dict[str, str]:
    return {
        "viewBox": f"0 0 {about['width']} {about['height']}",
        "role": "img",
        "lang": str(about["language"]),
        "aria-labelledby": f"{prefix}-1",
        "aria-describedby": f"{prefix}-2",
        "font-family": font,
    }


def _words(about: Mapping[str, Any], prefix: str) -> list[ET.Element]:
    """Give title and description, the SVG's first children."""
    words = []
    for place, (tag, text) in enumerate((("title", about["title"]), ("desc", about["description"])), start=1):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{place}"})
        element.text = str(text)
        words.append(element)
    return words


def _metadata(read: Mapping[str, Any] | None) -> Iterator[ET.Element]:
    if read:
        element = ET.Element(f"{{{SVG}}}metadata")
        element.text = json.dumps(read, separators=(",", ":"))
        yield element


def _clean(element: ET.Element) -> None:
    """Keep what draws: no roles, no classes, styles as attributes, short numbers."""
    if _tag(element) in {"style", "script"}:
        raise ValueError(f"the renderer put a <{_tag(element)}> into a picture, which no page may hold")
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, value = declaration.split(":", 1)
        element.set(name.strip(), value.strip())
    part = element.get("aria-label", "")
    for name, value in list(element.attrib.items()):
        if name in DROPPED or name.startswith("aria-") or (name, value) in NOTHING:
            del element.attrib[name]
        elif name in NUMBERED:
            element.set(name, NUMBER.sub(_short, value.removesuffix("px")))
    if "d" in element.attrib:
        element.set("d", relative(element.attrib["d"]))
    if PART.fullmatch(part):
        element.set("class", part)
    element.tail = None


def relative(path: str) -> str:
    """Write a path of straight lines by the steps from corner to corner, which are shorter than places.

    A step is the difference of two places of at most one decimal, so that nothing adds up. Other paths stay.
    """
    corners = CORNER.findall(path)
    if "".join(f"{letter}{x},{y}{end}" for letter, x, y, end in corners) != path:
        return path
    written, at = "", (0, 0)
    for letter, x, y, end in corners:
        place = (round(float(x) * 10), round(float(y) * 10))
        if letter == "M":
            written += f"M{x},{y}l"
        else:
            before = "" if written.endswith("l") else " "
            written += f"{before}{_tenths(place[0] - at[0])},{_tenths(place[1] - at[1])}"
        at, written = place, written + end
    return written.removesuffix("l")


def _tenths(number: int) -> str:
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _pruned(element: ET.Element) -> list[ET.Element]:
    """Give what stays: nothing of what draws nothing, of a group that says nothing what is in it."""
    element[:] = [kept for child in element for kept in _pruned(child)]
    if _is_void(element):
        return []
    return list(element) if _is_bare(element) else [element]


def _is_bare(element: ET.Element) -> bool:
    return _tag(element) == "g" and not element.attrib and len(element) > 0


def _is_void(element: ET.Element) -> bool:
    """Whether an element draws nothing: hidden, an empty group, or the frame of a group that has no paint."""
    if element.get("display") == "none" or (_tag(element) == "g" and len(element) == 0):
        return True
    unpainted = element.get("fill") is None and element.get("stroke") is None
    return _tag(element) == "path" and unpainted and "clip" not in "".join(element.attrib)


def _rename(root: ET.Element, prefix: str) -> None:
    """Number ids from three (title and description have one and two), in the order of the document."""
    ids = {element.attrib["id"]: "" for element in root.iter() if "id" in element.attrib}
    names = {old: f"{prefix}-{place}" for place, old in enumerate(ids, start=3)}
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, names[value])
            elif "#" in value and name not in {"fill", "stroke"}:
                element.set(
                    name, re.sub(r"#([\w-]+)", lambda found: f"#{names.get(found[1], found[1])}", value)
                )


def _hoist_font(root: ET.Element) -> str:
    """Say the font once, at the root, instead of at every text."""
    fonts = {element.attrib.pop("font-family") for element in _texts(root) if "font-family" in element.attrib}
    if len(fonts) > 1:
        raise ValueError(f"a picture has one font, not {sorted(fonts)}")
    return fonts.pop() if fonts else "sans-serif"


def _texts(root: ET.Element) -> Iterator[ET.Element]:
    return root.iter(f"{{{SVG}}}text")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
