"""Which of the project's modules some code imports, followed through imports, and a digest of each.

Told from the source alone: nothing is imported to find out. Comments, layout and docstrings do not count.
Where code decides only when it runs what it imports, it is taken to import every module of the project.
"""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sharedborder.press.recipes.memo import Memo

BY_NAME = ("import_module", "__import__", "resolve_name")  # a name in a text is followed like any other
BY_OTHER_WAYS = ("exec", "eval", "run_module", "run_path", "exec_module", "load_module", "walk_packages")
READS_ITSELF = ("__doc__", "getsource", "getdoc")  # code to which its own docstrings or comments may matter
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
EVERYTHING = "*"
MOST_CELLS = 4096


@dataclass(frozen=True)
class Needed:
    """What code needs: the project's modules with the digest of each, and the names of other packages."""

    modules: dict[str, str]
    outside: tuple[str, ...]


class Modules:
    """The modules of one package (`folder` is the package's own)."""

    def __init__(self, folder: Path, memo: Memo) -> None:
        self.folder, self.memo = folder, memo
        self.scans: dict[str, dict[str, Any]] = {}
        self.paths: dict[str, Path | None] = {}

    def needed(self, sources: Iterable[str], always: Iterable[str] = (), never: Iterable[str] = ()) -> Needed:
        """Return what pieces of source code, and the modules of `always`, need; `never` are not followed.

        What a notebook writes in no valid Python (an IPython magic) may import anything.
        """
        waiting = [name for source in sources for name in self._imports(source)] + list(always)
        found: dict[str, str] = {}
        outside: set[str] = set()
        left_out = frozenset(never)
        while waiting:
            name = waiting.pop()
            if name == EVERYTHING or name.endswith(".*"):
                waiting += [module for module in self._all() if _beneath(module, name)]
            elif name.partition(".")[0] != self.folder.name:
                outside.add(name.partition(".")[0])
            elif name not in {*found, *left_out} and (path := self._path(name)):
                scan = self._scan(name, path)
                found[name] = scan["digest"]
                waiting += [*scan["imports"], *_above(name)]
        return Needed(dict(sorted(found.items())), tuple(sorted(outside - sys.stdlib_module_names)))

    def _imports(self, source: str) -> list[str]:
        return list(self.memo.get(f"cell {_sha(source)}", lambda: sorted(imports(source))))

    def _scan(self, name: str, path: Path) -> dict[str, Any]:
        if name not in self.scans:
            source = path.read_text("utf-8")
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            key = f"module {package} {_sha(source)}"
            self.scans[name] = self.memo.get(key, lambda: _scanned(source, package))
        return self.scans[name]

    def _path(self, name: str) -> Path | None:
        if name not in self.paths:
            place = self.folder.parent.joinpath(*name.split("."))
            files = (place / "__init__.py", place.with_suffix(".py"))
            self.paths[name] = next((file for file in files if file.is_file()), None)
        return self.paths[name]

    def _all(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*.py")):
            parts = path.relative_to(self.folder.parent).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(sources: Iterable[str]) -> list[str]:
    """Return the modules that pieces of code import by name, without running them."""
    found = set[str]().union(*(imports(source) for source in sources if "import" in source))
    return sorted(name for name in found if all(part.isidentifier() for part in name.split(".")))


@lru_cache(maxsize=MOST_CELLS)
def imports(source: str, package: str = "") -> frozenset[str]:
    """Return the names that code may import as modules: `from a import b` gives a and a.b, either may be one.

    "*" stands for anything, "a.*" for all beneath a. `package` is the one that relative imports start from.
    """
    try:
        tree = compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return frozenset({EVERYTHING})
    return frozenset(name for node in _running(tree) for name in _named(node, package))


def normal_form(source: str) -> str:
    """Return what code does, without comments, layout and docstrings; as it is where these may matter."""
    if any(word in source for word in READS_ITSELF):
        return source
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return ast.dump(tree)


def _scanned(source: str, package: str) -> dict[str, Any]:
    try:
        form = normal_form(source)
    except (SyntaxError, ValueError):
        form = source  # the chapter will say what is wrong with it
    return {"digest": _sha(form), "imports": sorted(imports(source, package))}


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a tree, without what only a type checker sees."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        checked = isinstance(node, ast.If) and _for_checkers(node.test)
        waiting += node.orelse if checked and isinstance(node, ast.If) else list(ast.iter_child_nodes(node))


def _for_checkers(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else test.id if isinstance(test, ast.Name) else ""
    return name == "TYPE_CHECKING"


def _named(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _base(node, package)
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call):
        yield from _called(node)


def _base(node: ast.ImportFrom, package: str) -> str:
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    by_method = isinstance(node.func, ast.Attribute) and name in (
        "exec",
        "eval",
    )  # frame.eval imports nothing
    if name in (*BY_NAME, *BY_OTHER_WAYS) and not by_method:
        given = node.args[0] if node.args else None
        literal = given.value if isinstance(given, ast.Constant) else None
        plain = isinstance(literal, str) and name in BY_NAME and not literal.startswith(".")
        named = str(literal).replace(":", ".")  # resolve_name("a.b:c"): the last may be a module or not
        yield from [*_above(named), named] if plain else [EVERYTHING]


def _beneath(module: str, name: str) -> bool:
    return name == EVERYTHING or module.startswith(name.removesuffix("*"))


def _above(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
