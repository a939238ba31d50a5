"""A chapter's figure on a page that is written once: the {chart} directive."""

from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)
SHOWN = "_figures"


class Chart(SphinxDirective):
    """``{chart} border:monthly-encounters``: that figure of that chapter, on a page at the book's root."""

    required_arguments = 1

    def run(self) -> list[Any]:
        page, _, figure = self.arguments[0].rpartition(":")
        path = Path(self.env.srcdir) / SHOWN / page / f"{figure}.html"
        if "/" in self.env.docname or not path.is_file():
            LOGGER.warning(
                "there is no figure %r here; {chart} shows a chapter's figure on a page at the book's root",
                self.arguments[0],
                location=self.get_location(),
            )
            return []
        self.env.note_dependency(str(path))
        return [nodes.raw("", path.read_text("utf-8"), format="html")]
