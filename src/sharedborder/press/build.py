"""The whole way from notebooks to the site."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from sharedborder.press import fingerprint, notebook, pictures
from sharedborder.press.book import books, site, stage, toc
from sharedborder.press.book.binder import Binder, make_books
from sharedborder.press.errors import PressError
from sharedborder.press.files import alone, restore
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.harvest import harvest, write_texts
from sharedborder.press.kernels.machine import cores
from sharedborder.press.kernels.run import Crew, here, run, warm_up
from sharedborder.press.plan import Plan, read_plan
from sharedborder.press.recipes import versions
from sharedborder.press.recipes.jobs import Job
from sharedborder.press.stored.results import Found, Results, record_of, stands

DRAWING = ("display",)
FEW = 3


@dataclass(frozen=True)
class Wish:
    """What a person asked for: one edition or language (None: all), only one chapter's notebooks, how many at
    once, and the address of a Dask scheduler whose workers run the notebooks (None: this machine).
    """

    edition: str | None = None
    language: str | None = None
    only: str | None = None
    jobs: int | None = None
    scheduler: str | None = None

    @property
    def everything(self) -> bool:
        return not (self.edition or self.language or self.only)


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
            _say(console, f"Nothing has changed: {folders.site} is as built.")
            return
        with closing(Binder()) if binder is None else nullcontext(binder) as at_hand:
            if wish.scheduler is None:
                warm_up(folders)  # it loads while the plan and the store are looked at
            plan = read_plan(folders.chapters, handed.releases)
            editions, languages = chosen(plan, wish)
            jobs = execute(folders, handed, plan, editions, wish, console)
            material = gather(folders, plan, handed, jobs, languages)
            draw(material, languages, wish, console)
            made = staged(material, _pairs(editions, languages))
            changed = make_books(made, at_hand, wish.jobs or cores(), console, held)
            material.shelf.prune()
            _publish(folders, plan, jobs, inputs)
    _tell(console, folders, len(changed), material)


def staged(material: stage.Material, pairs: Sequence[tuple[str, str]]) -> list[books.Book]:
    """Lay out editions in languages, and return their books."""
    for pair in pairs:
        stage.stage(material, *pair)
    return [books.book_for(material.folders, *pair) for pair in pairs]


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


def inputs_digest(folders: Folders) -> str:
    """Return the digest of everything a site is made from."""
    written = [
        fingerprint.tree_digest(folder) for folder in (folders.notebooks, folders.book) if folder.exists()
    ]
    config = fingerprint.file_digest(folders.config)
    data = fingerprint.data_digest(folders.data)
    pinned = [fingerprint.pinned_versions(folders.root), versions.installed()]
    return fingerprint.digest([written, config, data, fingerprint.code_digest(), pinned])


def wished_inputs(folders: Folders, wish: Wish) -> str | None:
    """Return the digest of what a site is made from and how much of it; None where pages may stay stale."""
    if wish.only is not None:
        return None
    inputs = inputs_digest(folders)
    return inputs if wish.everything else fingerprint.digest([inputs, wish.edition, wish.language])


def standing_inputs(folders: Folders) -> str | None:
    """Return the digest recorded by the standing site, or None."""
    record = folders.site / "build.json"
    if not (record.exists() and (folders.site / "index.html").exists()):
        return None
    inputs: str | None = json.loads(record.read_text("utf-8"))["inputs"]
    return inputs


def chosen(plan: Plan, wish: Wish) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the editions and languages asked for; raises PressError for one the plan does not have."""
    for kind, value, known in (
        ("edition", wish.edition, plan.editions),
        ("language", wish.language, plan.languages),
    ):
        if value is not None and value not in known:
            raise PressError(f"There is no {kind} {value!r}; the book has {', '.join(known)}.")
    names = {page.chapter for page in plan.pages} | {page.name for page in plan.pages}
    if wish.only is not None and wish.only not in names:
        raise PressError(f"There is no chapter {wish.only!r}; the book has {', '.join(sorted(names))}.")
    return (wish.edition,) if wish.edition else plan.editions, (
        wish.language,
    ) if wish.language else plan.languages


