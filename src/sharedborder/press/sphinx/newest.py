"""What came last: the {newest} directive, the tables whose figures were released most recently."""

import posixpath
from datetime import date
from typing import Any

from babel.dates import format_date
from docutils import nodes  # type: ignore[import-untyped]
from markupsafe import escape
from sphinx.util.docutils import SphinxDirective

from sharedborder.press.book.edition import LOCALES
from sharedborder.press.sphinx.dateline import MONTH
from sharedborder.press.sphinx.facts import DATA_PAGE, Record, edition_of, note

MOST = 6


class Newest(SphinxDirective):
    """``{newest}``: links to the tables that were released last, the newest first, each with its month."""

    def run(self) -> list[Any]:
        note(self.env, "tables")
        place = posixpath.relpath(f"{DATA_PAGE}.html", posixpath.dirname(self.env.docname) or ".")
        entries = "\n".join(newest(edition_of(self.env.app), place))
        return [nodes.raw("", f"<ul>\n{entries}\n</ul>", format="html")]


def newest(edition: Record, place: str) -> list[str]:
    """Return an entry in HTML for each of the newest tables; `place` is the address of the data page."""
    held = [(str(about["published"]), table, about["title"]) for table, about in edition["tables"].items()]
    pattern, locale = MONTH[edition["language"]], LOCALES[edition["language"]]
    entries = []
    for day, table, title in sorted(held, key=lambda one: one[0], reverse=True)[:MOST]:
        said = format_date(date.fromisoformat(day), pattern, locale=locale)
        link = f'<a href="{place}#{nodes.make_id(table)}">{escape(title)}</a>'
        entries.append(f'<li><time datetime="{day[:7]}">{said}</time> {link}</li>')
    return entries
