"""A tiny strict book, really executed by Papermill and built by Jupyter Book with warnings as errors."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import press_fakes as fakes
import pytest
from rich.console import Console

from sharedborder.press import fingerprint
from sharedborder.press.book import binder as binding
from sharedborder.press.book.binder import Binder
from sharedborder.press.book.books import Book
from sharedborder.press.build import build
from sharedborder.press.errors import BookError, ChaptersError, PressError
from sharedborder.press.folders import Folders
from sharedborder.press.wish import Wish

pytestmark = pytest.mark.xdist_group("tiny_book")

CHAPTERS = """\
editions: [latest, "2023-12-27"]
chapters:
  border:
    page: border
    title: {en: The border, es: La frontera}
    needs: [encounters]
  area:
    page: area/{slug}
    title: "{name}"
    needs: [late]
    parameters:
      - {slug: del-rio, name: Del Rio, area: Del Rio Sector}
"""
TOC = """\
format: jb-book
root: index
parts:
  - caption: The {fact}`border:total` story
    chapters:
      - file: border
      - glob: area/*
  - caption: Made how
    chapters:
      - file: data
        title: {en: Data, es: Datos}
"""
INDEX = """\
# The figure was {fact}`border:total`

Opening, in which {fact}`border:hostile` is *safe*.

:::{in-edition} area/del-rio
See [](area/del-rio).
:::

:::{in-edition} area/del-rio
:otherwise: No area yet.
:::

:::{pages} bor*
:fact: total
:::

:::{pages} area/*
:::

- In a list: {fact}`border:total` and {fact}`border:direction`.

:::{known} border:gone
:otherwise: For {fact}`border:gone` there is nothing.

Never shown {fact}`border:gone`.
:::

:::{known} border:total border:direction
## A section about {fact}`border:total`

Known and shown.
:::

## After

```{tableofcontents}
```

::::{known} border:total
## Later

:::{known} border:direction
Within.
:::
::::

Under it.
"""
HOSTILE = '1 <script>alert("x")</script> & "quotes"'
BORDER = [
    "# Encounters {fact}`direction` to {fact}`total`\n\nA standfirst with {fact}`total`.\n\n"
    "## Now {fact}`gone`",
    "%" + fakes.FACTS + 'fact("total", "242,418", 242418)\nfact("direction", "rose", "rose", kind="words")',
    f"%fact('hostile', {HOSTILE!r}, {HOSTILE!r}, kind='words')\n"
    "fact('gone', 'not published yet', None, kind='absent', reason='not published yet', evidence=[])",
    "Between.",
    "%" + fakes.FIGURE,
    "%print('a stray print')",
    "%" + fakes.CLAIM,
]
AREA_PARAMETERS = 'edition: str = "latest"  # the day\narea: str = ""  # name of the sector'
AREA = ["# {fact}`name`", "%" + fakes.FACTS + "fact('name', area, area, kind='words')"]
SPANISH = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "The figure was {fact}`border:total`"
msgstr "La cifra fue {fact}`border:total`"

msgid "Encounters {fact}`direction` to {fact}`total`"
msgstr "De {fact}`total` {fact}`direction` hasta {fact}`total`"
"""
NO_CARD = re.compile(r"search\.html$|404\.html$|^embed/")
TOTAL = '<data class="fact" data-fact="border:total" value="242418">'
LINKED = f'{TOTAL}<a href="#fact-border-total">242,418</a></data>'


def press(folders: Folders, jobs: int = 2, **wish: str) -> str:
    said = StringIO()
    build(folders, fakes.HANDED, Wish(jobs=jobs, **wish), Console(file=said, width=200))
    return said.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Code of its own for fingerprints: an edit of the project while tests run makes nothing stale."""
    package = tmp_path_factory.mktemp("code")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "PACKAGE", package)
        yield package


@pytest.fixture(scope="module")
def book(code: Path, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folders = fakes.project(tmp_path_factory.mktemp("book"), CHAPTERS, TOC, {"index.md": INDEX})
    fakes.notebook(folders.notebooks / "border.ipynb", BORDER)
    fakes.notebook(folders.notebooks / "area.ipynb", AREA, AREA_PARAMETERS)
    said = press(folders)
    assert "border, cell 7: not shown, neither fact nor figure nor claim: 'a stray print'" in said
    return folders


@pytest.fixture
def index(book: Folders) -> str:
    return (book.site / "index.html").read_text("utf-8")


@pytest.fixture
def border(book: Folders) -> str:
    return (book.site / "border.html").read_text("utf-8")


def test_a_fact_stands_in_titles_headings_lists_and_on_other_pages(index: str) -> None:
    assert "<title>The figure was 242,418</title>" in index
    assert f"<h1>The figure was {LINKED}</h1>" in index
    assert f"<h2>A section about {LINKED}</h2>" in index
    assert f"<li><p>In a list: {LINKED} and" in index
    assert "<b>The 242,418 story</b>" in index  # navigation
    assert "The 242,418 story</span></p>" in index  # the contents in the page


def test_a_list_of_pages_names_those_of_the_edition_with_a_fact(book: Folders, index: str) -> None:
    link = '<a class="reference internal" href="border.html"><span class="doc">The border</span></a>'
    assert f"{link} {LINKED}</p>" in index
    assert 'href="area/del-rio.html"><span class="doc">Del Rio</span></a></p>' in index
    earlier = (book.site / "editions/2023-12-27/index.html").read_text("utf-8")
    assert f"{link} {LINKED}</p>" in earlier
    assert "del-rio" not in earlier


def test_a_fact_in_a_list_of_contents_has_no_link_of_its_own(index: str) -> None:
    assert f"{TOTAL}242,418</data></a></li>" in index


def test_hostile_text_is_escaped_and_left_as_display_wrote_it(index: str) -> None:
    assert "<script>alert" not in index
    assert "1 &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &quot;quotes&quot;</a>" in index


def test_an_absence_is_no_value_and_known_leaves_its_block_out(index: str) -> None:
    absent = '<span class="fact absent" data-fact="border:gone"><a href="#fact-border-gone">not published yet'
    assert f"For {absent}</a></span> there is nothing." in index
    assert "Never shown" not in index
    assert "Known and shown." in index


def test_anchors_do_not_move_with_the_numbers(index: str, border: str) -> None:
    assert '<section id="a-section-about">' in index
    assert '<section id="now">' in border
    assert "|a-section-aboutafterlater</aside>" in index


def test_what_follows_a_section_that_a_condition_shows_belongs_to_it(index: str) -> None:
    assert re.search(r'<section id="later">\s*<h2>Later</h2>\s*<p>Within.</p>\s*<p>Under it.</p>', index)


def test_the_foot_lists_the_evidence_of_each_fact_once(index: str) -> None:
    entries = re.findall(r'<li id="(fact-[^"]+)">([^<]+)</li>', index)
    assert entries == [
        ("fact-border-total", "encounters"),
        ("fact-border-hostile", "encounters"),
        ("fact-border-direction", "encounters"),
        ("fact-border-gone", "not published yet"),
    ]


def test_a_figure_stands_in_the_page_without_boxes_or_code(book: Folders, border: str) -> None:
    assert '<p>Between.</p>\n<figure id="monthly"><svg' in border
    assert "display(" not in border
    assert "cell" not in border
    figures = json.loads((book.site / "figures.json").read_text("utf-8"))
    assert figures["border:monthly"]["alternative_text"] == "Bars"
    assert (book.site / figures["border:monthly"]["files"]["csv"]).read_text("utf-8") == "month\n2023-10-01\n"


def test_a_figure_of_the_latest_edition_can_stand_alone(book: Folders) -> None:
    alone = (book.site / "embed/border/monthly.html").read_text("utf-8")
    assert alone.startswith('<title>It rose</title><figure id="monthly"><svg')
    assert not (book.site / "editions/2023-12-27/embed").exists()


def test_one_page_answers_for_lost_addresses(book: Folders) -> None:
    assert [path.relative_to(book.site).as_posix() for path in book.site.rglob("404.html")] == ["404.html"]


def test_without_a_public_address_nothing_names_one(book: Folders) -> None:
    assert (book.site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert not list(book.site.rglob("sitemap.xml")) + list(book.site.rglob("feed.xml"))


def test_with_an_address_each_page_has_a_card(book: Folders, tmp_path: Path) -> None:
    other = fakes.copy_of(book, tmp_path / "addressed")
    settings = other.config.read_text("utf-8")
    other.config.write_text(settings.replace('baseurl: ""', "baseurl: https://example.org/border"), "utf-8")
    assert "Cards" in press(other)
    assert "Cards" not in press(other, edition="latest")
    drawn = {path.relative_to(other.site).as_posix(): path for path in other.site.rglob("cards/**/*.png")}
    pages = {path.relative_to(other.site).as_posix() for path in other.site.rglob("*.html")}
    carded = {name.replace("cards/", "").replace(".png", ".html") for name in drawn}
    assert pages - carded == {name for name in pages if NO_CARD.search(name)}
    assert drawn["cards/border.png"].read_text("utf-8").startswith("drawn: <svg>en It rose  <svg")
    dated = drawn["editions/2023-12-27/cards/border.png"].read_text("utf-8")
    assert dated.startswith("drawn: <svg>en It rose 27 December 2023 <svg")
    assert drawn["cards/data.png"].read_text("utf-8") == "drawn: <svg>en   </svg>"


