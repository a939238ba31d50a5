"""The authors' notebooks: stripped, thin, typed, told in prose, and run by papermill alone."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from sharedborder.press import checks
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import harvest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 10
OTHERWISE: dict[str, dict[str, Any]] = {
    "border": {"edition": "2024-02-29"},
    "cooperation": {"edition": "2024-02-29"},
    "displacement": {"edition": "2024-06-20"},
    "nationality": {"edition": "2024-11-30", "nationality": "GTM"},
}
"""Parameters that the book itself does not use."""
FEWEST_FIGURES = {"nationality": 2}

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_nothing_is_to_be_repaired() -> None:
    assert [str(problem) for problem in checks.check(Folders.of(ROOT))] == []


@each_notebook
def test_a_notebook_is_stripped_and_its_cells_short(path: Path) -> None:
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
            assert len([line for line in cell.source.splitlines() if line.strip()]) <= MOST_LINES


@each_notebook
def test_parameters_have_types_defaults_and_comments(path: Path) -> None:
    found = papermill.inspect_notebook(str(path))
    assert "edition" in found
    for name, parameter in found.items():
        assert parameter["inferred_type_name"] != "None", name
        assert parameter["help"], f"{name} has no comment"


@each_notebook
def test_prose_stands_between_figures(path: Path) -> None:
    figures_since_prose = 0
    for cell in nbformat.read(path, 4).cells:
        figures_since_prose = (
            0 if cell.cell_type == "markdown" else figures_since_prose + cell.source.count("figure(")
        )
        assert figures_since_prose <= 1


@each_notebook
def test_a_notebook_runs_by_papermill_alone_with_other_parameters(path: Path, tmp_path: Path) -> None:
    out = tmp_path / path.name
    given = [part for name, value in OTHERWISE[path.stem].items() for part in ("-p", name, value)]
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(path),
        str(out),
        "-k",
        "python3",
        "--no-progress-bar",
        *given,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = harvest(nbformat.read(out, 4), path.stem)
    assert len(found.figures) >= FEWEST_FIGURES.get(path.stem, 4)
    assert found.facts
    bundles = [*found.facts.values(), *found.figures.values()]
    assert not [message for bundle in bundles for message in bundle.get("untranslated", [])]
