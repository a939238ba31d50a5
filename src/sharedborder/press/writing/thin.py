"""Holds notebooks to their form: stripped, typed parameters, short cells, no code that belongs in a room."""

import ast
import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from sharedborder.press import notebook

MOST_LINES = 10
CELL_METADATA = {"tags"}
BOOK_METADATA = {"kernelspec", "language_info"}
BELONGS_IN_A_ROOM: Mapping[type[ast.AST], str] = {
    ast.FunctionDef: "a function",
    ast.AsyncFunctionDef: "a function",
    ast.ClassDef: "a class",
    ast.Lambda: "a lambda",
}
READING = {"open", "Path", "read_text", "read_bytes", "urlopen", "exec", "eval"}
SPOKEN = ("say", "plural")
FACADES = {"sharedborder", "sharedborder.press", "sharedborder.cli"}
PARAMETER = re.compile(r"^[a-z_]+: *[\w\[\], ]+ = .+ # \S.*$")

Fault = tuple[int, str]  # number of the cell (0: the notebook), what is wrong and what to do


def faults(book: NotebookNode) -> Iterator[Fault]:
    """Yield what keeps a notebook from being a chapter."""
    if extra := set(book.metadata) - BOOK_METADATA:
        yield 0, f"has the metadata {', '.join(sorted(extra))}; run nbstripout on it"
    yield from _opening(book)
    yield from _prose_between_figures(book)
    for number, cell in notebook.numbered_cells(book):
        if extra := set(cell["metadata"]) - CELL_METADATA:
            yield number, f"has the metadata {', '.join(sorted(extra))}; only tags are kept, run nbstripout"
        if cell["cell_type"] == "code":
            yield from ((number, fault) for fault in _code_faults(cell))


def _opening(book: NotebookNode) -> Iterator[Fault]:
    first = next(((n, c) for n, c in notebook.numbered_cells(book) if c["cell_type"] == "markdown"), None)
    if first is None or not first[1]["source"].startswith("# "):
        yield 0, "has no headline: its first markdown cell must begin with '# '"
    code = next(((n, c) for n, c in notebook.numbered_cells(book) if c["cell_type"] == "code"), None)
    if code is None or notebook.PARAMETERS not in notebook.tags(code[1]):
        yield 0, "has no parameters: tag its first code cell 'parameters'"
        return
    lines = [line for line in code[1]["source"].splitlines() if line.strip()]
    for line in lines:
        if not PARAMETER.match(line):
            yield code[0], f'{line!r} is no parameter; write `name: str = "default"  # what it means`'
    if not any(line.startswith("edition:") for line in lines):
        yield code[0], 'the parameter `edition: str = "latest"  # ...` is missing'


def _prose_between_figures(book: NotebookNode) -> Iterator[Fault]:
    before = 0
    for number, cell in notebook.numbered_cells(book):
        if cell["cell_type"] == "markdown":
            before = 0
            continue
        shown = _calls(_tree(cell["source"]), "figure")
        if len(shown) > 1:
            yield number, "shows more than one figure; put each in a cell of its own, with prose between"
        elif shown and before:
            yield number, f"shows a figure right after cell {before}; write what it says between them"
        before = number if shown else before


def _code_faults(cell: NotebookNode) -> Iterator[str]:
    source = cell["source"]
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "holds outputs or an execution count; run nbstripout"
    if len(source.splitlines()) > MOST_LINES:
        lines = len(source.splitlines())
        yield f"has {lines} lines, {MOST_LINES} are the most; move what it does to analysis or display"
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"is not plain Python ({error.msg}, line {error.lineno}); magics have no place in a chapter"
        return
    for node in ast.walk(tree):
        yield from _node_faults(node)


def _node_faults(node: ast.AST) -> Iterator[str]:
    if type(node) in BELONGS_IN_A_ROOM:
        yield f"defines {BELONGS_IN_A_ROOM[type(node)]}; move it to analysis or display"
    if (
        isinstance(node, ast.Call)
        and (name := _called(node))
        and (name in READING or name.startswith("read_"))
    ):
        yield f"reads with {name}(); chapters read tables with ledger.read only"
    if _imports_facade(node):
        yield "imports a façade or the press; import the module it needs (sharedborder.records.ledger, ...)"
    if isinstance(node, ast.FormattedValue) and any(
        isinstance(part, ast.BinOp) for part in ast.walk(node.value)
    ):
        yield "calculates inside a text; compute the number first, in a measure, and give it as a fact"
    if isinstance(node, ast.Call) and _called(node) == "say" and not _plain_sentence(node):
        yield "say() takes one plain sentence with {placeholders}; what is put together cannot be translated"


def _imports_facade(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module in FACADES
    return isinstance(node, ast.Import) and any(alias.name in FACADES for alias in node.names)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _plain_sentence(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == name]


def sentences(source: str) -> list[str]:
    """Return the sentences that a cell says: the texts given to say() and plural()."""
    calls = [call for name in SPOKEN for call in _calls(_tree(source), name)]
    given = [argument for call in calls for argument in call.args if isinstance(argument, ast.Constant)]
    return [argument.value for argument in given if isinstance(argument.value, str)]
