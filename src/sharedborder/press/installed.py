"""The distributions that are installed, from the names of their folders: no file is opened."""

import re
import sys
from pathlib import Path

PACKAGES = ("site-packages", "dist-packages")
DISTRIBUTION = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.dist-info")


def installed() -> dict[str, str]:
    """Return name -> version of every distribution."""
    found: dict[str, str] = {}
    for place in reversed(sys.path):
        if Path(place).name in PACKAGES and Path(place).is_dir():
            for folder in Path(place).iterdir():
                if match := DISTRIBUTION.fullmatch(folder.name):
                    found[plain(match["name"])] = match["version"]
    return found


def plain(name: str) -> str:
    """Return a distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
