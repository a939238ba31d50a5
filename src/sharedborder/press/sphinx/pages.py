"""Lists of pages that the plan knows: the {pages} directive, which nobody has to keep up to date."""

from typing import Any, ClassVar

from docutils import nodes  # type: ignore[import-untyped]
from docutils.parsers.rst import directives  # type: ignore[import-untyped]
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sharedborder.press.sphinx.facts import Record, answer, edition_of, fact_at, fact_node, note

LOGGER = logging.getLogger(__name__)


class Pages(SphinxDirective):
    """``{pages} nationality/*``: links to this edition's pages of that name, by their short titles.

    With `:fact: total` each has its own fact of that key beside it, the largest first; pages whose fact is
    absent come last.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"fact": directives.unchanged_required}

    def run(self) -> list[Any]:
        edition = edition_of(self.env.app)
        note(self.env, f"pages {self.arguments[0]}")
        found = list(answer(edition, f"pages {self.arguments[0]}"))
        if not found and edition["edition"] == "latest":
            LOGGER.warning("no page is called %r", self.arguments[0], location=self.get_location())
        found.sort(key=lambda name: self._order(edition, name))
        listing = nodes.bullet_list(classes=["pages"])
        listing += [self._entry(edition, name) for name in found]
        return [listing] if found else []

    def _order(self, edition: Record, page: str) -> float:
        """Give minus the page's number, so that the largest comes first; others keep theirs."""
        held = fact_at(edition, f"{page}:{self.options.get('fact', '')}") or {}
        value = held.get("value")
        return -float(value) if isinstance(value, int | float) else 1.0

    def _entry(self, edition: Record, page: str) -> Any:
        title = edition["pages"][page].get("title") or page
        where = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refdoc": self.env.docname}
        link = pending_xref("", nodes.inline("", title), **where, refexplicit=True, refwarn=True)
        paragraph = nodes.paragraph("", "", link)
        if key := self.options.get("fact"):
            note(self.env, f"fact {page}:{key}")
            paragraph += [nodes.Text(" "), fact_node(edition, f"{page}:{key}")]
        return nodes.list_item("", paragraph)
