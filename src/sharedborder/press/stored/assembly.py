"""Takes the prose out of an executed notebook, and joins the prose of the day to it again."""

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from sharedborder.press import notebook
from sharedborder.press.recipes.recipe import ACTED_ON


def code_only(executed: str) -> str:
    """Return an executed notebook without prose and without tags, but for the cell that Papermill put in."""
    book = notebook.from_text(executed)
    book.cells = [cell for cell in book.cells if cell["cell_type"] == "code"]
    for cell in book.cells:
        _keep_tags(cell, (notebook.INJECTED,))
    return notebook.text(notebook.normalise(book))


def joined(path: Path, content: str) -> str:
    """Return the notebook at `path` with the outputs of `code_only`, as an execution of it would leave it."""
    results = notebook.from_text(content).cells
    injected = [cell for cell in results if notebook.INJECTED in notebook.tags(cell)]
    own = iter([cell for cell in results if cell not in injected])
    book = notebook.read(path)
    cells = [_with_outputs(cell, own) for cell in book.cells]
    tagged = [at for at, cell in enumerate(cells) if notebook.PARAMETERS in notebook.tags(cell)]
    place = tagged[0] + 1 if tagged else 0
    book.cells = [*cells[:place], *injected, *cells[place:]]
    return notebook.text(notebook.normalise(book))


def _with_outputs(cell: NotebookNode, results: Iterator[NotebookNode]) -> NotebookNode:
    _keep_tags(cell, ACTED_ON)
    if cell["cell_type"] == "code":
        cell["outputs"] = next(results)["outputs"]
    return cell


def _keep_tags(cell: NotebookNode, wanted: tuple[str, ...]) -> None:
    cell["metadata"]["tags"] = [tag for tag in notebook.tags(cell) if tag in wanted]
