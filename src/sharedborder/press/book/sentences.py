"""The sentences of the book, as Sphinx extracts them for translation, and the catalogue of their Spanish.

They are taken from pages and notebooks as written, not as built in one edition: what an edition leaves out
is there, and a notebook that makes many pages says each sentence once.
"""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from sharedborder.press import notebook, yamltext
from sharedborder.press.book.catalogue import descriptions, read_contract
from sharedborder.press.book.prose import prose_of
from sharedborder.press.errors import PressError
from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.passing import passing_folder

CATALOGUE: Final = Path("locales/es/LC_MESSAGES/book.po")
NOT_PROSE: Final = shutil.ignore_patterns("theme", "locales", "_toc.yml", ".*")
JUPYTER_BOOK: Final = "from jupyter_book.cli.main import main; main()"
WIDTH: Final = 110
NOTHING: Final = {
    "edition": "latest", "language": "en", "facts": {}, "pages": {}, "navigation": [], "tables": {},
}  # fmt: skip
HEADER: Final = (
    "# Spanish (Mexico) for the prose of pages and notebooks. Kept by `make catalogue`.\n"
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: es\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n\n'
)


def update(folders: Folders) -> list[str]:
    """Bring the catalogue of prose up to date; return the sentences that lack Spanish.

    A sentence that changed keeps the Spanish of its former wording as a suggestion, marked fuzzy: it is not
    shown until somebody confirms it. What nobody says any more is dropped. The file carries no dates.
    """
    path = folders.book / CATALOGUE
    kept = read(path) if path.exists() else Catalog(locale="es")
    kept.update(extracted(folders))
    kept.obsolete.clear()
    write_whole(path, HEADER + _body(kept))
    return missing(path)


def read(path: Path) -> Catalog:
    """Read a catalogue of Spanish prose."""
    with path.open("rb") as file:
        return read_po(file, locale="es")


def spanish(book: Path) -> Mapping[str, str]:
    """Return English sentence -> its confirmed Spanish; read once while the file stands."""
    path = book / CATALOGUE
    return _spanish(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=4)
def _spanish(path: Path, _stamp: int) -> Mapping[str, str]:
    return {str(message.id): str(message.string) for message in read(path) if _is_said(message)}


def missing(path: Path) -> list[str]:
    """List the sentences of a catalogue that have no confirmed Spanish."""
    return [str(message.id) for message in read(path) if message.id and not _is_said(message)]


def extracted(folders: Folders) -> Catalog:
    """Return every sentence that a reader meets: what Sphinx would translate and what the data page tells.

    Raises PressError with what Sphinx said if it could not read the pages.
    """
    with passing_folder() as place:
        stage, made = place / "stage", place / "made"
        _stage(folders, stage)
        command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(stage), "--path-output", str(made)]
        command += [
            "--config",
            str(stage / "_config.yml"),
            "--builder",
            "custom",
            "--custom-builder",
            "gettext",
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        template = made / "_build" / "gettext" / "book.pot"
        if result.returncode or not template.exists():
            raise PressError(f"The sentences of the book could not be gathered.\n{result.stderr.strip()}")
        found = _placed(read_po(io.BytesIO(template.read_bytes())))
    for table, told in descriptions(read_contract(folders.data)).items():
        for sentence in told:
            found.add(sentence, locations=[(f"{table}.json", 0)])
    return found


def _stage(folders: Folders, stage: Path) -> None:
    """Lay out the pages and the notebooks' prose in one folder that Sphinx can read without any figure."""
    shutil.copytree(folders.book, stage, ignore=NOT_PROSE)
    for path in folders.notebooks.glob("*.ipynb"):
        prose = "\n\n".join(_prose(path))
        write_whole(stage / f"{path.stem}.md", prose)
    pages = sorted(path.relative_to(stage).with_suffix("").as_posix() for path in stage.rglob("*.md"))
    rest = [{"file": page} for page in pages if page != "index"]
    contents = {"format": "jb-book", "root": "index", "chapters": rest}
    shutil.copytree(folders.book / "theme", stage / "_theme" / "sharedborder")
    shutil.copyfile(folders.config, stage / "_config.yml")
    write_whole(stage / "_toc.yml", yamltext.written(contents))
    write_whole(stage / "edition.json", json.dumps(NOTHING))


def _prose(path: Path) -> Iterator[str]:
    yield from (cell["source"] for cell in notebook.read(path).cells if cell["cell_type"] == "markdown")


def _placed(catalogue: Catalog) -> Catalog:
    """Return the sentences placed by the name of their file; what holds no words needs no translation."""
    placed = Catalog(locale="es")
    for message in catalogue:
        if re.search(r"\w", prose_of(str(message.id))):
            files = sorted({Path(file).name for file, _ in message.locations})
            placed.add(message.id, locations=[(file, 0) for file in files])
    return placed


def _body(catalogue: Catalog) -> str:
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)
    return file.getvalue().decode("utf-8")


def _is_said(message: Message) -> bool:
    return bool(message.string) and not message.fuzzy
