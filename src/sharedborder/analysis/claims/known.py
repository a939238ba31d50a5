"""What a check may know: the tables, the announced figures and the chronology as of one day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from sharedborder.analysis import announced, pick, totals
from sharedborder.analysis.frames import described
from sharedborder.analysis.periods import Day, month
from sharedborder.analysis.regions import AMERICAS

TABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "announced_figures": {},
    "apprehensions_history": {},
    "darien_transit": {},
    "displaced_population": {"asylum": list(AMERICAS)},
    "internal_displacement": {},
    "mexico_migration_events": {},
    "mexico_returns": {},
    "southwest_encounters": {},
}
"""The tables that checks look at, and to what each is narrowed."""

SOUTHWEST: Final = {"geography": "southwest border", "subject": "", "publisher": "CBP"}
TOTAL: Final = {"indicator": "southwest encounters, month", **SOUTHWEST}
BETWEEN: Final = {"indicator": "southwest encounters between ports, month", **SOUTHWEST}


@dataclass(frozen=True, eq=False)
class Known:
    """Tables (by name, those of `TABLES`) and events, all read as of one day.

    `why(table, where)` says why a figure is absent: "not published yet" or "not held".
    """

    tables: Mapping[str, pd.DataFrame]
    events: pd.DataFrame
    why: Callable[[str, Mapping[str, Any]], str]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The announced figures that may decide: dated, and from sound sources."""
        every = self.tables["announced_figures"]
        return described(every[every["published"].notna() & ~every["weak"].astype(bool)], every)

    @cached_property
    def encounters(self) -> pd.DataFrame:
        """Encounters at the southwest border by month: of each, the newest figure, table's or announced."""
        return self._with_newer(self.tables["southwest_encounters"], TOTAL)

    @cached_property
    def between_ports(self) -> pd.DataFrame:
        """As `encounters`, between ports of entry alone."""
        return self._with_newer(
            pick.where(self.tables["southwest_encounters"], component="between ports"), BETWEEN
        )

    def monthly(self, table: str) -> pd.DataFrame:
        """A table's total by month."""
        return totals.by_month(self.tables[table])

    def announced(self, indicator: str, **categories: str) -> pd.DataFrame:
        """The sound rows of an indicator."""
        return pick.where(self.figures, indicator=indicator, **categories)

    def event(self, name: str) -> pd.DataFrame:
        """An event's row; empty while it was not public."""
        return pick.where(self.events, id=name)

    def not_published(self, first: Day, series: Mapping[str, str] = TOTAL) -> bool:
        """Whether a dated announcement proves that a month's figure had not been published yet."""
        start = month(first)
        end = start + pd.offsets.MonthEnd(0)
        period = {"period_start": f"{start:%Y-%m-%d}", "period_end": f"{end:%Y-%m-%d}"}
        return self.why("announced_figures", {**series, **period}) == "not published yet"

    def _with_newer(self, encounters: pd.DataFrame, series: Mapping[str, str]) -> pd.DataFrame:
        return announced.with_newer(totals.by_month(encounters), pick.where(self.figures, **series))
