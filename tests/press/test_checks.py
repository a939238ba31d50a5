"""`sharedborder check`: what it finds in notebooks, pages and translations, and how it says it."""

from pathlib import Path

import nbformat
import press_fakes as fakes
import pytest

from sharedborder.press.writing.checks import check, check_notebook

SPANISH = """\
msgid ""
msgstr ""

msgid "Title 42"
msgstr "Título 42"

msgid "A rise under Title 42"
msgstr "El doble bajo el Título 42"

msgid "display's own {n} million"
msgstr "{n} millones"
"""
GOOD = [
    "# A finding {fact}`x`\n\nProse.",
    "%from sharedborder.records import ledger",
    "%figure('a', say('In {m}'))",
]


def found(folder: Path, *cells: str, parameters: str = 'edition: str = "latest"  # day') -> list[str]:
    path = fakes.notebook(folder / "border.ipynb", [*GOOD, *cells], parameters)
    return [str(finding) for finding in check_notebook(path, ["Title 42"])]


def test_a_good_notebook(tmp_path: Path) -> None:
    assert found(tmp_path, "More prose on Title 42.", "%figure('b', say('Up'))") == []


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("There were 240,988.", "cell 5: '240,988' is typed in “There were 240,988.”; compute it as a fact"),
        ("%say('It doubled')", "cell 5: 'doubled' is typed in “It doubled”"),
        ("%plural('one person', '{n} people', n)", "cell 5: 'one person' is typed"),
        ("%def f(): pass", "cell 5: defines a function; move it to analysis or display"),
        ("%f = lambda x: x", "cell 5: defines a lambda"),
        ("%class A: pass", "cell 5: defines a class"),
        (
            "%pd.read_csv('x.csv')",
            "cell 5: reads with read_csv(); chapters read tables with ledger.read only",
        ),
        ("%open('x')", "cell 5: reads with open()"),
        ("%from sharedborder import records", "cell 5: imports a façade or the press"),
        ("%import sharedborder.press", "cell 5: imports a façade or the press"),
        ("%text = f'{a - b} more'", "cell 5: calculates inside a text"),
        ("%say(f'{a} more')", "cell 5: say() takes one plain sentence"),
        ("%!ls", "cell 5: is not plain Python"),
        ("%" + "a = b\n" * 11, "cell 5: has 11 lines, 10 are the most"),
        ("%figure('b', say('Up'))", "cell 5: shows a figure right after cell 4; write what it says between"),
    ],
)
def test_what_is_found_in_a_cell(tmp_path: Path, cell: str, sentence: str) -> None:
    (only,) = found(tmp_path, cell)
    assert only.startswith(f"notebooks/border.ipynb, {sentence}")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ('edition = "latest"  # day', "is no parameter; write `name: str"),
        ('edition: str = "latest"', "is no parameter; write `name: str"),
        ("area: str = ''  # name", "the parameter `edition: str"),
    ],
)
def test_parameters_are_typed_and_explained(tmp_path: Path, parameters: str, sentence: str) -> None:
    assert any(sentence in finding for finding in found(tmp_path, parameters=parameters))


def test_outputs_and_metadata_are_found(tmp_path: Path) -> None:
    path = fakes.notebook(tmp_path / "border.ipynb", GOOD)
    book = nbformat.read(path, as_version=4)
    book.cells[2]["execution_count"] = 3
    book.cells[1]["metadata"]["editable"] = True
    book.metadata["widgets"] = {}
    nbformat.write(book, path)
    said = " ".join(map(str, check_notebook(path, [])))
    assert "metadata widgets" in said
    assert "cell 2: has the metadata editable" in said
    assert "cell 3: holds outputs or an execution count; run nbstripout" in said


def test_pages_titles_and_translations(tmp_path: Path) -> None:
    toc = "root: index\nparts:\n  - caption: {en: Four stories, es: Historias}\n    chapters: []\n"
    pages = {
        "index.md": "# Title\n\nLine\nwith 7 people and Title 42.\n",
        "glossary.md": "## Title 42\n\nA rule.\n",
        "locales/es/LC_MESSAGES/figures.po": SPANISH,
        "locales/es/LC_MESSAGES/book.po": 'msgid "Many {fact}`x_2`"\nmsgstr "Dos {fact}`x_3`"\n',
    }
    folders = fakes.project(tmp_path, "", toc, pages)
    fakes.notebook(folders.notebooks / "border.ipynb", [*GOOD, "%say('A rise under Title 42')"])
    said = [str(finding) for finding in check(folders)]
    assert len(said) == 5
    assert said[0].startswith(
        "book/index.md, line 4: '7' is typed in “# Title Line with 7 people and Title 42.”"
    )
    assert said[1].startswith("book.po (es), line 1: 'Dos' is typed")
    assert said[2].startswith("book.po (es), line 1: the translation holds other facts than the sentence")
    assert said[3].startswith("figures.po (es), line 7: 'doble' is typed")
    assert said[4].startswith("book/_toc.yml: 'Four' is typed")
