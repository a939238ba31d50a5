"""What all commands share: the front door itself, errors in plain words, options, and rows on a terminal."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sharedborder.press.folders import Folders

MAY_PASS, PERSON_DECIDES = 1, 2
Arguments = ParamSpec("Arguments")
EditionOption = Annotated[str | None, typer.Option(help='"latest" or a day; all if not given.')]
LanguageOption = Annotated[str | None, typer.Option(help="en or es; all that the book has if not given.")]
OnlyOption = Annotated[
    str | None, typer.Option(help="Run only this chapter's notebook; others as they stand.")
]

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
debugging = False


class ArgumentError(ValueError):
    """An argument or the folder is not what the command needs."""


@app.callback()
def settings(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")] = False,
) -> None:
    """The Shared Border: from publishers' releases to the publication."""
    global debugging
    debugging = debug


def in_plain_words(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Turn our own errors into their sentence and an exit code; with --debug, let them through."""

    @functools.wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Exception as error:
            if debugging or isinstance(error, typer.Exit):
                raise
            _fail(error)

    return told


def _fail(error: Exception) -> None:
    known = type(error).__module__.startswith("sharedborder.") or isinstance(error, OSError)
    said = str(error) if known else f"{type(error).__name__}: {error} (a fault of ours; --debug shows where)"
    typer.echo(said, err=True)
    raise typer.Exit(MAY_PASS if isinstance(error, OSError) else PERSON_DECIDES)


def found_folders(output: Path | None = None) -> "Folders":
    """Find the project from the working folder upwards, else from this package."""
    from sharedborder.press.folders import Folders

    return Folders.found(output.resolve() if output else None)


def print_table(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> None:
    from rich.table import Table

    shown = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        shown.add_column(head, justify="right" if rows and _is_number(rows[0][heads.index(head)]) else "left")
    for row in rows:
        shown.add_row(*map(str, row))
    terminal().print(shown)


def _is_number(text: Any) -> bool:
    return str(text).replace(",", "").isdigit()


def terminal() -> "Console":
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=200)
