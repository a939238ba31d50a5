"""`python -m benchmarks [--quick]`: measure, print the table, write results.json and the README's table."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import read_tables, report
from benchmarks.results import Results
from benchmarks.scenes import FULL, QUICK, everything
from benchmarks.subjects import ROOT


def main() -> int:
    """Measure; the quick profile leaves README and results.json as they are."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="once and small: only whether all of it runs")
    profile = QUICK if reader.parse_args().quick else FULL
    start, about = time.monotonic(), report.machine()

    def say(text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - start), 60)
        print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)

    say(f"The {profile.name} profile takes {profile.expected}.")
    results = Results(say)
    readings = read_tables.readings()
    with tempfile.TemporaryDirectory(prefix="sharedborder-bench-") as place:
        everything(profile, Path(place), results)
        target = Path(place) / "results.json" if profile is QUICK else ROOT / "benchmarks" / "results.json"
        report.write(results, profile.name, about, readings, target)
    print(report.table(results))
    if profile is not QUICK:
        report.put_in_readme(results, ROOT / "README.md")
    return int(any(row.note.startswith("failed") for row in results.rows))


if __name__ == "__main__":
    sys.exit(main())
