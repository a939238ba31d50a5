"""Lays out what Jupyter Book reads: one folder for each edition and language."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from babel.messages import mofile, pofile
from nbformat import NotebookNode
from nbformat.v4 import new_output

from sharedborder.press import notebook
from sharedborder.press.book import comparison, generated, toc
from sharedborder.press.book.edition import edition_record, present_pages
from sharedborder.press.files import empty_folder, settle, write_whole
from sharedborder.press.folders import EMBEDDED, SHOWN, Folders
from sharedborder.press.handed import Handed
from sharedborder.press.harvest import CLAIM, Bundle, Harvest, shown_in
from sharedborder.press.pictures import Shelf
from sharedborder.press.plan import LATEST, Page, Plan

NOT_PAGES = ("theme", "locales", "_toc.yml")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Executed:
    """A page's executed notebook and what was taken out of it."""

    book: NotebookNode
    harvest: Harvest


@dataclass(frozen=True)
class Material:
    """All that the stages are made of; `executed` is by edition and page."""

    folders: Folders
    plan: Plan
    handed: Handed
    shelf: Shelf
    executed: Mapping[tuple[str, str], Executed]
    parts: Sequence[toc.Entry] = field(default=())


def written_pages(book: Path) -> list[str]:
    """Return the pages that are written once: book/**/*.md, and the generated ones."""
    files = (path.relative_to(book) for path in sorted(book.rglob("*.md")))
    names = [path.with_suffix("").as_posix() for path in files if path.parts[0] not in NOT_PAGES]
    return [*names, *(page for page in generated.PAGES if page not in names)]


def stage(material: Material, edition: str, language: str) -> Path:
    """Lay out an edition in a language and return the folder."""
    folders = material.folders
    place = folders.stage(edition, language)
    new = empty_folder(place.with_name(f"{place.name}.new"))
    present = present_pages(material.plan, edition, material.parts)
    _copy_written(folders, new, language)
    write_whole(new / "_static" / "figures.css", material.handed.stylesheet())
    write_whole(new / "_toc.yml", toc.external_toc(toc.narrowed(material.parts, present), language))
    book = comparison.Book(folders, material.plan, material.parts, material.handed.resolve)
    for page in generated.PAGES:
        if page in present and not (new / f"{page}.md").exists():
            write_whole(new / f"{page}.md", generated.written(book, material.handed, page, edition, language))
    _chapters(material, edition, language, new)
    settle(new, place)
    return place


def _copy_written(folders: Folders, new: Path, language: str) -> None:
    shutil.copytree(folders.book, new, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_PAGES, ".*"))
    shutil.copytree(folders.book / "theme", new / "_theme" / "sharedborder")
    locales = folders.book / "locales"
    if language != "en" and locales.exists():
        for catalogue in sorted(locales.rglob("*.po")):
            place = new / "_locales" / catalogue.relative_to(locales).with_suffix(".mo")
            write_whole(place, compiled(catalogue.read_bytes(), folders.build / "catalogues"))
    settings = yaml.safe_load(folders.config.read_text("utf-8"))
    settings["sphinx"]["config"] |= {"language": language, "html_extra_path": ["_extra"]}
    write_whole(new / "_config.yml", yaml.safe_dump(settings, sort_keys=False, allow_unicode=True))


def compiled(catalogue: bytes, shelf: Path) -> bytes:
    """Return the compiled form of a .po catalogue, kept in `shelf` by the hash of its bytes."""
    kept = shelf / f"{hashlib.sha256(catalogue).hexdigest()}.mo"
    if not kept.exists():
        made, read = io.BytesIO(), pofile.read_po(io.BytesIO(catalogue))
        read.creation_date = read.revision_date = datetime(2023, 12, 27, tzinfo=UTC)  # else today
        mofile.write_mo(made, read)
        write_whole(kept, made.getvalue())
    return kept.read_bytes()


