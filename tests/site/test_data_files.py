"""What machines read on the built site: the tables, the record of the build, the figures' files."""

import csv
import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from built_site import (
    book_name,
    book_pages,
    books,
    document,
    has_class,
    one,
    pages,
    plan,
    project,
    record,
    text,
)  # fmt: skip

from sharedborder.press.folders import site_path
from sharedborder.press.plan import LATEST

MOST_ALT = 250
FEWEST_FIGURES = {
    "claims": 0,
    "displacement": 4,
    "hemisphere": 9,
    "border": 4,
    "cooperation": 4,
    "nationality": 2,
    "area": 5,
}

each_book = pytest.mark.parametrize("root", books(), ids=book_name)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def test_all_tables_lie_in_data_as_the_ledger_holds_them(site: Path) -> None:
    ledger = project() / "data"
    package = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    assert package == json.loads((ledger / "datapackage.json").read_text("utf-8"))
    schemas = {path.stem for path in (ledger / "schemas").glob("*.json")}
    assert {item["table"] for item in package["resources"]} == schemas
    for item in package["resources"]:
        assert item["path"].endswith((".csv", ".csv.gz"))
        assert item["hash"] == f"sha256:{sha256(site / 'data' / item['path'])}", item["path"]
        assert (site / "data" / item["schema"]).is_file()


def test_the_record_holds_the_checksum_of_every_other_file(site: Path) -> None:
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    files.pop("build.json")
    built = record("", "build.json")
    assert built["files"] == {name: sha256(path) for name, path in files.items()}


def test_the_record_names_versions_and_every_pages_fingerprint(site: Path) -> None:
    built = record("", "build.json")
    assert {"python", "lock", "jupyter-book", "papermill", "altair", "pandas"} <= set(built["versions"])
    made = {edition: {page.name for page in plan().of(edition) if page.made} for edition in plan().editions}
    assert {edition: set(own) for edition, own in built["fingerprints"].items()} == made
    assert len(built["books"]) == len(books())


def test_nothing_of_the_making_is_published(site: Path) -> None:
    unwanted = {".ipynb", ".md", ".map", ".pickle", ".doctree", ".log"}
    found = [path for path in site.rglob("*") if path.suffix in unwanted or path.name.startswith(".")]
    assert not found


@each_book
def test_every_chapter_has_its_figures(site: Path, root: str) -> None:
    shown = {
        page.name: len(document(page.path).xpath(f"//figure[{has_class('chart')}]"))
        for page in book_pages(root)
    }
    few = {page.kind: shown[page.name] for page in book_pages(root) if page.notebook
           and shown[page.name] < FEWEST_FIGURES.get(page.kind, 1)}  # fmt: skip
    assert not few


@each_book
def test_figures_json_describes_the_figures_on_the_pages(site: Path, root: str) -> None:
    figures: dict[str, dict[str, Any]] = record(root, "figures.json")
    for page in book_pages(root):
        on_page = document(page.path).xpath(f"//figure[{has_class('chart')}]")
        if page.notebook:
            own = {name for name, entry in figures.items() if entry["page"] == page.name}
            assert {f"{page.name}:{figure.get('id').removeprefix('figure-')}" for figure in on_page} == own
        for figure in on_page:
            links = {link.get("href") for link in figure.xpath(f".//p[{has_class('downloads')}]/a")}
            up = "../" * page.name.count("/")
            [entry] = [e for e in figures.values() if {up + path for path in e["files"].values()} == links]
            assert text(one(figure, f"./p[{has_class('headline')}]")) == entry["title"]
            assert {text(said) for said in figure.xpath(".//*[local-name()='desc']")} == {
                entry["alternative_text"]
            }


@each_book
def test_figures_have_titles_texts_sources_and_files(site: Path, root: str) -> None:
    for name, entry in record(root, "figures.json").items():
        assert entry["title"].strip(), name
        assert 20 <= len(entry["alternative_text"]) <= MOST_ALT, name
        assert entry["sources"], name
        for path in entry["files"].values():
            assert (site / root / path).is_file(), path
        assert json.loads((site / root / entry["files"]["spec"]).read_text("utf-8"))["$schema"]


@each_book
def test_a_figures_picture_stands_by_itself(site: Path, root: str) -> None:
    for entry in record(root, "figures.json").values():
        picture = lxml.etree.parse(site / root / entry["files"]["svg"]).getroot()
        assert picture.tag == "{http://www.w3.org/2000/svg}svg"
        assert picture.get("role") == "img"
        assert picture.get("viewBox")
        assert picture.findtext("{*}title") == entry["title"]
        assert picture.findtext("{*}desc") == entry["alternative_text"]


@each_book
def test_a_figures_table_and_its_file_hold_the_same_rows(site: Path, root: str) -> None:
    for page in book_pages(root):
        for figure in document(page.path).xpath(f"//figure[{has_class('chart')}]"):
            table = one(figure, f"./details[{has_class('data')}]//table")
            [link] = [a for a in figure.xpath(".//a[@download]") if a.get("href", "").endswith(".csv")]
            with (page.path.parent / link.get("href", "")).open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            assert len(table.xpath("./thead/tr/th")) == len(rows[0])
            assert len(table.xpath("./tbody/tr")) == len(rows) - 1 > 0
            assert not [row for row in table.xpath("./tbody/tr") if not text(row)]


def test_editions_are_where_they_are_said_to_be(site: Path) -> None:
    days = [page.name for page in (site / "editions").iterdir()]
    languages = {page.language for page in pages()}
    wanted = {site_path(day, language) for day in [LATEST, *days] for language in languages}
    assert wanted == set(books())
    assert all(datetime.date.fromisoformat(day) for day in days)
