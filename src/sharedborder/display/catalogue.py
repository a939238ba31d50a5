"""Keep the Spanish catalogue in step with the messages in code and notebooks."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from .messages import read_catalogue

KEYWORDS: Final[dict[str, Any]] = {
    "say": None,
    "told": None,  # what checks of claims say, in analysis
    "mark": None,
    "translate": None,
    "plural": (1, 2),
    "translate_plural": (1, 2),
}
HEADER: Final = (
    "# Spanish (Mexico) for the texts of facts and figures. Kept by display/catalogue.py.\n"
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: es\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    "\n"
)


def update(notebooks: Iterable[Path], sources: Iterable[Path], po_path: Path) -> list[str]:
    """Bring the catalogue at `po_path` up to date; return the messages that still lack Spanish.

    `notebooks` are .ipynb files, `sources` Python files or folders of them. What nobody says any more is kept
    as obsolete. The file carries no dates, so that the same messages give the same bytes.
    """
    catalog = read_catalogue(po_path) if po_path.exists() else Catalog(locale="es")
    catalog.update(_template(notebooks, sources), no_fuzzy_matching=True)
    po_path.parent.mkdir(parents=True, exist_ok=True)
    po_path.write_text(HEADER + _body(catalog), encoding="utf-8")
    return missing(po_path)


def missing(po_path: Path) -> list[str]:
    """List the messages of a catalogue that have no Spanish."""
    return [
        _identity(message)
        for message in read_catalogue(po_path)
        if message.id and not _is_translated(message)
    ]


def wanted(notebooks: Iterable[Path], sources: Iterable[Path]) -> set[str]:
    """List the messages that code and notebooks ask for (of a plural, its singular)."""
    return {_identity(message) for message in _template(notebooks, sources) if message.id}


def _template(notebooks: Iterable[Path], sources: Iterable[Path]) -> Catalog:
    catalog = Catalog(locale="es")
    files = [file for source in sources for file in _python_files(source)]
    for place, code in [*_codes_of_files(files), *_codes_of_notebooks(notebooks)]:
        for line, message, comments, _ in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            catalog.add(message, locations=[(place, line)], auto_comments=comments)
    return catalog


def _python_files(source: Path) -> list[Path]:
    return sorted(source.rglob("*.py")) if source.is_dir() else [source]


def _codes_of_files(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for file in files:
        yield file.name, file.read_text(encoding="utf-8")


def _codes_of_notebooks(notebooks: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for notebook in sorted(notebooks):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        yield notebook.name, "\n".join(_source(cell) for cell in cells if cell["cell_type"] == "code")


def _source(cell: dict[str, Any]) -> str:
    """Give a cell's code without the lines that IPython alone understands."""
    lines = "".join(cell["source"]).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))


def _body(catalog: Catalog) -> str:
    file = io.BytesIO()
    write_po(file, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return file.getvalue().decode("utf-8")


def _identity(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string or ()
    return not message.fuzzy and bool(strings) and all(strings)
