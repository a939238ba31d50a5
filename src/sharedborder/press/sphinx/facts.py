"""Facts in prose: the {fact} role, the {known} and {in-edition} directives, and the list at a page's foot."""

import json
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from docutils import nodes  # type: ignore[import-untyped]
from docutils.parsers.rst import directives  # type: ignore[import-untyped]
from docutils.statemachine import StringList  # type: ignore[import-untyped]
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

LOGGER = logging.getLogger(__name__)
ROLE = re.compile(r"\{fact\}`([^`]+)`")
FOOT_TITLE = {"en": "Where the numbers come from", "es": "De dónde vienen las cifras"}
ROWS = {"en": "See the rows", "es": "Ver las filas"}
DATA_PAGE = "data"

Record = dict[str, Any]


def edition_of(app: Sphinx) -> Record:
    """Return edition.json of the folder being built, as it was when this was first asked."""
    if app not in _editions:
        _editions[app] = json.loads((Path(app.srcdir) / "edition.json").read_text("utf-8"))
    return _editions[app]


_editions: "WeakKeyDictionary[Sphinx, Record]" = WeakKeyDictionary()


def is_extracting(app: Sphinx) -> bool:
    """Say whether sentences are gathered for translation: of every edition, so that no fact decides."""
    return bool(app.builder.name == "gettext")


def full_name(reference: str, page: str) -> str:
    """Return "page:key" for a reference made on a page: "nov_2023" or "border:nov_2023"."""
    return reference if ":" in reference else f"{page}:{reference}"


def fact_at(edition: Record, name: str) -> Record | None:
    """Return the fact of that full name, or None."""
    page, _, key = name.rpartition(":")
    fact: Record | None = edition["facts"].get(page, {}).get(key)
    return fact


def answer(edition: Record, question: str) -> Any:
    """Return what edition.json says to "fact page:key" (the fact or None), "page name" (is it there),
    "pages pattern" (their short titles by name) or "tables" (what it says of them).
    """
    kind, _, name = question.partition(" ")
    if kind == "tables":
        return edition["tables"]
    if kind == "pages":
        return {
            page: about.get("title") for page, about in edition["pages"].items() if fnmatchcase(page, name)
        }
    return fact_at(edition, name) if kind == "fact" else name in edition["pages"]


def note(env: BuildEnvironment, question: str) -> None:
    """Remember what a page being read asked of edition.json: it is read anew when the answer changes."""
    answers = asked_in(env).setdefault(env.docname, {})
    answers[question] = answer(edition_of(env.app), question)


