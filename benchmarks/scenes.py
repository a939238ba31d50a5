"""The scenes that are measured: the ways take turns, so that all meet the same machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import ours
from benchmarks.cluster import cluster
from benchmarks.measure import Sample, memory
from benchmarks.ours import Ours
from benchmarks.pages import views
from benchmarks.results import Results
from benchmarks.stock import Cached, Stock
from benchmarks.subjects import Subject, everything, real_book, small_book

CORES = ((0,), (0, 1))
WORKERS = (1, 2)
FIRST_AT_THE_DESK = 100  # no edit is made twice
NOT_SEEN = "does not see it"
TOO_LONG = "not run: too long"


@dataclass(frozen=True)
class Profile:
    """How much is measured: which book, which as a whole, how often, and books of how many pages, ours and
    the stock ways'.

    What takes the stock ways minutes (`dear`) is done less often than what takes them seconds.
    """

    name: str
    subject: Callable[[Path], Subject]
    whole: Callable[[Path], Subject]
    repeats: int
    dear: int
    sizes: Sequence[int]
    stock_sizes: Sequence[int]
    looks: int
    expected: str


FULL = Profile(
    "full", real_book, everything, 5, 1, (50, 200, 1000), (50,), 3, "about an hour on two quiet cores"
)
QUICK = Profile(
    "quick",
    partial(small_book, pages=2),
    partial(small_book, pages=4),
    1,
    1,
    (3,),
    (3,),
    1,
    "about four minutes",
)


def measure(profile: Profile, scenes: Sequence[str], place: Path, results: Results) -> None:
    """Measure scenes of a profile in a scratch folder."""
    for name in scenes:
        SCENES[name](profile, place / name, results)


def every_day(profile: Profile, place: Path, results: Results) -> None:
    """Cold; nothing changed; one chapter edited, by command and at the desk; one release added."""
    subject, repeats = profile.subject(place), profile.repeats
    here, stock, cached = Ours(subject), Stock(subject), Cached(subject)
    ways: tuple[Ours | Stock | Cached, ...] = (here, stock, cached)
    pages = len(subject.made)
    for turn in range(profile.dear):
        results.take(results.row("cold", subject.name, here.name, pages), here.cold)
        if not turn:
            stock.lay_out()
            cached.lay_out()
        results.take(results.row("cold", subject.name, stock.name, pages), stock.cold)
        results.take(results.row("cold", subject.name, cached.name, pages), cached.cold)
    for _ in range(repeats):
        for way in ways:
            results.take(results.row("nothing changed", subject.name, way.name, pages), way.nothing)
    for turn in range(repeats):
        for number, way in enumerate(ways):
            row = results.row("one chapter edited, one edition, one language", subject.name, way.name, 1)
            with memory(looked_at=not turn):
                results.take(row, partial(way.edited, len(ways) * turn + number))
    row = results.row("one chapter edited, the desk open", subject.name, here.name, 1)
    results.take(row, partial(here.at_the_desk, range(FIRST_AT_THE_DESK, FIRST_AT_THE_DESK + repeats)))
    _released(subject, profile.dear, results)


def of_everything(profile: Profile, place: Path, results: Results) -> None:
    """All editions in all languages, cold: ours before and after the stock way, which takes minutes."""
    subject = profile.whole(place)
    here, stock, pages = Ours(subject), Stock(subject), len(subject.made)
    row = results.row("cold", subject.name, here.name, pages)
    results.take(row, here.cold)
    stock.lay_out()
    results.take(results.row("cold", subject.name, stock.name, pages), stock.cold)
    results.take(row, here.cold)
    results.row("cold", subject.name, Cached.name, pages).note = TOO_LONG


def _released(subject: Subject, repeats: int, results: Results) -> None:
    """One release added: the stock way cannot tell which pages it concerns, and executes all of them."""
    here, stock, pages = Ours(subject), Stock(subject), len(subject.made)
    here.build()  # the edits are behind us
    scene = "one release added"
    row = results.row(scene, subject.name, here.name, pages)
    for _ in range(repeats):
        results.take(row, here.released)
    row.note = f"{max(map(here.ran, row.samples), default=0)} pages ran"
    results.take(results.row(scene, subject.name, stock.name, pages), stock.all)
    results.row(scene, subject.name, Cached.name, pages).note = NOT_SEEN


def on_cores(profile: Profile, place: Path, results: Results) -> None:
    """Cold on one core and on two."""
    subject, repeats = profile.subject(place), profile.dear
    here, pages = Ours(subject), len(subject.made)
    for cores in CORES:
        row = results.row(f"cold, cores: {len(cores)}", subject.name, here.name, pages)
        for _ in range(repeats):
            results.take(row, partial(here.cold, "--jobs", str(len(cores)), cores=cores))


def on_a_cluster(profile: Profile, place: Path, results: Results) -> None:
    """Cold on one Dask worker and on two; their memory is not that of our process tree."""
    subject, repeats = profile.subject(place), profile.dear
    here, pages = Ours(subject), len(subject.made)
    for workers in WORKERS:
        row = results.row(f"cold, Dask workers: {workers}", subject.name, here.name, pages)
        if not ours.has_scheduler():
            row.note = "not available"
            continue
        for _ in range(repeats):
            results.take(row, partial(_on_workers, here, workers))


def _on_workers(here: Ours, workers: int) -> Sample:
    with cluster(here.subject, workers) as address:
        return here.cold("--scheduler", address)


def of_sizes(profile: Profile, place: Path, results: Results) -> None:
    """Books of more and more pages."""
    for size in profile.sizes:
        _of_size(small_book(place / str(size), size), size in profile.stock_sizes, results)


def _of_size(subject: Subject, with_stock: bool, results: Results) -> None:
    """Cold and unchanged books of many pages, once; what the stock ways do not run is said, never guessed."""
    here, stock, cached = Ours(subject), Stock(subject), Cached(subject)
    pages = len(subject.made)
    results.take(results.row("cold", subject.name, here.name, pages), here.cold)
    results.take(results.row("nothing changed", subject.name, here.name, pages), here.nothing)
    others: tuple[Stock | Cached, ...] = (stock, cached)
    for way in others:
        row = results.row("cold", subject.name, way.name, pages)
        if not with_stock:
            row.note = TOO_LONG
            continue
        way.lay_out()
        results.take(row, way.cold)
        results.take(results.row("nothing changed", subject.name, way.name, pages), way.nothing)


def to_readers(profile: Profile, place: Path, results: Results) -> None:
    """Pages as they come to a reader."""
    results.views = list(views(profile.subject(place), profile.looks, results.say))


SCENES: Mapping[str, Callable[[Profile, Path, Results], None]] = {
    "every-day": every_day,
    "everything": of_everything,
    "cores": on_cores,
    "cluster": on_a_cluster,
    "sizes": of_sizes,
    "pages": to_readers,
}
