"""Commands for who writes: checks, a new chapter, the Spanish catalogues."""

from typing import Annotated

import typer

from sharedborder.cli.front import PERSON_DECIDES, app, found_folders, in_plain_words
from sharedborder.cli.handed import handed

new = typer.Typer(no_args_is_help=True, help="Begin something new.")
app.add_typer(new, name="new")


@app.command()
@in_plain_words
def check() -> None:
    """Check notebooks, prose, translations and the data contract."""
    from sharedborder.press.writing import checks
    from sharedborder.records import contract, corrections

    found = [*map(str, checks.check(found_folders())), *contract.problems(), *corrections.lapsed()]
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

    folders = found_folders()
    for path in chapters.new_chapter(folders, name, handed(folders).releases):
        typer.echo(path.relative_to(folders.root).as_posix())
    typer.echo(f"Next: make it yours, then sharedborder build --only {name}", err=True)


@app.command()
@in_plain_words
def catalogue() -> None:
    """Bring the Spanish catalogues of figures and of prose up to date; list what still lacks Spanish."""
    from sharedborder.display import catalogue, messages
    from sharedborder.press.book import sentences

    folders = found_folders()
    po = folders.root / messages.CATALOGUE
    rooms = folders.root / "src" / "sharedborder"
    code = [rooms / "display", rooms / "analysis" / "claims"]
    lacking = [*catalogue.update(folders.notebooks.glob("*.ipynb"), code, po), *sentences.update(folders)]
    for message in lacking:
        typer.echo(message)
    typer.echo(f"{len(lacking)} messages in book/locales/ lack Spanish.", err=True)
