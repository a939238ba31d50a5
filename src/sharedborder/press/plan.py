"""From notebooks/chapters.yml to the plan: notebook x parameters x edition."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from sharedborder.press import yamltext
from sharedborder.press.errors import PressError

LATEST = "latest"
EDITIONS = (LATEST, "2023-12-27", "2024-01-19")
LANGUAGES = ("en",)
CHAPTER_KEYS = {"page", "title", "needs", "editions", "parameters"}
PAGE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")

Releases = Callable[[str], Sequence[datetime.date]]


@dataclass(frozen=True)
class Page:
    """One notebook with one set of parameters in one edition; `missing` names the tables that keep it out."""

    name: str
    chapter: str
    notebook: Path
    parameters: Mapping[str, Any]
    edition: str
    title: Mapping[str, str]
    missing: tuple[str, ...] = ()

    @property
    def made(self) -> bool:
        return not self.missing

    @property
    def arguments(self) -> dict[str, Any]:
        """What Papermill hands to the notebook: its parameters and the edition."""
        return {**self.parameters, "edition": self.edition}


@dataclass(frozen=True)
class Plan:
    """Every page of every edition, made or not, in the order of chapters.yml."""

    editions: tuple[str, ...]
    languages: tuple[str, ...]
    pages: tuple[Page, ...]

    def of(self, edition: str) -> tuple[Page, ...]:
        """Return the pages of one edition, made or not."""
        return tuple(page for page in self.pages if page.edition == edition)


def day_of(edition: str) -> datetime.date | None:
    """Return the day at which an edition reads the ledger; None for the latest one."""
    return None if edition == LATEST else datetime.date.fromisoformat(edition)


def read_plan(chapters: Path, releases: Releases) -> Plan:
    """Return the plan of a chapters.yml.

    `releases(table)` gives the days of a table's releases (KeyError: unknown table). A page that needs
    a table without a release up to its edition's day stays in the plan with that table in `missing`.

    Raises PressError naming the chapter and the key.
    """
    settings = _load(chapters)
    editions = _editions(settings.get("editions", list(EDITIONS)), f"{chapters.name}: editions")
    pages: list[Page] = []
    for chapter, entry in settings["chapters"].items():
        place = f"{chapters.name}: {chapter}"
        pages.extend(_chapter_pages(chapter, entry, editions, chapters.parent, releases, place))
    _refuse_twins(pages)
    return Plan(editions, tuple(settings.get("languages", LANGUAGES)), tuple(pages))


def _load(chapters: Path) -> dict[str, Any]:
    try:
        settings = yamltext.read(chapters.read_text("utf-8"))
    except FileNotFoundError:
        raise PressError(f"{chapters} does not exist; it lists the notebooks of the book.") from None
    except yaml.YAMLError as error:
        raise PressError(f"{chapters.name} is not valid YAML: {error}") from None
    if not isinstance(settings, dict) or not isinstance(settings.get("chapters"), dict):
        raise PressError(
            f"{chapters.name}: expected a mapping with the key 'chapters' (name of the notebook: page, ...)."
        )
    for path, value in _leaves(settings, ()):
        if isinstance(value, datetime.date):
            raise PressError(
                f'{chapters.name}: {" > ".join(path)}: the date {value} has no quotes; write "{value}".'
            )
    return settings


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, str(key)), key
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _leaves(item, (*path, f"entry {number}"))
    else:
        yield path, value


def _editions(given: Any, place: str) -> tuple[str, ...]:
    for edition in given if isinstance(given, list) else [given]:
        try:
            day_of(edition)
        except (TypeError, ValueError):
            raise PressError(
                f"{place}: {edition!r} is neither 'latest' nor a day in quotes like \"2023-12-27\"."
            ) from None
    return tuple(given)


def _chapter_pages(
    chapter: str, entry: Any, editions: tuple[str, ...], folder: Path, releases: Releases, place: str
) -> list[Page]:
    if not isinstance(entry, dict) or not entry.get("page") or set(entry) - CHAPTER_KEYS:
        raise PressError(
            f"{place}: expected 'page' and only the keys {', '.join(sorted(CHAPTER_KEYS))}; got {entry!r}."
        )
    notebook = folder / f"{chapter}.ipynb"
    if not notebook.is_file():
        raise PressError(f"{place}: the notebook {notebook.name} does not exist in {folder.name}/.")
    wanted = _editions(entry.get("editions", list(editions)), f"{place}: editions")
    pages = []
    for fields in entry.get("parameters") or [{}]:
        name, title, parameters = _named(chapter, entry, fields, place)
        for edition in wanted:
            missing = _missing(entry.get("needs", []), edition, releases, place)
            pages.append(Page(name, chapter, notebook, parameters, edition, title, missing))
    return pages


def _named(
    chapter: str, entry: Mapping[str, Any], fields: Mapping[str, Any], place: str
) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Return a page's name, its short titles, and the fields that are parameters of the notebook."""
    title = entry.get("title", chapter)
    titles = title if isinstance(title, dict) else dict.fromkeys(("en", "es"), title)
    used = {
        field
        for pattern in (entry["page"], *titles.values())
        for _, field, _, _ in Formatter().parse(pattern)
        if field
    }
    unknown = used - set(fields)
    if unknown:
        raise PressError(
            f"{place}: '{{{min(unknown)}}}' in page or title is not a field of the entry {dict(fields)!r}."
        )
    name = entry["page"].format(**fields)
    if not PAGE_NAME.fullmatch(name):
        raise PressError(f"{place}: the page name {name!r} may hold only a-z, 0-9, '-' and '/'.")
    return name, _titles(titles, fields), {key: value for key, value in fields.items() if key not in used}


def _titles(patterns: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, str]:
    titles = {}
    for language, pattern in patterns.items():
        own = {key: value[language] if isinstance(value, dict) else value for key, value in fields.items()}
        titles[language] = pattern.format(**own)
    return titles


def _missing(needs: Sequence[str], edition: str, releases: Releases, place: str) -> tuple[str, ...]:
    day = day_of(edition)
    missing = []
    for table in needs:
        try:
            days = releases(table)
        except KeyError:
            raise PressError(f"{place}: needs the table {table!r}, which the ledger does not know.") from None
        if not any(day is None or released <= day for released in days):
            missing.append(table)
    return tuple(missing)


def _refuse_twins(pages: Sequence[Page]) -> None:
    seen: dict[tuple[str, str], Page] = {}
    for page in pages:
        twin = seen.setdefault((page.name, page.edition), page)
        if twin is not page:
            raise PressError(
                f"Two chapters make the page {page.name!r}: {twin.chapter} and {page.chapter}; rename one."
            )
