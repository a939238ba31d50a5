"""Northbound crossings at the bridges between Texas and Mexico: CBP's counts, compiled by North Texas.

The University of North Texas publishes one row per crossing, month and mode. A mode that a crossing never had
in the whole file (railcars on a footbridge) stands there as zeros and is left out. Any other zero is kept: it
can mean no traffic, a closed bridge, or a month not reported, and the file does not say which.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import reading

COUNTS = ("ID", "Year", "Month", "Region", "POE", "Crossing", "Modes", "Northbound Crossing")
PLACES = (
    "Order",
    "Border Crossing Name",
    "Code",
    "Region",
    "County",
    "TxDOT District",
    "Port Of Entry",
    "City",
    "Address",
    "Lat",
    "Lon",
)
HEADERS: Mapping[tuple[str, ...], bool] = {COUNTS: True, PLACES: False}
"""Header -> whether the file holds counts. The list of places comes with a release and holds none."""

MODES = {
    "Buses": "buses",
    "Commercial Trucks": "commercial trucks",
    "Passenger Vehicles": "passenger vehicles",
    "Pedestrians/ Bicyclists": "pedestrians and bicyclists",
    "Railcars": "railcars",
}
CROSSINGS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("El Paso", "El Paso"): (
        "Bridge of the Americas",
        "El Paso Railroad Bridges",
        "Good Neighbor Bridge",
        "Paso del Norte Bridge",
    ),
    ("El Paso", "Marcelino Serna"): ("Fort Hancock-El Porvenir Bridge", "Marcelino Serna Bridge"),
    ("El Paso", "Presidio"): ("Boquillas", "Presidio-Ojinaga International Bridge"),
    ("El Paso", "Ysleta"): ("Ysleta Bridge",),
    ("Laredo", "Del Rio"): ("Del Rio International Bridge", "Lake Amistad Dam Crossing"),
    ("Laredo", "Eagle Pass"): (
        "Camino Real International Bridge",
        "Eagle Pass International Bridge",
        "Union Pacific Eagle Pass Railroad Bridge",
    ),
    ("Laredo", "Laredo"): (
        "Canadian Pacific Kansas City Laredo Railroad Bridge",
        "Colombia Solidarity Bridge",
        "Gateway to the Americas Bridge",
        "Juárez-Lincoln International Bridge",
        "World Trade Bridge",
    ),
    ("Rio Grande Valley", "Brownsville"): (
        "Brownsville & Matamoros Express Bridge",
        "Free Trade International Bridge (Los Indios)",
        "Gateway International Bridge",
        "Veterans International Bridge at Los Tomates",
        "West Rail Bridge",
    ),
    ("Rio Grande Valley", "Hidalgo"): (
        "Anzalduas International Bridge",
        "McAllen-Hidalgo International Bridge",
        "Pharr International Bridge",
    ),
    ("Rio Grande Valley", "Progreso"): (
        "Donna-Rio Bravo International Bridge",
        "Progreso International Bridge",
    ),
    ("Rio Grande Valley", "Rio Grande City"): ("Los Ebanos Ferry", "Starr-Camargo Bridge"),
    ("Rio Grande Valley", "Roma"): (
        "Lake Falcon Dam International Crossing",
        "Roma-Ciudad Miguel Alemán International Bridge",
    ),
}
"""CBP region and port of entry -> its crossings."""

PLACE_OF = {crossing: place for place, crossings in CROSSINGS.items() for crossing in crossings}
KEY = ["month", "crossing", "port", "region", "mode"]


def parse(files: Sequence[Path], published: datetime.date) -> dict[str, pd.DataFrame]:
    """Return `port_crossings`: northbound crossings by month, crossing (with port and region) and mode.

    The file of coordinates that comes with a release may be given and adds nothing. Raises ParseError at an
    unknown header, crossing, port, region or mode, at a row given twice, at a month that had not ended on the
    day of the release, and unless there is exactly one file of counts.
    """
    counts = [path for path in files if reading.recognised(path, HEADERS)]
    if len(counts) != 1:
        names = ", ".join(path.name for path in files)
        raise ParseError(f"{names}: {len(counts)} files of counts: give exactly one for a release")
    return {"port_crossings": crossings(counts[0], published)}


def crossings(path: Path, published: datetime.date) -> pd.DataFrame:
    """Return one file of counts as a frame, sorted by key."""
    raw = reading.table(path, COUNTS)
    frame = pd.DataFrame({"month": months(raw, path)})
    frame["crossing"] = reading.mapped(raw, "Crossing", {name: name for name in PLACE_OF}, path)
    for column, name, position in (("port", "POE", 1), ("region", "Region", 0)):
        expected = frame["crossing"].map({name: place[position] for name, place in PLACE_OF.items()})
        advice = "not where this crossing lies: decide which it is, and correct the parser's list"
        reading.refuse(raw, raw[name] != expected, name, path, advice)
        frame[column] = raw[name]
    frame["mode"] = reading.mapped(raw, "Modes", MODES, path)
    frame["crossings"] = reading.whole_numbers(raw, "Northbound Crossing", path).astype("int64")
    reading.refuse_unfinished(frame["month"], published, path)
    served = frame.groupby(["crossing", "mode"])["crossings"].transform("max") > 0
    return reading.ordered(frame[served], KEY, path)


def months(raw: pd.DataFrame, path: Path) -> pd.Series[pd.Timestamp]:
    """Return the calendar month of each row."""
    month = reading.whole_numbers(raw, "Month", path).astype("int64")
    reading.refuse(raw, ~month.between(1, 12), "Month", path, "not a month")
    return reading.month_starts(reading.whole_numbers(raw, "Year", path).astype("int64"), month)
