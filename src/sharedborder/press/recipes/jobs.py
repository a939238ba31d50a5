"""The executions that a plan asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sharedborder.press import fingerprint
from sharedborder.press.folders import Folders
from sharedborder.press.installed import installed
from sharedborder.press.plan import Page
from sharedborder.press.recipes import versions
from sharedborder.press.recipes.imports import Modules
from sharedborder.press.recipes.memo import Memo
from sharedborder.press.recipes.recipe import Recipe, Written, written

IN_ANY_KERNEL = ("sharedborder.press.kernels.kernel", "sharedborder.press.notebook")
"""Modules of ours that decide what any execution gives: the kernel's entry, with its settings and its guard,
and how results are normalised.

How a kernel is started, forked and spoken to (warm, parent, provisioner, engine, execution) is not among
them: it has to give what the stock engine gives, and tests/press/test_engines.py holds it to that.
"""
IN_NO_KERNEL = ("sharedborder.records.appending",)
"""Modules that a chapter can name but not use: its guard lets it write nothing."""


@dataclass(frozen=True)
class Job:
    """One execution: a page, the folder the kernel works in, its recipe, and the prose to be joined to it."""

    page: Page
    folder: Path
    target: Path
    recipe: Recipe
    prose: str

    @property
    def name(self) -> str:
        return f"{self.page.name} ({self.page.edition})"

    @property
    def fingerprint(self) -> str:
        """Equal for executions that give the same as long as their readings do."""
        return self.recipe.digest


def jobs_for(pages: Iterable[Page], folders: Folders, memo: Memo) -> list[Job]:
    """Return one job for each page that is made, stale or not."""
    modules, everything = Modules(fingerprint.PACKAGE, memo), installed()
    notebooks: dict[Path, tuple[Written, dict[str, str], dict[str, str]]] = {}
    jobs = []
    for page in (page for page in pages if page.made):
        if page.notebook not in notebooks:
            source = written(page.notebook)
            needed = modules.needed(source.code, IN_ANY_KERNEL, IN_NO_KERNEL)
            reached = versions.reached(needed.outside, everything, memo)
            notebooks[page.notebook] = source, needed.modules, reached
        source, own, reached = notebooks[page.notebook]
        recipe = Recipe(source.cells, page.arguments, own, reached)
        target = folders.executed(page.edition, page.name)
        jobs.append(Job(page, folders.root, target, recipe, source.prose))
    return jobs
