"""The authors' notebooks: in the form of a chapter, and at work by plain papermill, in both languages."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat import NotebookNode

from sharedborder.cli.handed import paint, resolve
from sharedborder.display.messages import LANGUAGES
from sharedborder.press import notebook
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import Harvest, harvest, write_texts
from sharedborder.press.kernels.parameters import TYPES
from sharedborder.press.writing import checks
from sharedborder.press.writing.typed_numbers import registered_names

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = Folders.of(ROOT)
NOTEBOOKS = sorted(FOLDERS.notebooks.glob("*.ipynb"))
EXECUTED = sorted((FOLDERS.build / "executed").rglob("*.ipynb"))
OTHERWISE: dict[str, dict[str, str]] = {
    "area": {"edition": "2024-11-30", "area": "Tucson Field Office", "sector": ""},
    "border": {"edition": "2024-02-29"},
    "claims": {"edition": "2024-02-29"},
    "cooperation": {"edition": "2024-02-29"},
    "displacement": {"edition": "2024-06-20"},
    "hemisphere": {"edition": "2024-06-20"},
    "nationality": {"edition": "2024-11-30", "nationality": "GTM"},
}
"""Parameters that the book itself does not use."""
FEWEST_FIGURES = {"claims": 0, "nationality": 2}
USUALLY = 4

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def without_spanish(found: Harvest) -> set[str]:
    """The messages that a run of a notebook asked for in Spanish in vain."""
    figures = found.figures.values()
    bundles = [
        *found.facts.values(),
        *found.claims.values(),
        *figures,
        *(paint(figure, "es") for figure in figures),
    ]
    return {message for bundle in bundles for message in bundle.get("untranslated", [])}


def told(book: NotebookNode, page: str) -> Harvest:
    """What a run of a notebook says in both languages."""
    write_texts(book, page, resolve, LANGUAGES)
    return harvest(book, page)


def test_every_chapter_has_its_other_parameters() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(OTHERWISE)


@each_notebook
def test_a_notebook_has_the_form_of_a_chapter(path: Path) -> None:
    """Stripped, thin, prose between its figures, no typed numbers: the rules are in press/thin.py."""
    names = registered_names((FOLDERS.book / "glossary.md").read_text("utf-8"))
    assert [str(finding) for finding in checks.check_notebook(path, names)] == []


@each_notebook
def test_parameters_are_typed_and_explained_as_papermill_sees_them(path: Path) -> None:
    found: dict[str, dict[str, Any]] = papermill.inspect_notebook(str(path))
    assert found["edition"]["default"].strip('"') == "latest"
    for name, parameter in found.items():
        outer = parameter["inferred_type_name"].partition("[")[0].strip()
        assert outer in TYPES, f"{name}: {parameter['inferred_type_name']}"
        assert len(parameter["help"].split()) > 1, f"{name} has no comment"


@each_notebook
def test_a_notebook_runs_by_plain_papermill_with_other_parameters(path: Path, tmp_path: Path) -> None:
    given = [part for name, value in OTHERWISE[path.stem].items() for part in ("-p", name, value)]
    out = tmp_path / path.name
    command = [
        sys.executable,
        "-m",
        "papermill",
        f"notebooks/{path.name}",
        str(out),
        "--no-progress-bar",
        *given,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "unknown parameter" not in done.stderr.lower()
    book = nbformat.read(out, 4)  # type: ignore[no-untyped-call]
    found = told(book, path.stem)
    assert found.notes == []
    assert len(found.figures) >= FEWEST_FIGURES.get(path.stem, USUALLY)
    assert all(fact["text"]["en"] and fact["text"]["es"] for fact in found.facts.values())
    assert without_spanish(found) == set()


@each_notebook
def test_a_notebook_runs_as_it_is_from_its_own_folder(path: Path, tmp_path: Path) -> None:
    """As JupyterLab and VS Code run it: where it lies, with its own parameters."""
    out = tmp_path / path.name
    command = [sys.executable, "-m", "papermill", path.name, str(out), "--no-progress-bar"]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert harvest(notebook.read(out), path.stem).facts


@pytest.mark.parametrize(
    "path", EXECUTED, ids=lambda path: path.relative_to(FOLDERS.build / "executed").as_posix()
)
def test_the_books_own_runs_have_spanish_for_all_they_say(path: Path) -> None:
    found = told(notebook.read(path), path.stem)
    assert found.facts
    assert without_spanish(found) == set()
