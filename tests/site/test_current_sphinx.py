"""Plain `sphinx-build` of the current Sphinx, which Jupyter Book does not reach yet, builds the same content.

In an environment of its own, from tests/sphinx9.lock, without Jupyter Book: what is left out is the extension
`jupyter_book`, which only declares two settings that we switch off.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from built_site import REPOSITORY, SITE, book_pages, document, has_class, one, project, record, text
from lxml.html import HtmlElement

from sharedborder.press.folders import Folders, site_path

pytestmark = pytest.mark.full
LOCK = REPOSITORY / "tests" / "sphinx9.lock"
UV = Path(sys.executable).with_name("uv")
LEFT_OUT = "'jupyter_book', "
# Sphinx 9 takes a term under its Spanish name for another term; whether there is one is still looked at.
SPANISH_TERMS = "suppress_warnings += ['i18n.inconsistent_references']\n"
BUILD = ("-b", "html", "-W", "--keep-going", "-n")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the current Sphinx."""
    place = tmp_path_factory.mktemp("current") / "venv"
    made = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(UV, "venv", "--quiet", "--python", sys.executable, place)
    run(UV, "pip", "install", "--quiet", "--python", made, "--require-hashes", "-r", LOCK)
    return made


def run(*command: object, **environment: str) -> str:
    """Run a program; fail with what it said if it failed."""
    done = subprocess.run(
        list(map(str, command)), env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def as_sphinx_project(stage: Path, place: Path, language: str) -> Path:
    """Copy a staged folder and let Jupyter Book write its settings down for plain Sphinx."""
    shutil.copytree(stage, place)
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    run(sys.executable, "-c", jupyter_book, "config", "sphinx", place)
    settings = (place / "conf.py").read_text("utf-8")
    assert LEFT_OUT in settings
    written = settings.replace(LEFT_OUT, "") + (SPANISH_TERMS if language == "es" else "")
    (place / "conf.py").write_text(written, "utf-8")
    return place


@pytest.fixture(scope="module", params=["en", "es"])
def built(
    request: pytest.FixtureRequest, python: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The root of a book in the site, and the folder of the pages that plain Sphinx makes of it."""
    language = request.param
    place = tmp_path_factory.mktemp(language)
    stage = Folders.of(project()).stage("latest", language)
    source = as_sphinx_project(stage, place / "source", language)
    code = str(REPOSITORY / "src")
    said = run(python, "-m", "sphinx", *BUILD, source, place / "html", PYTHONPATH=code, NO_COLOR="1")
    assert "Running Sphinx v9." in said
    assert "WARNING" not in said
    return site_path("latest", language), place / "html"


def shown(page: HtmlElement) -> Mapping[str, Any]:
    """What a reader finds in a page: headline, figures, facts and all words of the article."""
    article = one(page, "//main")
    for script in article.xpath(".//script"):
        script.drop_tree()
    facts = article.xpath(f".//*[{has_class('fact')}]")
    return {
        "headline": text(one(article, ".//h1")),
        "figures": article.xpath(".//figure/@id"),
        "facts": [(fact.get("data-fact"), fact.get("value"), text(fact)) for fact in facts],
        "words": text(article),
    }


def test_each_page_is_there_with_its_headline_figures_and_facts(built: tuple[str, Path]) -> None:
    root, html = built
    for page in book_pages(root):
        found = shown(document(html / f"{page.name}.html"))
        assert found == shown(document(page.path)), page
        assert found["headline"], page


def test_what_programs_read_is_the_same(built: tuple[str, Path]) -> None:
    root, html = built
    for name in ("facts.json", "figures.json", "claims.json"):
        assert record(root, name), name
        assert (html / name).read_bytes() == (SITE / root / name).read_bytes()


def test_each_figure_and_fact_of_the_book_stands_in_a_page(built: tuple[str, Path]) -> None:
    root, html = built
    pages = {page.name: shown(document(html / f"{page.name}.html")) for page in book_pages(root)}
    for name in record(root, "figures.json"):
        page, _, figure = name.rpartition(":")
        assert f"figure-{figure}" in pages[page]["figures"], name
    uses = {
        f"{page}:{key}": fact["pages"]
        for page, own in record(root, "facts.json").items()
        for key, fact in own.items()
    }
    assert any(uses.values())
    for name, users in uses.items():
        for user in users:
            assert re.search(rf'data-fact="{re.escape(name)}"', (html / f"{user}.html").read_text("utf-8"))
