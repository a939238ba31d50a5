"""A chapter's figure elsewhere: on a page that is written once ({chart}), and alone, to stand in a frame."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sharedborder.press.folders import EMBED, EMBEDDED, LISTED, SHOWN
from sharedborder.press.sphinx.changes import is_stale

LOGGER = logging.getLogger(__name__)
FRAME = "embed.html"
"""The template of a figure that stands alone."""


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


def embedded_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the stale pages of figures that other sites may show in a frame: name, context, template."""
    source = Path(app.srcdir)
    listed = json.loads((source / LISTED).read_text("utf-8")) if (source / EMBEDDED).is_dir() else {}
    for name, about in listed.items():
        page, _, figure = name.rpartition(":")
        staged, made = f"{EMBEDDED}/{page}/{figure}.html", f"{EMBED}/{page}/{figure}"
        if is_stale(app, staged, f"{made}.html"):
            content = Markup((source / staged).read_text("utf-8"))
            yield (
                made,
                {"figure": content, "article": page, "about": about, "title": about["title"]},
                FRAME,
            )
