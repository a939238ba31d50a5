"""Cards for other sites: of the size they ask for, in our fonts, whatever the headline says."""

import struct
import xml.etree.ElementTree as ET

import pytest

from sharedborder.display import card
from sharedborder.display.messages import LANGUAGES, Language
from sharedborder.display.picture import SVG
from sharedborder.display.renderer import FONTS
from sharedborder.display.typography import width

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 280" font-family="other"><title>A</title>'
    '<metadata>{"axis": "x"}</metadata><rect width="9" height="9" fill="#123456"/></svg>'
)
HOSTILE = '</text><script>alert("1")</script> & more'
LONGEST = (
    "People from the Democratic Republic of the Congo were met most often by far in 59 of the 60 months held"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_holds_headline_chart_and_day(language: Language) -> None:
    root = ET.fromstring(card.card(language, HOSTILE, CHART, "27 December 2023"))
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text"))
    assert said == f"The Shared Border {HOSTILE} 27 December 2023"
    assert not list(root.iter(f"{{{SVG}}}script"))
    inner = root.find(f"{{{SVG}}}svg")
    assert inner is not None
    assert [child.tag.rpartition("}")[2] for child in inner] == ["rect"]
    assert inner.get("font-family") == card.SANS


def test_a_long_headline_stays_on_its_card() -> None:
    root = ET.fromstring(card.card("en", LONGEST, CHART, "27 December 2023"))
    lines = [text for text in root.iter(f"{{{SVG}}}text") if text.get("font-family") == card.SERIF]
    assert all(width(text.text or "", 46) <= 430 for text in lines)
    assert max(float(text.get("y", 0)) for text in lines) < card.SIZE[1] - 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_drawn_in_its_size_and_the_same_each_time(language: Language) -> None:
    drawn = card.card(language, "It rose", CHART)
    first = card.png(drawn)
    assert first.startswith(b"\x89PNG")
    assert struct.unpack(">II", first[16:24]) == card.SIZE
    assert card.png(drawn) == first


def test_our_own_fonts_draw_the_words() -> None:
    other = card.card(language="en", headline="It rose", chart=CHART)
    assert card.png(other) != card.png(other.replace(card.SERIF, "No such font"))
    assert {path.suffix for path in FONTS.iterdir()} == {".ttf", ".txt", ".md"}
