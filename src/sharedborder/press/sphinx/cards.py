"""The front page's cards: each shows its chapter's first chart, small and without words."""

import json
import posixpath
from pathlib import Path
from typing import Any

import lxml.html
from docutils import nodes  # type: ignore[import-untyped]
from lxml.etree import tostring
from sphinx.application import Sphinx

from sharedborder.press.folders import LISTED, SHOWN

WORDS = ("text", "title", "desc")


def illustrate_cards(app: Sphinx, doctree: Any, page: str) -> None:
    """Put the first chart of the page that a card leads to at the card's head."""
    if app.builder.format != "html" or "/" in page:
        return
    for card in [node for node in doctree.findall(nodes.container) if _is_illustrated(node)]:
        target = next((found["refuri"] for found in card.findall(nodes.reference) if "refuri" in found), "")
        if small := thumbnail(app, posixpath.splitext(target)[0]):
            card.insert(0, nodes.raw("", small, format="html"))


def _is_illustrated(node: Any) -> bool:
    around = node.parent.get("classes", [])
    return "card" in node["classes"] and "cards" in around and "small" not in around


def thumbnail(app: Sphinx, page: str) -> str:
    """Return the HTML of a page's first chart as a small picture, or nothing where it has none."""
    source = Path(app.srcdir)
    listed = json.loads((source / LISTED).read_text("utf-8")) if (source / LISTED).is_file() else {}
    first = next((about["id"] for about in listed.values() if about["page"] == page), None)
    if first is None:
        return ""
    figure: Any = lxml.html.fromstring((source / SHOWN / page / f"{first}.html").read_text("utf-8"))
    return next((_small(picture) for picture in figure.find_class("column")), "")


def _small(picture: Any) -> str:
    """Return a picture's data without words, cropped to where they are drawn: a sketch beside its link."""
    box, svg = picture.get("data-box"), picture[0]
    if box is None:
        return ""
    for element in list(svg.iter()):
        element.attrib.pop("id", None)
        if element.tag in WORDS:
            element.drop_tree()
    inside = "".join(tostring(child, encoding="unicode") for child in svg)
    shape = f'viewBox="{box}" preserveAspectRatio="none"'
    return f'<figure class="small"><svg {shape} aria-hidden="true" focusable="false">{inside}</svg></figure>'
