"""What a notebook's cell leaves behind: JSON for the press, and a preview for its author."""

from typing import Any

from IPython.display import display

from . import messages


def show(mime: str, data: dict[str, Any], preview: str, text: str) -> None:
    """Display `data` as JSON of type `mime`, with an HTML and a plain preview.

    Messages that had no Spanish go along as `untranslated`, so that the press can name them.
    """
    if messages.missing:
        data = {**data, "untranslated": sorted(messages.missing)}
    display({mime: data, "text/html": preview, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
