"""What decides what an execution gives: code, arguments, project modules, versions; never prose."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint

ACTED_ON = ("parameters", "injected-parameters", "raises-exception", "skip-execution")
"""The tags that Papermill acts on; all other tags, cell ids and metadata change no output."""
MOST_REASONS = 3


@dataclass(frozen=True)
class Cell:
    """A code cell: the digest of its source, the tags that are acted on, its number among all cells."""

    source: str
    tags: tuple[str, ...]
    number: int

    @property
    def code(self) -> str:
        return f"{self.source} {' '.join(self.tags)}"


@dataclass(frozen=True)
class Recipe:
    """All that an execution follows, but for the rows it reads."""

    cells: tuple[Cell, ...]
    arguments: Mapping[str, Any]
    modules: Mapping[str, str]
    versions: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """Equal digests, equal executions; where a cell stands between the prose does not matter."""
        cells = [cell.code for cell in self.cells]
        return fingerprint.digest([cells, dict(self.arguments), dict(self.modules), dict(self.versions)])

    @property
    def record(self) -> dict[str, Any]:
        """The recipe as JSON holds it."""
        return asdict(self) | {"arguments": dict(self.arguments)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Recipe":
        """Return the recipe of a record; KeyError or TypeError if it is not one."""
        cells = tuple(Cell(cell["source"], tuple(cell["tags"]), cell["number"]) for cell in record["cells"])
        rest = {name: record[name] for name in ("arguments", "modules", "versions")}
        return cls(cells, **rest)


@dataclass(frozen=True)
class Written:
    """A notebook as its author wrote it: the code by cell, and the digest of the prose between."""

    code: tuple[str, ...]
    cells: tuple[Cell, ...]
    prose: str


def written(path: Path) -> Written:
    """Read a notebook without its library, which takes longer than all the rest of finding out."""
    cells = [_plain(cell) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    code, kept = [], []
    for number, (kind, source, tags) in enumerate(cells, start=1):
        if kind == "code":
            code.append(source)
            kept.append(Cell(fingerprint.digest(source), tags, number))
    prose = [[kind, "" if kind == "code" else source] for kind, source, _ in cells]
    return Written(tuple(code), tuple(kept), fingerprint.digest(prose))


def _plain(cell: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    given = cell.get("metadata", {}).get("tags", [])
    return cell["cell_type"], source, tuple(tag for tag in ACTED_ON if tag in given)


def differences(old: Recipe, new: Recipe) -> str:
    """Say in words what a recipe has other than an earlier one; "" for equal ones."""
    found = [
        *_cells(old.cells, new.cells),
        *(["parameters changed"] if dict(old.arguments) != dict(new.arguments) else []),
        *_named(
            old.modules, new.modules, "{name} changed", "{name} imported now", "{name} no longer imported"
        ),
        *_named(old.versions, new.versions, "{name} {old} → {new}", "{name} {new} installed", "{name} gone"),
    ]
    more = len(found) - MOST_REASONS
    return "; ".join(found[:MOST_REASONS] + ([f"and {more} more"] if more > 0 else []))


def _cells(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[str]:
    if [cell.source for cell in old] == [cell.source for cell in new]:
        yield from (
            f"cell {cell.number} has other tags"
            for cell, former in zip(new, old, strict=True)
            if cell.tags != former.tags
        )
        return
    matcher = SequenceMatcher(None, [cell.code for cell in old], [cell.code for cell in new], autojunk=False)
    for kind, old_start, old_end, start, end in matcher.get_opcodes():
        if kind == "insert":
            yield from (f"cell {cell.number} is new" for cell in new[start:end])
        elif kind == "delete":
            yield f"code taken out: {old_end - old_start}, formerly from cell {old[old_start].number}"
        elif kind == "replace":
            yield from (f"code of cell {cell.number} changed" for cell in new[start:end])


def _named(
    old: Mapping[str, str], new: Mapping[str, str], changed: str, added: str, gone: str
) -> Iterator[str]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            sentence = changed if name in old and name in new else added if name in new else gone
            yield sentence.format(name=name, old=old.get(name), new=new.get(name))
