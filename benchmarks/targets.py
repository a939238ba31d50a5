"""What we set out to reach, each told beside what was measured, whether it holds or not."""

from collections.abc import Iterator

from benchmarks.results import OURS, Results, Row

EDITED = 3.0  # seconds
FLAT = 0.2  # of the cost per page
COLD, UNCHANGED = "cold", "nothing changed"


def told(results: Results) -> Iterator[str]:
    """Yield a line for each target of which something was measured."""
    yield from _times(results, COLD, "A cold build", 5)
    yield from _times(results, UNCHANGED, "A build with nothing changed (no kernel, no page written)", 10)
    for row in _ours(results, "one chapter edited"):
        if row.seconds is not None:
            said = f"{row.scene.capitalize()}: {row.seconds:.1f} s, at most {EDITED:.0f} s"
            yield line(row.seconds <= EDITED, said)
    for row in _ours(results, "one release added"):
        yield f"- One release added: {row.note} of {row.pages}; that these are the right ones, tests hold."
    yield from _flat(results)


def _times(results: Results, scene: str, what: str, least: float) -> Iterator[str]:
    for row in results.rows:
        ratio = results.ratio(row)
        if row.scene == scene and row.way == "stock" and ratio is not None:
            said = f"{what}, {row.subject}: 1/{ratio:.1f} of the stock way's time, at most 1/{least:.0f}"
            yield line(ratio >= least, said)


def _flat(results: Results) -> Iterator[str]:
    sized = [row for row in _ours(results, COLD) if row.subject.endswith("small pages") and row.seconds]
    costs = {row.pages: (row.seconds or 0) / row.pages for row in sized}
    if len(costs) > 1:
        first, last = costs[min(costs)], costs[max(costs)]
        said = ", ".join(f"{cost:.2f} s at {pages:,}" for pages, cost in sorted(costs.items()))
        yield line(last <= first * (1 + FLAT), f"Cost per page as pages grow: {said}")


def _ours(results: Results, scene: str) -> list[Row]:
    return [row for row in results.rows if row.scene.startswith(scene) and row.way == OURS]


def line(holds: bool, said: str) -> str:
    """Return what was measured of a target, and whether it holds."""
    return f"- {'Holds' if holds else '**Does not hold**'}. {said}."
