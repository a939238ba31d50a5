"""How long it takes to read each table as a chapter does: in a process that has read nothing yet.

Run `python benchmarks/read_tables.py`. It exits with 1 if the largest table takes 0.3 s or more.
"""

import sys
import time
from typing import NamedTuple

from sharedborder.records import files, ledger

TARGET = 0.3
ROUNDS = 5


class Reading(NamedTuple):
    """The best of some readings of one table, with its number of rows."""

    table: str
    rows: int
    seconds: float


def measure(table: str) -> Reading:
    """Read the latest state of a table, each time from its files."""
    best, rows = float("inf"), 0
    for _ in range(ROUNDS):
        files._load.cache_clear()
        files._part.cache_clear()
        start = time.perf_counter()
        rows = len(ledger.read(table))
        best = min(best, time.perf_counter() - start)
    return Reading(table, rows, best)


def readings() -> list[Reading]:
    """Measure every table, and print one line each, the largest first."""
    found = sorted((measure(table) for table in ledger.tables()), key=lambda reading: -reading.rows)
    for reading in found:
        print(f"{reading.table:25} {reading.rows:>9,} rows {reading.seconds:7.3f} s")
    return found


if __name__ == "__main__":
    sys.exit(int(readings()[0].seconds >= TARGET))
