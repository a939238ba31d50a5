"""Takes the facts and figures out of an executed notebook."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from sharedborder.press import notebook
from sharedborder.press.errors import PressError

FACT = "application/vnd.sharedborder.fact+json"
FIGURE = "application/vnd.sharedborder.figure+json"
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Bundle = dict[str, Any]
Resolve = Callable[[Bundle, Sequence[str]], Bundle]  # (as a notebook left it, languages)


@dataclass(frozen=True)
class Harvest:
    """What a page's notebook gave: facts by key, figures by id, and notes on outputs not shown."""

    facts: dict[str, Bundle] = field(default_factory=dict)
    figures: dict[str, Bundle] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def harvest(book: NotebookNode, page: str) -> Harvest:
    """Return the facts and figures of an executed notebook.

    Raises PressError naming both cells if a key is used twice, or the cell of a key that cannot be one.
    """
    taken = Harvest()
    cells: dict[tuple[str, str], int] = {}
    for number, output in _outputs(book):
        data = output.get("data", {})
        for mime, name, store in ((FACT, "key", taken.facts), (FIGURE, "id", taken.figures)):
            if mime in data:
                _keep(data[mime], name, store, cells, number, page)
        if FACT not in data and FIGURE not in data:
            taken.notes.append(
                f"{page}, cell {number}: not shown, neither fact nor figure: {_glimpse(output)}"
            )
    return taken


def write_texts(book: NotebookNode, page: str, resolve: Resolve, languages: Sequence[str]) -> None:
    """Write out the texts of an executed notebook's facts and figures, in place.

    Raises PressError naming the page, the cell and what could not be written.
    """
    for number, output in _outputs(book):
        data = output.get("data", {})
        for mime in {FACT, FIGURE} & set(data):
            try:
                data[mime] = resolve(data[mime], languages)
            except ValueError as error:
                named = data[mime].get("key") or data[mime].get("id")
                raise PressError(f"{page}, cell {number}: {named}: {error}") from error


def figures_of(cell: Mapping[str, Any]) -> list[Bundle]:
    """Return the figures that a cell shows, in order."""
    return [output["data"][FIGURE] for output in cell.get("outputs", []) if FIGURE in output.get("data", {})]


def _outputs(book: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    for number, cell in notebook.numbered_cells(book):
        for output in cell.get("outputs", []):
            yield number, output


def _keep(
    bundle: Bundle,
    name: str,
    store: dict[str, Bundle],
    cells: dict[tuple[str, str], int],
    number: int,
    page: str,
) -> None:
    key = bundle[name]
    kind = "fact" if name == "key" else "figure"
    if not KEY.fullmatch(key):
        raise PressError(
            f"{page}, cell {number}: {key!r} cannot name a {kind}; use letters, digits, '_' and '-'."
        )
    if key in store:
        raise PressError(
            f"{page}: cells {cells[kind, key]} and {number} both define the {kind} {key!r}; rename one."
        )
    cells[kind, key] = number
    store[key] = bundle


def _glimpse(output: Mapping[str, Any]) -> str:
    shown = output.get("text") or output.get("data", {}).get("text/plain", "")
    return repr(notebook.first_line(shown)[:70])
