"""Which installed distributions code can reach: those of the packages it imports, and what these require."""

import re
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from sharedborder.press.recipes.memo import Memo

KERNEL = ("ipykernel", "papermill")  # what runs any notebook
IF_INSTALLED = ("bottleneck", "numexpr", "pyarrow")  # pandas computes with them where it finds them
PACKAGES = ("site-packages", "dist-packages")
DISTRIBUTION = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.dist-info")


def installed() -> dict[str, str]:
    """Return name -> version of every distribution, from the names of their folders: no file is opened."""
    found: dict[str, str] = {}
    for place in reversed(sys.path):
        if Path(place).name in PACKAGES and Path(place).is_dir():
            for folder in Path(place).iterdir():
                if match := DISTRIBUTION.fullmatch(folder.name):
                    found[_plain(match["name"])] = match["version"]
    return found


def reached(imported: Iterable[str], everything: dict[str, str], memo: Memo) -> dict[str, str]:
    """Return Python's version and those of the distributions that can matter to a kernel.

    `imported`: the packages that its code imports, by their names there; `everything`: see `installed`.
    """
    names = sorted(imported)
    key = f"{names} {sorted(everything.items())}"
    python = ".".join(map(str, sys.version_info[:3]))
    return {"python": python} | {
        name: everything[name] for name in memo.get(key, lambda: _closure(names, everything))
    }


def _closure(imported: Iterable[str], everything: dict[str, str]) -> list[str]:
    by_import = packages_distributions()
    waiting = [*KERNEL, *IF_INSTALLED, *(dist for name in imported for dist in by_import.get(name, ()))]
    found: set[str] = set()
    while waiting:
        name = _plain(waiting.pop())
        if name in everything and name not in found:
            found.add(name)
            waiting += _required(name)
    return sorted(found)


def _required(name: str) -> list[str]:
    from packaging.requirements import Requirement

    try:
        asked = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
