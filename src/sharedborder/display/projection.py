"""From longitude and latitude to px: parts of the world in the Equal Earth projection.

Equal Earth (B. Šavrič, T. Patterson, B. Jenny, 2018) keeps areas true. Positions are worked out here, so that
a chart's specification holds px and labels can be kept apart before anything is drawn.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

Point = tuple[float, float]
Line = list[Point]

A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
ROOT: Final = math.sqrt(3)


@dataclass(frozen=True)
class Part:
    """A part of the world: the file of its outlines, and its west, south, east and north in degrees.

    `named` are countries with a point at which their name is written.
    """

    outlines: str
    west: float
    south: float
    east: float
    north: float
    named: Mapping[str, Point] = field(default_factory=dict)


PARTS: Final = {
    "world": Part("world", -168, -55, 179, 76),
    "americas": Part("world", -135, -43, -33, 63),
    "border": Part("border", -118.6, 25.2, -96.4, 34.9, {"USA": (-109.5, 34.1), "MEX": (-105.5, 28.0)}),
}


@dataclass(frozen=True)
class Sheet:
    """A part of the world, in the middle of a sheet of so many px, at most `tallest` high."""

    part: Part
    width: float
    tallest: float

    @property
    def height(self) -> float:
        """The height in px."""
        (_, south), (_, north) = self._corners
        return round((north - south) * self._scale)

    def place(self, point: Sequence[float]) -> Point:
        """Give the px from the left and the top of a point (longitude, latitude)."""
        x, y = self._project(point[0], point[1])
        (_, _), (_, north) = self._corners
        return round(self.width / 2 + x * self._scale, 1), round((north - y) * self._scale, 1)

    def holds(self, point: Sequence[float]) -> bool:
        """Say whether a point (longitude, latitude) lies in this part."""
        part = self.part
        return part.west <= point[0] <= part.east and part.south <= point[1] <= part.north

    def lines(self, kind: str) -> list[Line]:
        """Give the outlines of a kind (`land`, `lines`, `frontier`) that lie in this part, in px."""
        found = outlines(self.part.outlines).get(kind, [])
        return [[self.place(point) for point in line] for line in found if self._meets(line)]

    def _meets(self, line: Sequence[Sequence[float]]) -> bool:
        across, up = [point[0] for point in line], [point[1] for point in line]
        part = self.part
        return (
            min(across) < part.east and max(across) > part.west
            and min(up) < part.north and max(up) > part.south
        )  # fmt: skip

    @cached_property
    def _corners(self) -> tuple[Point, Point]:
        """The southwest and northeast of the part where it is widest, projected."""
        widest = min(max(0.0, self.part.south), self.part.north)
        (west, _), (east, _) = (self._project(end, widest) for end in (self.part.west, self.part.east))
        (_, south), (_, north) = (self._project(0, end) for end in (self.part.south, self.part.north))
        return (west, south), (east, north)

    @cached_property
    def _scale(self) -> float:
        (west, south), (east, north) = self._corners
        return min(self.width / (east - west), self.tallest / (north - south))

    def _project(self, longitude: float, latitude: float) -> Point:
        """Equal Earth around the middle of the part, in radii of the globe."""
        slant = math.asin(ROOT / 2 * math.sin(math.radians(latitude)))
        square = slant * slant
        sixth = square**3
        down = A[0] + 3 * A[1] * square + sixth * (7 * A[2] + 9 * A[3] * square)
        middle = (self.part.west + self.part.east) / 2
        x = 2 * ROOT / 3 * math.radians(longitude - middle) * math.cos(slant) / down
        return x, slant * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square))


@cache
def outlines(name: str) -> dict[str, list[list[list[float]]]]:
    """Read a file of outlines: kind -> lines of [longitude, latitude]."""
    return {kind: lines for kind, lines in _read(name).items() if kind != "points"}


@cache
def points() -> dict[str, tuple[float, float]]:
    """Give longitude and latitude of each country (alpha-3), sector, field office and crossing."""
    known = {**_read("world")["points"], **_read("places")}
    return {name: (float(point[0]), float(point[1])) for name, point in known.items()}


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("sharedborder.display.geometry").joinpath(f"{name}.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
