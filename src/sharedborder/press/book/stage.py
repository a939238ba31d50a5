"""Lays out what Jupyter Book reads: one folder for each edition and language."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import mofile, pofile

from sharedborder.press import yamltext
from sharedborder.press.book import generated, toc
from sharedborder.press.book.books import Book, book_for
from sharedborder.press.book.edition import edition_record, present_pages
from sharedborder.press.book.layout import as_json
from sharedborder.press.book.leaves import Key, Leaf
from sharedborder.press.cards import Cards
from sharedborder.press.files import empty_folder, next_to, settle, write_whole
from sharedborder.press.folders import CARD, CARDS, Folders
from sharedborder.press.handed import Handed
from sharedborder.press.plan import Plan
from sharedborder.press.shown import shown_by

NOT_PAGES = ("theme", "locales", "_toc.yml")


@dataclass(frozen=True)
class Material:
    """All that stages are made of; leaves, and the generated pages as `written`, by edition, page, language.

    `digest` is that of a file; `cards` are there if the site has an address.
    """

    folders: Folders
    plan: Plan
    parts: Sequence[toc.Entry]
    handed: Handed
    leaves: Mapping[Key, Leaf]
    written: Mapping[Key, str]
    digest: Callable[[Path], str]
    cards: Cards | None

    def of(self, edition: str, language: str) -> dict[str, Leaf]:
        """Return the leaves of an edition in a language, by page."""
        made = [page.name for page in self.plan.of(edition) if page.made]
        return {page: self.leaves[edition, page, language] for page in made}


def written_pages(book: Path) -> list[str]:
    """Return the pages that are written once: book/**/*.md, and the generated ones."""
    files = (path.relative_to(book) for path in sorted(book.rglob("*.md")))
    names = [path.with_suffix("").as_posix() for path in files if path.parts[0] not in NOT_PAGES]
    return [*names, *(page for page in generated.PAGES if page not in names)]


def staged(material: Material, edition: str, language: str) -> Book:
    """Lay out an edition in a language and return its book."""
    place = material.folders.stage(edition, language)
    new = empty_folder(next_to(place))
    present = present_pages(material.plan, edition, material.parts)
    _copy_written(material.folders, new, language)
    _join_stylesheets(new / "_theme" / "sharedborder", material.handed.stylesheet())
    write_whole(new / "_toc.yml", toc.external_toc(toc.narrowed(material.parts, present), language))
    for page in generated.PAGES:
        if text := material.written.get((edition, page, language)):
            write_whole(new / f"{page}.md", text)
    _write_records(material, edition, language, new)
    settle(new, place, _lent(material, edition, language))
    known = {
        name: digest
        for leaf in material.of(edition, language).values()
        for name, digest in leaf.files.items()
    }
    return book_for(material.folders, edition, language, material.digest, known)


def card_pictures(material: Material, edition: str, language: str) -> dict[str, str]:
    """Return the cards of a book's pages as SVG.

    A page has that of its leading figure, or of the page whose figure it shows; else the publication's.
    """
    leaves = material.of(edition, language)
    own = {
        page: (leaf.folder / CARD).read_text("utf-8") for page, leaf in leaves.items() if CARD in leaf.files
    }
    plain = material.handed.card(language, "", "", "")
    return {
        page: own.get(page) or own.get(shown_by(material.folders.book / f"{page}.md"), plain)
        for page in present_pages(material.plan, edition, material.parts)
    }


def _lent(material: Material, edition: str, language: str) -> dict[str, Path]:
    """Return what leaves and cards lend to a stage, by its name there."""
    leaves = material.of(edition, language).values()
    lent = {name: leaf.folder / name for leaf in leaves for name in leaf.files if name != CARD}
    if material.cards:
        for page, svg in card_pictures(material, edition, language).items():
            lent[f"_extra/{CARDS}/{page}.png"] = material.cards.place(svg)
    return lent


def _write_records(material: Material, edition: str, language: str, new: Path) -> None:
    """Write a stage's records: edition.json, figures.json, claims.json."""
    leaves = material.of(edition, language)
    facts = {page: leaf.facts for page, leaf in leaves.items()}
    tables = material.handed.tables(edition, language)
    record = edition_record(material.plan, material.parts, edition, language, facts, tables)
    write_whole(new / "edition.json", json.dumps(record, ensure_ascii=False))
    for kind in ("figures", "claims"):
        entries = {name: entry for leaf in leaves.values() for name, entry in getattr(leaf, kind).items()}
        write_whole(new / "_extra" / f"{kind}.json", as_json(entries))


def _copy_written(folders: Folders, new: Path, language: str) -> None:
    shutil.copytree(folders.book, new, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_PAGES, ".*"))
    shutil.copytree(folders.book / "theme", new / "_theme" / "sharedborder")
    locales = folders.book / "locales"
    if language != "en" and locales.exists():
        for catalogue in sorted(locales.rglob("*.po")):
            place = new / "_locales" / catalogue.relative_to(locales).with_suffix(".mo")
            write_whole(place, compiled(catalogue.read_bytes(), folders.build / "catalogues"))
    settings = yamltext.read(folders.config.read_text("utf-8"))
    settings["sphinx"]["config"] |= {"language": language, "html_extra_path": ["_extra"]}
    write_whole(new / "_config.yml", yamltext.written(settings))


def _join_stylesheets(theme: Path, palette: str) -> None:
    """Make one file of the theme's stylesheets, in their order, and the palette: a page asks for one."""
    settings = ConfigParser()
    settings.read(theme / "theme.conf", "utf-8")
    parts = [theme / "static" / name.strip() for name in settings["theme"]["stylesheet"].split(",")]
    joined = parts[0].with_name("site.css")
    text = "\n".join([*(part.read_text("utf-8") for part in parts), palette])
    for part in parts:
        part.unlink()
    write_whole(joined, text)
    settings["theme"]["stylesheet"] = joined.relative_to(theme / "static").as_posix()
    with (theme / "theme.conf").open("w", encoding="utf-8") as file:
        settings.write(file)


def compiled(catalogue: bytes, shelf: Path) -> bytes:
    """Return the compiled form of a .po catalogue, kept in `shelf` by the hash of its bytes."""
    kept = shelf / f"{hashlib.sha256(catalogue).hexdigest()}.mo"
    if not kept.exists():
        made, read = io.BytesIO(), pofile.read_po(io.BytesIO(catalogue))
        read.creation_date = read.revision_date = datetime(2023, 12, 27, tzinfo=UTC)  # else today
        mofile.write_mo(made, read)
        write_whole(kept, made.getvalue())
    return kept.read_bytes()
