"""Which modules code imports, told from its source."""

from pathlib import Path

import pytest

from sharedborder.press.recipes.imports import Modules, imports, normal_form
from sharedborder.press.recipes.memo import Memo

FILES = {
    "house/__init__.py": "",
    "house/one.py": "from .rooms import kitchen\nimport json, pandas as pd\n",
    "house/two.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house import one\n"
    "else:\n    from house import three\n",
    "house/three.py": "def late():\n    import house.rooms.cellar\n",
    "house/four.py": "import importlib\nname = 'x'\nimportlib.import_module(name)\n",
    "house/five.py": "from importlib import import_module\nimport_module('house.three')\n",
    "house/rooms/__init__.py": "from house.rooms.attic import *\n",
    "house/rooms/attic.py": "from ..three import late\n",
    "house/rooms/kitchen.py": "frame.eval('a + b')\n",
    "house/rooms/cellar.py": "",
}
ALL = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in FILES}
ROOMS = {"house", "house.rooms", "house.rooms.attic", "house.three", "house.rooms.cellar"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "house"


def needed(house: Path, source: str) -> set[str]:
    return set(Modules(house, Memo(house.parent / "memo.json", "")).needed([source]).modules)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import house", {"house"}),
        ("from house import one", ROOMS | {"house.one", "house.rooms.kitchen"}),
        ("from house.one import something", ROOMS | {"house.one", "house.rooms.kitchen"}),
        ("import house.rooms.cellar as c", ROOMS),
        ("def f():\n    from house import rooms", ROOMS),
        ("from house import two", {"house", "house.two"} | ROOMS),
        ("from house.rooms import *", {name for name in ALL if "rooms" in name} | ROOMS),
        ("from house import five", {"house.five"} | ROOMS),
        ("from house import four", ALL),
        ("__import__(name)", ALL),
        ("exec(text)", ALL),
        ("import pkgutil\npkgutil.resolve_name('house.rooms.attic:late')", ROOMS),
        ("import pkgutil\npkgutil.resolve_name(name)", ALL),
        ("list(pkgutil.walk_packages(path))", ALL),
        ("spec.loader.exec_module(module)", ALL),
        ("%run other.ipynb", ALL),
        ("frame.eval('a')", set()),
        ("value = await thing()", set()),
        ("from house import nothing", {"house"}),
    ],
)
def test_modules_are_followed(house: Path, source: str, expected: set[str]) -> None:
    assert needed(house, source) == expected


def test_what_is_never_used_is_not_followed(house: Path) -> None:
    modules = Modules(house, Memo(house.parent / "memo.json", ""))
    found = modules.needed(["import house.rooms"], never=["house.three"])
    assert set(found.modules) == {"house", "house.rooms", "house.rooms.attic"}


def test_packages_of_others_are_named(house: Path) -> None:
    found = Modules(house, Memo(house.parent / "memo.json", "")).needed(["from house import one"])
    assert found.outside == ("pandas",)


def test_a_module_with_a_fault_is_its_text(house: Path) -> None:
    (house / "rooms" / "kitchen.py").write_text("def broken(:\n", "utf-8")
    assert needed(house, "import house.rooms.kitchen") == ALL


def test_relative_imports_start_from_their_package() -> None:
    assert imports("from . import b", "house.rooms") == {"house.rooms", "house.rooms.b"}
    assert imports("from ..c import d", "house.rooms") == {"house.c", "house.c.d"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x = 1", "# a comment\n\nx = (1)  # more", True),
        ('def f():\n    """A."""\n    return 1', 'def f():\n    """B."""\n\n    return 1', True),
        ('"""Of the module."""\nx = 1', "x = 1", True),
        ('class C:\n    """A."""\n    y = 2', "class C:\n    y = 2", True),
        ('def f():\n    return "A."', 'def f():\n    return "B."', False),
        ("x = 1", "x = 2", False),
        ('"""A."""\nprint(__doc__)', '"""B."""\nprint(__doc__)', False),
    ],
)
def test_only_what_code_does_counts(one: str, other: str, same: bool) -> None:
    assert (normal_form(one) == normal_form(other)) is same


def test_a_memo_knows_what_it_was_told_until_the_code_changes(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo.json", "one")
    assert memo.get("key", lambda: [1]) == [1]
    memo.save()
    assert Memo(tmp_path / "memo.json", "one").get("key", lambda: [2]) == [1]
    assert Memo(tmp_path / "memo.json", "two").get("key", lambda: [2]) == [2]
    text = (tmp_path / "memo.json").read_text("utf-8")
    (tmp_path / "memo.json").write_text(text.replace("[1]", "[3]"), "utf-8")
    assert Memo(tmp_path / "memo.json", "one").get("key", lambda: [2]) == [2]
