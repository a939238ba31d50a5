"""The whole way from notebooks to the site."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from importlib.metadata import version

from rich.console import Console

from sharedborder.press import books, fingerprint, notebook, pictures, site, stage, toc
from sharedborder.press.binder import Binder, make_books
from sharedborder.press.errors import PressError
from sharedborder.press.files import alone, restore
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.harvest import harvest
from sharedborder.press.jobs import Job, jobs_for, state
from sharedborder.press.plan import Page, Plan, read_plan
from sharedborder.press.run import run

DRAWING = ("display",)


@dataclass(frozen=True)
class Wish:
    """What a person asked for: one edition or language (None: all), only one chapter's notebooks, and how
    many at once.
    """

    edition: str | None = None
    language: str | None = None
    only: str | None = None
    jobs: int | None = None

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
    restore(folders.site)
    inputs = inputs_digest(folders)
    if wish.everything and standing_inputs(folders) == inputs:
        console.print(f"Nothing has changed: {folders.site} is as built.", soft_wrap=True, highlight=False)
        return
    plan = read_plan(folders.chapters, handed.releases)
    editions, languages = chosen(plan, wish)
    with closing(Binder()) if binder is None else nullcontext(binder) as at_hand:
        jobs = execute(folders, plan, editions, wish, console)
        with alone(folders.build, console) as held:
            material = gather(folders, plan, handed, jobs)
            draw(material, languages, wish, console)
            made = staged(material, _pairs(editions, languages))
            changed = make_books(made, at_hand, wish.jobs or cores(), console, held)
            _publish(folders, plan, jobs, inputs if wish.everything else None)
    _tell(console, folders, len(changed), material)


def staged(material: stage.Material, pairs: Sequence[tuple[str, str]]) -> list[books.Book]:
    """Lay out editions in languages, and return their books."""
    for pair in pairs:
        stage.stage(material, *pair)
    return [books.book_for(material.folders, *pair) for pair in pairs]


def inputs_digest(folders: Folders) -> str:
    """Return the digest of everything a site is made from."""
    written = [
        fingerprint.tree_digest(folder) for folder in (folders.notebooks, folders.book) if folder.exists()
    ]
    config = fingerprint.file_digest(folders.config)
    data = fingerprint.data_digest(folders.data)
    return fingerprint.digest(
        [written, config, data, fingerprint.code_digest(), fingerprint.pinned_versions(folders.root)]
    )


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


def execute(folders: Folders, plan: Plan, editions: Sequence[str], wish: Wish, console: Console) -> list[Job]:
    """Run the stale notebooks of the editions (with `only`: its own, and those never run); return all."""
    from sharedborder.press.parameters import check_parameters

    pages = [page for page in plan.pages if page.edition in editions]
    check_parameters(pages)
    jobs = jobs_for(pages, folders)
    stale = [job for job in jobs if _runs(job, wish.only)]
    run(stale, {"SHAREDBORDER_DATA": str(folders.data)}, wish.jobs or cores(), console)
    return jobs


def _runs(job: Job, only: str | None) -> bool:
    if only is None or only in (job.page.chapter, job.page.name):
        return state(job) != "ready"
    return not job.target.exists()


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def gather(folders: Folders, plan: Plan, handed: Handed, jobs: Sequence[Job]) -> stage.Material:
    """Read the executed notebooks and what is in them."""
    executed = {}
    for job in jobs:
        book = notebook.read(job.target)
        executed[job.page.edition, job.page.name] = stage.Executed(book, harvest(book, job.page.name))
    shelf = pictures.Shelf(
        folders.pictures, fingerprint.digest([fingerprint.code_digest(*DRAWING), _renderer()])
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
        material.shelf.wanted(figures, languages), material.handed.render, wish.jobs or cores(), console
    )


def _pairs(editions: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    return [(edition, language) for edition in editions for language in languages]


def _publish(folders: Folders, plan: Plan, jobs: Sequence[Job], inputs: str | None) -> None:
    """Gather the books, those not built now as they stand."""
    standing = [books.standing_book(folders, *pair) for pair in _pairs(plan.editions, plan.languages)]
    bound = [book for book in standing if book]
    pages: dict[str, dict[str, str]] = {}
    for job in jobs:
        pages.setdefault(job.page.edition, {})[job.page.name] = job.fingerprint
    about: Mapping[str, object] = {
        "versions": fingerprint.pinned_versions(folders.root),
        "fingerprints": pages,
        "books": {book.name: book.fingerprint for book in bound},
    }
    site.assemble(folders, bound, about, inputs)


def _tell(console: Console, folders: Folders, changed: int, material: stage.Material) -> None:
    for note in [note for item in material.executed.values() for note in item.harvest.notes]:
        console.print(f"Note: {note}", soft_wrap=True, highlight=False, markup=False)
    number = "no book" if not changed else "1 book" if changed == 1 else f"{changed} books"
    console.print(f"{number} built; the site is in {folders.site}.", soft_wrap=True, highlight=False)


def states(folders: Folders, handed: Handed) -> list[tuple[Page, str]]:
    """Return every page with its state in words, without building anything."""
    plan = read_plan(folders.chapters, handed.releases)
    ready = {(job.page.edition, job.page.name): state(job) for job in jobs_for(plan.pages, folders)}
    return [
        (
            page,
            ready[page.edition, page.name]
            if page.made
            else f"not made: no release of {', '.join(page.missing)}",
        )
        for page in plan.pages
    ]
