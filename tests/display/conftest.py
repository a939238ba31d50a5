"""Small frames as the ledger gives them, and one drawing of each chart function."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from sharedborder.display import charts
from sharedborder.display.language import say

COMPONENTS = ("between ports", "at ports")
PARTS = (
    "internally displaced",
    "refugees",
    "Palestine refugees",
    "asylum-seekers",
    "other people in need of international protection",
)
COUNTRIES = ("USA", "IRN", "DEU", "TUR", "COL", "UGA", "CAF", "PER")
SECTORS = tuple(
    f"{name} Sector"
    for name in (
        "San Diego", "El Centro", "Yuma", "Tucson", "El Paso", "Big Bend", "Del Rio", "Laredo",
        "Rio Grande Valley",
    )
)  # fmt: skip
Draw = Callable[[], charts.Drawing]


def described(frame: pd.DataFrame, table: str, key: list[str], published: str = "2023-11-14") -> pd.DataFrame:
    """Give a frame what the ledger gives: its table, its key, a release day."""
    frame = frame.assign(published=pd.Timestamp(published))
    frame.attrs = {"table": table, "key": key}
    return frame


def by_month(first: str, months: int, categories: tuple[str, ...], column: str = "component") -> pd.DataFrame:
    """Make encounters by month and category that rise and fall."""
    days = pd.date_range(first, periods=months, freq="MS")
    rows = [
        {"month": day, column: category, "encounters": 20_000 + 9_000 * ((place * 7 + other * 3) % 11)}
        for place, day in enumerate(days)
        for other, category in enumerate(categories)
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def monthly() -> pd.DataFrame:
    """Give encounters by month and component, October 2022 to January 2024."""
    return described(by_month("2022-10-01", 16, COMPONENTS), "southwest_encounters", ["month", "component"])


def total(months: int = 64) -> pd.DataFrame:
    """Give encounters by month."""
    return by_month("2018-10-01", months, ("all components",)).drop(columns="component")


def displaced(column: str = "year") -> pd.DataFrame:
    """Give the parts of the displaced by year, with the announced total."""
    rows = [
        {
            "year": year,
            "category": part,
            "people": 1_000_000 * (place + 1) * (year - 1989),
            "announced total": 4e8,
        }
        for year in range(1990, 2023)
        for place, part in enumerate(PARTS)
    ]
    frame = pd.DataFrame(rows)
    if column == "date":
        frame["date"] = pd.to_datetime(frame["year"].astype(str) + "-12-31")
    return frame


def events() -> list[charts.Event]:
    """Give events that lie close together, and at both edges."""
    days = ("2018-10-03", "2020-03-21", "2023-05-11", "2023-12-18", "2023-12-27", "2024-01-19")
    return [charts.Event(day, say("The Shared Border, chronology of events")) for day in days]


def handed(drawing: charts.Drawing) -> dict[str, Any]:
    """Give a drawing as it comes out of a notebook: through the text of its JSON."""
    found: dict[str, Any] = json.loads(json.dumps(drawing.json(), allow_nan=False))
    return found


def drawings() -> dict[str, Draw]:
    """Give one drawing (or more) of each chart function, hard cases among them."""
    people = ("single adults", "families", "unaccompanied children", "accompanied children")
    return {
        "columns": lambda: charts.columns(
            by_month("2018-10-01", 64, COMPONENTS).assign(partial=lambda f: f["month"] >= "2024-01-01"),
            y="encounters", colour="component", order=COMPONENTS, provisional="partial", events=events(),
        ),
        "columns-months": lambda: charts.columns(
            total(16), y="encounters", highlight=["2020-01-01"], events=events(), tone="panama"
        ),
        "columns-fiscal": lambda: charts.columns(
            pd.DataFrame({"fiscal_year": range(2000, 2020), "apprehensions": range(400_000, 420_000, 1_000)}),
            x="fiscal_year", y="apprehensions", highlight=[2019],
        ),
        "columns-total": lambda: charts.columns(
            displaced("date"), x="date", y="people", colour="category", total="announced total",
            form="millions",
        ),
        "lines": lambda: charts.lines(
            by_month("2018-10-01", 64, people, "demographic"), y="encounters", colour="demographic",
            events=events()[::2],
        ),
        "lines-years": lambda: charts.lines(
            displaced(), x="year", y="people", colour="category", highlight=["refugees"], form="millions"
        ),
        "lines-single": lambda: charts.lines(total(), y="encounters", tone="mexico"),
        "lines-gap": lambda: charts.lines(
            total().assign(encounters=lambda f: f["encounters"].where(f["month"] != "2020-05-01")),
            y="encounters",
        ),
        "choices": lambda: charts.choices(
            by_month("2018-10-01", 30, COUNTRIES, "citizenship"), y="encounters", colour="citizenship",
            first="TUR",
        ),
        "areas": lambda: charts.areas(
            displaced(), y="people", colour="category", order=PARTS, form="millions"
        ),
        "bars": lambda: charts.bars(
            pd.DataFrame({"category": PARTS, "people": [62_479_565, 29_413_033, 5_887_353, 5_438_929, 1]}),
            x="people", y="category", meanings=True,
        ),
        "bars-places": lambda: charts.bars(
            pd.DataFrame({"origin": ["VEN", "COD", "unknown", "other"], "share": [0.41, 0.3, 0.002, 0.0]}),
            x="share", y="origin", highlight=["VEN"], form="percent1",
        ),
        "changes": lambda: charts.changes(
            pd.DataFrame({"year": [2021, 2022, 2023, 2024], "change": [0.06, -0.14, -0.38, -0.42]}),
            x="change", y="year", highlight=[2024],
        ),
        "dumbbells": lambda: charts.dumbbells(
            by_month("2023-10-01", 3, ("first announced", "newest release"), "vintage"),
            x="encounters", y="month", colour="vintage",
        ),
        "slopes": lambda: charts.slopes(
            by_month("2023-12-01", 2, people, "demographic"), x="month", y="encounters", colour="demographic"
        ),
        "slopes-many": lambda: charts.slopes(
            pd.DataFrame(
                {
                    "counted": ["refugees under UNHCR's mandate", "people forcibly displaced"] * 8,
                    "country": [code for code in COUNTRIES for _ in "ab"],
                    "people": range(1_000_000, 17_000_000, 1_000_000),
                }
            ),
            x="counted", y="people", colour="country", highlight=["USA"], form="millions",
        ),
        "seasons": lambda: charts.seasons(total(60), y="encounters", highlight=[2022, 2023]),
        "seasons-fiscal": lambda: charts.seasons(total(64), y="encounters", highlight=[2024], starts=10),
        "panels": lambda: charts.panels(
            by_month("2018-10-01", 64, people, "demographic"), y="encounters", panel="demographic"
        ),
        "panels-own": lambda: charts.panels(
            by_month("2022-10-01", 14, ("VEN", "CUB", "other"), "citizenship"),
            y="encounters", panel="citizenship", shared=False,
        ),
        "timeline": lambda: charts.timeline(total(), y="encounters", events=events()),
        "circles": lambda: charts.circles(
            pd.DataFrame({"asylum": [*COUNTRIES, "TIB"], "people": range(9_000_000, 0, -1_000_000)}),
            x="people", y="asylum", on="world",
        ),
        "circles-border": lambda: charts.circles(
            pd.DataFrame({"area": SECTORS, "encounters": range(9_000, 0, -1_000)}),
            x="encounters", y="area", on="border", highlight=["Yuma Sector"], beside=["World Trade Bridge"],
            tone="between-ports",
        ),
        "circles-all": lambda: charts.circles(
            pd.DataFrame({"area": SECTORS, "encounters": [9_000] * 9}), x="encounters", y="area", on="border"
        ),
    }  # fmt: skip
