"""The browser that the tests drive: found on the machine, or installed by ``python tests/browser.py``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium was found and none could be installed: install Debian's package `chromium` as root, "
    "or run `.venv/bin/playwright install --with-deps chromium`, then try again."
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Path of a Chromium: the machine's own, else the one that Playwright has downloaded."""
    own = next((path for name in NAMES if (path := shutil.which(name))), None)
    if own:
        return own
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


def install() -> str | None:
    """Try Debian's package as root, then Playwright's own download; the path of what is there afterwards."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        attempts.insert(
            0,
            [
                "sh",
                "-c",
                f"{' '.join(quiet)} update && {' '.join(quiet)} install -y --no-install-recommends chromium",
            ],
        )
    for command in attempts:
        subprocess.run(
            command,
            check=False,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        if path := find():
            return path
    return None


if __name__ == "__main__":
    if not (find() or install()):
        sys.exit(MISSING)
