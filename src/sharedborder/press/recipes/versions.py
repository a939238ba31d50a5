"""Which installed distributions code can reach: those of the packages it imports, and what these require."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

from sharedborder.press import fingerprint
from sharedborder.press.installed import plain
from sharedborder.press.recipes.memo import Memo

KERNEL = ("ipykernel", "papermill")  # what runs any notebook
IF_INSTALLED = ("bottleneck", "numexpr", "pyarrow")  # pandas computes with them where it finds them


def reached(imported: Iterable[str], everything: dict[str, str], memo: Memo) -> dict[str, str]:
    """Return Python's version and those of the distributions that can matter to a kernel.

    `imported`: the packages that its code imports, by their names there; `everything`: see `installed`.
    """
    names = sorted(imported)
    key = f"{names} {sorted(everything.items())}"
    return {"python": fingerprint.python()} | {
        name: everything[name] for name in memo.get(key, lambda: _closure(names, everything))
    }


def _closure(imported: Iterable[str], everything: dict[str, str]) -> list[str]:
    by_import = packages_distributions()
    waiting = [*KERNEL, *IF_INSTALLED, *(dist for name in imported for dist in by_import.get(name, ()))]
    found: set[str] = set()
    while waiting:
        name = plain(waiting.pop())
        if name in everything and name not in found:
            found.add(name)
            waiting += _required(name)
    return sorted(found)


def _required(name: str) -> list[str]:
    from packaging.requirements import Requirement

    try:
        asked = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
