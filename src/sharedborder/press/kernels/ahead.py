"""What the warm parent does before a chapter asks: it starts early, and loads what every kernel needs.

Loads no library, so that the parent loads its own while the press does.
"""

from collections.abc import Mapping, Sequence

from sharedborder.press.folders import Folders
from sharedborder.press.kernels import parent
from sharedborder.press.recipes.imports import imported
from sharedborder.press.recipes.recipe import written

EVERY_KERNEL = ("ipykernel.debugger",)
"""What each kernel imports as it starts."""
TABLES = "sharedborder.records.ahead:load"
NAMES = "sharedborder.display.ahead:load"


def environment(folders: Folders) -> Mapping[str, str]:
    """Return what a kernel's environment says about the project."""
    return {"SHAREDBORDER_DATA": str(folders.data)}


def warm_up(folders: Folders) -> str | None:
    """Start the warm parent for the book's notebooks, if none stands; return its address at once, if any.

    Raises OSError, ValueError or KeyError for a notebook that cannot be read.
    """
    books = [written(path) for path in sorted(folders.notebooks.glob("*.ipynb"))]
    modules = imported(source for book in books for source in book.code)
    return parent.address(modules, environment(folders))


def look_ahead(address: str, editions: Sequence[str]) -> None:
    """Have the warm parent load what every kernel of some editions needs: worth it for more than a few."""
    parent.ask_ahead(address, EVERY_KERNEL, [(NAMES, []), *((TABLES, [edition]) for edition in editions)])
