"""Commands that make the publication, and show how its pages stand."""

import contextlib
import functools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sharedborder.cli.front import (
    EditionOption,
    LanguageOption,
    OnlyOption,
    app,
    found_folders,
    in_plain_words,
    print_table,
    terminal,
)
from sharedborder.cli.handed import handed

if TYPE_CHECKING:
    from rich.console import Console

    from sharedborder.press.book.binder import Binder
    from sharedborder.press.folders import Folders
    from sharedborder.press.wish import Wish

LISTED = ("edition", "name", "chapter", "parameters", "made")


@app.command("list")
@in_plain_words
def list_pages(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Show every page of every edition with its state, and why."""
    from sharedborder.press.stored.results import states

    folders = found_folders()
    rows = states(folders, handed(folders))
    if as_json:
        listed = [{name: getattr(page, name) for name in LISTED} | {"state": state} for page, state in rows]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        print_table([[page.edition, page.name, state] for page, state in rows], ("edition", "page", "state"))


@app.command()
@in_plain_words
def build(
    edition: EditionOption = None,
    language: LanguageOption = None,
    only: OnlyOption = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many at once; all cores if not given.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Run the notebooks on a Dask cluster: tcp://host:8786.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where the site goes, instead of _build/site.")] = None,
) -> None:
    """Make the site anew where something changed."""
    from sharedborder.press.build import build as make
    from sharedborder.press.wish import Wish

    folders = found_folders(output)
    make(folders, handed(folders), Wish(edition, language, only, jobs, scheduler), terminal())


@app.command()
@in_plain_words
def serve(
    edition: EditionOption = None,
    language: LanguageOption = None,
    only: OnlyOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the site to this machine, make it anew at each save, and refresh the open page."""
    from sharedborder.press.book.binder import Binder
    from sharedborder.press.desk.serve import Desk
    from sharedborder.press.desk.serve import serve as keep_serving
    from sharedborder.press.wish import Wish

    folders, console = found_folders(), terminal()
    with contextlib.closing(Binder()) as binder:
        binder.get_ready()
        make = functools.partial(_make_anew, folders, Wish(edition, language, only), console, binder)
        keep_serving(Desk(folders, make, console, port, command=sys.orig_argv[1:]))


def _make_anew(folders: "Folders", wish: "Wish", console: "Console", binder: "Binder") -> None:
    """Build with what the files hold now: the contract is read again. Then be ready for the next save."""
    from sharedborder.press.build import build as make
    from sharedborder.press.kernels.ahead import look_ahead, warm_up

    try:
        make(folders, handed(folders), wish, console, binder)
    finally:
        if warm := warm_up(folders):
            look_ahead(warm, [wish.edition or "latest"])


@app.command()
@in_plain_words
def bench(
    scenes: Annotated[
        list[str] | None,
        typer.Argument(help="every-day, everything, cores, cluster, sizes, pages; all if none."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Once and small: only whether all of it runs.")
    ] = False,
) -> None:
    """Measure the press beside the stock way; writes benchmarks/results.json and the README's table."""
    import subprocess

    root = found_folders().root
    command = [sys.executable, "-m", "benchmarks", *(scenes or []), *(["--quick"] if quick else [])]
    if code := subprocess.run(command, cwd=root, check=False).returncode:
        raise typer.Exit(code)
