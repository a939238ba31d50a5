"""Takes the facts, figures and claims out of an executed notebook."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from sharedborder.press import notebook
from sharedborder.press.errors import PressError

FACTS = "application/vnd.sharedborder.facts+json"
FIGURE = "application/vnd.sharedborder.figure+json"
CLAIM = "application/vnd.sharedborder.claim+json"
KINDS = {FACTS: ("fact", "key"), FIGURE: ("figure", "id"), CLAIM: ("claim", "id")}
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Bundle = dict[str, Any]
Resolve = Callable[[Bundle, Sequence[str]], Bundle]  # (as a notebook left it, languages)


@dataclass(frozen=True)
class Harvest:
    """What a page's notebook gave: facts by key, figures and claims by id, notes on outputs not shown."""

    facts: dict[str, Bundle] = field(default_factory=dict)
    figures: dict[str, Bundle] = field(default_factory=dict)
    claims: dict[str, Bundle] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def harvest(book: NotebookNode, page: str) -> Harvest:
    """Return the facts, figures and claims of an executed notebook.

    Raises PressError naming both cells if a key is used twice, or the cell of a key that cannot be one.
    """
    taken = Harvest()
    cells: dict[tuple[str, str], int] = {}
    for number, output in _outputs(book):
        data = output.get("data", {})
        for mime, bundle in bundles_in(data):
            store = {FACTS: taken.facts, FIGURE: taken.figures, CLAIM: taken.claims}[mime]
            _keep(bundle, mime, store, cells, number, page)
        if not KINDS.keys() & data.keys():
            taken.notes.append(
                f"{page}, cell {number}: not shown, neither fact nor figure nor claim: {_glimpse(output)}"
            )
    return taken


def write_texts(book: NotebookNode, page: str, resolve: Resolve, languages: Sequence[str]) -> None:
    """Write out the texts of an executed notebook's facts, figures and claims, in place.

    Raises PressError naming the page, the cell and what could not be written.
    """
    for number, output in _outputs(book):
        for _, bundle in bundles_in(output.get("data", {})):
            try:
                written = dict(resolve(bundle, languages))
            except ValueError as error:
                named = bundle.get("key") or bundle.get("id")
                raise PressError(f"{page}, cell {number}: {named}: {error}") from error
            bundle.clear()
            bundle.update(written)


def bundles_in(data: Mapping[str, Any]) -> Iterator[tuple[str, Bundle]]:
    """Yield what an output's data holds, each with its type; the facts of a cell are in one list."""
    for mime in (mime for mime in KINDS if mime in data):
        for bundle in data[mime] if mime == FACTS else [data[mime]]:
            yield mime, bundle


def shown_in(cell: Mapping[str, Any]) -> list[tuple[str, Bundle]]:
    """Return what a cell shows, in order: (FIGURE or CLAIM, the bundle)."""
    outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [(mime, data[mime]) for data in outputs for mime in (FIGURE, CLAIM) if mime in data]


def _outputs(book: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    for number, cell in notebook.numbered_cells(book):
        for output in cell.get("outputs", []):
            yield number, output


def _keep(
    bundle: Bundle,
    mime: str,
    store: dict[str, Bundle],
    cells: dict[tuple[str, str], int],
    number: int,
    page: str,
) -> None:
    kind, name = KINDS[mime]
    key = bundle[name]
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
