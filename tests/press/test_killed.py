"""A build killed at any moment leaves the standing site whole, and the next gives a first build's bytes."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import press_fakes as fakes
import pytest
from rich.console import Console
from test_book import tree
from test_incremental import assert_same, edit, executed, press, small_project

from sharedborder.press import build as build_module
from sharedborder.press.book.binder import Binder
from sharedborder.press.files import alone
from sharedborder.press.folders import Folders

MOMENTS = 6  # of each kind
LONGEST = 1.5
PATIENCE = 30.0  # s
RUN = """\
import sys
from pathlib import Path
import press_fakes as fakes
from rich.console import Console
from test_incremental import executed
from sharedborder.press import build as module
from sharedborder.press import fingerprint
from sharedborder.press.folders import Folders
from sharedborder.press.wish import Wish
fingerprint.PACKAGE = Path(sys.argv[2])
module.execute = executed
print("begins", flush=True)
module.build(Folders.of(Path(sys.argv[1])), fakes.HANDED, Wish(jobs=2), Console(file=sys.stderr))
"""


@pytest.fixture(autouse=True)
def code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No kernels, and code of its own for fingerprints, here and in the builds that are killed."""
    monkeypatch.setattr(build_module, "execute", executed)
    monkeypatch.setattr(build_module.fingerprint, "PACKAGE", tmp_path / "code")
    return tmp_path / "code"


def begin(folders: Folders, code: Path) -> "subprocess.Popen[bytes]":
    """Start a build in a process of its own, and return when its work begins."""
    command = [sys.executable, "-c", RUN, str(folders.root), str(code)]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    process = subprocess.Popen(
        command,
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert process.stdout
    assert process.stdout.readline() == b"begins\n"
    return process


def check_whole(site: Path) -> None:
    files = tree(site)
    record = json.loads(files.pop("build.json"))
    assert record["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def cold(folders: Folders, _: int) -> None:
    """Remove all that was made, when the workers of a build just killed have ended: they write meanwhile."""
    end = time.monotonic() + PATIENCE
    while folders.build.exists():
        assert time.monotonic() < end, "what a killed build started goes on"
        with alone(folders.build, Console(quiet=True)):
            shutil.rmtree(folders.build, ignore_errors=True)


def edited(folders: Folders, number: int) -> None:
    edit(folders, "book/words.md", "A ", f"A {number} ")


def released(folders: Folders, number: int) -> None:
    edit(folders, "data/encounters/2023-11-14.csv", str(240988 + number), str(240989 + number))
    package = folders.data / "datapackage.json"
    package.write_text(json.dumps(json.loads(package.read_text()) | {"hash": number}), "utf-8")


@pytest.mark.parametrize("change", [cold, edited, released])
def test_a_kill_at_any_moment_harms_nothing(
    tmp_path: Path, code: Path, change: Callable[[Folders, int], None]
) -> None:
    folders = small_project(tmp_path / "book")
    with closing(Binder()) as binder:
        press(folders, binder)
        change(folders, 0)
        start = time.monotonic()
        with begin(folders, code) as process:
            process.communicate()
        assert process.returncode == 0
        whole = time.monotonic() - start
        moments = random.Random(20231227)
        for number in range(1, MOMENTS + 1):
            change(folders, number)
            with begin(folders, code) as process:
                time.sleep(moments.uniform(0, whole))
                process.kill()
            if change is not cold or folders.site.exists():
                check_whole(folders.site)
        press(folders, binder)
        other = fakes.copy_of(folders, tmp_path / "cold")
        press(other, binder)
    assert_same(folders, other, "killed")


def test_a_kill_of_one_of_two_builds_at_once_harms_neither(tmp_path: Path, code: Path) -> None:
    folders = small_project(tmp_path / "book")
    moments = random.Random(20240119)
    with closing(Binder()) as binder:
        press(folders, binder)
        for number in range(MOMENTS):
            edited(folders, number)
            with begin(folders, code) as killed, begin(folders, code) as other:
                time.sleep(moments.uniform(0, LONGEST))
                killed.kill()
                other.communicate()
            assert other.returncode == 0
            check_whole(folders.site)
            assert f"A {number} " in (folders.site / "words.html").read_text("utf-8")
        again = fakes.copy_of(folders, tmp_path / "cold")
        press(again, binder)
    assert_same(folders, again, "killed beside another")


def test_a_second_build_waits_and_says_so(tmp_path: Path, code: Path) -> None:
    folders = small_project(tmp_path / "book")
    with alone(folders.build, Console(quiet=True)):
        process = begin(folders, code)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        assert not folders.site.exists()
    process.communicate()
    assert process.returncode == 0
    check_whole(folders.site)
