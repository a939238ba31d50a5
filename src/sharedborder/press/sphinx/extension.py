"""Our part of the Sphinx build: facts in prose, clean pages, the theme's context, and facts.json."""

import json
from collections.abc import Set
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from sharedborder.press.sphinx.builder import PagesBuilder
from sharedborder.press.sphinx.cards import illustrate_cards
from sharedborder.press.sphinx.changes import pages_to_read, pages_to_write, remember_reading
from sharedborder.press.sphinx.context import add_context, standfirst_of
from sharedborder.press.sphinx.facts import (
    FactNode,
    FactRole,
    FactsInContents,
    InEdition,
    Known,
    asked_in,
    depart_fact,
    edition_of,
    facts_in,
    link_facts,
    pass_by,
    visit_fact,
)
from sharedborder.press.sphinx.figures import Chart
from sharedborder.press.sphinx.found import lost_page
from sharedborder.press.sphinx.newest import Newest
from sharedborder.press.sphinx.pages import Pages
from sharedborder.press.sphinx.terms import Marker
from sharedborder.press.sphinx.translated import read_translated

VERSION = "1"
SCORER = "_theme/sharedborder/scorer.js"


class FactUses(EnvironmentCollector):
    """Remembers which facts each page shows, and what it asked of edition.json."""

    def clear_doc(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        uses_in(env).pop(docname, None)
        asked_in(env).pop(docname, None)

    def merge_other(
        self, _app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        for kind in (uses_in, asked_in):
            kind(env).update({page: found for page, found in kind(other).items() if page in docnames})

    def process_doc(self, app: Sphinx, doctree: Any) -> None:
        uses_in(app.env)[app.env.docname] = {node["name"]: node.astext() for node in facts_in(doctree)}


def uses_in(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return page -> fact's full name -> its text, as last read."""
    uses: dict[str, dict[str, str]] = env.__dict__.setdefault("sharedborder_fact_uses", {})
    return uses


def let_go_of_messages(_app: Sphinx, doctree: Any) -> None:
    """Have each node name this page's document as its own.

    Sphinx reads every translated sentence as a document of its own, whose settings hold the environment: kept
    in a page's doctree, they would be most of its size.
    """
    for node in doctree.findall():
        node.document = doctree


def mark_standfirst(_app: Sphinx, doctree: Any, _page: str) -> None:
    """Give the first paragraph after the headline its class."""
    top = next(iter(doctree.findall(nodes.section)), None)
    paragraph = standfirst_of(top) if top is not None else None
    if paragraph is not None:
        paragraph["classes"].append("standfirst")


def unwrap_cells(_app: Sphinx, doctree: Any, _page: str) -> None:
    """Take the figures out of the boxes that MyST-NB puts around a cell and its output."""
    boxes = [
        node
        for node in doctree.findall(nodes.container)
        if str(node.get("nb_element", "")).startswith("cell_code")
    ]
    for box in reversed(boxes):
        for shown in box.findall(nodes.raw):
            shown["classes"] = []
        inner, box["classes"] = box.children, []
        box.replace_self(inner)


def rank_results(app: Sphinx) -> None:
    """Let the theme rank what search finds; Sphinx would look for the file from the working folder."""
    scorer = Path(app.srcdir) / SCORER
    if scorer.is_file():
        app.config.html_search_scorer = str(scorer)


def write_facts(app: Sphinx, exception: Exception | None) -> None:
    """Write facts.json: every fact of this edition in this language, with the pages that use it."""
    if exception or app.builder.format != "html":
        return
    edition = edition_of(app)
    pages: dict[str, list[str]] = {}
    for page, uses in sorted(uses_in(app.env).items()):
        for name in uses:
            pages.setdefault(name, []).append(page)
    facts = {
        page: {
            key: public(found, edition["language"], pages.get(f"{page}:{key}", []))
            for key, found in own.items()
        }
        for page, own in sorted(edition["facts"].items())
    }
    text = json.dumps(facts, ensure_ascii=False) + "\n"  # indented, it would take half a second
    (Path(app.outdir) / "facts.json").write_text(text, encoding="utf-8")


def public(found: dict[str, Any], language: str, pages: list[str]) -> dict[str, Any]:
    """Return a fact as facts.json gives it: text in one language; an absence has a reason and no value."""
    kept = {key: value for key, value in found.items() if key not in ("key", "evidence_html")}
    if kept["kind"] == "absent":
        kept.pop("value", None)
    return kept | {"text": found["text"][language], "pages": pages}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    marker = Marker()
    read_translated(app)
    app.add_config_value(
        "comments_config", {}, "", dict
    )  # Jupyter Book sets it for an extension that we leave out
    app.add_node(FactNode, html=(visit_fact, depart_fact), latex=(pass_by, pass_by), text=(pass_by, pass_by))
    app.add_role("fact", FactRole())
    app.add_directive("known", Known)
    app.add_directive("chart", Chart)
    app.add_directive("in-edition", InEdition)
    app.add_directive("newest", Newest)
    app.add_directive("pages", Pages)
    app.add_transform(FactsInContents)
    app.add_env_collector(FactUses)
    app.add_builder(PagesBuilder, override=True)
    app.connect("builder-inited", rank_results)
    app.connect("env-get-outdated", pages_to_read)
    app.connect("env-before-read-docs", remember_reading)
    app.connect("doctree-read", let_go_of_messages)
    app.connect("env-updated", pages_to_write)
    app.connect("env-updated", marker.forget)
    app.connect("doctree-resolved", unwrap_cells)
    app.connect("doctree-resolved", mark_standfirst)
    app.connect("doctree-resolved", illustrate_cards)
    app.connect("doctree-resolved", marker.mark)
    app.connect("doctree-resolved", link_facts)
    app.connect("html-collect-pages", lost_page)
    app.connect("html-page-context", add_context, priority=900)
    app.connect("build-finished", write_facts)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
