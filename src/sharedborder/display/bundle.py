"""What a notebook's cell leaves behind: JSON for the press, and a preview for its author."""

from typing import Any


def show(mime: str, data: dict[str, Any], preview: str, text: str) -> None:
    """Display `data` as JSON of type `mime`, with an HTML and a plain preview."""
    from IPython.display import display  # only a kernel needs it

    display({mime: data, "text/html": preview, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
