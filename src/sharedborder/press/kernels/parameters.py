"""A notebook's parameters, held to what it declares: Papermill itself only warns about an unknown one."""

import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sharedborder.press import notebook
from sharedborder.press.errors import PressError
from sharedborder.press.plan import Page
from sharedborder.press.recipes.memo import Memo
from sharedborder.press.recipes.recipe import written

TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
}


def check_parameters(pages: Iterable[Page], memo: Memo) -> None:
    """Compare what the plan hands to each notebook with its `parameters` cell.

    Raises PressError with one line per unknown, untyped or wrongly typed parameter.
    """
    declared: dict[Path, dict[str, Any]] = {}
    faults: list[str] = []
    for page in pages:
        if page.notebook not in declared:
            declared[page.notebook] = _declared(page.notebook, memo)
        for fault in _faults(page, declared[page.notebook]):
            if fault not in faults:
                faults.append(fault)
    if faults:
        raise PressError("\n".join(faults))


def _declared(path: Path, memo: Memo) -> dict[str, Any]:
    book = written(path)
    cells = [
        source for source, cell in zip(book.code, book.cells, strict=True) if notebook.PARAMETERS in cell.tags
    ]
    declared: dict[str, Any] = memo.get(f"parameters {json.dumps(cells)}", lambda: _inspected(path))
    return declared


def _inspected(path: Path) -> Any:
    from papermill import inspect_notebook  # half a second

    logging.getLogger("papermill").setLevel(logging.ERROR)
    return inspect_notebook(path)


def _faults(page: Page, declared: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    where = f"{page.notebook.name}, page {page.name}"
    for name, value in page.arguments.items():
        if name not in declared:
            known = ", ".join(declared) or "none: no code cell is tagged 'parameters'"
            yield f"{where}: there is no parameter {name!r} (the notebook declares {known})."
        elif not _fits(value, declared[name]["inferred_type_name"]):
            expected = declared[name]["inferred_type_name"]
            wanted = "no type: write `name: str = ...`" if expected == "None" else expected
            yield f"{where}: parameter {name!r} is {value!r}, but the notebook declares {wanted}."


def _fits(value: Any, type_name: str) -> bool:
    outer, _, inner = type_name.replace(" ", "").partition("[")
    if outer not in TYPES or not isinstance(value, TYPES[outer]):
        return False
    if isinstance(value, bool) and outer != "bool":
        return False
    if isinstance(value, list) and inner:
        return all(_fits(item, inner.removesuffix("]")) for item in value)
    return True
