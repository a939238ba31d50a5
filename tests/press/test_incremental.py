"""After any edits, a build in the same folder gives the bytes of a first build in another."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest
from nbformat.v4 import new_output
from rich.console import Console
from test_book import AREA, AREA_PARAMETERS, BORDER, CHAPTERS, INDEX, SPANISH, TOC, tree

from sharedborder.press import build as build_module
from sharedborder.press import fingerprint, notebook
from sharedborder.press.book.binder import Binder
from sharedborder.press.build import Work, build
from sharedborder.press.errors import BookError
from sharedborder.press.folders import Folders
from sharedborder.press.kernels.execution import Executed
from sharedborder.press.plan import Page
from sharedborder.press.recipes.jobs import Job
from sharedborder.press.sphinx.builder import MANY
from sharedborder.press.stored.results import Results
from sharedborder.press.wish import Chosen, Wish

CHAPTERS_IN_TWO = CHAPTERS.replace(', "2023-12-27"]', "]")
GLOSSARY = """\
# Words

(a-place)=
## A place

::::{container} marked
```{glossary}
Encounter
  An event, not a person.

Sector
  A stretch.
```
::::
"""
ABOUT = """\
# About

See {ref}`a-place`, {term}`Encounter` and [](border).

Two sectors.

```{chart} border:monthly
```

```{newest}
```
"""
ASIDES = {
    f"aside-{number}.md": f"# Aside {number}\n\nOf [](border), word{number}, and one {{term}}`Encounter`.\n"
    for number in range(2)
}
"""Pages enough for a book to be made in halves."""
PAGES = {
    "index.md": INDEX,
    "words.md": GLOSSARY,
    "about.md": ABOUT,
    **ASIDES,
    "locales/es/LC_MESSAGES/book.po": SPANISH,
}
TOC_OF_ALL = (
    TOC
    + "      - file: words\n      - file: about\n"
    + "".join(f"      - file: {name.removesuffix('.md')}\n" for name in ASIDES)
)


def edit(folders: Folders, name: str, old: str, new: str) -> None:
    path = folders.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def border(folders: Folders, old: str, new: str) -> None:
    """Edit the chapter's cells, from how they were first."""
    assert any(old in cell for cell in BORDER)
    fakes.notebook(folders.notebooks / "border.ipynb", [cell.replace(old, new) for cell in BORDER])


def new_page(folders: Folders) -> None:
    (folders.book / "more.md").write_text("# More\n\nUniqueword and [](border).\n", "utf-8")
    edit(folders, "book/_toc.yml", "      - file: words\n", "      - file: words\n      - file: more\n")


def removed_page(folders: Folders) -> None:
    (folders.book / "more.md").unlink()
    edit(folders, "book/_toc.yml", "      - file: more\n", "")


def release(folders: Folders) -> None:
    edit(folders, "data/encounters/2023-11-14.csv", "240988", "240989")
    edit(folders, "data/datapackage.json", "[]", '[{"hash": "of the table"}]')


Edit = Callable[[Folders], object]
EDITS: dict[str, Edit] = {
    "nothing": lambda f: None,
    "a sentence": lambda f: edit(f, "book/index.md", "In a list", "In another list"),
    "a sentence of a chapter": lambda f: border(f, "Between.", "Betwixt, singular."),
    "a fact's value": lambda f: border(f, '"242,418", 242418', '"250,000", 250000'),
    "a fact's value only": lambda f: border(f, '"242,418", 242418', '"242,418", 242419'),
    "a fact's evidence": lambda f: border(
        f,
        '"direction", "rose", "rose"',
        '"direction", "rose", "rose", evidence=[{"table": "late", "published": "2024-02-13"}]',
    ),
    "a fact becomes known": lambda f: border(
        f, "None, kind='absent', reason='not published yet', evidence=[]", "7"
    ),
    "a chapter's headline": lambda f: border(f, "# Encounters", "# Meetings"),
    "a new page": new_page,
    "a new page's sentence": lambda f: edit(f, "book/more.md", "Uniqueword", "Otherword"),
    "a removed page": removed_page,
    "a heading that others cite": lambda f: edit(f, "book/words.md", "## A place", "## A better place"),
    "a word of the glossary": lambda f: edit(f, "book/words.md", "Sector\n", "Area\n"),
    "what the glossary marks": lambda f: edit(f, "book/words.md", "{container} marked", "{container} plain"),
    "the order of the contents": lambda f: edit(
        f,
        "book/_toc.yml",
        "      - file: words\n      - file: about\n",
        "      - file: about\n      - file: words\n",
    ),
    "a caption of the contents": lambda f: edit(f, "book/_toc.yml", "Made how", "How made"),
    "a short name": lambda f: edit(f, "book/_toc.yml", "title: {en: Data", "title: {en: Tables"),
    "a template": lambda f: edit(f, "book/theme/layout.html", "<nav>", '<nav class="top">'),
    "a stylesheet": lambda f: edit(f, "book/theme/static/paper.css", "body {", "body { margin: 0;"),
    "a setting": lambda f: edit(f, "_config.yml", "html_title: The", "html_title: A"),
    "a translation": lambda f: edit(f, "book/locales/es/LC_MESSAGES/book.po", "La cifra fue", "La cifra era"),
    "a figure": lambda f: border(f, '"mark": "bar"', '"mark": "line"'),
    "a figure's data": lambda f: border(f, '"rows": [["2023-10-01"]]', '"rows": [["2023-11-01"]]'),
    "a figure that goes": lambda f: border(f, fakes.FIGURE, FIGURE_RENAMED),
    "a table's release": release,
    "all as at first": lambda f: border(f, "Between.", "Between."),
}
FIGURE_RENAMED = fakes.FIGURE.replace('"monthly"', '"yearly"')


