"""Colours with fixed meanings: one name, one light hex, one dark one, wherever a category is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Colour:
    """A colour in light and dark mode, and one for letters where the light one lacks contrast (4.5:1)."""

    light: str
    dark: str
    text: str = ""

    @property
    def for_text(self) -> str:
        """The light mode's hex for letters."""
        return self.text or self.light


PALETTE: Final[dict[str, Colour]] = {
    # paper, ink and the greys of context
    "paper": Colour("#fbf9f4", "#171512"),
    "ink": Colour("#1c1a17", "#ede8de"),
    "quiet": Colour("#5f584e", "#b0a99c"),
    "grid": Colour("#e3ddd1", "#37332c"),
    "context": Colour("#8f877b", "#7f786d", "#6d665c"),
    "main": Colour("#33506b", "#93b3d1"),
    "accent": Colour("#a0331d", "#f0876a"),
    # by which way people were met (CBP's components)
    "between-ports": Colour("#1d487c", "#5b93d6"),
    "at-ports": Colour("#c97a16", "#f6b95c", "#935608"),
    # the countries of the story
    "united-states": Colour("#1b4f9c", "#6c9ff0"),
    "mexico": Colour("#3a8f6b", "#7fe0b0", "#2a7656"),
    "panama": Colour("#8e2f22", "#d9655c"),
    # who
    "single-adults": Colour("#2f6690", "#6ba3d0"),
    "families": Colour("#b8601a", "#f0a05f", "#a65512"),
    "unaccompanied-children": Colour("#661a4e", "#c377b0"),
    "accompanied-children": Colour("#4d9a88", "#8ae6c8", "#2f7566"),
    # the displaced
    "internally-displaced": Colour("#17466e", "#4a90cf"),
    "refugees": Colour("#bb6115", "#f2a04c", "#a4520d"),
    "palestine-refugees": Colour("#7a1a1a", "#d06a59"),
    "asylum-seekers": Colour("#289b98", "#93e8d0", "#1a7472"),
    "other-protection": Colour("#7b52b5", "#bf98f5"),
    # nationalities
    "venezuela": Colour("#b06a00", "#eda52e", "#965a00"),
    "cuba": Colour("#1a4fa3", "#6a97f5"),
    "nicaragua": Colour("#0a7a8c", "#4fb5b0"),
    "haiti": Colour("#96404a", "#d96b72"),
    "guatemala": Colour("#452a78", "#a67ad6"),
    "honduras": Colour("#bf6fc4", "#f5b3f5", "#94479a"),
    # anything else, in the order in which it is drawn
    "series-one": Colour("#33658a", "#86b5dc"),
    "series-two": Colour("#c4731f", "#f4ac62", "#98550f"),
    "series-three": Colour("#5b2a5e", "#b58abf"),
    "series-four": Colour("#3f9a83", "#8fe3cd", "#257563"),
    "series-five": Colour("#a33a44", "#e5808a"),
    "series-six": Colour("#6f7a1c", "#c6d06a", "#636d17"),
}

MEANINGS: Final[dict[str, str]] = {
    "between ports": "between-ports", "apprehension": "between-ports", "at ports": "at-ports",
    "inadmissible": "at-ports", "USA": "united-states", "United States": "united-states", "MEX": "mexico",
    "Mexico": "mexico", "PAN": "panama", "Panama": "panama", "Darién": "panama",
    "single adults": "single-adults", "families": "families",
    "unaccompanied children": "unaccompanied-children", "accompanied children": "accompanied-children",
    "internally displaced": "internally-displaced",
    "internally displaced, protected by UNHCR": "internally-displaced", "refugees": "refugees",
    "refugees under UNHCR's mandate": "refugees", "Palestine refugees": "palestine-refugees",
    "asylum-seekers": "asylum-seekers",
    "other people in need of international protection": "other-protection",
    "VEN": "venezuela", "CUB": "cuba", "NIC": "nicaragua", "HTI": "haiti", "GTM": "guatemala",
    "HND": "honduras", "other": "context", "unknown": "context", "Title 8": "between-ports",
    "Title 42": "at-ports", "first announced": "context", "revised": "main",
}  # fmt: skip
"""Which colour a category always has."""

SERIES: Final = [name for name in PALETTE if name.startswith("series-")]


def colour_names(categories: Sequence[str], highlight: Sequence[str] = ()) -> list[str]:
    """Give each category its palette name; with a highlight, all others are grey.

    Categories without a fixed meaning take the series colours in turn; more than there are, grey.
    """
    rest = iter(SERIES)
    names = [MEANINGS.get(category) or next(rest, "context") for category in categories]
    if not highlight:
        return names
    lit = [name if name != "context" else "accent" for name in names]
    return [
        name if category in highlight else "context" for category, name in zip(categories, lit, strict=True)
    ]


def hexes(names: Sequence[str]) -> list[str]:
    """Give the light hex of each name: charts are drawn in light colours, the page maps them."""
    return [PALETTE[name].light for name in names]


def text_hexes(names: Sequence[str]) -> list[str]:
    """Give the hex for letters of each name."""
    return [PALETTE[name].for_text for name in names]