def _chapters(material: Material, edition: str, language: str, new: Path) -> None:
    """Write the chapters, the files of their figures, edition.json, figures.json, claims.json."""
    facts: dict[str, dict[str, Bundle]] = {}
    figures: dict[str, Any] = {}
    claims: dict[str, Any] = {}
    for page in material.plan.of(edition):
        if page.made:
            executed = material.executed[edition, page.name]
            facts[page.name] = {
                key: fact | {"evidence_html": material.handed.evidence_html(fact, language)}
                for key, fact in executed.harvest.facts.items()
            }
            figures |= _figure_files(material, page.name, executed.harvest, language, new / "_extra")
            for name, claim in executed.harvest.claims.items():
                claims[name] = material.handed.claim_entry(claim, page.name, language)
            _shown_elsewhere(material, edition, page.name, executed.harvest, language, new)
            write_whole(
                new / f"{page.name}.ipynb",
                notebook.text(_staged(material, page, executed.book, language)),
            )
    tables = material.handed.tables(edition, language)
    record = edition_record(material.plan, material.parts, edition, language, facts, tables)
    write_whole(new / "edition.json", _json(record))
    write_whole(new / "_extra" / "figures.json", _json(figures))
    write_whole(new / "_extra" / "claims.json", _json(claims))


def _staged(material: Material, page: Page, executed: NotebookNode, language: str) -> dict[str, Any]:
    """Return the notebook as the book shows it: prose, figures, claims, no code; cells keep numbers."""
    cells = []
    for _, executed_cell in notebook.numbered_cells(executed):
        cell = {**executed_cell}
        if cell["cell_type"] == "code":
            cell["outputs"] = [_shown(material, page, mime, one, language) for mime, one in shown_in(cell)]
            cell["source"] = "# figure" if cell["outputs"] else ""  # MyST-NB passes by a cell without source
            cell["metadata"] = {"tags": ["remove-input"]}
        cells.append(cell)
    return {**executed, "cells": cells}


def _shown(material: Material, page: Page, mime: str, bundle: Bundle, language: str) -> NotebookNode:
    if mime == CLAIM:
        html = material.handed.claim_html(bundle, language)
    else:
        addresses = _addresses(page.edition, page.name, bundle["id"], "../" * page.name.count("/"))
        svgs = material.shelf.svgs(bundle, language)
        html = material.handed.figure_html(bundle, language, svgs, {**addresses, "page": ""})
    return new_output("display_data", data={"text/html": html})  # type: ignore[no-untyped-call, no-any-return]


def _shown_elsewhere(
    material: Material, edition: str, page: str, harvest: Harvest, language: str, new: Path
) -> None:
    """Write each figure's HTML for pages at the book's root, which may show it by {chart}, and for frames."""
    for name, figure in harvest.figures.items():
        svgs = material.shelf.svgs(figure, language)
        addresses = _addresses(edition, page, name, "")
        html = material.handed.figure_html(figure, language, svgs, addresses)
        write_whole(new / SHOWN / page / f"{name}.html", html)
        if edition == LATEST:
            write_whole(
                new / EMBEDDED / page / f"{name}.html",
                material.handed.figure_html(figure, language, svgs, {}),
            )


def _addresses(edition: str, page: str, figure: str, root: str) -> dict[str, str]:
    """Return the addresses of a figure's files and pages; only the latest edition's are kept up to date."""
    found = {kind: f"{root}{path}" for kind, path in _files(page, figure).items()}
    kept = {"embed": f"{root}embed/{page}/{figure}.html"} if edition == LATEST else {}
    return {**found, **kept, "page": f"{root}{page}.html"}


def _files(page: str, figure: str) -> dict[str, str]:
    base = f"figures/{page}/{figure}"
    return {"csv": f"{base}.csv", "svg": f"{base}.svg", "spec": f"{base}.vl.json"}


def _figure_files(
    material: Material, page: str, harvest: Harvest, language: str, extra: Path
) -> dict[str, Any]:
    """Write each figure's data, picture and specification; return their entries of figures.json."""
    entries: dict[str, Any] = {}
    for name, figure in harvest.figures.items():
        files = _files(page, name)
        write_whole(extra / files["csv"], _csv(figure["table"]))
        painted = material.shelf.painted(figure, language)
        write_whole(extra / files["svg"], painted["svgs"]["column"])
        write_whole(extra / files["spec"], _json(painted["specs"]["column"]))
        entries[f"{page}:{name}"] = {
            "id": name,
            "page": page,
            "title": figure["headline"][language],
            "alternative_text": figure["alt"][language],
            "sources": figure["sources"],
            "files": files,
        }
    return entries


def _csv(table: Mapping[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_plain(column["name"]) for column in table["columns"]])
    writer.writerows([_plain(value) for value in row] for row in table["rows"])
    return text.getvalue()


def _plain(value: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