def execute(
    folders: Folders, handed: Handed, plan: Plan, editions: Sequence[str], wish: Wish, console: Console
) -> list[Job]:
    """Run the stale notebooks of the editions (with `only`: its own, and those never run); return all."""
    from sharedborder.press.kernels.parameters import check_parameters

    pages = [page for page in plan.pages if page.edition in editions]
    check_parameters(pages)
    results = Results(folders, handed)
    jobs = results.jobs(pages)
    wanted = [job for job in jobs if _wanted(job, wish.only)]
    found = {job.target: results.find(job) for job in wanted}
    stale = [job for job in wanted if not found[job.target].trace]
    _say_why(console, stale, found)
    used = {place: item.trace for place, item in found.items() if item.trace}
    try:
        run(
            stale,
            _crew(folders, wish, console),
            console,
            lambda job, executed: used.update({job.target: results.keep(job, executed)}),
        )
    finally:
        for job in wanted:
            if job.target in used:
                results.place(job, used[job.target])
        results.close()
    return jobs


def _wanted(job: Job, only: str | None) -> bool:
    """Whether a job may run: with `only`, the other pages stay as they stand, stale or not."""
    return only is None or only in (job.page.chapter, job.page.name) or not stands(job)


def _say_why(console: Console, stale: Sequence[Job], found: Mapping[Path, Found]) -> None:
    """Say why chapters run, those with one reason on one line."""
    reasons: dict[str, list[str]] = {}
    for job in stale:
        reasons.setdefault(found[job.target].state, []).append(job.name)
    for reason, names in reasons.items():
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        _say(console, f"{', '.join(names[:FEW])}{more}: {reason}")


def _crew(folders: Folders, wish: Wish, console: Console) -> AbstractContextManager[Crew]:
    """Return who executes: this machine, or the cluster that was asked for."""
    if wish.scheduler is None:
        return here(folders, wish.jobs or cores())
    from sharedborder.press.kernels.cluster import cluster

    return cluster(wish.scheduler, folders, console)


def gather(
    folders: Folders, plan: Plan, handed: Handed, jobs: Sequence[Job], languages: Sequence[str]
) -> stage.Material:
    """Read the executed notebooks and what is in them, its texts in the languages."""
    executed = {}
    for job in jobs:
        book = notebook.read(job.target)
        write_texts(book, job.page.name, handed.resolve, languages)
        executed[job.page.edition, job.page.name] = stage.Executed(book, harvest(book, job.page.name))
    shelf = pictures.Shelf(
        folders.pictures,
        fingerprint.digest([fingerprint.code_digest(*DRAWING), _renderer()]),
        handed.translations,
    )
    names = list(dict.fromkeys(page.name for page in plan.pages))
    parts = toc.contents(folders.book / "_toc.yml", names, stage.written_pages(folders.book))
    return stage.Material(folders, plan, handed, shelf, executed, parts)


def _renderer() -> str:
    return version("vl-convert-python")


def draw(material: stage.Material, languages: Sequence[str], wish: Wish, console: Console) -> None:
    """Draw the pictures that are not on the shelf."""
    figures = [
        (page, fig) for (_, page), item in material.executed.items() for fig in item.harvest.figures.values()
    ]
    pictures.draw(
        material.shelf.wanted(figures, languages), material.handed.paint, wish.jobs or cores(), console
    )


def _pairs(editions: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    return [(edition, language) for edition in editions for language in languages]


def _publish(folders: Folders, plan: Plan, jobs: Sequence[Job], inputs: str | None) -> None:
    """Gather the books, those not built now as they stand."""
    standing = [books.standing_book(folders, *pair) for pair in _pairs(plan.editions, plan.languages)]
    bound = [book for book in standing if book]
    pages: dict[str, dict[str, str]] = {}
    for job in jobs:
        pages.setdefault(job.page.edition, {})[job.page.name] = record_of(job)["fingerprint"]
    about: Mapping[str, object] = {
        "versions": fingerprint.pinned_versions(folders.root),
        "fingerprints": pages,
        "books": {book.name: book.fingerprint for book in bound},
    }
    site.assemble(folders, bound, about, inputs)


def _tell(console: Console, folders: Folders, changed: int, material: stage.Material) -> None:
    for note in [note for item in material.executed.values() for note in item.harvest.notes]:
        _say(console, f"Note: {note}")
    number = "no book" if not changed else "1 book" if changed == 1 else f"{changed} books"
    _say(console, f"{number} built; the site is in {folders.site}.")
