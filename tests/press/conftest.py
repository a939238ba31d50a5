"""The project of press_desk, executed once for a module of tests, and copies of it to change one thing in."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest
from press_desk import CELLS, CHAPTERS, EVENT, MODULES, PARAMETERS, READY, Desk, at, crossings, released

from sharedborder.press import fingerprint
from sharedborder.press.folders import Folders
from sharedborder.press.stored.results import Results


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, empty_ledger: Callable[[], Path]) -> Iterator[Desk]:
    """The project, executed once, together with what each execution handed back."""
    root = tmp_path_factory.mktemp("project")
    code = root / "src" / "sharedborder"
    shutil.copytree(fingerprint.PACKAGE, code, ignore=shutil.ignore_patterns("__pycache__"))
    made = fakes.project(root, CHAPTERS, "", {"locales/es/LC_MESSAGES/book.po": ""})
    shutil.rmtree(made.data)
    shutil.copytree(empty_ledger(), made.data)
    desk = Desk(made, code)
    for name, text in MODULES.items():
        desk.module(name, text)
    fakes.notebook(desk.notebook, CELLS, PARAMETERS)
    fakes.notebook(made.notebooks / "staff.ipynb", ["# Staff"])
    (made.data / "events.yml").write_text(json.dumps([EVENT]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        at(desk, patch)
        released("2023-12-20", crossings(car=20, foot=10))(desk)
        assert set(desk.states().values()) == {"never executed"}
        with patch.context() as handing:
            handing.setattr(Results, "keep", remembering(root / "handed", Results.keep))
            desk.execute()
        yield desk


def remembering(folder: Path, keep: Callable[..., Any]) -> Callable[..., Any]:
    def kept_and_written(results: Results, job: Any, executed: Any) -> Any:
        folder.mkdir(exist_ok=True)
        (folder / f"{job.page.edition}.ipynb").write_text(executed.notebook, "utf-8")
        return keep(results, job, executed)

    return kept_and_written


@pytest.fixture
def desk(kept: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the executed project, to change one thing in."""
    root = tmp_path / "project"
    shutil.copytree(kept.folders.root, root)
    copy = Desk(Folders.of(root), root / "src" / "sharedborder")
    at(copy, monkeypatch)
    assert copy.states() == READY
    return copy
