"""How a page is found and quoted: its address and languages, its words for other sites, who publishes it.

The public address is one setting, `html: baseurl` in _config.yml. Without it nothing is said that would need
it: no canonical address, no alternates, no feed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from sphinx.application import Sphinx

from sharedborder.press.folders import CARDS, LISTED
from sharedborder.press.shown import shown_by
from sharedborder.press.sphinx.facts import edition_of

NAME = "The Shared Border"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NEVER_CLOSES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})

Json = dict[str, Any]


def public_address(app: Sphinx) -> str:
    """Return the site's public address with a slash at its end, or nothing."""
    given = str(app.config.html_baseurl or "")
    return f"{given.rstrip('/')}/" if given else ""


def address_of(base: str, root: str, page: str) -> str:
    """Return the address of a page of an edition in a language; an index is its folder."""
    name = "" if page == "index" else f"{page}.html"
    return f"{base}{root}{name}"


def found(app: Sphinx, page: str, context: Json) -> Json:
    """Return `canonical`, `alternates`, `feed`, `card` (empty without a public address) and `linked_data`."""
    base, edition = public_address(app), edition_of(app)
    alternates = [
        {"language": other["language"], "url": address_of(base, other["root"], page)}
        for other in edition["languages"]
    ]
    canonical = address_of(base, edition["root"], page) if base else None
    many = base and len(alternates) > 1
    told: Json = {"canonical": canonical, "alternates": alternates if many else []}
    feed = f"{'' if edition['language'] == 'en' else edition['language'] + '/'}feed.xml"
    card = _card(app, page) if base else None
    told["card"] = card and {"url": f"{base}{edition['root']}{card['file']}", "alt": card["alt"]}
    linked = _article(edition, page, context, canonical) if context.get("headline_text") else None
    return {**told, "feed": f"{base}{feed}" if base else None, "linked_data": linked and as_script(linked)}


def _card(app: Sphinx, page: str) -> Json | None:
    """Return a page's card for other sites, with what it shows; None where there is none."""
    file, listed = f"{CARDS}/{page}.png", Path(app.srcdir) / LISTED
    if not (Path(app.srcdir) / "_extra" / file).is_file():
        return None
    figures = list(json.loads(listed.read_text("utf-8")).values())
    shown = (page, shown_by(Path(app.srcdir) / f"{page}.md"))
    alts = (about["alternative_text"] for one in shown for about in figures if about["page"] == one)
    return {"file": file, "alt": next(alts, NAME)}


def as_script(data: Json) -> Markup:
    """Return JSON that can stand in a <script> whatever it holds."""
    return Markup(json.dumps(data, ensure_ascii=False, sort_keys=True).translate(NEVER_CLOSES))


def _article(edition: Json, page: str, context: Json, canonical: str | None) -> Json:
    """Describe a page: an article by the organisation, and the tables that its numbers come from."""
    plain = {key: str(Markup(context[key] or "").unescape()) for key in ("headline_text", "standfirst_text")}
    organisation = {"@type": "Organization", "name": NAME}
    told: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if "notebook" in edition["pages"].get(page, {}) else "WebPage",
        "headline": plain["headline_text"],
        "description": plain["standfirst_text"],
        "inLanguage": edition["language"],
        "author": organisation,
        "publisher": organisation,
        "license": LICENCE,
        "isAccessibleForFree": True,
    }
    if context.get("as_of"):
        # the month of the newest figures on the page: it changes only when they do
        told["dateModified"] = context["as_of"]["day"]
    if canonical:
        told |= {"url": canonical, "mainEntityOfPage": canonical}
    datasets = list(_datasets(edition, context.get("tables_used", []), canonical, page))
    return told | ({"isBasedOn": datasets} if datasets else {})


def _datasets(edition: Json, tables: list[str], canonical: str | None, page: str) -> Iterator[Json]:
    for table in tables:
        about = edition["tables"].get(table)
        if about:
            dataset = {"@type": "Dataset", "name": about["title"], "datePublished": about["published"]}
            dataset |= {key: about[key] for key in ("license", "description") if about.get(key)}
            if about.get("publisher"):
                dataset["creator"] = {"@type": "Organization", "name": about["publisher"]}
            if canonical:
                folder = canonical.removesuffix(f"{page}.html")
                dataset["url"] = f"{folder}data.html#{table.replace('_', '-')}"
            yield dataset


def lost_page(app: Sphinx) -> Iterator[tuple[str, Json, str]]:
    """Yield the page for an address that leads nowhere: one for the site, in both languages.

    It is shown at any depth, so its links need the path at which the site lies.
    """
    if edition_of(app)["root"] == "":
        path = urlsplit(public_address(app)).path
        yield "404", {"title": "404", "site_path": escape(path)}, "lost.html"
