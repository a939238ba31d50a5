"""One parser reads all translated sentences: they are what MyST's own parsers make of them."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from myst_parser.mdit_to_docutils import base
from sphinx.application import Sphinx

from sharedborder.press.sphinx.translated import read_translated

SETTINGS = """\
extensions = [{extensions}]
language, locale_dirs, root_doc = "es", ["locale"], "index"
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline", "attrs_block"]
nb_execution_mode, html_theme, suppress_warnings = "off", "basic", ["myst.*", "i18n.*"]
"""
PAGE = """\
# Title

(label)=
A link.

Marked up.[^one]

## Hostile

- Item

After.

[^one]: Said below.
"""
SPANISH = {
    "Title": "Título con *énfasis*",
    "A link.": "Un enlace a [la otra](other.md) y a [](other.md).",
    "Marked up.[^one]": "Con `código`, **fuerza**, {abbr}`CBP (aduanas)` y [rango]{.wide}.[^one]",
    "Hostile": '<script>alert("x")</script> & "comillas" {no-role}`x` [nada](no/where) $x$ \\*',
    "Item": "- punto *uno*",
    "After.": ":::{note}\nDentro.\n:::",
    "Said below.": "---\na: [b\n---\nDicho abajo",
}


def translated(place: Path, extensions: str) -> dict[str, str]:
    """Build a page and its translation; give its pages by name."""
    source = place / "source"
    catalogue = Catalog(locale="es")
    for english, spanish in SPANISH.items():
        catalogue.add(english, spanish)
    (source / "locale/es/LC_MESSAGES").mkdir(parents=True)
    with (source / "locale/es/LC_MESSAGES/index.mo").open("wb") as file:
        write_mo(file, catalogue)
    (source / "conf.py").write_text(SETTINGS.format(extensions=extensions), "utf-8")
    (source / "index.md").write_text(PAGE, "utf-8")
    (source / "other.md").write_text("---\norphan: true\n---\n# Other\n", "utf-8")
    app = Sphinx(source, source, place / "made", place / "trees", "html", status=None, warning=None)
    app.build()
    return {path.name: path.read_text("utf-8") for path in (place / "made").glob("*.html")}


def test_one_parser_reads_what_many_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "make_document", base.make_document)
    by_many = translated(tmp_path / "many", "'myst_nb'")
    by_one = translated(tmp_path / "one", f"'myst_nb', '{__name__}'")
    assert by_one == by_many
    for said in ("<em>énfasis</em>", "Un enlace a", "<strong>fuerza</strong>", "Dicho abajo"):
        assert said in by_one["index.html"]


def setup(app: Sphinx) -> None:
    """As an extension of Sphinx, this module is ours alone."""
    read_translated(app)
