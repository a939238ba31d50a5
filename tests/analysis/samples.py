"""Small frames as the ledger gives them, with figures that their publishers announced."""

from collections.abc import Sequence

import pandas as pd

AUGUST_2025 = "2025-09-30"
"""The release of CBP's southwest file through August 2025."""


def frame(
    table: str, key: Sequence[str], count: str, kind: str, rows: Sequence[Sequence[object]]
) -> pd.DataFrame:
    """A frame of a table: each row has the key columns, the count and its release day."""
    made = pd.DataFrame(rows, columns=[*key, count, "published"])
    for column in ("month", "date", "period_start", "period_end", "through", "published"):
        if column in made:
            made[column] = pd.to_datetime(made[column])
    texts = [name for name in made if name in ("country", "asylum", "citizenship")]
    made = made.astype(dict.fromkeys(texts, "str"))
    made.attrs = {"table": table, "key": list(key), "count": count, "kind": kind}
    return made


def encounters() -> pd.DataFrame:
    """Southwest land border, December 2023 and January 2024 by component (CBP, release of September 2025)."""
    rows = [
        ("2023-12-01", "between ports", 249_740, AUGUST_2025),
        ("2023-12-01", "at ports", 52_241, AUGUST_2025),
        ("2024-01-01", "between ports", 124_215, AUGUST_2025),
        ("2024-01-01", "at ports", 51_980, AUGUST_2025),
    ]
    return frame("southwest_encounters", ["month", "component"], "encounters", "events", rows)


def monthly() -> pd.DataFrame:
    """Southwest land border totals of some months, as they stand in CBP's release of September 2025."""
    values = {
        "2021-11-01": 174_845,
        "2021-12-01": 179_253,
        "2022-01-01": 154_874,
        "2022-10-01": 231_529,
        "2022-11-01": 235_173,
        "2022-12-01": 252_315,
        "2023-01-01": 157_358,
        "2023-10-01": 240_927,
        "2023-11-01": 242_399,
        "2023-12-01": 301_981,
        "2024-01-01": 176_195,
    }
    rows = [(month, count, AUGUST_2025) for month, count in values.items()]
    return frame("southwest_encounters", ["month"], "encounters", "events", rows)


def series(values: Sequence[float | None], start: str = "2010-01-01", kind: str = "events") -> pd.DataFrame:
    """Made-up values, a month each from `start` on."""
    months = pd.date_range(start, periods=len(values), freq="MS")
    return frame(
        "made_up",
        ["month"],
        "events",
        kind,
        [(m, v, AUGUST_2025) for m, v in zip(months, values, strict=True)],
    )


ANNOUNCED_KEY = ["indicator", "geography", "period_start", "period_end", "subject", "publisher", "vintage"]


def announced(*rows: tuple[str, str, float, str], indicator: str = "cbp_sw_encounters_total") -> pd.DataFrame:
    """Announced figures: each first day, last day, value, day of publication."""
    full = [(indicator, "US southwest border", a, b, "", "CBP", "first", v, day) for a, b, v, day in rows]
    made = frame("announced_figures", ANNOUNCED_KEY, "value", "as announced", full)
    return _with(made, approximate=False, weak=False)


def december_2023() -> pd.DataFrame:
    """What CBP had announced by the Mexico City meeting: on 22 December 2023, for October and November."""
    october = ("2023-10-01", "2023-10-31", 240_986, "2023-12-22")
    return announced(october, ("2023-11-01", "2023-11-30", 242_418, "2023-12-22"))


def _with(made: pd.DataFrame, **columns: object) -> pd.DataFrame:
    described = made.assign(**columns)
    described.attrs = made.attrs
    return described


GLOBAL_TRENDS_2022 = "2023-06-14"


def displaced() -> pd.DataFrame:
    """UNHCR's categories at the end of 2022 in Global Trends 2022, split over made-up rows."""
    rows = [
        ("2022-12-31", "SYR", "TUR", "refugees", 20_000_000, GLOBAL_TRENDS_2022),
        ("2022-12-31", "VEN", "COL", "refugees", 9_413_033, GLOBAL_TRENDS_2022),
        ("2022-12-31", "VEN", "USA", "asylum-seekers", 5_438_929, GLOBAL_TRENDS_2022),
        (
            "2022-12-31",
            "VEN",
            "COL",
            "other people in need of international protection",
            5_217_456,
            GLOBAL_TRENDS_2022,
        ),
        ("2022-12-31", "COL", "COL", "host community", 1_000_000, GLOBAL_TRENDS_2022),
        ("1951-12-31", "unknown", "AUS", "refugees", 180_000, GLOBAL_TRENDS_2022),
    ]
    return frame("displaced_population", ["date", "origin", "asylum", "category"], "people", "stock", rows)


def internal() -> pd.DataFrame:
    """IDMC's total at the end of 2022, as UNHCR gave it in Global Trends 2022."""
    rows = [("2022-12-31", "unknown", 62_479_565, GLOBAL_TRENDS_2022)]
    return frame("internal_displacement", ["date", "country"], "people", "stock", rows)


def palestine() -> pd.DataFrame:
    """UNRWA's total at the end of 2022, as UNHCR gave it in Global Trends 2022."""
    rows = [("2022-12-31", "JOR", 5_887_353, GLOBAL_TRENDS_2022)]
    return frame("palestine_refugees", ["date", "country"], "people", "stock", rows)


def announced_world(value: float = 108_400_000, published: str = GLOBAL_TRENDS_2022) -> pd.DataFrame:
    """UNHCR's announced total for the end of 2022."""
    return announced(("2022-12-31", "2022-12-31", value, published), indicator="unhcr_forcibly_displaced")