def asked_in(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return page -> question -> the answer when the page was last read."""
    asked: dict[str, dict[str, Any]] = env.__dict__.setdefault("sharedborder_asked", {})
    return asked


def anchor(name: str) -> str:
    """Return the id of a fact's entry at the foot of a page."""
    return "fact-" + re.sub(r"[^A-Za-z0-9_]+", "-", name)


class FactNode(nodes.Inline, nodes.TextElement):  # type: ignore[misc]  # docutils is untyped
    """A fact in a sentence: finished text, with `name`, `value` (text, or None) and `kind`."""


class FactRole(SphinxRole):
    """``{fact}`key` `` or ``{fact}`page:key` ``: the fact's finished text."""

    def run(self) -> tuple[list[Any], list[Any]]:
        if is_extracting(self.env.app):
            return [nodes.Text(self.text)], []
        name = full_name(self.text.strip(), self.env.docname)
        note(self.env, f"fact {name}")
        return [fact_node(edition_of(self.env.app), name, self.get_location())], []


def fact_node(edition: Record, name: str, location: str = "") -> Any:
    """Return the node of the fact of that full name; where there is none, its name, with a warning."""
    found = fact_at(edition, name)
    if found is None:
        LOGGER.warning("there is no fact %r%s", name, _hint(edition, name), location=location)
        return nodes.Text(f"[{name}]")
    text = found["text"][edition["language"]]
    value = None if found["kind"] == "absent" else found.get("value")
    written = value if value is None or isinstance(value, str) else json.dumps(value)
    return FactNode("", text, name=name, value=written, kind=found["kind"], support_smartquotes=False)


def _hint(edition: Record, name: str) -> str:
    page, _, _ = name.rpartition(":")
    known = ", ".join(sorted(edition["facts"].get(page, {})))
    return f"; {page} has: {known}" if known else f" ({page} has no facts in this edition)"


class _Conditional(SphinxDirective):
    """Shows its content where a condition holds, else the sentence of `:otherwise:`, or nothing."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"otherwise": directives.unchanged}

    def holds(self, name: str) -> bool:
        raise NotImplementedError

    def run(self) -> list[Any]:
        for block in self._shown():
            if block:
                self._render(block)
        return []

    def _shown(self) -> list[StringList]:
        if is_extracting(self.env.app):
            return [self.content, self._otherwise()]
        holding = [self.holds(name) for name in self.arguments[0].split()]
        return [self.content if all(holding) else self._otherwise()]

    def _render(self, block: StringList) -> None:
        """Render in place, so that what follows on the page belongs to a section that the block begins.

        `nested_parse` would put the sections of the block behind the one in which the page then goes on.
        """
        state: Any = self.state
        state._renderer.nested_render_text("\n".join(block), state._lineno + self.content_offset)

    def _otherwise(self) -> StringList:
        sentence = self.options.get("otherwise")
        return StringList([sentence] if sentence else [], source=self.get_source_info()[0])


class Known(_Conditional):
    """``{known} key [page:key ...]``: content for when each of these facts has a value."""

    def holds(self, name: str) -> bool:
        edition = edition_of(self.env.app)
        full = full_name(name, self.env.docname)
        note(self.env, f"fact {full}")
        found = fact_at(edition, full)
        if found is None:
            LOGGER.warning("there is no fact %r%s", full, _hint(edition, full), location=self.get_location())
        return found is not None and found["kind"] != "absent"


class InEdition(_Conditional):
    """``{in-edition} page [page ...]``: content for when this edition has each of these pages."""

    def holds(self, name: str) -> bool:
        note(self.env, f"page {name}")
        return name in edition_of(self.env.app)["pages"]


class FactsInContents(SphinxTransform):
    """Puts facts into the captions of the contents, and keeps numbers out of the anchors of headings."""

    default_priority = 200  # after the contents are inserted (100), before they are collected (880)

    def apply(self, **_: Any) -> None:
        for tree in self.document.findall(toctree):
            for name in ROLE.findall(tree.get("caption") or ""):
                note(self.env, f"fact {name}")
            for key in ("caption", "rawcaption"):
                tree[key] = tree.get(key) and with_facts(self.app, tree[key])
        for section in self.document.findall(nodes.section):
            if any(section[0].findall(FactNode)):
                self._steady_anchor(section)

    def _steady_anchor(self, section: Any) -> None:
        words = "".join(
            str(text) for text in section[0].findall(nodes.Text) if not isinstance(text.parent, FactNode)
        )
        wanted = nodes.make_id(words)
        if wanted and wanted not in self.document.ids:
            for former in section["ids"]:
                self.document.ids.pop(former, None)
            section["ids"] = [wanted]
            self.document.ids[wanted] = section


def with_facts(app: Sphinx, caption: str) -> str:
    """Return a caption of the contents with the text of its facts."""
    edition = edition_of(app)

    def text(match: re.Match[str]) -> str:
        found = fact_at(edition, match[1])
        if found is None:
            LOGGER.warning("there is no fact %r%s", match[1], _hint(edition, match[1]), location="_toc.yml")
        return str(found["text"][edition["language"]]) if found else match[0]

    return ROLE.sub(text, caption)


def facts_in(doctree: Any) -> Iterator[FactNode]:
    """Yield the facts of a page's own text, without those that its contents list repeats from other pages."""
    for node in doctree.findall(FactNode):
        if not _inside(node, nodes.reference):
            yield node


def _inside(node: Any, kind: type[Any]) -> bool:
    while node := node.parent:
        if isinstance(node, kind):
            return True
    return False


def link_facts(app: Sphinx, doctree: Any, page: str) -> None:
    """Link each fact of a page to its evidence, which is listed at the page's foot."""
    names: dict[str, None] = {}
    for node in facts_in(doctree):
        node["linked"] = True
        names[node["name"]] = None
    if names and app.builder.format == "html":
        place = next(iter(doctree.findall(nodes.section)), doctree)
        place += nodes.raw("", foot(edition_of(app), names, page), format="html")


def foot(edition: Record, names: Iterable[str], page: str) -> str:
    """Return the HTML of "Where the numbers come from" for the facts of a page.

    It is closed at first; a browser that follows a fact's link opens it by itself.
    """
    found = {name: fact_at(edition, name) or {} for name in names}
    entries = "\n".join(
        f'<li id="{anchor(name)}">{fact.get("evidence_html", "")}{_rows(edition, fact, page)}</li>'
        for name, fact in found.items()
    )
    title = escape(FOOT_TITLE[edition["language"]])
    listed = f"<summary><h2>{title}</h2></summary>\n<ol>\n{entries}\n</ol>"
    return f'<section class="provenance" id="provenance">\n<details>\n{listed}\n</details>\n</section>\n'


def _rows(edition: Record, fact: Record, page: str) -> str:
    """Return the links to the tables, with their files, in which the rows of a fact are."""
    held, pages = edition.get("tables", {}), edition["pages"]
    tables = list(
        dict.fromkeys(entry["table"] for entry in fact.get("evidence", []) if entry["table"] in held)
    )
    if not tables or DATA_PAGE not in pages:
        return ""
    root = "../" * page.count("/")
    links = ", ".join(
        f'<a href="{root}{DATA_PAGE}.html#{nodes.make_id(table)}">{escape(held[table]["title"])}</a>'
        for table in tables
    )
    return f'<p class="rows">{ROWS[edition["language"]]}: {links}</p>'


def visit_fact(writer: Any, node: FactNode) -> None:
    """Write the opening tags of a fact; its text is escaped by the writer like any other."""
    css = {"value": "fact", "words": "fact words", "absent": "fact absent"}[node["kind"]]
    value = {} if node["value"] is None else {"value": node["value"]}
    node["tag"] = "data" if value else "span"
    writer.body.append(
        writer.starttag(node, node["tag"], "", CLASS=css, **value, **{"data-fact": node["name"]})
    )
    if node.get("linked"):
        writer.body.append(writer.starttag({}, "a", "", href=f"#{anchor(node['name'])}"))


def depart_fact(writer: Any, node: FactNode) -> None:
    """Write the closing tags of a fact."""
    writer.body.append(("</a>" if node.get("linked") else "") + f"</{node['tag']}>")


def pass_by(_writer: Any, _node: FactNode) -> None:
    """In other formats a fact is its text."""
