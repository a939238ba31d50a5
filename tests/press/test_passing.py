"""Folders for the time being: removed with their process, by the next one where it was killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sharedborder.press.passing import OWNER, PREFIX, passing_folder

HOLDER = """\
import sys
from sharedborder.press.passing import take_folder
print(take_folder(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@contextmanager
def holder() -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Another process with a folder of its own."""
    command = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_it_is_there_and_gone(place: Path) -> None:
    with passing_folder() as folder:
        assert folder.parent == place
        (folder / "inner").mkdir()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_is_not(place: Path) -> None:
    with holder() as (_, living), holder() as (process, left):
        (left / "inner").mkdir()
        (left / "inner" / "file").write_text("x")
        process.kill()
        process.wait()
        assert left.exists()
        with passing_folder() as folder:
            assert {path for path in place.iterdir() if path.is_dir()} == {living, folder}


def test_folders_that_nobody_claimed_and_other_files_stay(place: Path) -> None:
    unclaimed, other = place / f"{PREFIX}unclaimed", place / "other"
    for folder in (unclaimed, other):
        folder.mkdir()
    (other / OWNER).touch()
    with passing_folder():
        assert unclaimed.exists()
        assert other.exists()
