"""The small parts of the bench: what it counts, what it writes, what it builds. It measures nothing here."""

import gzip
import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import nbformat
import pytest
from benchmarks import pages, releases, report, subjects, targets
from benchmarks.measure import BenchError, Sample, run, tree_memory
from benchmarks.pages import View
from benchmarks.read_tables import Reading
from benchmarks.results import Results, median
from benchmarks.served import served

from sharedborder.press.writing.checks import check_notebook

MEGABYTE = 1_000_000
CHILD = "import sys; data = bytearray(b'x' * 60_000_000); print('held', flush=True); sys.stdin.read()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


@pytest.fixture
def results() -> Results:
    found = Results(lambda _: None, {"day": "2026-11-25", "cores": 2})
    for way, times in (("ours", [2.0, 1.0, 9.0]), ("stock", [20.0, 30.0, 25.0])):
        row = found.row("cold", "a book", way, 4)
        for seconds in times:
            found.take(row, lambda seconds=seconds: Sample(seconds, 50 * MEGABYTE))
    found.row("cold", "a book", "cached", 4).note = "not run: too long"
    return found


def test_the_median_is_the_middle_one() -> None:
    assert median([9.0, 1.0, 2.0]) == 2.0
    assert median([1, 3]) == 2
    assert median([]) is None


def test_samples_one_after_the_other_add_times_and_keep_the_peak() -> None:
    assert Sample(1, 5) + Sample(2, 3) + Sample(3, None) == Sample(6, 5)


def test_ratios_are_of_medians_and_nothing_is_made_up(results: Results) -> None:
    ours, stock, cached = results.rows
    assert (ours.seconds, stock.seconds, cached.seconds) == (2.0, 25.0, None)
    assert (results.ratio(stock), results.ratio(cached)) == (12.5, None)
    entry = results.json()[1]
    assert (entry["times_ours"], entry["median_seconds_per_page"]) == (12.5, 6.25)
    assert entry["seconds"] == [20.0, 30.0, 25.0]


def test_the_table_says_what_was_not_measured(results: Results) -> None:
    results.row("cold", "another book", "ours", 1000).note = "not available"
    lines = report.table(results).splitlines()
    assert lines[2] == "| cold (a book) | 4 | 2.0 s | 25.0 s | not run: too long | 12.5 |  | 50 MB, 50 MB |"
    assert lines[3].startswith(
        "| cold (another book) | 1,000 | not available | not measured | not measured |"
    )


def test_a_way_that_fails_is_noted_and_has_no_sample() -> None:
    said: list[str] = []
    found = Results(said.append, {})
    row = found.row("cold", "a book", "ours", 1)
    found.take(row, lambda: run([sys.executable, "-c", "raise SystemExit('no such book')"], Path(), {}))
    assert (row.samples, row.note) == ([], "failed")
    assert "no such book" in said[0]


def test_only_what_is_between_the_markers_is_replaced() -> None:
    text = f"# Title\n\n{report.BEGIN}\nold\n{report.END}\n\nAfter | it.\n"
    made = report.put_between_markers(text, "new")
    assert made == f"# Title\n\n{report.BEGIN}\nnew\n{report.END}\n\nAfter | it.\n"
    assert report.put_between_markers(made, "new") == made


@pytest.mark.parametrize(
    "text", ["", report.BEGIN, f"{report.END}{report.BEGIN}", f"{report.BEGIN * 2}{report.END}"]
)
def test_markers_that_are_not_there_once_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        report.put_between_markers(text, "new")


def test_a_scene_measured_again_takes_the_place_of_its_former_rows(results: Results, tmp_path: Path) -> None:
    place = tmp_path / "results.json"
    assert report.read(place) == []
    report.write(results, "full", [], place)
    again = Results(lambda _: None, {"day": "2026-11-26"})
    again.take(again.row("cold", "a book", "stock", 4), lambda: Sample(7.0, None))
    again.row("cold", "another book", "ours", 8)
    again.beside(report.read(place))
    assert [(row.way, row.seconds) for row in again.rows] == [
        ("ours", 2.0), ("stock", 7.0), ("cached", None), ("ours", None)
    ]  # fmt: skip
    assert [row.measured["day"][-2:] for row in again.rows] == ["25", "26", "25", "26"]
    assert again.rows[2].note == "not run: too long"


def test_targets_are_told_whether_they_hold_or_not(results: Results) -> None:
    assert list(targets.told(results)) == [
        "- Holds. A cold build, a book: 1/12.5 of the stock way's time, at most 1/5."
    ]
    for scene, seconds in (("one chapter edited, the desk open", 3.2), ("one release added", 9.0)):
        results.take(results.row(scene, "a book", "ours", 4), lambda seconds=seconds: Sample(seconds, 1))
    results.row("one release added", "a book", "ours", 4).note = "2 pages ran"
    for many, seconds in ((50, 50.0), (1000, 1300.0)):
        results.take(
            results.row("cold", f"{many:,} small pages", "ours", many), lambda s=seconds: Sample(s, 1)
        )
    assert list(targets.told(results))[1:] == [
        "- **Does not hold**. One chapter edited, the desk open: 3.2 s, at most 3 s.",
        "- One release added: 2 pages ran of 4; that these are the right ones, tests hold.",
        "- **Does not hold**. Cost per page as pages grow: 1.00 s at 50, 1.30 s at 1,000.",
    ]


