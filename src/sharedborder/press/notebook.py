"""Reading and normalising notebooks: the same inputs leave the same bytes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
KERNEL = "python3"


def read(path: Path) -> NotebookNode:
    """Return a notebook in the current format."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return]


def parse(source: str) -> NotebookNode:
    """Return a notebook, in the current format, from its JSON text."""
    return nbformat.reads(source, as_version=4)  # type: ignore[no-untyped-call, no-any-return]


def text(book: Mapping[str, Any]) -> str:
    """Return a notebook as JSON text, on one line: a line for each value takes ten times as long."""
    return json.dumps(book, sort_keys=True, ensure_ascii=False) + "\n"


def from_text(source: str) -> NotebookNode:
    """Return a notebook from what `text` gave: there is nothing to check in it, or to bring up to date."""
    return _node(**json.loads(source))


def tags(cell: Mapping[str, Any]) -> list[str]:
    """Return a cell's tags."""
    return list(cell.get("metadata", {}).get("tags", []))


def numbered_cells(book: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield cells with their number in the author's notebook, from 1, without the one Papermill injects."""
    own = (cell for cell in book.cells if INJECTED not in tags(cell))
    yield from enumerate(own, start=1)


def author_number(source: NotebookNode, executed_index: int) -> int:
    """Return the number, in the author's notebook, of the cell at an index of the executed one."""
    tagged = [index for index, cell in enumerate(source.cells) if PARAMETERS in tags(cell)]
    injected = bool(tagged) and executed_index > tagged[0]
    return executed_index + 1 - injected


def normalise(book: NotebookNode) -> NotebookNode:
    """Take out what differs from run to run: times, counters, random cell ids, cuts in streams."""
    book.metadata = _node(kernelspec={"name": KERNEL, "display_name": "Python 3", "language": "python"})
    for number, cell in enumerate(book.cells, start=1):
        cell["id"] = f"cell-{number}"
        kept = tags(cell)
        cell["metadata"] = _node(tags=kept) if kept else _node()
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = _joined([_plain_output(output) for output in cell["outputs"]])
    return book


def _plain_output(output: NotebookNode) -> NotebookNode:
    if "execution_count" in output:
        output["execution_count"] = None
    output.pop("transient", None)
    return output


def _joined(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed in succession: how a kernel cuts it depends on the moment."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if output["output_type"] == "stream" and joined and joined[-1].get("name") == output["name"]:
            joined[-1]["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def first_line(source: str) -> str:
    """Return the first line of a cell that says something."""
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def _node(**content: Any) -> NotebookNode:
    return NotebookNode(**content)  # type: ignore[no-untyped-call]
