"""Files at the site's root that lead to its pages: sitemap, a feed for each language, robots.

All of them name full addresses: without a public address there is only robots.txt, which names none. Days
come from releases and corrections, so that the same data gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from sharedborder.press import yamltext
from sharedborder.press.book.catalogue import Contract, held, read_contract, table_title
from sharedborder.press.book.edition import day_text
from sharedborder.press.folders import Folders, site_path
from sharedborder.press.plan import LATEST, day_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
ATOM = "http://www.w3.org/2005/Atom"
NAME = "The Shared Border"
NOT_LISTED = ("embed/", "editions/", "_static/", "404.html", "search.html")
MOST_ENTRIES = 60
WORDS = {
    "en": {
        "feed": f"{NAME}: releases and corrections",
        "release": "{table}, release of {day}",
        "correction": "Correction: {table}",
    },
    "es": {
        "feed": f"{NAME}: publicaciones y correcciones",
        "release": "{table}, publicación del {day}",
        "correction": "Corrección: {table}",
    },
}

Entry = Mapping[str, Any]


def public_address(config: Path) -> str:
    """Return the public address (`html: baseurl` in _config.yml) with a slash at its end, or nothing."""
    settings = yamltext.read(config.read_text("utf-8")) or {}
    given = str((settings.get("html") or {}).get("baseurl") or "")
    return f"{given.rstrip('/')}/" if given else ""


def leading_files(folders: Folders, site: Path, books: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Return the files by name, for a site of books (edition, language) that is otherwise whole."""
    base = public_address(folders.config)
    files = {"robots.txt": robots(base)}
    if base:
        files["sitemap.xml"] = sitemap(base, site, books)
        contract, corrections = read_contract(folders.data), _corrections(folders.data)
        for language in [language for edition, language in books if edition == LATEST]:
            files[f"{site_path(LATEST, language)}feed.xml"] = feed(base, contract, corrections, language)
    return files


def robots(base: str) -> bytes:
    """Allow everything, and name the sitemap where there is one."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {base}sitemap.xml"] if base else [])]
    return ("\n".join(lines) + "\n").encode()


def sitemap(base: str, site: Path, books: Sequence[tuple[str, str]]) -> bytes:
    """List each page of each book, with the same page in the other languages."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})  # type: ignore[dict-item]  # lxml-stubs lack None
    places = [site_path(*book) for book in books]
    for edition, language in books:
        place = site_path(edition, language)
        for page in _pages(site, place, places):
            url = etree.SubElement(root, f"{{{SITEMAP}}}url")
            etree.SubElement(url, f"{{{SITEMAP}}}loc").text = _address(base, place, page)
            same = [(site_path(*book), book[1]) for book in books if book[0] == edition]
            there = [(path, other) for path, other in same if (site / path / page).is_file()]
            for path, other in there if len(there) > 1 else ():
                link = {"rel": "alternate", "hreflang": other, "href": _address(base, path, page)}
                etree.SubElement(url, f"{{{XHTML}}}link", link)
    return _written(root)


def feed(base: str, contract: Contract, corrections: Sequence[Entry], language: str) -> bytes:
    """Tell of each release that the ledger holds and each correction of ours, the newest first."""
    place = f"{base}{site_path(LATEST, language)}"
    entries = sorted(_entries(place, contract, corrections, language), key=lambda entry: entry["updated"])
    newest = entries[::-1][:MOST_ENTRIES]
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    _add(
        root,
        title=WORDS[language]["feed"],
        id=f"{place}feed.xml",
        updated=newest[0]["updated"] if newest else "",
    )
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=f"{place}feed.xml")
    etree.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=place)
    _add(etree.SubElement(root, f"{{{ATOM}}}author"), name=NAME)
    for entry in newest:
        element = etree.SubElement(root, f"{{{ATOM}}}entry")
        _add(element, **{key: text for key, text in entry.items() if key != "link"})
        etree.SubElement(element, f"{{{ATOM}}}link", rel="alternate", href=entry["link"])
    return _written(root)


def _entries(
    place: str, contract: Contract, corrections: Sequence[Entry], language: str
) -> Iterator[dict[str, str]]:
    say = WORDS[language]
    for table in contract.schemas:
        title, link = table_title(contract, table, language), f"{place}data.html#{table.replace('_', '-')}"
        for item in held(contract, table, LATEST):
            day = str(item["published"])
            said = say["release"].format(table=title, day=_said(day, language))
            yield _entry(said, f"{place}#{table}/{day}", day, link, said)
    for item in corrections:
        said = say["correction"].format(table=table_title(contract, item["table"], language))
        link = f"{place}data.html#{item['table'].replace('_', '-')}"
        yield _entry(
            said, f"{place}#correction/{item['id']}", str(item["decided"]), link, item["reason"][language]
        )


def _entry(title: str, name: str, day: str, link: str, summary: str) -> dict[str, str]:
    return {"title": title, "id": name, "updated": f"{day}T00:00:00Z", "link": link, "summary": summary}


def _said(day: str, language: str) -> str:
    found = day_of(day)
    return day_text(found, language) if found else day


def _corrections(data: Path) -> list[Entry]:
    path = data / "corrections.yml"
    return list(yamltext.read(path.read_text("utf-8")) or []) if path.is_file() else []


def _pages(site: Path, place: str, places: Sequence[str]) -> list[str]:
    """Return the pages of the book at a place that are to be found, without those of books below it."""
    below = tuple(other.removeprefix(place) for other in places if other != place and other.startswith(place))
    names = (path.relative_to(site / place).as_posix() for path in sorted((site / place).rglob("*.html")))
    return [name for name in names if not name.startswith((*NOT_LISTED, *below))]


def _address(base: str, place: str, page: str) -> str:
    return f"{base}{place}{'' if page == 'index.html' else page}"


def _add(parent: Any, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
