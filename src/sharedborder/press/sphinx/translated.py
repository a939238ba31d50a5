"""Translated sentences, each of which Sphinx reads as a document of its own: thousands in a book."""

from functools import lru_cache
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from myst_nb.sphinx_ import Parser
from myst_parser.mdit_to_docutils import base
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import new_document

TRANSLATED = "<translated>"
"""How Sphinx ends the name of a sentence's source."""


class PageParser(Parser):  # type: ignore[misc]
    """MyST-NB's parser, except that one Markdown parser reads all translated sentences of a book: MyST makes
    one, with all its rules, for each.
    """

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse the source of a page, or a translated sentence, into a document."""
        if not document.current_source.endswith(TRANSLATED):
            super().parse(inputstring, document)
            return
        reader = _reader(document.settings.env)
        reader.options["document"] = document
        reader.render(inputstring)


@lru_cache(maxsize=1)
def _reader(env: BuildEnvironment) -> MarkdownIt:
    return create_md_parser(env.myst_config, SphinxRenderer)  # type: ignore[attr-defined]


def read_translated(app: Sphinx) -> None:
    """Have `PageParser` read what MyST-NB's parser reads.

    MyST makes an empty document, with each of docutils' settings, before it looks whether it was given one:
    that is Sphinx's here, whose settings stand.
    """
    app.setup_extension("myst_nb")
    app.add_source_parser(PageParser, override=True)
    base.make_document = _empty_document


def _empty_document(source_path: str = "notset", parser_cls: Any = None) -> nodes.document:
    return new_document(source_path)
