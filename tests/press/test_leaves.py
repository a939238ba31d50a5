"""Leaves are made once, and again only when something that they are made from changed."""

import io
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import press_fakes as fakes
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from rich.console import Console

from sharedborder.press.book.digests import Digests
from sharedborder.press.book.laying import Composition, Compositor
from sharedborder.press.book.leaves import Leaf, Leaves
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import FACTS, FIGURE
from sharedborder.press.pictures import Shelf
from sharedborder.press.plan import Page

PAGE = Page("area/yuma", "area", Path("area.ipynb"), {}, "latest", {"en": "Yuma"})
FIGURES = {
    "id": "monthly", "sources": [],
    "headline": {"en": "Up", "es": "Sube"}, "alt": {"en": "Bars", "es": "Barras"},
    "drawing": {language: {"phone": {}, "column": {}} for language in ("en", "es")},
    "table": {"columns": [{"name": "=month"}], "rows": [["2023-10"], ["@x"]]},
}  # fmt: skip
SAID = {"A & B": "A y B", "C": "ce"}
"""What the translations say; the fakes' painter asks for the first."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = fakes.project(tmp_path, "", "", {})
    execute(folders, "It rose")
    return folders


def execute(folders: Folders, text: str, page: Page = PAGE) -> None:
    """Leave an executed notebook that tells a fact and shows a figure."""
    fact = {"key": "rose", "kind": "text", "text": {"en": text}, "evidence": [{"table": "encounters"}]}
    outputs = [
        new_output("display_data", data={mime: data}) for mime, data in ((FACTS, [fact]), (FIGURE, FIGURES))
    ]
    place = folders.executed(page.edition, page.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell("", outputs=outputs, id="a")]), place)


def listening() -> AbstractContextManager[dict[str, Any]]:
    return nullcontext({"C": SAID["C"]})


def leaves(folders: Folders, **said: str) -> Leaves:
    """Return the leaves of a new build, for translations that say this besides."""
    return Leaves(folders, shelf(folders, **said), Digests(folders.build / "digests.json"))


def shelf(folders: Folders, **said: str) -> Shelf:
    words = SAID | said
    return Shelf(folders.pictures, "stamp", lambda language: words if language == "es" else {})


def stands(folders: Folders, **said: str) -> bool:
    return leaves(folders, **said).find(PAGE, "es") is not None


def leaf(folders: Folders) -> Leaf:
    """Bring the page's leaf up to date."""
    compositor = Compositor(folders, replace(fakes.HANDED, listening=listening), shelf(folders))
    with Composition(leaves(folders), compositor, ["es"], 1) as composition:
        composition.begin([PAGE])
        [one] = composition.finished(Console(file=io.StringIO())).values()
    return one


def files(found: Leaf) -> Iterator[tuple[str, str]]:
    for name in found.files:
        yield name, (found.folder / name).read_text("utf-8")


def inodes(found: Leaf) -> dict[str, int]:
    return {name: (found.folder / name).stat().st_ino for name in found.files}


def test_a_leaf_holds_the_page_and_its_part_of_the_records(folders: Folders) -> None:
    found = leaf(folders)
    texts = dict(files(found))
    assert set(texts) == {
        "area/yuma.ipynb",
        "card.svg",
        "_figures/area/yuma/monthly.html",
        "_embedded/area/yuma/monthly.html",
        *(f"_extra/figures/area/yuma/monthly.{kind}" for kind in ("csv", "svg", "vl.json")),
    }
    assert texts["_extra/figures/area/yuma/monthly.csv"] == "'=month\n2023-10\n'@x\n"
    assert found.facts["rose"]["evidence_html"] == "encounters"
    assert found.figures["area/yuma:monthly"]["title"] == "Sube"


def test_a_leaf_is_laid_out_once(folders: Folders) -> None:
    assert not stands(folders)
    first = leaf(folders)
    assert stands(folders)
    assert leaf(folders) == first


def broken(figure: dict[str, Any], language: str) -> dict[str, Any]:
    raise ValueError("no such mark")


