"""What a notebook's cell leaves behind: JSON for the press, and a preview for its author."""

from typing import Any, Final

from IPython.display import display

VERSION: Final = 1
"""Of the form in which facts and figures leave a notebook; another one is not read."""


def show(mime: str, data: dict[str, Any], preview: str, text: str) -> None:
    """Display `data` as JSON of type `mime`, with an HTML and a plain preview."""
    display({mime: data, "text/html": preview, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
