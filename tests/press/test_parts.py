"""Small parts of the press: harvest, pictures, contents, the data page, folders that are swapped."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from sharedborder.press import files
from sharedborder.press.book import catalogue, toc
from sharedborder.press.book.digests import Digests
from sharedborder.press.book.site import assemble
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import FACTS, FIGURE, harvest, write_texts
from sharedborder.press.meanwhile import Meanwhile
from sharedborder.press.pictures import Shelf


def executed(*bundles: tuple[str, Any]) -> Any:
    cells: list[Any] = [
        new_markdown_cell("# Title"),
        new_code_cell("x = 1", metadata={"tags": ["injected-parameters"]}),
    ]
    for mime, bundle in bundles:
        cells.append(new_code_cell("show()", outputs=[new_output("display_data", data={mime: bundle})]))
    return new_notebook(cells=cells)


def test_a_key_used_twice_names_both_cells() -> None:
    twice = executed((FACTS, [{"key": "total"}]), (FIGURE, {"id": "total"}), (FACTS, [{"key": "total"}]))
    with pytest.raises(PressError, match="border: cells 2 and 4 both define the fact 'total'"):
        harvest(twice, "border")


def test_a_key_must_be_usable_in_a_role() -> None:
    with pytest.raises(PressError, match="cell 2: 'a:b' cannot name a fact"):
        harvest(executed((FACTS, [{"key": "a:b"}])), "border")


def broken(figure: dict[str, Any], language: str) -> dict[str, Any]:
    raise ValueError("no such mark")


def a_figure(**other: Any) -> dict[str, Any]:
    specs = {language: {width: {} for width in ("phone", "column")} for language in ("en", "es")}
    both = {"en": "Up", "es": "Sube"}
    return {"id": "monthly", "headline": both, "alt": both, "drawing": specs} | other


def shelf(folder: Path, stamp: str = "stamp", words: dict[str, str] | None = None) -> Shelf:
    return Shelf(folder, stamp, lambda language: (words or {}) if language == "es" else {})


def test_pictures_are_painted_once_and_failures_name_the_figure(tmp_path: Path) -> None:
    first = shelf(tmp_path).painted(a_figure(), "en", fakes.paint, "border")
    assert first["svgs"]["phone"].endswith("<title>phone en</title></svg>")
    assert shelf(tmp_path).painted(a_figure(), "en", broken, "border") == first
    with pytest.raises(
        PressError, match=r"figure monthly of border \(en\) could not be painted: ValueError: no such mark"
    ):
        shelf(tmp_path, "new renderer").painted(a_figure(), "en", broken, "border")


@pytest.mark.parametrize("damage", ["", "half", "\n", "{"])
def test_a_damaged_picture_is_noticed_and_painted_again(tmp_path: Path, damage: str) -> None:
    shelf(tmp_path).painted(a_figure(), "en", fakes.paint, "border")
    [path] = tmp_path.rglob("*.json")
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("phone en", "phone xx") if damage == "half" else damage, "utf-8")
    assert shelf(tmp_path).find(a_figure(), "en") is None
    shelf(tmp_path).painted(a_figure(), "en", fakes.paint, "border")
    assert path.read_text("utf-8") == whole


def test_pictures_used_longest_ago_go_first_and_none_in_use(tmp_path: Path) -> None:
    figures = [a_figure(id=name) for name in ("old", "newer", "used")]
    for moment, figure in enumerate(figures):
        shelf(tmp_path).painted(figure, "en", fakes.paint, "border")
        for path in shelf(tmp_path).place(figure, "en").glob("*.json"):
            os.utime(path, (moment, moment))
    building, start = shelf(tmp_path), time.time() - 2
    building.painted(figures[2], "en", broken, "border")
    building.prune(start, 2 * path.stat().st_size)
    assert [len(list(building.place(figure, "en").glob("*.json"))) for figure in figures] == [0, 1, 1]
    building.prune(start, 0)
    assert [len(list(building.place(figure, "en").glob("*.json"))) for figure in figures] == [0, 0, 1]


@pytest.mark.parametrize(
    "other", [{"id": "b"}, {"drawing": {"en": {}}}, {"headline": {"en": "Down"}}, {"alt": {"en": "Bars"}}]
)
def test_another_content_is_another_picture(tmp_path: Path, other: dict[str, Any]) -> None:
    assert shelf(tmp_path).place(a_figure(**other), "en") != shelf(tmp_path).place(a_figure(), "en")


def test_what_a_picture_does_not_show_paints_nothing_anew(tmp_path: Path) -> None:
    other = a_figure(notes=[{"en": "N"}], headline={"en": "Up", "es": "Otra"})
    assert shelf(tmp_path).place(other, "en") == shelf(tmp_path).place(a_figure(), "en")


def test_a_changed_translation_paints_only_the_figures_that_use_it(tmp_path: Path) -> None:
    one = {"A & B": "A y B", "C": "ce"}
    for language in ("en", "es"):
        shelf(tmp_path, words=one).painted(a_figure(), language, fakes.paint, "border")

    def missing(words: dict[str, str]) -> list[str]:
        return [
            language
            for language in ("en", "es")
            if not shelf(tmp_path, words=words).find(a_figure(), language)
        ]

    assert missing(one) == []
    assert missing(one | {"C": "another"}) == []
    assert missing(one | {"A & B": "A con B"}) == ["es"]
    assert missing({"C": "ce"}) == ["es"]


def test_a_text_that_cannot_be_written_names_page_cell_and_figure() -> None:
    def refuse(bundle: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
        raise ValueError("message 'Up' has no sense")

    with pytest.raises(PressError, match=r"^border, cell 2: monthly: message 'Up' has no sense$"):
        write_texts(executed((FIGURE, a_figure())), "border", refuse, ["es"])


def test_texts_of_facts_and_figures_are_written() -> None:
    book = executed((FIGURE, a_figure()), (FACTS, [{"key": "a"}]))
    write_texts(book, "border", lambda bundle, languages: dict(bundle) | {"in": languages}, ["es"])
    assert harvest(book, "border").figures["monthly"]["in"] == ["es"]
    assert harvest(book, "border").facts["a"]["in"] == ["es"]


def test_contents_expand_patterns_and_refuse_what_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "_toc.yml"
    path.write_text(
        "root: index\nparts:\n  - {caption: All, chapters: [{glob: n/*}, {file: about}]}\n", "utf-8"
    )
    parts = toc.contents(path, ["n/b", "n/a"], ["index", "about"])
    assert [entry["page"] for entry in parts[1]["entries"]] == ["n/b", "n/a", "about"]
    assert [part["caption"] for part in toc.narrowed(parts, ["index"])] == [None]
    with pytest.raises(PressError, match="does not list the page 'border'"):
        toc.contents(path, ["border"], ["index", "about"])
    with pytest.raises(PressError, match="'about' is neither a page"):
        toc.contents(path, ["n/b"], ["index"])


CONTRACT = catalogue.Contract(
    schemas={
        "encounters": {
            "titles": {"en": "Encounters <at> the border", "es": "Encuentros"},
            "kind": "events",
            "unit": {"en": "encounters", "es": "encuentros"},
            "fields": [{"name": "month", "type": "date", "description": "First day | of the month"}],
        }
    },
    resources=[
        {"table": "encounters", "published": day, "path": f"encounters/{day}.csv", "rows": 1234,
         "first_period": "2021-10-01", "last_period": last}
        for day, last in (("2023-11-14", "2023-10-01"), ("2024-02-13", "2024-01-01"))
    ],
    sources={
        "cbp": {
            "publisher": "CBP", "title": "Encounters", "tables": ["encounters"], "unit": "An event",
            "address": "https://example.org/?a&b", "licence": {"name": "Public domain"},
            "breaks": [{"en": "A break", "es": "Ruptura"}],
            "releases": [{"day": "2023-11-14", "precision": "about", "obtained_via": "a mirror",
                          "files": [{"name": "x.csv", "sha256": "ab" * 32}],
                          "checked_against_publisher": False}],
        }
    },
)  # fmt: skip


def test_the_data_page_of_an_edition_knows_nothing_later() -> None:
    page = catalogue.catalogue(CONTRACT, "2023-12-27", "en")
    assert "### Encounters <at> the border" in page
    assert '<a href="#encounters">Encounters &lt;at&gt; the border</a>' in page
    assert page.count("An event") == 1
    assert "13 February 2024" not in page
    assert "January 2024" not in page
    assert '<time datetime="2023-11-14">14 November 2023</time> (day not certain)' in page
    assert "1,234 rows, October 2021 to October 2023" in page
    assert 'href="../../data/encounters/2023-11-14.csv"' in page
    assert "Not yet compared with the publisher's own file" in page
    assert catalogue.tables(CONTRACT, "2023-12-27", "es") == {
        "encounters": {
            "title": "Encuentros",
            "published": "2023-11-14",
            "last_period": "2023-10-01",
            "publisher": "CBP",
            "description": "An event",
            "license": "Public domain",
        }
    }
    assert catalogue.tables(CONTRACT, "2023-01-01", "en") == {}


def test_the_data_page_in_spanish_and_latest() -> None:
    page = catalogue.catalogue(CONTRACT, "latest", "es")
    assert "13 de febrero de 2024" in page
    assert "de octubre de 2021 a enero de 2024" in page
    assert 'href="../data/encounters/2024-02-13.csv"' in page
    assert "Ruptura" in page


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    new, place = tmp_path / "site.new", tmp_path / "site"
    for content in ("one", "two"):
        files.write_whole(new / "index.html", content)
        files.put_in_place(new, place)
        assert (place / "index.html").read_text("utf-8") == content
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_is_made_from_the_former_one_but_leaves_nothing_beside_a_folder_elsewhere(
    tmp_path: Path,
) -> None:
    files.write_whole(tmp_path / "_config.yml", "html: {}")
    table = tmp_path / "data" / "a.csv"
    inside, elsewhere = Folders.of(tmp_path), Folders.of(tmp_path, site=tmp_path / "elsewhere" / "public")
    for folders, content in product((inside, elsewhere), ("1", "2", "3")):
        files.write_whole(table, content)
        assemble(folders, [], {}, None, Digests(folders.build / "digests.json"))
        assert (folders.site / "data" / "a.csv").read_text("utf-8") == content
        assert not files.one_file(f"{table}", f"{folders.site}/data/a.csv")
    assert (inside.build / "site.next" / "data" / "a.csv").read_text("utf-8") == "2"
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["public"]


@pytest.mark.parametrize("at_once", [True, False])
def test_the_next_folder_is_made_from_the_one_before(
    at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    place = tmp_path / "site"
    new = files.next_to(place)
    for content in ("one", "two", "three"):
        files.write_whole(new / "index.html", content)
        files.change_places(new, place)
        assert (place / "index.html").read_text("utf-8") == content
    assert (new / "index.html").read_text("utf-8") == "two"


def test_a_mirror_holds_what_is_wanted_and_no_more(tmp_path: Path) -> None:
    source, place = tmp_path / "source", tmp_path / "place"
    for name in ("a/kept.html", "a/new.html", "b/changed.html"):
        files.write_whole(source / name, name)
    for name in ("b/changed.html", "c/d/gone.html", "gone.html"):
        files.write_whole(place / name, "as it was")
    files.link(source / "a/kept.html", place / "a/kept.html")
    put = []

    def linked(one: str, other: str) -> None:
        put.append(Path(one).name)
        files.link(one, other)

    for _ in range(2):
        files.mirror({name: f"{source}/{name}" for name in files.names_in(source)}, place, linked)
        assert put == ["new.html", "changed.html"]
        assert files.names_in(place) == files.names_in(source)
        assert all(files.one_file(f"{source}/{name}", f"{place}/{name}") for name in files.names_in(source))
    assert not (place / "c").exists()


def test_what_waits_for_others_is_done_once_by_whoever_asks_first() -> None:
    done = []
    with Meanwhile(lambda: done.append(threading.current_thread())) as meanwhile:
        for _ in range(2):
            meanwhile.begin()
            meanwhile.done()
    with Meanwhile(lambda: done.append(threading.current_thread())):
        pass
    assert len(set(done)) == 2
    assert threading.main_thread() not in done


def test_what_goes_wrong_meanwhile_is_told_and_nothing_begins_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), Meanwhile(lambda: 1 / 0):
        pass
    begun: list[int] = []
    with pytest.raises(KeyError), Meanwhile(lambda: begun.append(1)):
        raise KeyError
    assert not begun


def test_a_second_build_waits_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    code = "import sys, pathlib, rich.console; from sharedborder.press import files\n"
    code += "with files.alone(pathlib.Path(sys.argv[1]), rich.console.Console()):\n"
    code += "    print('in', flush=True)\n    input()"
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
            assert second.stdout is not None
            assert "Another build is at work" in second.stdout.readline()
            first.kill()
            assert second.stdout.readline() == "in\n"
            second.communicate("\n")


def test_where_folders_cannot_be_swapped_a_killed_build_is_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    new, place = tmp_path / "site.new", tmp_path / "site"
    for content in ("one", "two"):
        files.write_whole(new / "index.html", content)
        files.put_in_place(new, place)
    place.rename(tmp_path / "site.former")
    files.restore(place)
    assert (place / "index.html").read_text("utf-8") == "two"