def translations(language: str) -> dict[str, str]:
    return SAID if language == "es" else {}


def lay_many(folders: Folders, names: list[str], paint: Any) -> dict[Any, Leaf]:
    """Lay out pages like the first one, by two processes."""
    for name in names[1:]:
        shutil.copyfile(folders.executed("latest", names[0]), folders.executed("latest", name))
    handed = replace(fakes.HANDED, listening=listening, paint=paint)
    compositor = Compositor(folders, handed, Shelf(folders.pictures, "stamp", translations))
    with Composition(leaves(folders), compositor, ["es"], 2) as composition:
        for left, name in reversed(list(enumerate(reversed(names)))):
            composition.begin([replace(PAGE, name=name)], coming=left)
        return composition.finished(Console(file=io.StringIO()))


def test_many_pages_are_laid_out_in_processes(folders: Folders) -> None:
    laid = lay_many(folders, ["area/yuma", "area/tucson", "area/laredo"], fakes.paint)
    assert [f"{page}.ipynb" in leaf.files for (_, page, _), leaf in laid.items()] == [True] * 3
    assert len(list(folders.pictures.rglob("*.json"))) == 1


def test_what_has_not_begun_when_a_build_ends_early_is_dropped(folders: Folders) -> None:
    names = [f"area/{number}" for number in range(9)]
    for name in names:
        execute(folders, "It rose", replace(PAGE, name=name))
    handed = replace(fakes.HANDED, listening=listening)
    compositor = Compositor(folders, handed, Shelf(folders.pictures, "stamp", translations))
    with Composition(leaves(folders), compositor, ["es"], 1) as composition:
        composition.begin([replace(PAGE, name=name) for name in names])
    laid = [name for name in names if folders.leaf("latest", name, "es").exists()]
    assert len(laid) < len(names)


@pytest.mark.parametrize("names", [["area/yuma"], ["area/yuma", "area/tucson", "area/laredo"]])
def test_every_figure_that_cannot_be_painted_is_named_with_its_page(
    folders: Folders, names: list[str]
) -> None:
    with pytest.raises(PressError) as told:
        lay_many(folders, names, broken)
    assert str(told.value).splitlines() == [
        f"figure monthly of {name} (es) could not be painted: ValueError: no such mark"
        for name in sorted(names)
    ]


def test_another_execution_lays_it_out_anew(folders: Folders) -> None:
    leaf(folders)
    execute(folders, "It fell")
    assert not stands(folders)
    assert leaf(folders).facts["rose"]["text"] == {"en": "It fell"}


def test_what_is_the_same_in_a_leaf_laid_out_anew_is_the_same_file(folders: Folders) -> None:
    before = inodes(leaf(folders))
    (folders.data / "sources.yml").write_text("new: {}\n", "utf-8")
    assert not stands(folders)
    assert inodes(leaf(folders)) == before


@pytest.mark.parametrize("word", ["C", "A & B"])
def test_only_words_that_it_asked_for_touch_it(folders: Folders, word: str) -> None:
    leaf(folders)
    assert not stands(folders, **{word: "otra"})
    assert stands(folders, other="otra")


def test_a_ledger_that_says_otherwise_lays_it_out_anew(folders: Folders) -> None:
    leaf(folders)
    (folders.data / "sources.yml").write_text("new: {}\n", "utf-8")
    assert not stands(folders)


@pytest.mark.parametrize("name", ["leaf.json", "area/yuma.ipynb", "_extra/figures/area/yuma/monthly.csv"])
@pytest.mark.parametrize("damage", ["other", "gone"])
def test_a_damaged_leaf_is_noticed_and_laid_out_anew(folders: Folders, name: str, damage: str) -> None:
    found = leaf(folders)
    whole = dict(files(found))
    (found.folder / name).unlink()
    if damage == "other":
        (found.folder / name).write_text("other", "utf-8")
    assert not stands(folders)
    assert dict(files(leaf(folders))) == whole
