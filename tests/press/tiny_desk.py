"""Runs the author's desk in a process of its own: `tiny_desk.py ROOT pages|book [--port N]`.

`book` builds with the press itself; `pages` lays book/*.md out as pages, as slowly as the file `slow` says.
"""

import argparse
import hashlib
import html
import importlib
import json
import sys
import time
from pathlib import Path

import press_fakes as fakes
from rich.console import Console

from sharedborder.press.build import build
from sharedborder.press.desk.serve import Desk, serve
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.wish import Wish

PAGE = '<!DOCTYPE html><html><head><link rel="stylesheet" href="style.css"></head><body>{}</body></html>'


def lay_out(folders: Folders) -> None:
    """Make a page of each text of the book; a text with BROKEN in it stops this press."""
    with (folders.root / "builds.log").open("a") as log:
        log.write("build\n")
    texts = {path.stem: path.read_text("utf-8") for path in folders.book.glob("*.md")}
    time.sleep(float((folders.root / "slow").read_text()))
    for name, text in texts.items():
        if "BROKEN" in text:
            raise PressError(f"{name}: <b>broken</b> & stopped")
    files = {f"{name}.html": PAGE.format(html.escape(text)) for name, text in texts.items()}
    files |= {path.name: path.read_text() for path in folders.book.glob("theme/*.css")}
    folders.site.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folders.site / name).write_text(text, "utf-8")
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    (folders.site / "build.json").write_text(json.dumps({"files": sums}), "utf-8")


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("root", type=Path)
    reader.add_argument("make", choices=["pages", "book"])
    reader.add_argument("--port", type=int, default=0)
    asked = reader.parse_args()
    folders = Folders.of(asked.root)
    if (asked.root / "code" / "press.py").exists():
        sys.path.append(str(asked.root / "code"))
        importlib.import_module("press")
    console = Console(width=200)

    def make() -> None:
        if asked.make == "pages":
            lay_out(folders)
        else:
            build(folders, fakes.HANDED, Wish(jobs=1), console)

    serve(Desk(folders, make, console, asked.port, asked.root / "code", sys.orig_argv[1:]))


if __name__ == "__main__":
    main()
