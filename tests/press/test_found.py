"""How pages are found and quoted: sitemap, feeds, linked data; nothing names an address that is not set."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from lxml import etree
from markupsafe import escape
from test_parts import CONTRACT

from sharedborder.press.book import feeds
from sharedborder.press.folders import Folders
from sharedborder.press.sphinx import found as sphinx_found
from sharedborder.press.sphinx.dateline import minutes

BASE = "https://example.org/border/"
NAMES = {"s": feeds.SITEMAP, "x": feeds.XHTML, "a": feeds.ATOM}
BOOKS = [("latest", "en"), ("latest", "es"), ("2023-12-27", "en"), ("2023-12-27", "es")]
CORRECTION = {
    "id": "one", "table": "encounters", "decided": "2024-03-01",
    "reason": {"en": "Twice <counted>", "es": "Contado dos veces"},
}  # fmt: skip
EDITION = {
    "language": "en",
    "root": "editions/2023-12-27/",
    "pages": {"border": {"notebook": "border"}, "about": {}},
    "languages": [
        {"language": "en", "root": "editions/2023-12-27/"},
        {"language": "es", "root": "editions/2023-12-27/es/"},
    ],
    "tables": {
        "late_figures": {"title": "Late", "published": "2023-11-14", "publisher": "CBP", "license": "terms"},
    },
}  # fmt: skip
HOSTILE = '</script><b>"&'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of four books, with files that are not to be found."""
    names = ["index.html", "border.html", "404.html", "search.html", "embed/border/one.html"]
    names += ["es/index.html", "editions/2023-12-27/border.html", "editions/2023-12-27/es/border.html"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>")
    return tmp_path


def test_the_sitemap_lists_each_page_once_with_its_languages(site: Path) -> None:
    root = etree.fromstring(feeds.sitemap(BASE, site, BOOKS))
    assert root.xpath("//s:loc/text()", namespaces=NAMES) == [
        f"{BASE}border.html", BASE, f"{BASE}es/",
        f"{BASE}editions/2023-12-27/border.html", f"{BASE}editions/2023-12-27/es/border.html",
    ]  # fmt: skip
    alternates = root.xpath("s:url[s:loc = $one]/x:link/@href", namespaces=NAMES, one=f"{BASE}es/")
    assert alternates == [BASE, f"{BASE}es/"]
    assert not root.xpath("s:url[s:loc = $one]/x:link", namespaces=NAMES, one=f"{BASE}border.html")


@pytest.mark.parametrize(("language", "title", "reason"), [
    ("en", "Correction: Encounters <at> the border", "Twice <counted>"),
    ("es", "Corrección: Encuentros", "Contado dos veces"),
])  # fmt: skip
def test_the_feed_tells_of_corrections_and_releases(language: str, title: str, reason: str) -> None:
    made = feeds.feed(BASE, CONTRACT, [CORRECTION], language)
    root = etree.fromstring(made)
    assert made == feeds.feed(BASE, CONTRACT, [CORRECTION], language)
    days = root.xpath("//a:entry/a:updated/text()", namespaces=NAMES)
    assert days == ["2024-03-01T00:00:00Z", "2024-02-13T00:00:00Z", "2023-11-14T00:00:00Z"]
    assert root.xpath("string(a:updated)", namespaces=NAMES) == days[0]
    assert root.xpath("string(a:entry[1]/a:title)", namespaces=NAMES) == title
    assert root.xpath("string(a:entry[1]/a:summary)", namespaces=NAMES) == reason
    names = root.xpath("//a:id/text()", namespaces=NAMES)
    assert len(names) == len(set(names)) == 4


def test_a_ledger_without_releases_has_an_empty_feed() -> None:
    empty = type(CONTRACT)({}, [], {})
    assert b"<entry" not in feeds.feed(BASE, empty, [], "en")


def test_files_that_name_addresses_need_the_setting(site: Path) -> None:
    folders = Folders.of(site)
    folders.data.mkdir()
    folders.config.write_text("html: {baseurl: ''}\n", "utf-8")
    assert feeds.leading_files(folders, site, BOOKS) == {"robots.txt": b"User-agent: *\nAllow: /\n"}
    folders.config.write_text("html: {baseurl: https://example.org/border}\n", "utf-8")
    files = feeds.leading_files(folders, site, BOOKS)
    assert set(files) == {"robots.txt", "sitemap.xml", "feed.xml", "es/feed.xml"}
    assert f"Sitemap: {BASE}sitemap.xml".encode() in files["robots.txt"]


def found(monkeypatch: pytest.MonkeyPatch, page: str, base: str, **more: Any) -> dict[str, Any]:
    """What a page's template is given."""
    monkeypatch.setattr(sphinx_found, "edition_of", lambda _: EDITION)
    app: Any = SimpleNamespace(
        config=SimpleNamespace(html_baseurl=base), srcdir=more.pop("srcdir", "nowhere")
    )
    context = {
        "headline_text": escape(HOSTILE), "standfirst_text": escape("So & so"),
        "as_of": {"day": "2023-11"}, "tables_used": ["late_figures", "unknown"],
    }  # fmt: skip
    return sphinx_found.found(app, page, context | more)


def test_linked_data_names_the_organisation_and_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    told = found(monkeypatch, "border", BASE)
    data = json.loads(told["linked_data"])
    assert data["@type"] == "NewsArticle"
    assert data["author"] == {"@type": "Organization", "name": "The Shared Border"}
    assert data["headline"] == HOSTILE
    assert data["dateModified"] == "2023-11"
    (table,) = data["isBasedOn"]
    assert table["license"] == "terms"
    assert table["url"] == f"{BASE}editions/2023-12-27/data.html#late-figures"
    assert "<" not in str(told["linked_data"])
    assert json.loads(found(monkeypatch, "about", BASE)["linked_data"])["@type"] == "WebPage"


def test_addresses_are_full_and_lead_to_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    told = found(monkeypatch, "index", BASE.rstrip("/"))
    assert told["canonical"] == f"{BASE}editions/2023-12-27/"
    assert told["alternates"][1] == {"language": "es", "url": f"{BASE}editions/2023-12-27/es/"}
    assert told["feed"] == f"{BASE}feed.xml"


def test_a_card_is_named_with_its_full_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed = {
        "a": {"page": "about", "alternative_text": "No"},
        "b": {"page": "border", "alternative_text": HOSTILE},
    }
    (tmp_path / "_extra" / "cards").mkdir(parents=True)
    (tmp_path / "_extra" / "cards" / "border.png").touch()
    (tmp_path / "_extra" / "figures.json").write_text(json.dumps(listed), "utf-8")
    told = found(monkeypatch, "border", BASE, srcdir=tmp_path)
    assert told["card"] == {"url": f"{BASE}editions/2023-12-27/cards/border.png", "alt": HOSTILE}
    assert found(monkeypatch, "about", BASE, srcdir=tmp_path)["card"] is None


def test_the_card_of_a_written_page_is_told_by_the_chart_that_it_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = {"b": {"page": "border", "alternative_text": "Bars"}}
    (tmp_path / "_extra" / "cards").mkdir(parents=True)
    (tmp_path / "_extra" / "figures.json").write_text(json.dumps(listed), "utf-8")
    for page, text in {"index": "```{chart} border:monthly\n```\n", "about": "No chart.\n"}.items():
        (tmp_path / "_extra" / "cards" / f"{page}.png").touch()
        (tmp_path / f"{page}.md").write_text(text, "utf-8")
    assert found(monkeypatch, "index", BASE, srcdir=tmp_path)["card"]["alt"] == "Bars"
    assert found(monkeypatch, "about", BASE, srcdir=tmp_path)["card"]["alt"] == sphinx_found.NAME


def test_without_an_address_nothing_is_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    told = found(monkeypatch, "border", "")
    assert (told["canonical"], told["alternates"], told["feed"], told["card"]) == (None, [], None, None)
    assert "http" not in str(told["linked_data"]).replace("https://schema.org", "").replace(
        sphinx_found.LICENCE, ""
    )
    assert found(monkeypatch, "border", "", headline_text=None)["linked_data"] is None


def test_only_prose_takes_time_to_read() -> None:
    page = nodes.section("", nodes.paragraph("", "word " * 660), nodes.raw("", "drawn " * 999, format="html"))
    assert minutes(page) == 3
    assert minutes(nodes.section("", nodes.paragraph("", "short"))) == 1


def test_the_extension_needs_nothing_but_sphinx() -> None:
    """Plain Sphinx is installed without the libraries of the press (see tests/sphinx9.in)."""
    command = "import sys, sharedborder.press.sphinx.extension; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert not {"rich", "pandas", "altair", "papermill", "jupyter_book"} & set(loaded.stdout.split())
