"""Lays out one page of an edition in a language: what its executed notebook becomes in the staged book."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from sharedborder.press import notebook
from sharedborder.press.book.edition import label
from sharedborder.press.folders import CARD, EMBEDDED, SHOWN
from sharedborder.press.handed import Files, Handed
from sharedborder.press.harvest import CLAIM, Bundle, Harvest, harvest, shown_in, write_texts
from sharedborder.press.pictures import Painted
from sharedborder.press.plan import LATEST, Page

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Told:
    """A page's executed notebook with its texts in one language, and what was taken out of it."""

    page: Page
    language: str
    book: NotebookNode
    harvest: Harvest


@dataclass(frozen=True)
class Layout:
    """A page as the staged book has it: its files by their names there, and its part of the book's records.

    `facts` are by key as in edition.json, `figures` and `claims` by name as in figures.json and claims.json.
    """

    files: Mapping[str, str]
    facts: Mapping[str, Bundle]
    figures: Mapping[str, Any]
    claims: Mapping[str, Any]
    notes: list[str] = field(default_factory=list)


def told(page: Page, executed: NotebookNode, language: str, handed: Handed) -> Told:
    """Write out the texts of an executed notebook, in place; raises PressError naming the cell."""
    write_texts(executed, page.name, handed.resolve, [language])
    return Told(page, language, executed, harvest(executed, page.name))


def laid_out(said: Told, handed: Handed, painted: Mapping[str, Painted]) -> Layout:
    """Lay out a page; `painted` has the pictures of each of its figures."""
    taken = said.harvest
    written = {
        name: handed.figure_html(figure, said.language, painted[name]["svgs"])
        for name, figure in taken.figures.items()
    }
    made = _Page(said, handed, painted, written)
    files = {f"{said.page.name}.ipynb": notebook.text(made.notebook())}
    if taken.figures:
        files[CARD] = made.card(next(iter(taken.figures.values())))
    for figure in taken.figures.values():
        files |= made.shown_elsewhere(figure) | made.downloads(figure)
    facts = {
        key: fact | {"evidence_html": handed.evidence_html(fact, said.language)}
        for key, fact in taken.facts.items()
    }
    figures = {f"{said.page.name}:{name}": made.entry(figure) for name, figure in taken.figures.items()}
    claims = {
        name: handed.claim_entry(claim, said.page.name, said.language) for name, claim in taken.claims.items()
    }
    return Layout(files, facts, figures, claims, taken.notes)


@dataclass(frozen=True)
class _Page:
    """A page being laid out."""

    said: Told
    handed: Handed
    painted: Mapping[str, Painted]
    written: Mapping[str, Callable[[Files], str]]

    def notebook(self) -> dict[str, Any]:
        """Return the notebook as the book shows it: prose, figures, claims, no code; cells keep numbers."""
        cells = []
        for _, executed in notebook.numbered_cells(self.said.book):
            cell = {**executed}
            if cell["cell_type"] == "code":
                cell["outputs"] = [self._shown(mime, bundle) for mime, bundle in shown_in(cell)]
                cell["source"] = (
                    "# figure" if cell["outputs"] else ""
                )  # MyST-NB passes by a cell without source
                cell["metadata"] = {"tags": ["remove-input"]}
            cells.append(cell)
        return {**self.said.book, "cells": cells}

    def _shown(self, mime: str, bundle: Bundle) -> NotebookNode:
        if mime == CLAIM:
            html = self.handed.claim_html(bundle, self.said.language)
        else:
            root = "../" * self.said.page.name.count("/")
            html = self.written[bundle["id"]]({**self._addresses(bundle["id"], root), "page": ""})
        return new_output("display_data", data={"text/html": html})  # type: ignore[no-untyped-call, no-any-return]

    def card(self, figure: Bundle) -> str:
        """Return the page's card for other sites: its leading figure, and of which day the edition is."""
        page, language = self.said.page, self.said.language
        known = "" if page.edition == LATEST else label(page.edition, language)
        picture = self.painted[figure["id"]]["svgs"]["phone"]
        return self.handed.card(language, figure["headline"][language], picture, known)

    def shown_elsewhere(self, figure: Bundle) -> dict[str, str]:
        """Return a figure for pages at the book's root, which may show it by {chart}, and for frames."""
        page, name = self.said.page, figure["id"]
        files = {f"{SHOWN}/{page.name}/{name}.html": self.written[name](self._addresses(name, ""))}
        if page.edition == LATEST:
            files[f"{EMBEDDED}/{page.name}/{name}.html"] = self.written[name]({})
        return files

    def downloads(self, figure: Bundle) -> dict[str, str]:
        """Return a figure's data, picture and specification."""
        painted = self.painted[figure["id"]]
        contents = {
            "csv": _csv(figure["table"]),
            "svg": painted["svgs"]["column"],
            "spec": f"{painted['spec']}\n",
        }
        return {f"_extra/{name}": contents[kind] for kind, name in self._files(figure["id"]).items()}

    def entry(self, figure: Bundle) -> dict[str, Any]:
        """Return a figure's entry of figures.json."""
        return {
            "id": figure["id"],
            "page": self.said.page.name,
            "title": figure["headline"][self.said.language],
            "alternative_text": figure["alt"][self.said.language],
            "sources": figure["sources"],
            "files": self._files(figure["id"]),
        }

    def _addresses(self, figure: str, root: str) -> dict[str, str]:
        """Return where a figure's files and pages are; only the latest edition's are kept up to date."""
        page = self.said.page
        found = {kind: f"{root}{path}" for kind, path in self._files(figure).items()}
        kept = {"embed": f"{root}embed/{page.name}/{figure}.html"} if page.edition == LATEST else {}
        return {**found, **kept, "page": f"{root}{page.name}.html"}

    def _files(self, figure: str) -> dict[str, str]:
        base = f"figures/{self.said.page.name}/{figure}"
        return {"csv": f"{base}.csv", "svg": f"{base}.svg", "spec": f"{base}.vl.json"}


def as_json(value: Any) -> str:
    """Return a value as a reader of the site's files gets it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _csv(table: Mapping[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_plain(column["name"]) for column in table["columns"]])
    writer.writerows([_plain(value) for value in row] for row in table["rows"])
    return text.getvalue()


def _plain(value: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
