"""What was measured: samples by scene, subject and way; medians and ratios."""

import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.measure import BenchError, Sample

if TYPE_CHECKING:
    from benchmarks.pages import View

Say = Callable[[str], None]
OURS = "ours"


@dataclass
class Row:
    """One way at one scene on one subject; without samples `note` says why there are none."""

    scene: str
    subject: str
    way: str
    pages: int
    samples: list[Sample] = field(default_factory=list)
    note: str = ""
    measured: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Row":
        """Return a row as results.json keeps it."""
        taken = zip(record["seconds"], record["peak_bytes"], strict=True)
        named = {name: record[name] for name in ("scene", "subject", "way", "pages", "note", "measured")}
        return cls(samples=[Sample(seconds, peak) for seconds, peak in taken], **named)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.scene, self.subject, self.way

    @property
    def seconds(self) -> float | None:
        """The median of the times."""
        return median([sample.seconds for sample in self.samples])

    @property
    def peak(self) -> float | None:
        """The median of the peaks of memory, in bytes."""
        return median([sample.peak for sample in self.samples if sample.peak is not None])


def median(values: list[float] | list[int]) -> float | None:
    """Return the median; None of nothing."""
    return statistics.median(values) if values else None


class Results:
    """Collects samples, each told as it is taken; a way that fails is noted and the others go on."""

    def __init__(self, say: Say, measured: Mapping[str, Any]) -> None:
        self.rows: list[Row] = []
        self.views: list[View] = []
        self.say, self._measured = say, measured

    def row(self, scene: str, subject: str, way: str, pages: int) -> Row:
        """Return the row of a way, a new one if there is none."""
        for row in self.rows:
            if (row.scene, row.subject, row.way) == (scene, subject, way):
                return row
        self.rows.append(Row(scene, subject, way, pages, measured=self._measured))
        return self.rows[-1]

    def take(self, row: Row, measure: Callable[[], Sample | list[Sample]]) -> None:
        """Measure once and keep the sample or samples."""
        try:
            taken = measure()
        except BenchError as error:
            row.note = "failed"
            self.say(f"{row.scene}, {row.subject}, {row.way}: {error}")
            return
        for sample in taken if isinstance(taken, list) else [taken]:
            row.samples.append(sample)
            peak = f", {sample.peak / 1e6:,.0f} MB" if sample.peak else ""
            self.say(f"{row.scene}, {row.subject}, {row.way}: {sample.seconds:.1f} s{peak}")

    def beside(self, earlier: Iterable[Row]) -> None:
        """Take in what was measured earlier, except what was measured again now; in the earlier order."""
        again = {row.key: row for row in self.rows}
        kept = [again.pop(row.key, row) for row in earlier]
        self.rows = [*kept, *again.values()]

    def ours(self, row: Row) -> Row | None:
        """Return our row beside another way's."""
        same = [other for other in self.rows if (other.scene, other.subject) == (row.scene, row.subject)]
        return next((other for other in same if other.way == OURS), None)

    def ratio(self, row: Row) -> float | None:
        """Return how many times our time a way took; None where either was not measured."""
        beside = self.ours(row)
        if beside is None or row.seconds is None or not beside.seconds:
            return None
        return row.seconds / beside.seconds

    def json(self) -> list[dict[str, Any]]:
        """Return every row with its samples, median, cost per page and ratio."""
        return [
            {
                "scene": row.scene,
                "subject": row.subject,
                "way": row.way,
                "pages": row.pages,
                "seconds": [round(sample.seconds, 3) for sample in row.samples],
                "peak_bytes": [sample.peak for sample in row.samples],
                "median_seconds": row.seconds,
                "median_seconds_per_page": row.seconds / row.pages if row.seconds else None,
                "median_peak_bytes": row.peak,
                "times_ours": self.ratio(row),
                "note": row.note,
                "measured": dict(row.measured),
            }
            for row in self.rows
        ]
