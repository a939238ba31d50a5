"""The whole way from notebooks to the site."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from rich.console import Console

from sharedborder.press import fingerprint, pictures
from sharedborder.press.book import books, feeds, generated, site, stage, toc
from sharedborder.press.book.binder import Binder, make_books
from sharedborder.press.book.comparison import Book
from sharedborder.press.book.digests import Digests
from sharedborder.press.book.laying import Composition, Compositor
from sharedborder.press.book.leaves import Key, Leaf, Leaves
from sharedborder.press.cards import Cards
from sharedborder.press.files import alone, restore
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.kernels.ahead import look_ahead, warm_up
from sharedborder.press.kernels.execution import Executed
from sharedborder.press.kernels.machine import cores
from sharedborder.press.kernels.run import Crew, here, run
from sharedborder.press.meanwhile import Meanwhile
from sharedborder.press.plan import Page, Plan, read_plan
from sharedborder.press.recipes.jobs import Job
from sharedborder.press.standing import as_built, standing_inputs
from sharedborder.press.stored.results import Found, Results, record_of, stands
from sharedborder.press.wish import Chosen, Wish, chosen, wished_inputs

Begin = Callable[[list[Page], int], None]
"""Told pages whose notebook stands, and how many are yet to come."""

FEW = 3
"""So many chapters are named one by one, are not worth a look ahead, and load before Jupyter Book does."""


@dataclass(frozen=True)
class Work:
    """One build: where, with what, how much, and who is told.

    `warm` is the address of the warm parent; None where kernels start afresh, or elsewhere.
    """

    folders: Folders
    handed: Handed
    wish: Wish
    console: Console
    digests: Digests
    binder: Binder
    warm: str | None

    @property
    def width(self) -> int:
        """How much runs at once."""
        return self.wish.jobs or cores()

    def say(self, text: str) -> None:
        _say(self.console, text)


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


def build(
    folders: Folders, handed: Handed, wish: Wish, console: Console, binder: Binder | None = None
) -> None:
    """Make the site anew where something changed.

    `binder` is one that lasts longer than this build, where there is one.
    Raises PressError (or one of its kinds); the standing site is then as it was.
    """
    with alone(folders.build, console) as held:
        restore(folders.site)
        inputs = wished_inputs(folders, wish)
        if inputs and standing_inputs(folders) == inputs:
            _say(console, as_built(folders))
            return
        # it loads while the plan and the store are looked at
        warm = None if wish.scheduler else warm_up(folders)
        with nullcontext(binder) if binder else closing(Binder()) as at_hand:
            digests = Digests(folders.build / "digests.json")
            _make(Work(folders, handed, wish, console, digests, at_hand, warm), held, inputs)


def _make(work: Work, held: int | None, inputs: str | None) -> None:
    asked = chosen(read_plan(work.folders.chapters, work.handed.releases), work.wish)
    results = Results(work.folders, work.handed)
    jobs, material = _executed_and_laid(work, asked, results)
    staged = (stage.staged(material, *pair) for pair in asked.books)
    changed = make_books(staged, work.binder, work.width, work.console, held, meanwhile=results.prune)
    _publish(work, asked.plan, jobs, inputs)
    for note in [note for leaf in material.leaves.values() for note in leaf.notes]:
        work.say(f"Note: {note}")
    number = "no book" if not changed else "1 book" if len(changed) == 1 else f"{len(changed)} books"
    work.say(f"{number} built; the site is in {work.folders.site}.")


def _executed_and_laid(work: Work, asked: Chosen, results: Results) -> tuple[list[Job], stage.Material]:
    """Execute what is stale, each page being laid out as soon as its notebook stands."""
    shelf = pictures.Shelf(work.folders.pictures, pictures.stamp(), work.handed.translations)
    leaves = Leaves(work.folders, shelf, work.digests)
    compositor = Compositor(work.folders, work.handed, shelf)
    with Composition(leaves, compositor, asked.languages, work.width) as composition:
        if not work.folders.site.exists():  # a first build lays out everything
            composition.expect(len(asked.pages) * len(asked.languages))
        jobs = execute(work, asked, results, composition.begin)
        book = Book(work.folders, asked.plan, _parts(work, asked.plan), work.handed.resolve, leaves.tools)
        composition.write(book, generated.wanted(book, asked.books))
        laid, written = composition.finished(work.console), composition.written()
    return jobs, _material(work, asked, book.parts, laid, written)


def execute(work: Work, asked: Chosen, results: Results, begin: Begin) -> list[Job]:
    """Run the stale notebooks of the editions (with `only`: its own, and those never run); return all.

    `begin` is told pages as their notebooks stand.
    """
    from sharedborder.press.kernels.parameters import check_parameters

    check_parameters(asked.pages, results.memo)
    jobs = results.jobs(asked.pages)
    wanted = [job for job in jobs if work.wish.names(job.page) or not stands(job)]
    found = {job.target: results.find(job) for job in wanted}
    stale = [job for job in wanted if not found[job.target].trace]
    coming = {job.target for job in stale}
    _say_why(work, stale, found)
    if not 0 < len(stale) <= FEW or work.wish.scheduler:
        work.binder.get_ready()  # a few kernels that load here have the cores to themselves
    standing = [job.page for job in jobs if job.target not in coming]
    try:
        for job in wanted:
            if trace := found[job.target].trace:
                results.place(job, trace)
        with Meanwhile(partial(_at_work, work, begin, standing, len(coming))) as others:
            crew = _crew(work, stale, at_work=others.begin)
            run(_rarest_first(stale), crew, work.console, partial(_keep, results, begin, others))
    finally:
        results.memo.save()
    return jobs


def _at_work(work: Work, begin: Begin, standing: list[Page], coming: int) -> None:
    """Do what can be done while the first kernels work: this process has had enough to load until then."""
    begin(standing, coming)
    work.binder.get_ready()


def _rarest_first(jobs: Sequence[Job]) -> list[Job]:
    """Order jobs by how many come of the same notebook: the many, short and alike, then end together."""
    many = Counter(job.page.notebook for job in jobs)
    return sorted(jobs, key=lambda job: many[job.page.notebook])


def _keep(
    results: Results,
    begin: Begin,
    others: Meanwhile,
    job: Job,
    executed: Executed,
) -> None:
    """Keep and place what a chapter gave, and have its page laid out after the others."""
    results.place(job, results.keep(job, executed))
    others.done()
    begin([job.page], 0)


def _say_why(work: Work, stale: Sequence[Job], found: Mapping[Path, Found]) -> None:
    """Say why chapters run, those with one reason on one line."""
    reasons: dict[str, list[str]] = {}
    for job in stale:
        reasons.setdefault(found[job.target].state, []).append(job.name)
    for reason, names in reasons.items():
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        work.say(f"{', '.join(names[:FEW])}{more}: {reason}")


def _crew(work: Work, stale: Sequence[Job], at_work: Callable[[], object]) -> AbstractContextManager[Crew]:
    """Return who executes: this machine, or the cluster that was asked for."""
    if work.wish.scheduler is None:
        if work.warm and len(stale) > FEW:
            look_ahead(work.warm, sorted({job.page.edition for job in stale}))
        return here(work.folders, work.width, work.warm, at_work)
    from sharedborder.press.kernels.cluster import cluster

    return cluster(work.wish.scheduler, work.folders, work.console)


def _parts(work: Work, plan: Plan) -> list[toc.Entry]:
    """Return the contents of the book, with the pages that are written once."""
    names = list(dict.fromkeys(page.name for page in plan.pages))
    return toc.contents(work.folders.book / "_toc.yml", names, stage.written_pages(work.folders.book))


def _material(
    work: Work,
    asked: Chosen,
    parts: Sequence[toc.Entry],
    laid: Mapping[Key, Leaf],
    written: Mapping[Key, str],
) -> stage.Material:
    """Return what the books are staged from, with their cards drawn where the site has an address."""
    cards = Cards(work.folders.build / "cards") if feeds.public_address(work.folders.config) else None
    material = stage.Material(
        work.folders, asked.plan, parts, work.handed, laid, written, work.digests.of, cards
    )
    if cards:
        svgs = [svg for pair in asked.books for svg in stage.card_pictures(material, *pair).values()]
        cards.draw(svgs, work.handed, work.width, work.console)
    return material


def _publish(work: Work, plan: Plan, jobs: Sequence[Job], inputs: str | None) -> None:
    """Gather the books, those not built now as they stand."""
    standing = [books.standing_book(work.folders, *pair) for pair in product(plan.editions, plan.languages)]
    bound = [book for book in standing if book]
    pages: dict[str, dict[str, str]] = {}
    for job in jobs:
        pages.setdefault(job.page.edition, {})[job.page.name] = record_of(job)["fingerprint"]
    about: Mapping[str, object] = {
        "versions": fingerprint.pinned_versions(work.folders.root),
        "fingerprints": pages,
        "books": {book.name: book.fingerprint for book in bound},
    }
    site.assemble(work.folders, bound, about, inputs, work.digests)