def test_a_claim_stands_in_the_page_and_in_claims_json(book: Folders, border: str) -> None:
    assert '<article id="claim-s000-rose">contradicted</article>' in border
    claims = json.loads((book.site / "claims.json").read_text("utf-8"))
    assert claims == {"s000-rose": {"verdict": "contradicted", "page": "border"}}


def test_pages_know_their_place_in_the_book(book: Folders, border: str) -> None:
    assert '<p id="root">||index.html|area/del-rio.html</p>' in border
    assert "<aside>A standfirst with 242,418.|Encounters rose to 242,418|" in border
    assert '<p class="standfirst">A standfirst with' in border
    area = (book.site / "area/del-rio.html").read_text("utf-8")
    assert '<p id="root">../|../|../border.html|../data.html</p>' in area


def test_a_page_without_its_table_is_left_out_and_its_switch_says_why(book: Folders) -> None:
    earlier = book.site / "editions/2023-12-27"
    assert not (earlier / "area").exists()
    assert "No area yet." in (earlier / "index.html").read_text("utf-8")
    assert "<i>Latest: ../../border.html</i>" in (earlier / "border.html").read_text("utf-8")
    area = (book.site / "area/del-rio.html").read_text("utf-8")
    assert (
        "27 December 2023: Not made: it needs Late figures, and no release of that up to 27 December 2023"
        in area
    )


