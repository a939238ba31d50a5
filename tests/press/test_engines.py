"""The warm engine beside the stock one: same outputs, errors and limits, on all notebooks and nasty ones."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest
from nasty_notebooks import FAILS, LEAKS, LOOKS, MEGABYTES, NASTY

from sharedborder.press import notebook
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import parent
from sharedborder.press.kernels.execution import Executed, Kernels, Work, execute
from sharedborder.press.kernels.failures import ChapterError
from sharedborder.press.plan import Page, read_plan
from sharedborder.press.recipes.imports import imported
from sharedborder.press.recipes.recipe import written

FOLDERS = Folders.of(fakes.ROOT)
PLAN = read_plan(FOLDERS.chapters, lambda table: [date(2020, 1, 1)])
CHAPTERS = {page.chapter: page for page in reversed(PLAN.of("latest"))}
PAGES = [page for page in PLAN.pages if page not in CHAPTERS.values()]


@pytest.fixture(scope="module")
def warm() -> Iterator[str]:
    books = [written(path) for path in FOLDERS.notebooks.glob("*.ipynb")]
    address = parent.address(imported(source for book in books for source in book.code))
    assert address
    yield address
    parent.end_all()


@pytest.fixture
def kernels(warm: str, tmp_path: Path) -> Iterator[tuple[Kernels, Kernels]]:
    """Kernels started afresh, and kernels forked from the parent, in one environment and folder."""
    with tempfile.TemporaryDirectory() as place:
        environment = {"SHAREDBORDER_DATA": str(FOLDERS.data)}
        stock = Kernels(tmp_path, Path(place), environment, MEGABYTES, None)
        yield stock, replace(stock, warm=warm)


def test_who_waits_for_kernels_is_told_when_one_is_at_work(
    kernels: tuple[Kernels, Kernels], tmp_path: Path
) -> None:
    told: list[int] = []
    work = Work.of(page(tmp_path, ["print(1)", "print(2)"]))
    execute(work, replace(kernels[1], at_work=lambda: told.append(len(told))))
    assert len(told) >= 2, "each cell tells"


def page(tmp_path: Path, cells: Sequence[str], name: str = "nasty") -> Page:
    path = fakes.notebook(tmp_path / f"{name}.ipynb", [f"%{cell}" for cell in cells])
    return Page(name, name, path, {}, "latest", {})


def outcome(work: Work, kernels: Kernels) -> Any:
    """The executed notebook, or why there is none: comparable."""
    try:
        return execute(work, kernels)
    except ChapterError as error:
        failure = error.failure
        trace = [
            re.sub(r"0x[0-9a-f]+|/tmp/ipykernel_\d+/\d+|ipykernel_\d+", "", line) for line in failure.trace
        ]
        return failure.cell, failure.line, failure.cause, trace


def both(work: Work, kernels: tuple[Kernels, Kernels]) -> tuple[Any, Any]:
    with ThreadPoolExecutor(2) as pool:
        stock, warm = pool.map(lambda these: outcome(work, these), kernels)
    return stock, warm


def printed(executed: Executed) -> str:
    book = json.loads(executed.notebook)
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", [])]
    return "".join(text for output in outputs for text in output.get("text", []))


def succeeds(executed: Any) -> str:
    assert isinstance(executed, Executed), executed
    return printed(executed)


@pytest.mark.parametrize("name", NASTY)
def test_nasty_notebooks_end_alike(name: str, kernels: tuple[Kernels, Kernels], tmp_path: Path) -> None:
    stock, warm = both(Work.of(page(tmp_path, NASTY[name])), kernels)
    if name in FAILS:
        assert warm[2].startswith(FAILS[name]), warm
    else:
        assert succeeds(warm).splitlines() == succeeds(stock).splitlines()
    assert warm == stock


def test_a_cell_without_end_is_stopped(kernels: tuple[Kernels, Kernels], tmp_path: Path) -> None:
    for one in kernels:
        one.cell_seconds = 2
    stock, warm = both(Work.of(page(tmp_path, ["1", "while True:\n    pass"])), kernels)
    assert warm == stock == (3, "while True:", "Too long: the cell ran longer than a cell may", [])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_books_notebooks_end_alike(chapter: str, kernels: tuple[Kernels, Kernels]) -> None:
    at_root = (replace(kernels[0], folder=FOLDERS.root), replace(kernels[1], folder=FOLDERS.root))
    stock, warm = both(Work.of(CHAPTERS[chapter]), at_root)
    assert isinstance(stock, Executed)
    assert warm == stock
    assert warm.reads


@pytest.mark.full
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name}-{page.edition}")
def test_every_page_ends_alike(page: Page, kernels: tuple[Kernels, Kernels]) -> None:
    at_root = (replace(kernels[0], folder=FOLDERS.root), replace(kernels[1], folder=FOLDERS.root))
    stock, warm = both(Work.of(page), at_root)
    assert warm == stock


def test_papermill_finds_the_engine_by_its_name(tmp_path: Path) -> None:
    made = page(
        tmp_path, ["import sys\nprint(edition, 'altair' in sys.modules)", "def later():\n    import altair"]
    )
    command = [sys.executable, "-m", "papermill", str(made.notebook), str(tmp_path / "out.ipynb")]
    command += ["--engine", "warm", "--no-progress-bar", "-p", "edition", "2023-12-27"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "afresh" not in done.stderr
    executed = notebook.text(notebook.normalise(notebook.read(tmp_path / "out.ipynb")))
    assert printed(Executed(executed, "")) == "2023-12-27 True\n"


def test_nothing_leaks_from_one_chapter_to_the_next(kernels: tuple[Kernels, Kernels], tmp_path: Path) -> None:
    _, warm = kernels
    before = succeeds(outcome(Work.of(page(tmp_path, LOOKS, "looks")), warm))
    assert "clean" in before
    succeeds(outcome(Work.of(page(tmp_path, LEAKS, "leaks")), warm))
    assert succeeds(outcome(Work.of(page(tmp_path, LOOKS, "looks")), warm)) == before


def test_each_kernel_has_chance_of_its_own(kernels: tuple[Kernels, Kernels], tmp_path: Path) -> None:
    throws = ["import random, numpy, uuid\nprint(random.random())", "print(numpy.random.random())"]
    work = Work.of(page(tmp_path, [*throws, "print(uuid.uuid4())"]))
    first, second = (succeeds(outcome(work, kernels[1])).split() for _ in range(2))
    assert not set(first) & set(second)


def test_a_warm_kernel_holds_the_libraries_when_it_starts(
    kernels: tuple[Kernels, Kernels], tmp_path: Path
) -> None:
    stock, warm = both(Work.of(page(tmp_path, ["import sys\nprint('pandas' in sys.modules)"])), kernels)
    assert (succeeds(stock), succeeds(warm)) == ("False\n", "True\n")


def test_readings_are_logged_for_each_execution_alone(
    kernels: tuple[Kernels, Kernels], tmp_path: Path
) -> None:
    code = "import os\nprint(edition, file=open(os.environ['SHAREDBORDER_READ_LOG'], 'a'))"
    made = page(tmp_path, [code])
    for edition in ("latest", "2023-12-27"):
        executed = outcome(Work.of(replace(made, edition=edition)), kernels[1])
        assert executed.reads == f"{edition}\n"
