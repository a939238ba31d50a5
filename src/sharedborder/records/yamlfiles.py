"""The hand-written YAML files of the data folder, read once until they change, days always as ISO text."""

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sharedborder.records import shelf
from sharedborder.records.errors import LedgerError

# the C reader is ten times as quick; some builds of PyYAML come without it
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str) -> Any:
    """The content of a YAML file of the data folder. Callers do not change it: it is shared.

    Raises LedgerError if the file is missing or is not YAML.
    """
    path = shelf.folder() / name
    if not path.is_file():
        raise LedgerError(f"data/{name} is missing")
    return _load(shelf.stamp(path))


@lru_cache(maxsize=8)
def _load(file: tuple[str, int, int, int]) -> Any:
    path = Path(file[0])
    try:
        return _plain(yaml.load(path.read_text("utf-8"), Loader=_Loader))
    except yaml.YAMLError as error:
        raise LedgerError(f"data/{path.name} is not YAML: {error}") from error


def _plain(value: Any) -> Any:
    """YAML reads an unquoted day as a date: the same thing written in two ways must be one thing."""
    if isinstance(value, dict):
        return {_plain(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
