"""The front door: commands, and the one place where the rooms meet. Each command imports only what it needs.

Exit codes: 0 done, 1 a fault that may pass (network, files), 2 a person must decide (data, arguments).
"""

import contextlib
import datetime
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, cast

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sharedborder.display.messages import Language
    from sharedborder.press.book.binder import Binder
    from sharedborder.press.book.catalogue import Contract
    from sharedborder.press.folders import Folders
    from sharedborder.press.handed import Handed
    from sharedborder.press.wish import Wish

MAY_PASS, PERSON_DECIDES = 1, 2
CATEGORIES = ("category", "series", "mode", "procedure", "application_type", "decision_level", "counted")
WORLD = "WLD"
LISTED = ("edition", "name", "chapter", "parameters", "made")
Arguments = ParamSpec("Arguments")
EditionOption = Annotated[str | None, typer.Option(help='"latest" or a day; all if not given.')]
LanguageOption = Annotated[str | None, typer.Option(help="en or es; all that the book has if not given.")]
OnlyOption = Annotated[
    str | None, typer.Option(help="Run only this chapter's notebook; others as they stand.")
]

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
new = typer.Typer(no_args_is_help=True, help="Begin something new.")
app.add_typer(new, name="new")
debugging = False


class ArgumentError(ValueError):
    """An argument or the folder is not what the command needs."""


class Format(StrEnum):
    """How `table` writes rows."""

    csv = "csv"
    json = "json"


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