def test_results_name_no_machine(results: Results, tmp_path: Path) -> None:
    import platform

    readings = [Reading("crossings", 4, 0.01)]
    results.rows[0].measured = report.machine()
    report.write(results, "quick", readings, tmp_path / "results.json")
    text = (tmp_path / "results.json").read_text()
    assert json.loads(text)["results"][0]["measured"]["cores"] >= 1
    assert json.loads(text)["reading"] == [{"table": "crossings", "rows": 4, "seconds": 0.01}]
    assert json.loads(text)["memory"].startswith("peak of the whole process tree")
    assert f'"{platform.node()}"' not in text


def test_memory_is_that_of_the_whole_tree() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "held\n"
        assert tree_memory(process.pid) > 60 * MEGABYTE
        process.stdin.close()
    assert tree_memory(process.pid) == 0


def test_a_command_is_measured_with_its_peak_and_its_cores() -> None:
    code = (
        "import os, time; x = b'x' * 80_000_000; time.sleep(0.5); print(len(os.sched_getaffinity(0)), end='')"
    )
    sample = run([sys.executable, "-c", code], Path(), {}, cores=[0])
    assert sample.said == "1"
    assert sample.peak is not None
    assert sample.peak > 80 * MEGABYTE


def test_a_command_that_fails_says_what_it_said() -> None:
    with pytest.raises(BenchError, match="no such book"):
        run([sys.executable, "-c", "raise SystemExit('no such book')"], Path(), {})


def test_a_book_of_many_pages_is_a_book(tmp_path: Path) -> None:
    subject = subjects.small_book(tmp_path, 3)
    assert [page.name for page in subject.made] == ["page/n0001", "page/n0002", "page/n0003"]
    assert [page.arguments["number"] for page in subject.made] == [1, 2, 3]
    assert list(check_notebook(subject.edited_page.notebook, [])) == []
    sources = []
    for turn in range(3):
        subjects.edit(subject.edited_page.notebook, turn)
        book = nbformat.read(subject.edited_page.notebook, 4)  # type: ignore[no-untyped-call]
        sources.append("".join(cell["source"] for cell in book.cells))
    assert len(set(sources)) == 3
    assert max(map(len, sources)) - min(map(len, sources)) < 5  # an edit takes the place of the one before


def test_a_withheld_release_comes_back_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(subjects.ROOT / "data", tmp_path / "data")
    subject = subjects.Subject("a copy", subjects.Folders.of(tmp_path), "border", "darien_transit")
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.*") if path.is_file()}
    days = subject.releases("darien_transit")
    kept = releases.withhold(subject)
    assert subject.releases("darien_transit") == sorted(days)[:-1]
    releases.give_back(subject, kept)
    after = {path: path.read_bytes() for path in before}
    assert after == before


def view(way: str, size: int = 120_000, **other: float) -> View:
    times = {"lcp": 1400.0, "cls": 0.0, "inp": 40.0} | other
    return View("border", way, size, 9, scores=(100, 99, 100, 100), **times)


def test_pages_stand_beside_the_stock_ones_and_each_target_is_told() -> None:
    found = [view("ours"), view("stock", 900_000, lcp=6100.0)]
    lines = pages.table(found).splitlines()
    assert lines[2] == "| border | ours | 120 kB | 9 | 1.4 s | 0.00 | 40 ms | 100, 99, 100, 100 |"
    assert lines[3] == "| border | stock | 900 kB | 9 | 6.1 s | 0.00 | 40 ms | 100, 99, 100, 100 |"
    assert [line.startswith("- Holds") for line in pages.told(found)] == [True, True, True]
    assert list(pages.told(found[1:])) == []


@pytest.mark.parametrize(
    ("place", "other"), [(0, {"size": 150_001}), (1, {"lcp": 1501.0}), (1, {"inp": 101.0})]
)
def test_a_target_that_is_missed_is_told(place: int, other: dict[str, float]) -> None:
    told = list(pages.told([view("ours", **other)]))  # type: ignore[arg-type]
    assert [line.startswith("- **Does not hold**") for line in told] == [place == at for at in range(3)]


def test_views_come_back_from_results_json(results: Results, tmp_path: Path) -> None:
    results.views = [view("ours")]
    report.write(results, "full", [], tmp_path / "results.json")
    assert report.read_views(tmp_path / "results.json") == results.views
    assert report.read_views(tmp_path / "none.json") == []
    assert pages.table(results.views) in report.text(results)


def test_a_folder_is_served_compressed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>" + "again and again " * 1000, "utf-8")
    with served(tmp_path) as address:
        asked = urllib.request.Request(f"{address}/index.html", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.read()) == (tmp_path / "index.html").read_bytes()
