"""The stock ways: Papermill once per page, then Jupyter Book; and Jupyter Book's own cached execution.

Both build the same notebooks and the same written pages with Jupyter Book's default theme, code hidden.
Facts, terms and directives resolve by our Sphinx extension, from the facts that our build has left. A figure
is shown by its plain text: the stock ways draw no pictures, write no downloads and no data, they have less
to do.
"""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
import yaml

from benchmarks.measure import Sample, run
from benchmarks.subjects import ROOT, Subject, edit
from sharedborder.press.plan import Page

OURS_ONLY = ("extensions", "html_theme", "html_theme_path", "html_theme_options", "html_extra_path")
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
NOT_COPIED = ("_theme", "_extra", "_embedded", "_locales", "_build", "*.ipynb")


@dataclass(frozen=True)
class _Stock:
    """Books of a subject, one for each edition and language, in a folder of their own."""

    subject: Subject
    name = ""
    execution = ""

    @property
    def _place(self) -> Path:
        return self.subject.root / "_stock" / self.execution

    def _book(self, edition: str, language: str) -> Path:
        return self._place / edition / language

    @property
    def _books(self) -> list[Path]:
        plan = self.subject.plan
        return [self._book(edition, language) for edition in plan.editions for language in plan.languages]

    @property
    def _environment(self) -> dict[str, str]:
        return {"SHAREDBORDER_DATA": str(self.subject.folders.data), "PYTHONPATH": str(ROOT)}

    def lay_out(self) -> None:
        """Lay out the written pages and the facts, as our build has staged them; not measured."""
        shutil.rmtree(self._place, ignore_errors=True)
        plan, folders = self.subject.plan, self.subject.folders
        for edition in plan.editions:
            for language in plan.languages:
                book = self._book(edition, language)
                shutil.copytree(
                    folders.stage(edition, language), book, ignore=shutil.ignore_patterns(*NOT_COPIED)
                )
                _default_settings(book / "_config.yml", self.execution)
        for page in self.subject.made:
            self._lay_out_page(page)

    def _lay_out_page(self, page: Page) -> None:
        """Put a notebook in its books where these are what executes it."""

    def _targets(self, page: Page) -> list[Path]:
        languages = self.subject.plan.languages
        return [self._book(page.edition, language) / f"{page.name}.ipynb" for language in languages]

    def _build(self, books: Sequence[Path], cores: Sequence[int] | None = None) -> Sample:
        command = [sys.executable, "-c", JUPYTER_BOOK, "build"]
        samples = [run([*command, str(book)], book, self._environment, cores) for book in books]
        return sum(samples[1:], start=samples[0])

    def site(self, edition: str, language: str) -> Path:
        """Return the folder of a book's pages."""
        return self._book(edition, language) / "_build" / "html"

    def nothing(self) -> Sample:
        """Run Jupyter Book again with nothing changed; Papermill is left out, it would execute all again."""
        return self._build(self._books)

    def clean(self) -> None:
        """Take away what Jupyter Book has made, its cache too."""
        for book in self._books:
            shutil.rmtree(book / "_build", ignore_errors=True)


@dataclass(frozen=True)
class Stock(_Stock):
    """`papermill` once per page, one after the other, then `jupyter-book build` for each book."""

    name = "stock"
    execution = "off"

    def cold(self, cores: Sequence[int] | None = None) -> Sample:
        """Execute every page and build every book from nothing."""
        self.clean()
        return self.all(cores)

    def all(self, cores: Sequence[int] | None = None) -> Sample:
        """Execute every page and build every book: what the stock way does when any table changes."""
        samples = [self._execute(page, cores) for page in self.subject.made]
        return sum(samples, start=Sample(0, None)) + self._build(self._books, cores)

    def edited(self, turn: int) -> Sample:
        """Edit a notebook, execute its page in one edition, and build that book in one language."""
        page = self.subject.edited_page
        edit(page.notebook, turn)
        return self._execute(page) + self._build([self._book(page.edition, "en")])

    def _execute(self, page: Page, cores: Sequence[int] | None = None) -> Sample:
        first, *others = self._targets(page)
        first.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--cwd", str(self.subject.root)]
        given = yaml.safe_dump(dict(page.arguments))
        sample = run(
            [*command, str(page.notebook), str(first), "-y", given],
            self.subject.root,
            self._environment,
            cores,
        )
        for other in others:
            other.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(first, other)
        return sample


@dataclass(frozen=True)
class Cached(_Stock):
    """`jupyter-book build` with `execute_notebooks: cache`: a notebook runs when its own code changed.

    It does not see tables: after a release it shows the old figures until somebody clears its cache.
    """

    name = "cached"
    execution = "cache"

    def _lay_out_page(self, page: Page) -> None:
        from papermill.parameterize import parameterize_notebook

        book = papermill.iorw.load_notebook_node(str(page.notebook))
        book = parameterize_notebook(book, dict(page.arguments))
        for target in self._targets(page):
            target.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(book, target)  # type: ignore[no-untyped-call]

    def cold(self, cores: Sequence[int] | None = None) -> Sample:
        """Build every book from nothing."""
        self.clean()
        return self._build(self._books, cores)

    def edited(self, turn: int) -> Sample:
        """Edit a notebook, and build its book in one edition and one language."""
        page = self.subject.edited_page
        edit(page.notebook, turn)
        self._lay_out_page(page)
        return self._build([self._book(page.edition, "en")])


def _default_settings(path: Path, execution: str) -> None:
    """Make a staged book's settings those of Jupyter Book's default theme."""
    settings = yaml.safe_load(path.read_text("utf-8"))
    own = settings["sphinx"]["config"]
    for name in OURS_ONLY:
        own.pop(name, None)
    own.pop("nb_execution_mode", None)
    own["suppress_warnings"] = ["mystnb.unknown_mime_type"]
    settings["sphinx"]["extra_extensions"] = ["benchmarks.stock_roles"]
    settings["execute"] = {"execute_notebooks": execution, "timeout": 600}
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")
