"""What a table is: its Frictionless schema in `data/schemas/`, with our keys (kind, unit, covers, count)."""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sharedborder.records import shelf
from sharedborder.records.errors import LedgerError

KINDS = ("events", "stock", "flow", "as announced")
TYPES = ("string", "date", "year", "integer", "number", "boolean")


@dataclass(frozen=True)
class Field:
    """One column: its Frictionless type, whether it may be empty, and the values it may hold (None: any)."""

    name: str
    type: str
    required: bool
    enum: tuple[Any, ...] | None

    @property
    def dtype(self) -> str:
        """The dtype of the column in a frame from `read`; counts that may be missing are nullable."""
        if self.type in ("integer", "year"):
            return "int64" if self.required else "Int64"
        if self.type == "boolean":
            return "bool" if self.required else "boolean"
        return {"string": "str", "date": "datetime64[us]", "number": "float64"}[self.type]


@dataclass(frozen=True)
class Schema:
    """A table's columns in order, the key that makes a row unique, and the columns that are its periods."""

    table: str
    path: Path
    titles: dict[str, str]
    kind: str
    unit: Any
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    covers: tuple[str, ...]
    count: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in order."""
        return tuple(field.name for field in self.fields)

    @property
    def every_key_is_a_period(self) -> bool:
        """Whether each row stands for itself: a newer release replaces the rows it repeats and no other."""
        return set(self.covers) == set(self.key)

    @property
    def period(self) -> str | None:
        """The column that says when: the last of `covers` that is a day or a year."""
        timed = [name for name in self.covers if self.field(name).type in ("date", "year", "integer")]
        return timed[-1] if timed else None

    def field(self, name: str) -> Field:
        """The column of that name; LedgerError names the columns that exist."""
        for field in self.fields:
            if field.name == name:
                return field
        raise LedgerError(f"{self.table} has no column {name!r}; it has {', '.join(self.names)}")


def tables() -> list[str]:
    """The names of all tables that have a schema."""
    return sorted(path.stem for path in (shelf.folder() / "schemas").glob("*.json"))


def schema(table: str) -> Schema:
    """The schema of a table. Raises LedgerError for an unknown table, naming those that exist."""
    path = shelf.folder() / "schemas" / f"{table}.json"
    if not path.is_file():
        raise LedgerError(f"there is no table {table!r}; the tables are {', '.join(tables()) or 'none yet'}")
    return _schema(shelf.stamp(path))


@lru_cache(maxsize=64)
def _schema(file: tuple[str, int, int, int]) -> Schema:
    path = Path(file[0])
    try:
        given = json.loads(path.read_text("utf-8"))
        fields = tuple(_field(field) for field in given["fields"])
        made = Schema(
            table=path.stem,
            path=path,
            titles=given["titles"],
            kind=given["kind"],
            unit=given["unit"],
            fields=fields,
            key=_names(given["primaryKey"]),
            covers=_names(given["covers"]),
            count=given["count"],
        )
    except KeyError as error:
        raise LedgerError(f"schemas/{path.name} has no {error}") from error
    except (TypeError, json.JSONDecodeError) as error:
        raise LedgerError(f"schemas/{path.name} is not a table schema: {error}") from error
    _refuse_contradictions(made)
    return made


def _field(given: dict[str, Any]) -> Field:
    constraints = given.get("constraints", {})
    enum = constraints.get("enum")
    required = bool(constraints.get("required", False))
    return Field(given["name"], given["type"], required, None if enum is None else tuple(enum))


def _names(given: str | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _refuse_contradictions(made: Schema) -> None:
    place = f"schemas/{made.path.name}"
    if made.kind not in KINDS:
        raise LedgerError(f"{place}: kind is {made.kind!r}, but a table is one of {', '.join(KINDS)}")
    for name in (*made.key, *made.covers, made.count):
        made.field(name)
    for field in made.fields:
        if field.type not in TYPES:
            raise LedgerError(
                f"{place}: column {field.name} has the type {field.type!r}; known are {', '.join(TYPES)}"
            )
    if not set(made.covers) <= set(made.key):
        raise LedgerError(f"{place}: covers ({', '.join(made.covers)}) must be columns of the key")
    if made.names[: len(made.key)] != made.key:
        raise LedgerError(f"{place}: the key columns come first, in the order of primaryKey")