def test_only_our_own_files_reach_a_page(book: Folders) -> None:
    for page in book.site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), page
        assert "<script" not in text or page.name == "search.html"
        if page.name == "404.html" or "embed" in page.parts:
            continue  # these have templates of their own
        assert re.findall(r'stylesheet" type="text/css" href="[^"]*_static/([^"?]+)', text) == ["site.css"]
    published = {path.name for path in book.site.rglob("_static/*")}
    assert {"site.css", "ink.png"} <= published
    assert not published & {"paper.css", "unused.webp", "basic.css", "pygments.css"}
    sheet = (book.site / "_static" / "site.css").read_text("utf-8")
    assert sheet == f"body {{ background: url(ink.png) }}\n\n{fakes.stylesheet()}"
    assert not list(book.site.rglob("*.ipynb")) + list(book.site.rglob("_sources"))


def test_facts_json_says_which_pages_use_a_fact(book: Folders) -> None:
    facts = json.loads((book.site / "facts.json").read_text("utf-8"))
    assert facts["border"]["total"] == {
        "kind": "value",
        "value": 242418,
        "unit": "encounters",
        "text": "242,418",
        "evidence": [
            {"table": "encounters", "published": "2023-11-14", "keys": [{"month": "2023-10-01"}], "rows": 1}
        ],
        "pages": ["border", "index"],
    }
    assert "value" not in facts["border"]["gone"]
    assert facts["border"]["gone"]["reason"] == "not published yet"


def test_data_and_checksums_are_published(book: Folders) -> None:
    record = json.loads((book.site / "build.json").read_text("utf-8"))
    files = set(tree(book.site)) - {"build.json"}
    assert set(record["files"]) == files
    assert "data/encounters/2023-11-14.csv" in files
    assert set(record["fingerprints"]["2023-12-27"]) == {"border"}


