"""The world's forcibly displaced: the parts UNHCR names, beside the total it announces.

UNHCR's total (Global Trends) counts refugees under its mandate, Palestine refugees under UNRWA's, people
displaced within their country (as the Internal Displacement Monitoring Centre estimates them),
asylum-seekers and other people in need of international protection. The total is UNHCR's to announce: the
sum of these parts is ours, and is called `sum_of_parts`.

Since 2023 the two differ because UNHCR counts once those Palestine refugees who are displaced within Gaza
(by UNRWA's estimate 70 percent of 1.7 million people at the end of 2023), whom both UNRWA's and IDMC's
figures include: see the note at https://www.unhcr.org/refugee-statistics/data-summaries. They also differ
where a part was revised after the announcement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from sharedborder.analysis import announced as announcements
from sharedborder.analysis import pick, rates, shares, totals
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, day, described, mixed, number, split
from sharedborder.analysis.periods import Day

PARTS: dict[str, tuple[str, str]] = {
    "refugees under UNHCR's mandate": ("displaced_population", "refugees"),
    "Palestine refugees under UNRWA's mandate": ("palestine_refugees", ""),
    "internally displaced people": ("internal_displacement", ""),
    "asylum-seekers": ("displaced_population", "asylum-seekers"),
    "other people in need of international protection": (
        "displaced_population",
        "other people in need of international protection",
    ),
}
"""The five parts of UNHCR's total: for each, the table and (in UNHCR's own) the category that holds it."""

PROTECTED = ("refugees", "other people in need of international protection")
"""The categories that UNHCR's Global Trends ranks countries of origin and asylum by."""

ABROAD = (*PROTECTED, "asylum-seekers")
"""Everyone in UNHCR's own table who was forced to leave their country."""

Counted = Mapping[str, Sequence[int | None]]
"""Part, category or table → first and last year in which it was counted; a last year of None: it still is."""

Explanation = Literal[
    "equal but for the rounding of the announced figure",
    "the parts sum to more than the announced total",
    "the parts sum to less than the announced total",
    "not all parts are held",
]
"""How the sum of parts stands to the announced total; `display` translates the words."""


@dataclass(frozen=True, eq=False)
class World:
    """UNHCR's announced total at a date beside its parts. Numbers are people, None where not held.

    `difference` is the sum of parts minus the announced total, `relative` a fraction of the latter.
    `parts_published` later than `announced_published` means that parts may have been revised since. `rows`
    is the evidence for `announced`, `part_rows` that for the parts.
    """

    announced: int | float | None
    announced_published: pd.Timestamp | None
    sum_of_parts: int | float | None
    difference: int | float | None
    relative: float | None
    explanation: Explanation | None
    parts: pd.DataFrame
    parts_published: pd.Timestamp | None
    rows: list[pd.DataFrame] = field(default_factory=list)
    part_rows: list[pd.DataFrame] = field(default_factory=list)


def forcibly_displaced(
    displaced: pd.DataFrame,
    internal: pd.DataFrame,
    palestine: pd.DataFrame | None = None,
    counted: Counted | None = None,
) -> pd.DataFrame:
    """The parts of the forcibly displaced at each date, unknown apart from zero.

    Columns `date`, `part`, `category`, `people`, `state`, `table`, `published`. `state` is `counted`, `not
    counted` (outside the years that `counted` gives for the part, its category or its table) or `not held`;
    people are unknown in the last two. UNHCR's matrix stores no zeros: within the years in which a category
    was counted no row means 0. Without `palestine` its part is left out: UNRWA works in the Near East alone.
    A mixed frame, by date and in UNHCR's order.
    """
    frames = {"displaced_population": displaced, "internal_displacement": internal}
    if palestine is not None:
        frames["palestine_refugees"] = palestine
    names = [name for name, (table, _) in PARTS.items() if table in frames]
    dates = sorted({date for frame in frames.values() for date in frame["date"]})
    found = [_part(frames[PARTS[name][0]], name, dates, (counted or {})) for name in names]
    rows = pd.concat(found).sort_values("date", kind="stable")
    keys = {table: ["date", "category"] if table == "displaced_population" else ["date"] for table in frames}
    return mixed(rows, keys, key=["date", "part"], count="people", kind="stock")


