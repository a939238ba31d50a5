"""What the theme's templates are given, and what is kept off the pages."""

import posixpath
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from markupsafe import Markup, escape
from sphinx.application import Sphinx

from sharedborder.press.fingerprint import file_digest
from sharedborder.press.sphinx.dateline import dateline
from sharedborder.press.sphinx.facts import Record, edition_of, with_facts
from sharedborder.press.sphinx.figures import FRAME
from sharedborder.press.sphinx.found import found

STATIC = "_theme/sharedborder/static"
SEARCH = "search"  # Sphinx writes it into every edition, without a place in the contents
SEARCH_SCRIPTS = ("_static/documentation_options.js", "_static/doctools.js", "_static/sphinx_highlight.js")


def add_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a template our own stylesheets alone, and that of a page (no frame) its place and opening."""
    context["versioned"] = partial(_versioned, app, context["pathto"])
    _keep_ours(app, page, context)
    if template != FRAME:
        _add_edition(app, page, context)
        context.update(_opening(app, doctree))
        context.update(dateline(app, doctree))
        context.update(found(app, page, context))


def _add_edition(app: Sphinx, page: str, context: dict[str, Any]) -> None:
    """Give a page's template its edition, and the ways to other editions, languages and pages."""
    edition = edition_of(app)
    root = "../" * page.count("/")
    context["edition"] = {key: value for key, value in edition.items() if key != "facts"}
    context["edition_root"] = root
    context["site_root"] = root + "../" * edition["root"].count("/")
    context["page_editions"] = [_edition_link(edition, other, page) for other in edition["editions"]]
    context["page_languages"] = [_language_link(edition, other, page) for other in edition["languages"]]
    navigation = [_part(app, edition, part, page) for part in edition["navigation"]]
    context["navigation"] = navigation
    context["previous_page"], context["next_page"] = _neighbours(navigation)


def _versioned(app: Sphinx, pathto: Callable[..., str], name: str) -> str:
    """Return the address of a static file of the theme, which changes with it: a cache keeps the old."""
    file = Path(app.srcdir) / STATIC / name
    return f"{pathto(f'_static/{name}', 1)}?v={_digest(file, file.stat().st_mtime_ns)[:8]}"


@lru_cache(maxsize=64)
def _digest(file: Path, _stamp: int) -> str:
    return file_digest(file)


def page_title(app: Sphinx, edition: Record, page: str) -> Markup:
    """Return a page's short name: the one given for it, else its heading, as escaped text."""
    given = edition["pages"].get(page, {}).get("title")
    return escape(given or (app.env.titles[page].astext() if page in app.env.titles else page))


def relative(target: str, page: str) -> str:
    """Return the address of a file, given from the edition's root, as seen from a page."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def _edition_link(edition: Record, other: Record, page: str) -> Record:
    link = {"edition": other["edition"], "day": other["day"], "label": escape(other["label"])}
    has = page in other["pages"] or page == SEARCH
    reason = escape(other["missing"][page]) if page in other["missing"] else None
    current = bool(other["edition"] == edition["edition"])
    return link | {
        "current": current,
        "url": _across(edition, other, page) if has else None,
        "reason": reason,
    }


def _language_link(edition: Record, other: Record, page: str) -> Record:
    current = bool(other["language"] == edition["language"])
    return {"language": other["language"], "current": current, "url": _across(edition, other, page)}


def _across(edition: Record, other: Record, page: str) -> str:
    """Return the address of the same page under another root of the site."""
    here = posixpath.dirname(f"{edition['root']}{page}") or "."
    return posixpath.relpath(f"{other['root']}{page}.html", here)


def _part(app: Sphinx, edition: Record, part: Record, page: str) -> Record:
    pages = [
        {
            "page": name,
            "title": page_title(app, edition, name),
            "url": relative(f"{name}.html", page),
            "current": name == page,
        }
        for name in part["pages"]
    ]
    caption = escape(with_facts(app, part["caption"])) if part["caption"] else None
    return {"caption": caption, "pages": pages}


def _neighbours(navigation: list[Record]) -> tuple[Record | None, Record | None]:
    """Return the pages before and after the current one, in the book's order."""
    pages = [entry for part in navigation for entry in part["pages"]]
    here = next((index for index, entry in enumerate(pages) if entry["current"]), None)
    if here is None:
        return None, None
    before = pages[here - 1] if here else None
    after = pages[here + 1] if here + 1 < len(pages) else None
    return before, after


def _opening(app: Sphinx, doctree: Any) -> Record:
    """Return the headline, the standfirst and the second-level headings of a page."""
    opening: Record = dict.fromkeys(("headline", "headline_text", "standfirst", "standfirst_text")) | {
        "sections": []
    }
    top = next(iter(doctree.findall(nodes.section)), None) if doctree else None
    if top is None:
        return opening
    builder: Any = app.builder
    opening["headline"] = builder.render_partial(top[0])["title"]
    opening["headline_text"] = escape(top[0].astext())
    if standfirst := standfirst_of(top):
        opening["standfirst"] = builder.render_partial(standfirst)["fragment"]
        opening["standfirst_text"] = escape(" ".join(standfirst.astext().split()))
    inner = [node for node in top.children if isinstance(node, nodes.section)]
    opening["sections"] = [{"id": node["ids"][0], "title": escape(node[0].astext())} for node in inner]
    return opening


def standfirst_of(section: Any) -> Any:
    """Return the paragraph that directly follows a section's title, or None."""
    after = section[1] if len(section) > 1 else None
    return after if isinstance(after, nodes.paragraph) else None


def _keep_ours(app: Sphinx, page: str, context: dict[str, Any]) -> None:
    """Drop the scripts and stylesheets that extensions add to every page."""
    builder: Any = app.builder
    ours = [f"_static/{name}" for name in builder.theme.stylesheets]
    context["css_files"] = [css for css in context["css_files"] if str(getattr(css, "filename", css)) in ours]
    scripts = SEARCH_SCRIPTS if page == SEARCH else ()
    context["script_files"] = [
        js for js in context["script_files"] if str(getattr(js, "filename", js)) in scripts
    ]
