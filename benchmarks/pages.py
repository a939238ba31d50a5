"""How the pages come to a reader: ours beside those that the stock way makes of the same notebooks."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.ours import Ours
from benchmarks.results import Say
from benchmarks.served import COMPRESSION, served
from benchmarks.stock import Stock
from benchmarks.subjects import Subject
from benchmarks.targets import line
from benchmarks.vitals import lighthouse, waits

HEAD = "| page | way | bytes | requests | LCP | CLS | INP | Lighthouse: speed, access, practices, SEO |"
RULE = "|---|---|--:|--:|--:|--:|--:|--:|"
MOST_BYTES, MOST_REQUESTS = 150_000, 12
MOST_LCP, MOST_CLS, MOST_INP = 1500, 0.02, 100
LEAST_SCORE = 98
EDITION, LANGUAGE = "latest", "en"


@dataclass(frozen=True)
class View:
    """One page of one way: bytes and requests before interaction, times in ms, scores from 0 to 100."""

    page: str
    way: str
    bytes: int
    requests: int
    lcp: float
    cls: float
    inp: float
    scores: tuple[int, ...]

    @classmethod
    def of(cls, record: dict[str, Any]) -> "View":
        """Return a view as results.json keeps it."""
        return cls(**{**record, "scores": tuple(record["scores"])})

    def json(self) -> dict[str, Any]:
        """Return it as results.json keeps it."""
        return asdict(self)


def views(subject: Subject, times: int, say: Say) -> Iterator[View]:
    """Build both ways and yield what a reader gets of the front page, the heaviest chapter, and of one of
    the heaviest among the pages that a notebook makes many of.
    """
    here, stock = Ours(subject), Stock(subject)
    here.build()
    stock.lay_out()
    stock.cold()
    pages = chosen(subject)
    for way, site in (("ours", subject.folders.site), ("stock", stock.site(EDITION, LANGUAGE))):
        with served(site) as address:
            yield from _seen(way, address, pages, times, say)


def chosen(subject: Subject) -> list[str]:
    """Return the pages that are looked at, by their names."""
    names = [page.name for page in subject.made]
    single = [name for name in names if "/" not in name]
    many = [name for name in names if "/" in name]
    return ["index", *(max(some, key=lambda name: _weight(subject, name)) for some in (single, many) if some)]


def _weight(subject: Subject, page: str) -> int:
    return len(gzip.compress((subject.folders.site / f"{page}.html").read_bytes(), COMPRESSION))


def _seen(way: str, address: str, pages: Sequence[str], times: int, say: Say) -> Iterator[View]:
    places = [f"{address}/{page}.html" for page in pages]
    touched = waits(places, 2 * times - 1)  # one touch differs more from the next than one load
    for page, place, wait in zip(pages, places, touched, strict=True):
        found = lighthouse(place, times)
        scores = tuple(
            round(found.pop(name)) for name in ("performance", "accessibility", "best-practices", "seo")
        )
        view = View(
            page, way, int(found["bytes"]), int(found["requests"]), found["lcp"], found["cls"], wait, scores
        )
        say(f"{page}, {way}: {_cells(view)}")
        yield view


def table(found: Sequence[View]) -> str:
    """Return the views as a Markdown table."""
    return "\n".join([HEAD, RULE, *(f"| {view.page} | {view.way} | {_cells(view)} |" for view in found)])


def _cells(view: View) -> str:
    size, scores = f"{view.bytes / 1000:,.0f} kB", ", ".join(map(str, view.scores))
    return (
        f"{size} | {view.requests} | {view.lcp / 1000:.1f} s | {view.cls:.2f} | {view.inp:.0f} ms | {scores}"
    )


def told(found: Sequence[View]) -> Iterator[str]:
    """Yield a line for each target, with what was measured at worst."""
    ours = [view for view in found if view.way == "ours"]
    if not ours:
        return
    size, asked = max(view.bytes for view in ours), max(view.requests for view in ours)
    yield line(
        size <= MOST_BYTES and asked <= MOST_REQUESTS,
        f"A page before interaction: {size / 1000:,.0f} kB and {asked} requests at most, of 150 kB and 12",
    )
    lcp, shift, wait = (max(getattr(view, name) for view in ours) for name in ("lcp", "cls", "inp"))
    holds = lcp <= MOST_LCP and shift <= MOST_CLS and wait <= MOST_INP
    said = f"LCP {lcp / 1000:.2f} s, CLS {shift:.3f}, INP {wait:.0f} ms; at most 1.5 s, 0.02, 100 ms"
    yield line(holds, f"On a slow phone: {said}")
    least = min(min(view.scores) for view in ours)
    yield line(least >= LEAST_SCORE, f"Lighthouse's lowest score: {least}, at least {LEAST_SCORE}")