@pytest.fixture(scope="module", autouse=True)
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Code of its own for fingerprints: an edit of the project while tests run makes nothing stale."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "PACKAGE", tmp_path_factory.mktemp("code"))
        yield


@pytest.fixture(scope="module")
def binder() -> Iterator[Binder]:
    with closing(Binder()) as binder:
        yield binder


def executed(
    _work: Work, asked: Chosen, results: Results, begin: Callable[[list[Page], int], None]
) -> list[Job]:
    """Run the notebooks' cells in this process: these tests are about what comes after, and run many."""
    jobs = results.jobs(asked.pages)
    for job in jobs:
        book, names = notebook.read(job.page.notebook), dict[str, Any]()
        for cell in [cell for cell in book.cells if cell["cell_type"] == "code"]:
            cell["outputs"] = [new_output("display_data", data=data) for data in _shown(cell, names)]
            if notebook.PARAMETERS in notebook.tags(cell):
                names |= dict(job.page.arguments)
        text = notebook.text(notebook.normalise(book))
        results.place(job, results.keep(job, Executed(text, "")))
    begin([job.page for job in jobs], 0)
    return jobs


def _shown(cell: dict[str, Any], names: dict[str, Any]) -> list[Any]:
    shown: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
        exec(cell["source"].replace("display(", "__import__('IPython.display').display.display("), names)
    return shown


@pytest.fixture(scope="module", autouse=True)
def kernels() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_module, "execute", executed)
        yield


def press(folders: Folders, binder: Binder) -> None:
    build(folders, fakes.HANDED, Wish(jobs=2), Console(quiet=True), binder)


def small_project(root: Path) -> Folders:
    folders = fakes.project(root, CHAPTERS_IN_TWO, TOC_OF_ALL, PAGES)
    fakes.notebook(folders.notebooks / "border.ipynb", BORDER)
    fakes.notebook(folders.notebooks / "area.ipynb", AREA, AREA_PARAMETERS)
    return folders


def test_every_edit_gives_the_bytes_of_a_first_build(binder: Binder, tmp_path: Path) -> None:
    folders = small_project(tmp_path / "book")
    press(folders, binder)
    pages = [file for file in folders.stage("latest", "en").rglob("*") if file.suffix in (".md", ".ipynb")]
    assert len(pages) >= MANY, "made in halves"
    for number, (name, change) in enumerate(EDITS.items()):
        if name == "a figure that goes":
            edit(folders, "book/about.md", "border:monthly", "border:yearly")
        if name == "all as at first":
            edit(folders, "book/about.md", "border:yearly", "border:monthly")
        change(folders)
        press(folders, binder)
        other = fakes.copy_of(folders, tmp_path / str(number))
        press(other, binder)
        assert_same(folders, other, name)


def test_faults_are_told_whichever_half_their_page_is_in(binder: Binder, tmp_path: Path) -> None:
    folders = small_project(tmp_path / "book")
    pages = ["aside-0.md", "aside-1.md"]  # one after the other
    for page in pages:
        edit(folders, f"book/{page}", "Of", "Of {fact}`nowhere`,")
    with pytest.raises(BookError) as raised:
        press(folders, binder)
    assert all(f"{page}:3: " in str(raised.value) for page in pages), raised.value


def assert_same(folders: Folders, other: Folders, edit_name: str) -> None:
    mine, cold = tree(folders.site), tree(other.site)
    assert sorted(mine) == sorted(cold), edit_name
    differing = [name for name in mine if mine[name] != cold[name]]
    assert not differing, f"{edit_name}: {differing}"
    record = json.loads(mine["build.json"])
    assert record["files"], edit_name
    for pages in folders.build.glob("book/*/??/_build/html"):
        same = other.root / pages.relative_to(folders.root)
        assert sorted(tree(pages)) == sorted(tree(same)), f"{edit_name}: left over in {pages}"
