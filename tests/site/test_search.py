"""Search finds words of the text in the page's language, and pages once; code and addresses are no words."""

from urllib.parse import quote

import pytest
from built_site import plan
from playwright.sync_api import Browser
from tabs import opened

FIRST = 5
"""Among so many results the page that is looked for must be."""

ENGLISH = {
    "railway": "cooperation", "eagle pass": "area/del-rio", "tucson": "area/tucson",
    "darién": "cooperation",
    "expulsion": "glossary", "parole": "glossary", "ports of entry": "glossary", "title 42": "glossary",
    "cbp one": "glossary", "encounter": "glossary", "forcibly displaced": "glossary",
    "venezuela": "nationality/venezuela", "haiti": "nationality/haiti", "cuba": "nationality/cuba",
    "refugees": "displacement", "revisions": "methods", "correction": "about", "typefaces": "about",
    "season": "border", "mirrors": "about", "encounters": "border", "contradicted": "claims",
}  # fmt: skip
SPANISH = {
    "ferrocarril": "area/del-rio", "eagle pass": "area/del-rio", "tucson": "area/tucson",
    "darién": "cooperation",
    "expulsión": "glossary", "puertos de entrada": "glossary", "título 42": "glossary", "cbp one": "glossary",
    "encuentro": "glossary", "encuentros": "border", "desplazadas": "displacement",
    "refugiados": "displacement",
    "venezuela": "nationality/venezuela", "haití": "nationality/haiti", "cuba": "nationality/cuba",
    "nicaragua": "nationality/nicaragua", "corrección": "about", "temporada": "border", "errores": "about",
    "cookies": "about", "desmentida": "claims",
}  # fmt: skip
QUERIES = {"en": ("", ENGLISH), "es": ("es/", SPANISH)}
DONE = ".search-summary:not(:empty)"
"""What is told when the last result is listed."""
FOUND = "links => links.map(link => new URL(link.href).pathname)"


@pytest.mark.parametrize("language", [language for language in QUERIES if language in plan().languages])
def test_twenty_queries_find_their_pages(chromium: Browser, address: str, language: str) -> None:
    root, queries = QUERIES[language]
    assert len(queries) >= 20
    lost = {}
    with opened(chromium, f"{address}{root}search.html") as tab:
        for words, page in queries.items():
            tab.goto(f"{address}{root}search.html?q={quote(words)}")
            tab.wait_for_selector(DONE)
            found = tab.locator("ul.search li > a").evaluate_all(FOUND)
            assert len(found) == len(set(found)), words
            if not any(path.endswith(f"/{page}.html") for path in found[:FIRST]):
                lost[words] = found[:FIRST]
    assert not lost


@pytest.mark.parametrize("words", ["groupby", "pd.DataFrame", "fill-opacity"])
def test_code_is_not_found(chromium: Browser, address: str, words: str) -> None:
    with opened(chromium, f"{address}search.html?q={quote(words)}") as tab:
        tab.wait_for_selector(DONE)
        assert tab.locator("ul.search li").count() == 0