def sum_of_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Our own sum of the parts at each date, never the world's displaced.

    Columns `date`, `sum_of_parts`, `complete`, `published`. Parts that were not counted then are no part of
    it; where one is not held, the sum lacks it and `complete` is False.
    """
    groups = parts.groupby("date")
    result = groups[["people"]].sum(min_count=1).rename(columns={"people": "sum_of_parts"})
    result["complete"] = ~(parts["state"] == "not held").groupby(parts["date"]).any()
    result["published"] = groups["published"].max()
    result = result.reset_index()
    result.attrs = {"key": ["date"], "count": "sum_of_parts", "kind": "stock"}
    return result


def beside_announced(parts: pd.DataFrame, announced: pd.DataFrame, rounded_to: int = 100_000) -> pd.DataFrame:
    """The announced total of each date beside the sum of its parts.

    Columns: `date`, `announced`, `announced_published`, `sum_of_parts`, `complete`, `published`,
    `difference` (sum of parts minus announced; unknown where a part is not held), `relative`,
    `within_rounding` (no more than half of `rounded_to`: UNHCR announces in tenths of a million).
    `announced` holds the rows of that indicator; the newest for a date counts.
    """
    points = announced[announced["period_end"] == announced["period_start"]]
    figures = announcements.latest(points)[["period_end", count_of(announced), "published"]]
    if figures["period_end"].duplicated().any():
        raise AnalysisError(
            "several announced figures for one date: choose one indicator, geography and subject"
        )
    names = {"period_end": "date", count_of(announced): "announced", "published": "announced_published"}
    result = (
        figures.rename(columns=names).merge(sum_of_parts(parts), on="date", how="outer").sort_values("date")
    )
    result["complete"] = result["complete"].eq(True)
    difference = result["sum_of_parts"] - result["announced"]
    result["difference"] = difference.where(result["complete"])
    result["relative"] = result["difference"] / result["announced"]
    result["within_rounding"] = result["difference"].abs() <= rounded_to / 2
    result = result.reset_index(drop=True)
    result.attrs = {"key": ["date"], "count": "announced", "kind": "stock"}
    return result


def world(parts: pd.DataFrame, announced: pd.DataFrame, date: Day) -> World:
    """The announced total of one date beside its parts: `world(parts, announced, "2022-12-31")`."""
    these = pick.at(parts, date=date)
    figures = announcements.latest(pick.at(announced, date=date))
    row = beside_announced(these, figures)
    known = row.iloc[0] if len(row) else pd.Series(dtype=object)
    return World(
        announced=number(known.get("announced")),
        announced_published=day(known.get("announced_published")),
        sum_of_parts=number(known.get("sum_of_parts")),
        difference=number(known.get("difference")),
        relative=number(known.get("relative")),
        explanation=_explained(known) if len(these) and len(figures) else None,
        parts=these,
        parts_published=day(these["published"].max()),
        rows=[figures] if len(figures) else [],
        part_rows=split(these),
    )


def part_shares(parts: pd.DataFrame) -> pd.DataFrame:
    """Adds `share`, of each part in the sum of parts of its date.

    Unknown throughout a date at which a part is not held; parts not counted then are left out.
    """
    return shares.of(described(parts[parts["state"] != "not counted"], parts), by="part")


def origins(
    displaced: pd.DataFrame, date: Day, n: int = 10, categories: Sequence[str] = PROTECTED
) -> pd.DataFrame:
    """The n countries that most people of the categories come from at a date, and the rest.

    Columns `date`, `origin`, `people`, `published`, `share`.
    """
    return _ranking(displaced, "origin", date, n, categories)


def hosts(
    displaced: pd.DataFrame, date: Day, n: int = 10, categories: Sequence[str] = PROTECTED
) -> pd.DataFrame:
    """The n countries that host most people of the categories at a date, and the rest.

    Columns `date`, `asylum`, `people`, `published`, `share`.
    """
    return _ranking(displaced, "asylum", date, n, categories)


def hosts_per_inhabitant(
    displaced: pd.DataFrame,
    population: pd.DataFrame,
    date: Day,
    n: int = 10,
    categories: Sequence[str] = PROTECTED,
    per: int = 1000,
) -> pd.DataFrame:
    """The n countries that host most people for each so many inhabitants, highest rate first.

    The columns are those of `rates.per_capita`. Countries without a population are left out: nothing can be
    said of them.
    """
    hosted = pick.at(totals.by_date(pick.where(displaced, category=categories), by="asylum"), date=date)
    rated = rates.per_capita(hosted, population, place="asylum", per=per).dropna(subset="rate")
    ordered = rated.sort_values(["rate", "asylum"], ascending=[False, True]).head(n)
    return described(ordered.reset_index(drop=True), rated)


def _ranking(displaced: pd.DataFrame, by: str, date: Day, n: int, categories: Sequence[str]) -> pd.DataFrame:
    people = pick.at(totals.by_date(pick.where(displaced, category=categories), by=by), date=date)
    return shares.of(shares.top(people, by=by, n=n), by=by)


def _part(table: pd.DataFrame, name: str, dates: list[pd.Timestamp], counted: Counted) -> pd.DataFrame:
    """One part at all dates: known, 0, or unknown with the reason in `state`."""
    title, category = PARTS[name]
    rows = pick.where(table, category=category) if category else table
    known = totals.by_date(rows)[["date", "people", "published"]]
    result = pd.DataFrame({"date": pd.Series(dates, dtype="datetime64[ns]")}).merge(
        known, on="date", how="left"
    )
    span = counted.get(name, counted.get(category or title))
    inside = _inside(result["date"], span)
    if category and span is not None:
        result = _zeros(result, inside, table)
    state = pd.Series("not held", index=result.index).mask(~inside, "not counted")
    state = state.mask(result["people"].notna(), "counted")
    described_as = result.assign(part=name, category=category, state=state, table=title)
    return described_as[["date", "part", "category", "people", "state", "table", "published"]]


def _inside(dates: "pd.Series[pd.Timestamp]", span: Sequence[int | None] | None) -> "pd.Series[bool]":
    """Whether each date lies in the years in which a category was counted; True where none are given."""
    if span is None:
        return pd.Series(True, index=dates.index)
    start, end = span
    years = dates.dt.year
    return (years >= (start or 0)) & (years <= (end or 9999))


def _zeros(result: pd.DataFrame, inside: "pd.Series[bool]", table: pd.DataFrame) -> pd.DataFrame:
    """Zero where UNHCR counted a category and its matrix for the date has no row of it."""
    days = table.groupby("date")["published"].max()
    absent = inside & result["people"].isna() & result["date"].isin(days.index)
    people = result["people"].mask(absent, 0)
    newest = pd.Series(days.reindex(result["date"]).to_numpy(), index=result.index)
    return result.assign(people=people, published=result["published"].mask(absent, newest))


def _explained(row: "pd.Series[float]") -> Explanation:
    if not row["complete"]:
        return "not all parts are held"
    if row["within_rounding"]:
        return "equal but for the rounding of the announced figure"
    if row["difference"] > 0:
        return "the parts sum to more than the announced total"
    return "the parts sum to less than the announced total"
