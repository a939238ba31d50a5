"""The sentences of the book: taken from all that is written, said once, and kept with their Spanish."""

from pathlib import Path

import press_fakes as fakes
import pytest
from babel.messages.catalog import Catalog

from sharedborder.press.book import sentences
from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders

INDEX = """\
# The figure was {fact}`border:total`

:::{known} border:gone
:otherwise: There is nothing yet.

It came to {fact}`border:gone`.
:::

{fact}`border:total`

[](border)
"""
BORDER = [
    "# Encounters {fact}`direction`",
    "%# code is not prose\nvalue = 1",
    "A sentence about {fact}`total`.",
]
TOC = "format: jb-book\nroot: index\nchapters:\n  - file: border\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folders = fakes.project(tmp_path_factory.mktemp("written"), "chapters: {}\n", TOC, {"index.md": INDEX})
    fakes.notebook(folders.notebooks / "border.ipynb", BORDER)
    return folders


@pytest.fixture(scope="module")
def extracted(written: Folders) -> Catalog:
    return sentences.extracted(written)


def spanish(folders: Folders, english: str, said: str) -> None:
    """Write the Spanish of one sentence into the catalogue."""
    path = folders.book / sentences.CATALOGUE
    text = path.read_text("utf-8").replace(
        f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{said}"'
    )
    write_whole(path, text)


def test_sentences_of_every_edition_are_taken_and_facts_stay_names(extracted: Catalog) -> None:
    found = {str(message.id): [file for file, _ in message.locations] for message in extracted if message.id}
    assert found == {
        "The figure was {fact}`border:total`": ["index.md"],
        "There is nothing yet.": ["index.md"],
        "It came to {fact}`border:gone`.": ["index.md"],
        "Encounters {fact}`direction`": ["border.md"],
        "A sentence about {fact}`total`.": ["border.md"],
    }


def test_a_changed_sentence_is_a_translation_to_do(written: Folders, tmp_path: Path) -> None:
    folders = fakes.copy_of(written, tmp_path / "copy")
    assert len(sentences.update(folders)) == 5
    spanish(folders, "There is nothing yet.", "Todavía no hay nada.")
    spanish(folders, "Encounters {fact}`direction`", "Los encuentros {fact}`direction`")
    assert len(sentences.update(folders)) == 3
    before = (folders.book / sentences.CATALOGUE).read_bytes()
    assert len(sentences.update(folders)) == 3
    assert (folders.book / sentences.CATALOGUE).read_bytes() == before
    index = folders.book / "index.md"
    index.write_text(INDEX.replace("nothing yet", "nothing so far"), "utf-8")
    assert "There is nothing so far." in sentences.update(folders)
    kept = sentences.read(folders.book / sentences.CATALOGUE)
    assert kept["There is nothing so far."].fuzzy
    assert "There is nothing yet." not in kept