def test_nothing_changed_is_quick_and_said(book: Folders) -> None:
    start = time.perf_counter()
    assert "Nothing has changed" in press(book)
    assert time.perf_counter() - start < 1


def test_the_same_inputs_give_the_same_bytes(book: Folders, tmp_path: Path) -> None:
    other = fakes.copy_of(book, tmp_path / "elsewhere")
    press(other, jobs=1)
    assert tree(other.site) == tree(book.site)


def test_a_fault_in_prose_leaves_the_standing_site_and_its_repair_runs_no_notebook(book: Folders) -> None:
    before = tree(book.site)
    page = book.book / "index.md"
    page.write_text(INDEX.replace("border:direction`.", "border:nothing`."), "utf-8")
    with pytest.raises(
        BookError, match=r"index\.md:20: WARNING: there is no fact 'border:nothing'; border has"
    ):
        press(book, edition="latest")
    assert tree(book.site) == before
    page.write_text(INDEX.replace("In a list", "In another list"), "utf-8")
    said = press(book, edition="latest")
    assert "Chapters" not in said
    assert "In another list" in (book.site / "index.html").read_text("utf-8")
    assert (book.site / "editions/2023-12-27/index.html").exists()
    page.write_text(INDEX, "utf-8")


def test_a_failing_chapter_is_named_and_the_others_go_on(book: Folders) -> None:
    before = tree(book.site)
    fakes.notebook(book.notebooks / "border.ipynb", [*BORDER, "%# divide\nvalue = 1 / 0"])
    fakes.notebook(book.notebooks / "area.ipynb", [*AREA, "More."], AREA_PARAMETERS)
    with pytest.raises(ChaptersError) as caught:
        press(book, edition="latest")
    said = str(caught.value)
    assert "1 of 1 chapters failed; the standing site was left as it is." in said
    assert (
        "border (notebooks/border.ipynb)\n  cell 9: # divide\n  ZeroDivisionError: division by zero" in said
    )
    assert "----> 2 value = 1 / 0\n  page border, edition latest" in said
    assert tree(book.site) == before
    assert "More." in book.executed("latest", "area/del-rio").read_text("utf-8")


def test_jupyter_book_by_hand_gives_the_same_pages(book: Folders, tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    shutil.copytree(book.stage("latest", "en"), stage)
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(stage)]
    subprocess.run([*command, "-W", "-n"], check=True, capture_output=True)
    by_hand, made = tree(stage / "_build/html"), tree(book.made("latest", "en") / "_build/html")
    by_hand.pop(".buildinfo"), made.pop(".buildinfo")
    assert by_hand == made


@pytest.mark.parametrize("forks", [True, False])
def test_a_translation_keeps_its_facts_in_headings_and_contents(
    book: Folders, tmp_path: Path, forks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding, "CAN_FORK", forks)
    stage = tmp_path / "stage"
    shutil.copytree(book.stage("2023-12-27", "en"), stage)
    edition = json.loads((stage / "edition.json").read_text("utf-8")) | {"language": "es"}
    (stage / "edition.json").write_text(json.dumps(edition), "utf-8")
    settings = (stage / "_config.yml").read_text("utf-8")
    (stage / "_config.yml").write_text(settings.replace("language: en", "language: es"), "utf-8")
    catalogue = stage / "_locales/es/LC_MESSAGES/book.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(SPANISH, "utf-8")
    made = Book("2023-12-27", "es", stage, tmp_path / "made", {}, "")
    with closing(Binder()) as binder:
        binder.make(made)
    index = (made.pages / "index.html").read_text("utf-8")
    assert '<html lang="es">' in index
    assert f"<h1>La cifra fue {LINKED}</h1>" in index
    assert "<title>La cifra fue 242,418</title>" in index
    assert f"De {TOTAL}" in (made.pages / "border.html").read_text("utf-8")
    assert f"hasta {TOTAL}242,418</data></a></li>" in index, "in the contents, of another page"
    assert "De dónde vienen las cifras" in index


def test_what_the_book_does_not_have_is_refused(book: Folders) -> None:
    with pytest.raises(PressError, match=r"no edition '2023-12-28'; the book has latest, 2023-12-27"):
        press(book, edition="2023-12-28")
    with pytest.raises(PressError, match=r"no chapter 'sea'"):
        press(book, only="sea")
