"""The book's order: book/_toc.yml, narrowed to the pages an edition has."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sharedborder.press import yamltext
from sharedborder.press.errors import PressError

Entry = dict[str, Any]


def contents(toc: Path, pages: Sequence[str], written: Sequence[str]) -> list[Entry]:
    """Return the parts of the book in order: `{"caption", "entries": [{"page", "title"}]}`; the first holds
    the root.

    `pages` are all pages that notebooks make in any edition, `written` those written once. Captions and
    titles stay as given (a string, a mapping by language, or None). Raises PressError for an entry that is
    neither, or for a page left out.
    """
    settings = yamltext.read(toc.read_text("utf-8"))
    if not isinstance(settings, dict) or "root" not in settings:
        raise PressError(f"{toc.name}: expected Jupyter Book's format with 'root' and 'parts'.")
    parts: list[Entry] = [
        {"caption": None, "chapters": [{"file": settings["root"]}, *settings.get("chapters", [])]}
    ]
    parts += settings.get("parts", [])
    known = [*pages, *written]
    result: list[Entry] = [
        {
            "caption": part.get("caption"),
            "entries": [entry for item in part["chapters"] for entry in _expand(item, known, toc)],
        }
        for part in parts
    ]
    listed = [entry["page"] for part in result for entry in part["entries"]]
    left_out = [page for page in pages if page not in listed]
    if left_out:
        raise PressError(
            f"{toc.name} does not list the page {left_out[0]!r} of chapters.yml; add `- file: {left_out[0]}`."
        )
    return result


def _expand(item: Mapping[str, Any], known: Sequence[str], toc: Path) -> list[Entry]:
    if "glob" in item:
        return [{"page": page, "title": None} for page in known if fnmatchcase(page, item["glob"])]
    page = str(item["file"]).removesuffix(".md").removesuffix(".ipynb")
    if page not in known:
        raise PressError(
            f"{toc.name}: {page!r} is neither a page of chapters.yml nor a file in {toc.parent.name}/."
        )
    return [{"page": page, "title": item.get("title")}]


def in_language(value: Any, language: str) -> str | None:
    """Return a caption or title in a language: given for all (a string) or by language (a mapping)."""
    if isinstance(value, dict):
        return str(value.get(language) or value["en"])
    return None if value is None else str(value)


def narrowed(parts: Sequence[Entry], present: Sequence[str]) -> list[Entry]:
    """Return the parts with only the pages that are present; empty parts are dropped."""
    kept = [
        {**part, "entries": [entry for entry in part["entries"] if entry["page"] in present]}
        for part in parts
    ]
    return [part for part in kept if part["entries"]]


def external_toc(parts: Sequence[Entry], language: str) -> str:
    """Return the YAML that Jupyter Book reads for these parts."""
    root, *rest = parts[0]["entries"]
    groups = [{"caption": None, "entries": rest}, *parts[1:]] if rest else list(parts[1:])
    listed = []
    for part in groups:
        caption = in_language(part["caption"], language)
        chapters = [{"file": entry["page"]} for entry in part["entries"]]
        listed.append({**({"caption": caption} if caption else {}), "chapters": chapters})
    book: Entry = {"format": "jb-book", "root": root["page"], **({"parts": listed} if listed else {})}
    return yamltext.written(book)


def texts(toc: Path) -> list[tuple[str, str]]:
    """Return the captions and titles of a _toc.yml with their language."""
    settings = yamltext.read(toc.read_text("utf-8"))
    values = []
    for part in [settings, *settings.get("parts", [])]:
        values += [part.get("caption"), *(item.get("title") for item in part.get("chapters", []))]
    given = [value if isinstance(value, dict) else {"en": value} for value in values if value]
    return [(language, str(text)) for entry in given for language, text in entry.items()]
