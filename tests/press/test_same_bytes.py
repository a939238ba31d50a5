"""The whole publication, built twice from nothing, in other places and on other cores: the same bytes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from test_book import tree

pytestmark = pytest.mark.full
REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("src", "notebooks", "book", "data", "_config.yml", "requirements.lock")
FIRST = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANGUAGE": "en", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
SECOND = {
    "PYTHONHASHSEED": "1",
    "TZ": "Pacific/Kiritimati",  # fourteen hours ahead: for half of each day, tomorrow
    "LANGUAGE": "de",
    "LC_ALL": "es_MX.UTF-8",
    "COLUMNS": "200",
}
PINNED = "import os, runpy; os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:{}]); {}"
BUILD = "runpy.run_module('sharedborder', run_name='__main__')"


def copied(root: Path) -> Path:
    """Copy what the publication is made from."""
    for name in SOURCES:
        source, place = REPOSITORY / name, root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__", ".lock"))
        else:
            shutil.copy(source, place)
    return root


def built(root: Path, cores: int, environment: Mapping[str, str]) -> Path:
    """Build a copy from nothing with that many cores; return the site."""
    code = PINNED.format(cores, BUILD)
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "build", "--jobs", str(cores)],
        cwd=root,
        env={**os.environ, **environment, "PYTHONPATH": str(root / "src"), "HOME": str(root)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(root) in done.stdout, "built with the copy's own code and notebooks"
    return root / "_build" / "site"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be taken away here")
def test_the_publication_has_the_same_bytes_wherever_it_is_built(tmp_path: Path) -> None:
    here, elsewhere = copied(tmp_path / "here"), copied(tmp_path / "a place/with another, longer name")
    one, other = tree(built(here, 1, FIRST)), tree(built(elsewhere, 2, SECOND))
    assert sorted(one) == sorted(other)
    assert {"index.html", "es/index.html", "build.json"} <= set(one)
    assert [name for name in one if one[name] != other[name]] == []
