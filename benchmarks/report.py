"""The table for the README, put between its markers, and results.json."""

import datetime
import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks import pages, targets
from benchmarks.measure import MEMORY
from benchmarks.pages import View
from benchmarks.read_tables import Reading
from benchmarks.results import OURS, Results, Row
from benchmarks.subjects import ROOT

BEGIN, END = "<!-- bench: written by make bench -->", "<!-- /bench -->"
PLACE = ROOT / "benchmarks" / "results.json"
WAYS = ("ours", "stock", "cached")
LIBRARIES = ("papermill", "jupyter-book", "sphinx-book-theme", "myst-nb", "altair", "pandas", "distributed")
HEAD = "| what | pages | ours | stock | cached | stock ÷ ours | cached ÷ ours | peak memory: ours, stock |"
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|"


def text(results: Results) -> str:
    """Return the table, and below it whether each target holds."""
    seen = ["", pages.table(results.views), "", *pages.told(results.views)] if results.views else []
    return "\n".join([table(results), "", *targets.told(results), *seen])


def table(results: Results) -> str:
    """Return the medians and ratios as a Markdown table, a line for each scene and subject."""
    scenes = list(dict.fromkeys((row.scene, row.subject) for row in results.rows))
    return "\n".join([HEAD, RULE, *(_line(results, scene, subject) for scene, subject in scenes)])


def _line(results: Results, scene: str, subject: str) -> str:
    rows = {row.way: row for row in results.rows if (row.scene, row.subject) == (scene, subject)}
    times = [_time(rows.get(way)) for way in WAYS]
    ratios = [_ratio(results, rows.get(way)) for way in WAYS if way != OURS]
    peaks = ", ".join(_peak(rows.get(way)) for way in ("ours", "stock"))
    pages = next(iter(rows.values())).pages
    return f"| {scene} ({subject}) | {pages:,} | {' | '.join([*times, *ratios, peaks])} |"


def _time(row: Row | None) -> str:
    if row is None:
        return "not measured"
    return f"{row.seconds:.1f} s" if row.seconds is not None else row.note


def _ratio(results: Results, row: Row | None) -> str:
    ratio = results.ratio(row) if row else None
    return "" if ratio is None else f"{ratio:.1f}"


def _peak(row: Row | None) -> str:
    return "–" if row is None or row.peak is None else f"{row.peak / 1e6:,.0f} MB"


def put_between_markers(text: str, content: str) -> str:
    """Return a text with new content between its two markers; ValueError if they are not there once."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        raise ValueError(f"expected {BEGIN} and {END}, once each and in this order")
    return f"{before}{BEGIN}\n{content}\n{END}{after}"


def machine() -> dict[str, Any]:
    """Return what the times depend on; nothing that names the machine."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "load_before": round(os.getloadavg()[0], 2),
        "day": datetime.date.today().isoformat(),
    }


def versions() -> dict[str, str]:
    """Return the versions of what was measured."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def write(results: Results, profile: str, readings: Sequence[Reading], place: Path) -> None:
    """Write results.json."""
    record = {
        "profile": profile,
        "memory": f"peak of the whole process tree, {MEMORY}",
        "versions": versions(),
        "results": results.json(),
        "pages": [view.json() for view in results.views],
        "reading": [reading._asdict() for reading in readings],
    }
    place.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(place: Path) -> list[Row]:
    """Return the rows of a results.json; none where there is none."""
    if not place.exists():
        return []
    return [Row.of(record) for record in json.loads(place.read_text("utf-8"))["results"]]


def read_views(place: Path) -> list[View]:
    """Return what was seen of pages by a results.json; nothing where it has none."""
    kept = json.loads(place.read_text("utf-8")) if place.exists() else {}
    return [View.of(record) for record in kept.get("pages", [])]


def put_in_readme(results: Results, readme: Path) -> None:
    """Put the table between the README's markers; ValueError if it lacks them."""
    readme.write_text(put_between_markers(readme.read_text("utf-8"), text(results)), "utf-8")
