"""What a notebook's cell leaves behind: JSON for the press, and a preview for its author."""

import html
from collections.abc import Sequence
from typing import Any, Final

Line = Sequence[str]

_waiting: Final[dict[str, list[tuple[dict[str, Any], Line]]]] = {}


def show(mime: str, data: dict[str, Any], preview: str, text: str) -> None:
    """Display `data` as JSON of type `mime`, with an HTML and a plain preview, below what was gathered."""
    show_gathered()
    _display({mime: data, "text/html": preview, "text/plain": text})


def gather(mime: str, data: dict[str, Any], line: Line) -> None:
    """Display `data` when the cell ends, in one table with all of type `mime` that the cell leaves.

    The JSON is a list. A display for each would take ten times as long. Outside IPython there are no cells,
    and it is displayed at once.
    """
    from IPython.core.getipython import get_ipython  # only a kernel needs it

    _waiting.setdefault(mime, []).append((data, line))
    shell = get_ipython()
    if shell is None:
        show_gathered()
    else:
        shell.events.register("post_execute", show_gathered)  # once: IPython knows what is registered


def show_gathered() -> None:
    """Display what was gathered and is not displayed yet."""
    while _waiting:
        mime, gathered = _waiting.popitem()
        lines = [line for _, line in gathered]
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(part)}</td>' for part in line)}</tr>" for line in lines
        )
        text = "\n".join(" · ".join(line) for line in lines)
        _display(
            {mime: [data for data, _ in gathered], "text/html": f"<table>{rows}</table>", "text/plain": text}
        )


def _display(bundle: dict[str, Any]) -> None:
    from IPython.display import display

    display(bundle, raw=True)  # type: ignore[no-untyped-call]
