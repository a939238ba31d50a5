"""`python -m benchmarks [SCENE ...]`: measure, print the tables, write results.json and the README's part."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import read_tables, report
from benchmarks.results import Results
from benchmarks.scenes import FULL, QUICK, SCENES, measure
from benchmarks.subjects import ROOT


def main() -> int:
    """Measure all scenes or those named; the quick profile leaves README and results.json as they are."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("scenes", nargs="*", metavar="SCENE", help=f"of {', '.join(SCENES)}; all if none")
    reader.add_argument("--quick", action="store_true", help="once and small: only whether all of it runs")
    asked = reader.parse_args()
    if unknown := sorted(set(asked.scenes) - SCENES.keys()):
        reader.error(f"there is no scene {', '.join(unknown)}; there are {', '.join(SCENES)}")
    profile = QUICK if asked.quick else FULL
    start = time.monotonic()

    def say(text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - start), 60)
        print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)

    say(f"The {profile.name} profile takes {profile.expected}.")
    results = Results(say, report.machine())
    readings = read_tables.readings()
    with tempfile.TemporaryDirectory(prefix="sharedborder-bench-") as place:
        measure(profile, asked.scenes or list(SCENES), Path(place), results)
    print(report.text(results))
    if profile is FULL:
        results.beside(report.read(report.PLACE))
        results.views = results.views or report.read_views(report.PLACE)
        report.write(results, profile.name, readings, report.PLACE)
        report.put_in_readme(results, ROOT / "README.md")
    return int(any(row.note.startswith("failed") for row in results.rows))


if __name__ == "__main__":
    sys.exit(main())