@app.command("list")
@in_plain_words
def list_pages(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Show every page of every edition with its state, and why."""
    from sharedborder.press.stored.results import states

    folders = _folders()
    rows = states(folders, _handed(folders))
    if as_json:
        listed = [{name: getattr(page, name) for name in LISTED} | {"state": state} for page, state in rows]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        _print_table([[page.edition, page.name, state] for page, state in rows], ("edition", "page", "state"))


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

    folders = _folders(output)
    make(folders, _handed(folders), Wish(edition, language, only, jobs, scheduler), _console())


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

    folders, console = _folders(), _console()
    with contextlib.closing(Binder()) as binder:
        make = functools.partial(_make_anew, folders, Wish(edition, language, only), console, binder)
        keep_serving(Desk(folders, make, console, port, command=sys.orig_argv[1:]))


def _make_anew(folders: "Folders", wish: "Wish", console: "Console", binder: "Binder") -> None:
    """Build with what the files hold now: the contract is read again."""
    from sharedborder.press.build import build as make

    make(folders, _handed(folders), wish, console, binder)


@app.command()
@in_plain_words
def table(
    name: Annotated[str, typer.Argument(help="The table, as in data/schemas/.")],
    as_of: Annotated[
        str | None, typer.Option(help="As it was known on this day; the latest if not given.")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="All rows, for machines.")] = None,
) -> None:
    """Show a table as it was known on a day: totals by period, or with --format every row."""
    from sharedborder.records import ledger

    frame = ledger.read(name, as_of=as_of)
    if form is Format.csv:
        sys.stdout.write(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
    elif form is Format.json:
        typer.echo(
            frame.to_json(orient="records", date_format="iso", date_unit="s", force_ascii=False, indent=1)
        )
    else:
        _print_totals(frame)


@app.command()
@in_plain_words
def claims(
    edition: Annotated[str, typer.Option(help='"latest" or a day.')] = "latest",
    as_json: Annotated[bool, typer.Option("--json", help="For machines: as claims.json.")] = False,
) -> None:
    """Check every published sentence by what was known in an edition; show verdict and reason."""
    from sharedborder import meeting

    entries = {claim["id"]: meeting.claim_entry(claim, "claims", "en") for claim in meeting.claims(edition)}
    if as_json:
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=1))
    else:
        rows = [[name, entry["verdict"], entry["reason"]] for name, entry in entries.items()]
        _print_table(rows, ("claim", "verdict", "why"))


@app.command()
@in_plain_words
def ingest(
    publisher: Annotated[str, typer.Argument(help="The publisher's parser: cbp, unhcr, ...")],
    files: Annotated[list[Path], typer.Argument(help="The release's files, as published.")],
    published: Annotated[str, typer.Option(help="The day of the release, 2023-12-22.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
) -> None:
    """Parse a release's files and append its tables to the ledger."""
    from sharedborder.records import intake

    found = intake.ingest(publisher, files, _day(published), dry_run)
    for name, rows in found.rows.items():
        done = "would be written" if dry_run else "written"
        typer.echo(f"{name}: {rows:,} rows, {done if name in found.written else 'already held, unchanged'}")


@app.command()
@in_plain_words
def check() -> None:
    """Check notebooks, prose, translations and the data contract."""
    from sharedborder.press.writing import checks
    from sharedborder.records import contract, corrections

    found = [*map(str, checks.check(_folders())), *contract.problems(), *corrections.lapsed()]
    for problem in found:
        typer.echo(problem)
    if found:
        typer.echo(f"{len(found)} to repair.", err=True)
        raise typer.Exit(PERSON_DECIDES)
    typer.echo("Nothing to repair.")


@new.command("chapter")
@in_plain_words
def new_chapter(
    name: Annotated[str, typer.Argument(help="Of the page and the notebook: border-deaths.")],
) -> None:
    """Write a chapter that passes the checks: a notebook to begin with, its entry and its place."""
    from sharedborder.press.writing import new_chapter as chapters

    folders = _folders()
    for path in chapters.new_chapter(folders, name, _handed(folders).releases):
        typer.echo(path.relative_to(folders.root).as_posix())
    typer.echo(f"Next: make it yours, then sharedborder build --only {name}", err=True)


@app.command()
@in_plain_words
def bench(
    scenes: Annotated[
        list[str] | None, typer.Argument(help="every-day, cores, cluster, sizes; all if none.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Once and small: only whether all of it runs.")
    ] = False,
) -> None:
    """Measure the press beside the stock way; writes benchmarks/results.json and the README's table."""
    import subprocess

    root = _folders().root
    command = [sys.executable, "-m", "benchmarks", *(scenes or []), *(["--quick"] if quick else [])]
    if code := subprocess.run(command, cwd=root, check=False).returncode:
        raise typer.Exit(code)


@app.command()
@in_plain_words
def catalogue() -> None:
    """Bring the Spanish catalogues of figures and of prose up to date; list what still lacks Spanish."""
    from sharedborder.display import catalogue, messages
    from sharedborder.press.book import sentences

    folders = _folders()
    po = folders.root / messages.CATALOGUE
    rooms = folders.root / "src" / "sharedborder"
    code = [rooms / "display", rooms / "analysis" / "claims"]
    lacking = [*catalogue.update(folders.notebooks.glob("*.ipynb"), code, po), *sentences.update(folders)]
    for message in lacking:
        typer.echo(message)
    typer.echo(f"{len(lacking)} messages in book/locales/ lack Spanish.", err=True)


def _folders(output: Path | None = None) -> "Folders":
    """Find the project from the working folder upwards, else from this package."""
    from sharedborder.press.folders import Folders

    return Folders.found(output.resolve() if output else None)


def _handed(folders: "Folders") -> "Handed":
    """Give the press what it needs of the other rooms."""
    from sharedborder.press.book import catalogue, sentences
    from sharedborder.press.handed import Handed

    contract = catalogue.read_contract(folders.data, sentences.spanish(folders.book))
    return Handed(
        releases=functools.partial(_releases, contract),
        tables=functools.partial(catalogue.tables, contract),
        catalogue=functools.partial(catalogue.catalogue, contract),
        resolve=resolve,
        paint=paint,
        listening=listening,
        translations=translations,
        figure_html=figure_html,
        evidence_html=evidence_html,
        stylesheet=_stylesheet,
        grounds=_grounds,
        replay=_replay,
        claim_html=_meeting("claim_html"),
        claim_entry=_meeting("claim_entry"),
        changes=_meeting("changes_page"),
        corrections=_meeting("corrections_page"),
    )


def _releases(contract: "Contract", name: str) -> Sequence[datetime.date]:
    if name not in contract.schemas:
        raise KeyError(name)
    return [
        datetime.date.fromisoformat(item["published"]) for item in contract.resources if item["table"] == name
    ]


def resolve(bundle: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Write the texts of a fact or a figure in the languages."""
    from sharedborder.display import resolving

    return resolving.resolve(bundle, cast("Sequence[Language]", languages))


def paint(figure: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Paint a figure; called by name in the press's own painting processes."""
    from sharedborder.display import painting

    return painting.paint(figure, cast("Language", language))


@contextlib.contextmanager
def listening() -> Iterator[Mapping[str, Any]]:
    """Give what is asked of the catalogue of figures meanwhile."""
    from sharedborder.display import messages

    with messages.listening() as heard:
        yield heard.asked


def translations(language: str) -> Mapping[str, Any]:
    """Give what the catalogue of figures says."""
    from sharedborder.display import messages

    return messages.translations(cast("Language", language))


def figure_html(
    figure: dict[str, Any], language: str, pictures: Mapping[str, str], files: Mapping[str, str]
) -> str:
    """Write a figure for a page, its sources in the words of sources.yml."""
    from sharedborder.display import markup
    from sharedborder.records import sources

    return markup.figure_html(figure, cast("Language", language), pictures, sources.describe, files)


def evidence_html(fact: dict[str, Any], language: str) -> str:
    """Write where a fact comes from, or why it is absent."""
    from sharedborder.display import provenance
    from sharedborder.records import sources

    return provenance.evidence_html(fact, cast("Language", language), sources.describe)


def _meeting(name: str) -> Callable[..., Any]:
    """Give a function of `meeting`, which loads all rooms, so it is imported when first called."""

    def call(*arguments: Any) -> Any:
        from sharedborder import meeting

        return getattr(meeting, name)(*arguments)

    return call


def _stylesheet() -> str:
    from sharedborder.display import theme

    return theme.stylesheet()


def _grounds(entry: Mapping[str, Any]) -> str:
    from sharedborder.records import grounds

    return grounds.digest(entry)


def _replay(entry: Mapping[str, Any]) -> str:
    """Read again what a chapter read; with one thread, as this process may fork afterwards."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from sharedborder.records import replay

    return replay.digest(entry)


def _print_totals(frame: Any) -> None:
    """Print the count by period and release; tables with categories also by these."""
    origin = frame.attrs
    period = next((name for name in ("month", "fiscal_year", "year", "date") if name in origin["key"]), None)
    if period is None:
        rows = frame.astype("str")
        _print_table(rows.to_numpy().tolist(), list(rows.columns))
        return
    if "country" in origin["key"] and (frame["country"] == WORLD).any():
        frame = frame[frame["country"] == WORLD]  # it holds the sum of all others
    groups = [period, *(name for name in CATEGORIES if name in origin["key"]), "published"]
    totals = frame.groupby(groups, as_index=False, dropna=False)[origin["count"]].sum(min_count=1)
    rows = [
        [_written(value, name) for name, value in zip(totals.columns, row, strict=True)]
        for row in totals.to_numpy()
    ]
    _print_table(rows, [*groups[:-1], "release", origin["count"]])


def _written(value: Any, column: str) -> str:
    if column == "month":
        return f"{value:%Y-%m}"
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str) or "year" in column:
        return str(value)
    return "" if value != value else f"{value:,.0f}"


def _print_table(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> None:
    from rich.table import Table

    shown = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        shown.add_column(head, justify="right" if rows and _is_number(rows[0][heads.index(head)]) else "left")
    for row in rows:
        shown.add_row(*map(str, row))
    _console().print(shown)


def _is_number(text: Any) -> bool:
    return str(text).replace(",", "").isdigit()


def _console() -> "Console":
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=200)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{text!r} is not a day like 2023-12-22.") from None
