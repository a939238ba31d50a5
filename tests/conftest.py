"""What tests of all rooms share: an empty ledger of their own, with small tables."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REQUIRED = {"required": True}
CROSSINGS: dict[str, Any] = {
    "titles": {"en": "Crossings", "es": "Crossings"},
    "kind": "flow",
    "unit": {"en": "crossings", "es": "cruces"},
    "covers": ["month"],
    "count": "crossings",
    "fields": [
        {"name": "month", "type": "date", "constraints": REQUIRED},
        {"name": "mode", "type": "string", "constraints": REQUIRED | {"enum": ["on foot", "by car"]}},
        {"name": "crossings", "type": "integer", "constraints": REQUIRED | {"minimum": 0}},
        {"name": "lanes", "type": "integer"},
        {"name": "remark", "type": "string"},
    ],
    "primaryKey": ["month", "mode"],
    "missingValues": [""],
}
STAFF: dict[str, Any] = {
    "titles": {"en": "Staff", "es": "Staff"},
    "kind": "stock",
    "unit": {"en": "people", "es": "personas"},
    "covers": ["year"],
    "count": "people",
    "fields": [
        {"name": "country", "type": "string", "constraints": REQUIRED | {"pattern": "[A-Z]{3}"}},
        {"name": "year", "type": "year", "constraints": REQUIRED},
        {"name": "people", "type": "integer", "constraints": REQUIRED},
    ],
    "primaryKey": ["country", "year"],
    "missingValues": [""],
}
ANNOUNCED: dict[str, Any] = {
    "titles": {"en": "Announced figures", "es": "Announced figures"},
    "kind": "as announced",
    "unit": {"en": "as named", "es": "según se nombra"},
    "covers": ["indicator", "period_start", "period_end", "subject", "vintage"],
    "count": "value",
    "fields": [
        {"name": "indicator", "type": "string", "constraints": REQUIRED},
        {"name": "period_start", "type": "date", "constraints": REQUIRED},
        {"name": "period_end", "type": "date", "constraints": REQUIRED},
        {"name": "subject", "type": "string"},
        {"name": "vintage", "type": "string", "constraints": REQUIRED},
        {"name": "value", "type": "number", "constraints": REQUIRED},
        {"name": "weak", "type": "boolean", "constraints": REQUIRED},
    ],
    "primaryKey": ["indicator", "period_start", "period_end", "subject", "vintage"],
    "missingValues": [""],
}
SCHEMAS = {"crossings": CROSSINGS, "staff": STAFF, "announced_figures": ANNOUNCED}


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Make an empty ledger with three small tables; return its folder."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("data")
        (folder / "schemas").mkdir()
        for table, schema in SCHEMAS.items():
            (folder / "schemas" / f"{table}.json").write_text(json.dumps(schema), "utf-8")
        (folder / "sources.yml").write_text("{}\n", "utf-8")
        return folder

    return make


@pytest.fixture
def new_ledger(empty_ledger: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Make an empty ledger with three small tables, the one that is read from now on; return its folder."""

    def make() -> Path:
        folder = empty_ledger()
        monkeypatch.setenv("SHAREDBORDER_DATA", str(folder))
        return folder

    return make


@pytest.fixture
def ledger_folder(new_ledger: Callable[[], Path]) -> Path:
    """The folder of an empty ledger with three small tables."""
    return new_ledger()
