"""`sharedborder new chapter`: what it writes passes every check and runs, or nothing is written."""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sharedborder.press import notebook, plan
from sharedborder.press.book import stage, toc
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import harvest
from sharedborder.press.writing import checks, new_chapter

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("notebooks", "book"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Folders.of(tmp_path, data=ROOT / "data")


def releases(_: str) -> list[datetime.date]:
    return [datetime.date(2023, 11, 14)]


def files(folders: Folders) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folders.root.rglob("*") if path.is_file()}


def test_a_new_chapter_passes_the_checks_and_has_its_place(folders: Folders) -> None:
    before = files(folders)
    written = new_chapter.new_chapter(folders, "sea-crossings", releases)
    assert [str(finding) for finding in checks.check(folders)] == []
    pages = plan.read_plan(folders.chapters, releases).pages
    assert [page.title["en"] for page in pages if page.name == "sea-crossings"] == ["Sea crossings"] * 3
    names = list(dict.fromkeys(page.name for page in pages))
    parts = toc.contents(folders.book / "_toc.yml", names, stage.written_pages(folders.book))
    assert parts[1]["entries"][-1] == {"page": "sea-crossings", "title": None}
    after = files(folders)
    assert {path for path in after if before.get(path) != after[path]} == set(written)
    for path in (folders.chapters, folders.book / "_toc.yml"):  # every line is kept, comments too
        lines = iter(after[path].decode().splitlines())
        assert all(line in lines for line in before[path].decode().splitlines())


@pytest.mark.parametrize("place", ["", "notebooks"])
def test_a_new_chapter_runs_by_plain_papermill(folders: Folders, place: str) -> None:
    written = new_chapter.new_chapter(folders, "sea-crossings", releases)[0]
    shutil.copytree(folders.data, folders.root / "data")
    out = folders.root / "out.ipynb"
    here = folders.root / place
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--no-progress-bar",
        str(written.relative_to(here)),
        str(out),
    ]
    done = subprocess.run(
        [*command, "-p", "edition", "2023-12-27"], cwd=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = harvest(notebook.read(out), "sea-crossings")
    assert {"headline", "last_total", "last_month"} <= set(found.facts)
    assert set(found.figures) == {"months"}
    assert found.facts["last_total"]["value"] == 240988  # October 2023, as known on that day
    bundles = [*found.facts.values(), *found.figures.values()]
    assert not any(bundle.get("untranslated") for bundle in bundles)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sea", "cannot name a chapter"),
        ("area/sea", "cannot name a chapter"),
        ("../sea", "cannot name a chapter"),
        ("sea crossings", "cannot name a chapter"),
        ("border", "already"),
        ("nationality", "already"),
        ("glossary", "already"),
        ("data", "already"),
        ("search", "already"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(folders: Folders, name: str, said: str) -> None:
    before = files(folders)
    with pytest.raises(PressError, match=said):
        new_chapter.new_chapter(folders, name, releases)
    assert files(folders) == before


def test_a_file_that_cannot_take_the_entry_is_left_alone(folders: Folders) -> None:
    toc_file = folders.book / "_toc.yml"
    toc_file.write_text("root: index\nparts: [{chapters: [{file: border}]}]\n")
    before = files(folders)
    with pytest.raises(PressError, match="Add by hand: - file: sea"):
        new_chapter.new_chapter(folders, "sea", releases)
    assert files(folders) == before


def test_chapters_that_are_not_last_are_not_reordered() -> None:
    with pytest.raises(PressError, match="Add by hand"):
        new_chapter.with_entry("chapters:\n  a: {page: a}\neditions: [latest]\n", "b")


def test_a_fault_in_the_middle_puts_everything_back(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = files(folders), new_chapter.write_whole

    def failing(path: Path, content: str | bytes) -> None:
        if path.name == "_toc.yml" and b"sea" in (
            content if isinstance(content, bytes) else content.encode()
        ):
            raise OSError("the disk is full")
        write(path, content)

    monkeypatch.setattr(new_chapter, "write_whole", failing)
    with pytest.raises(OSError, match="full"):
        new_chapter.new_chapter(folders, "sea", releases)
    assert files(folders) == before


def test_comments_after_the_last_chapter_stay_after_it() -> None:
    text = "root: index\nchapters:\n  - file: a\n    title: A\n  # the end\n"
    made = new_chapter.with_place(text, "b")
    assert made == "root: index\nchapters:\n  - file: a\n    title: A\n  - file: b\n  # the end\n"
    assert yaml.safe_load(made)["chapters"][-1] == {"file": "b"}
