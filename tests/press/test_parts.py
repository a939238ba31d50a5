"""Small parts of the press: harvest, pictures, contents, the data page, folders that are swapped."""

import io
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rich.console import Console

from sharedborder.press import catalogue, files, toc
from sharedborder.press.errors import PressError
from sharedborder.press.harvest import FACT, FIGURE, harvest
from sharedborder.press.pictures import Picture, Shelf, draw


def executed(*bundles: tuple[str, dict[str, Any]]) -> Any:
    cells: list[Any] = [
        new_markdown_cell("# Title"),
        new_code_cell("x = 1", metadata={"tags": ["injected-parameters"]}),
    ]
    for mime, bundle in bundles:
        cells.append(new_code_cell("show()", outputs=[new_output("display_data", data={mime: bundle})]))
    return new_notebook(cells=cells)


def test_a_key_used_twice_names_both_cells() -> None:
    twice = executed((FACT, {"key": "total"}), (FIGURE, {"id": "total"}), (FACT, {"key": "total"}))
    with pytest.raises(PressError, match="border: cells 2 and 4 both define the fact 'total'"):
        harvest(twice, "border")


def test_a_key_must_be_usable_in_a_role() -> None:
    with pytest.raises(PressError, match="cell 2: 'a:b' cannot name a fact"):
        harvest(executed((FACT, {"key": "a:b"})), "border")


def broken(specification: dict[str, Any], language: str) -> str:
    raise ValueError("no such mark")


def test_pictures_are_drawn_once_and_failures_name_the_figure(tmp_path: Path) -> None:
    figure = {"id": "monthly", "specs": {"en": {w: {"width": w} for w in ("phone", "column")}}}
    shelf, console = Shelf(tmp_path, "stamp"), Console(file=io.StringIO())
    wanted = shelf.wanted([("border", figure), ("area", figure)], ["en"])
    assert len(wanted) == 2
    draw(wanted, fakes.render, 1, console)
    assert shelf.svgs(figure, "en")["phone"].endswith("<title>phone en</title></svg>")
    assert shelf.wanted([("border", figure)], ["en"]) == []
    assert len(Shelf(tmp_path, "new renderer").wanted([("border", figure)], ["en"])) == 2
    picture = Picture({}, "en", tmp_path / "x.svg", "figure monthly of border (en, phone)")
    with pytest.raises(
        PressError, match=r"figure monthly of border .* could not be drawn: ValueError: no such mark"
    ):
        draw([picture], broken, 1, console)


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
    assert "## Encounters <at> the border" in page
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
