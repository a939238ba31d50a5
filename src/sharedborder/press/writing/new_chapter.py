"""A new chapter: its notebook, its entry in chapters.yml and its place in the contents, all or none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sharedborder.press import yamltext
from sharedborder.press.book import stage
from sharedborder.press.errors import PressError
from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.plan import PAGE_NAME, Releases, read_plan

TEMPLATE = Path(__file__).with_name("chapter.ipynb")
NEEDS = "southwest_encounters"
MADE_BY_SPHINX = ("search", "genindex", "404")


def new_chapter(folders: Folders, name: str, releases: Releases) -> list[Path]:
    """Write a chapter that passes every check, and return the files that were written or changed.

    Raises PressError for a name that is taken or cannot be a page's, and where a file of the author's would
    have to be written anew to take the entry; nothing is written then.
    """
    _refuse(folders, name, releases)
    toc = folders.book / "_toc.yml"
    texts = {
        folders.notebooks / f"{name}.ipynb": TEMPLATE.read_text("utf-8"),
        folders.chapters: with_entry(folders.chapters.read_text("utf-8"), name),
        toc: with_place(toc.read_text("utf-8"), name),
    }
    _write_all(texts)
    return list(texts)


def _refuse(folders: Folders, name: str, releases: Releases) -> None:
    if not PAGE_NAME.fullmatch(name) or "/" in name:
        raise PressError(f"{name!r} cannot name a chapter: use a-z, 0-9 and '-' between them.")
    pages = read_plan(folders.chapters, releases).pages
    taken = {page.name for page in pages} | {page.chapter for page in pages}
    taken |= {*stage.written_pages(folders.book), *MADE_BY_SPHINX}
    if name in taken or (folders.notebooks / f"{name}.ipynb").exists():
        raise PressError(f"There is a chapter or a page {name!r} already; give the new one another name.")


def with_entry(text: str, name: str) -> str:
    """Return chapters.yml with one more chapter at its end, all else as it was written."""
    title = name.replace("-", " ").capitalize()
    entry = {"page": name, "title": {"en": title, "es": title}, "needs": [NEEDS]}
    lines = [
        f"  {name}:",
        f"    page: {name}",
        f"    title: {{en: {title}, es: {title}}}",
        f"    needs: [{NEEDS}]",
    ]
    wanted = yamltext.read(text)
    wanted["chapters"][name] = entry
    made = text.rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    return _as_wanted(made, wanted, "chapters.yml", f"the entry {name}: {entry}")


def with_place(text: str, name: str) -> str:
    """Return _toc.yml with the chapter after the last one of the first part, all else as it was written."""
    wanted = yamltext.read(text)
    holder = wanted["parts"][0] if wanted.get("parts") else wanted
    holder.setdefault("chapters", []).append({"file": name})
    last = _last_chapter(yaml.compose(text))
    lines = text.splitlines(keepends=True)
    if last is not None:
        lines.insert(_end(last), f"{' ' * (last.start_mark.column - 2)}- file: {name}\n")
    return _as_wanted("".join(lines), wanted, "_toc.yml", f"- file: {name}")


def _last_chapter(root: yaml.Node | None) -> yaml.Node | None:
    """Return the last entry of the first part (or of the book, if it has no parts)."""
    parts = _value(root, "parts")
    holder = parts.value[0] if isinstance(parts, yaml.SequenceNode) and parts.value else root
    chapters = _value(holder, "chapters")
    return chapters.value[-1] if isinstance(chapters, yaml.SequenceNode) and chapters.value else None


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _end(node: yaml.Node) -> int:
    """Return the number of the line after a node's last value: a block's own end mark lies after comments."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line) + 1
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _as_wanted(made: str, wanted: Any, file: str, by_hand: str) -> str:
    try:
        right = yamltext.read(made) == wanted
    except yaml.YAMLError:
        right = False
    if not right:
        raise PressError(f"{file} is not written as expected; nothing was changed. Add by hand: {by_hand}")
    return made


def _write_all(texts: Mapping[Path, str]) -> None:
    """Write all files, or put back what was there."""
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    try:
        for path, text in texts.items():
            write_whole(path, text)
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_whole(path, content)
        raise
