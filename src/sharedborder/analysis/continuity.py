"""Two series of the Border Patrol that meet in fiscal year 2019, kept apart by name.

*Apprehensions* (U.S. Border Patrol statistics, fiscal years 2000 to 2019) are arrests under Title 8.
*Encounters between ports* (CBP, fiscal year 2019 on) are those arrests and, from March 2020 to May 2023,
expulsions under Title 42, which counted many people more than once. In fiscal year 2019 both count the same;
across Title 42 they do not.
"""

import pandas as pd

from sharedborder.analysis import pick, totals
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, described, mixed
from sharedborder.analysis.periods import month
from sharedborder.analysis.season import TITLE_42

APPREHENSIONS = "apprehensions"
ENCOUNTERS = "encounters between ports"
SOUTHWEST = {"region": "southwest"}
BETWEEN_PORTS = {"component": "between ports"}


def joined(apprehensions: pd.DataFrame, encounters: pd.DataFrame) -> pd.DataFrame:
    """Both series by month at the southwest border, each under its name, overlapping where they overlap.

    From `apprehensions_history` and `southwest_encounters`, by their columns `region` and `component`.
    Columns `month`, `series`, `events`, `published`, `table`, `title_42` (whether expulsions under Title 42
    were in force in the month). A mixed frame by month and series.
    """
    chosen = [pick.where(apprehensions, **SOUTHWEST), pick.where(encounters, **BETWEEN_PORTS)]
    rows = pd.concat([_named(chosen[0], APPREHENSIONS), _named(chosen[1], ENCOUNTERS)])
    rows = rows.sort_values(["month", "series"], ignore_index=True)
    start, end = (month(one) for one in TITLE_42)
    rows = rows.assign(title_42=rows["month"].between(start, end))
    tables = [str(frame.attrs["table"]) for frame in chosen]
    keys = {table: ["month"] for table in tables}
    named = dict(zip(tables, (SOUTHWEST, BETWEEN_PORTS), strict=True))
    return mixed(rows, keys, key=["month", "series"], count="events", kind="events", named=named)


def agreement(both: pd.DataFrame) -> pd.DataFrame:
    """The months that both series hold, and how they differ.

    Columns `month`, `apprehensions`, `encounters`, `difference` (encounters minus apprehensions).
    """
    first = both.loc[both["series"] == APPREHENSIONS, ["month", "events"]].rename(
        columns={"events": "apprehensions"}
    )
    second = both.loc[both["series"] == ENCOUNTERS, ["month", "events"]].rename(
        columns={"events": "encounters"}
    )
    result = first.merge(second, on="month")
    return result.assign(difference=result["encounters"] - result["apprehensions"])


def agrees(both: pd.DataFrame, within: float = 0.001) -> bool | None:
    """Whether the series agree in every common month; None where they have none.

    They agree where they differ by no more than a fraction of the apprehensions.
    """
    months = agreement(both)
    if months.empty:
        return None
    return bool((months["difference"].abs() <= within * months["apprehensions"]).all())


def without_overlap(both: pd.DataFrame, within: float = 0.001) -> pd.DataFrame:
    """Each month once under its series' name: apprehensions up to the first encounters between ports.

    AnalysisError unless the two agree where they overlap. Ranks and seasons over the result need the caveat
    of Title 42.
    """
    if not agrees(both, within):
        raise AnalysisError("the two series disagree, or have no common month: they must not be read as one")
    newer = both.loc[both["series"] == ENCOUNTERS, "month"]
    kept = both[(both["series"] == ENCOUNTERS) | ~both["month"].isin(newer)]
    return described(kept.reset_index(drop=True), both)


def _named(frame: pd.DataFrame, series: str) -> pd.DataFrame:
    rows = totals.by_month(frame)
    return rows.rename(columns={count_of(rows): "events"}).assign(series=series, table=frame.attrs["table"])[
        ["month", "series", "events", "published", "table"]
    ]
