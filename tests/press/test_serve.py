"""The author's desk as a real process on a small project: what it serves, when it builds, what it says."""

import signal
from collections.abc import Iterator
from pathlib import Path

import press_fakes as fakes
import pytest
from desk_process import RunningDesk, running_desk, wait_for

from sharedborder.press.desk.served import look, stamp


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {"index.md": "Front", "other.md": "Other", "theme/style.css": "p { color: red }"}
    fakes.project(tmp_path, "chapters: {}\n", "root: index\n", pages)
    fakes.notebook(tmp_path / "notebooks" / "border.ipynb", ["# Text"])
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "press.py").write_text("word = 'before'\n")
    (tmp_path / "slow").write_text("0")
    return tmp_path


@pytest.fixture
def desk(project: Path) -> Iterator[RunningDesk]:
    with running_desk(project, "pages") as running:
        yield running


def builds(desk: RunningDesk) -> int:
    return len((desk.root / "builds.log").read_text().splitlines())


def test_pages_carry_the_desk_only_as_they_are_served(desk: RunningDesk) -> None:
    status, headers, text = desk.get("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["cache-control"] == "no-store"
    assert '<script src="/.desk/desk.js"' in text.partition("</head>")[0]
    assert "desk" not in (desk.root / "_build/site/index.html").read_text()
    assert desk.get("/.desk/desk.js")[1]["content-type"].startswith("text/javascript")
    assert desk.get("/style.css")[1]["content-type"].startswith("text/css")
    assert desk.get("/style.css")[2] == "p { color: red }"


def test_what_is_not_there_and_what_is_not_asked_from_here(desk: RunningDesk) -> None:
    status, _, text = desk.get("/gone.html")
    assert status == 404
    assert "desk.js" in text  # the page may come with the next save
    assert desk.get("/../builds.log")[0] == 404
    assert desk.get("//etc/passwd")[0] == 404
    assert desk.get("/", Host="elsewhere.example")[0] == 400


def test_a_save_is_told_to_the_page_that_changed_and_not_to_others(desk: RunningDesk) -> None:
    (desk.root / "slow").write_text("0.3")  # both what begins and what ends can be heard
    with desk.news("/index.html") as front, desk.news("/other.html") as other:
        was, stays = next(front)["stamp"], next(other)["stamp"]
        desk.save("book/index.md", "Front, rewritten")
        assert next(front)["building"] is True
        ended = next(news for news in front if not news["building"])
        assert (ended["problem"], ended["stamp"] != was) == (None, True)
        assert next(news for news in other if not news["building"])["stamp"] == stays
    assert "Front, rewritten" in desk.get("/")[2]
    assert desk.built[-1].startswith("book/index.md: 1 page changed, ")


def test_a_stylesheet_changes_the_pages_that_load_it(desk: RunningDesk) -> None:
    with desk.news("/other.html") as other:
        was = next(other)["stamp"]
        desk.save("book/theme/style.css", "p { color: blue }")
        assert next(news for news in other if not news["building"] and news["stamp"] != was)


def test_a_failed_build_leaves_the_last_good_page(desk: RunningDesk) -> None:
    with desk.news("/index.html") as front:
        was = next(front)["stamp"]
        desk.save("book/index.md", "BROKEN")
        ended = next(news for news in front if news["problem"])
        assert ended == {"building": False, "problem": "index: <b>broken</b> & stopped", "stamp": was}
    assert "Front" in desk.get("/")[2]
    wait_for(lambda: desk.built[-1].startswith("book/index.md: not built"), lambda: desk.lines)
    assert "index: <b>broken</b> & stopped" in desk.lines


def test_a_half_written_notebook_is_a_sentence_and_no_build(desk: RunningDesk) -> None:
    path = desk.root / "notebooks" / "border.ipynb"
    whole, before = path.read_text(), builds(desk)
    path.write_text(whole[: len(whole) // 2])
    wait_for(lambda: any("not a whole notebook" in line for line in desk.lines), lambda: desk.lines)
    assert builds(desk) == before
    assert "Traceback" not in "\n".join(desk.lines)
    path.write_text(whole)
    wait_for(lambda: builds(desk) > before, lambda: desk.lines)


def test_a_burst_of_saves_makes_one_build(desk: RunningDesk) -> None:
    for turn in range(20):
        desk.save("book/other.md", f"Turn {turn}")
        desk.save("book/index.md", f"Turn {turn}")
    wait_for(lambda: len(desk.built) == 2, lambda: desk.lines)
    assert "Turn 19" in desk.get("/")[2]
    assert builds(desk) == 2


def test_a_save_during_a_build_starts_another_after_it(desk: RunningDesk) -> None:
    (desk.root / "slow").write_text("1")
    desk.save("book/index.md", "Earlier")
    wait_for(lambda: builds(desk) == 2, lambda: desk.lines)
    assert len(desk.built) == 1  # the second build is under way and has read its texts
    desk.save("book/index.md", "Later")
    wait_for(lambda: len(desk.built) == 3, lambda: desk.lines)
    assert "Later" in desk.get("/")[2]


def test_what_editors_write_for_themselves_builds_nothing(desk: RunningDesk) -> None:
    for name in (".index.md.swp", "index.md~", ".ipynb_checkpoints"):
        place = desk.root / "book" / name
        place.mkdir() if name.startswith(".ipynb") else place.write_text("x")
    desk.save("book/index.md", "Last")
    wait_for(lambda: len(desk.built) == 2, lambda: desk.lines)
    assert desk.built[-1].startswith("book/index.md: ")


def test_new_code_starts_the_press_again_at_the_same_port(desk: RunningDesk) -> None:
    port, process = desk.port, desk.process.pid
    with desk.news("/index.html") as open_page:
        next(open_page)
        (desk.root / "code" / "press.py").write_text("word = 'after'\n")
        wait_for(lambda: len(desk.built) == 2, lambda: desk.lines)
    addresses = [line for line in desk.lines if line.startswith("The site is at")]
    assert addresses == [addresses[0]] * 2
    assert f":{port}/" in addresses[1]
    assert desk.process.pid == process
    assert desk.process.poll() is None
    assert desk.get("/")[0] == 200


def test_code_that_cannot_be_read_is_told_and_the_press_goes_on(desk: RunningDesk) -> None:
    (desk.root / "code" / "press.py").write_text("word = (\n")
    wait_for(lambda: any("code/press.py" in line for line in desk.lines), lambda: desk.lines)
    assert sum(line.startswith("The site is at") for line in desk.lines) == 1
    assert desk.get("/")[0] == 200


def test_code_that_cannot_be_imported_is_told_and_its_repair_starts_the_press_again(
    desk: RunningDesk,
) -> None:
    code = desk.root / "code" / "press.py"
    code.write_text("from json import nothing_of_that_name\n")
    told = "ImportError: cannot import name 'nothing_of_that_name' from 'json'"
    wait_for(lambda: any(told in line for line in desk.lines), lambda: desk.lines)
    assert "the press goes on with the code it has." in "\n".join(desk.lines)
    assert desk.process.poll() is None
    assert desk.get("/")[0] == 200
    code.write_text("word = 'after'\n")
    wait_for(lambda: len(desk.built) == 2, lambda: desk.lines)
    assert sum(line.startswith("The site is at") for line in desk.lines) == 2


def test_another_lock_starts_the_press_again(desk: RunningDesk) -> None:
    desk.save("requirements.lock", "other==1\n")
    wait_for(lambda: len(desk.built) == 2, lambda: desk.lines)
    assert "requirements.lock: the press starts again." in desk.lines


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_well(desk: RunningDesk, how: signal.Signals) -> None:
    with desk.news("/index.html") as open_page:
        next(open_page)
        assert desk.end(how) == 0
    wait_for(lambda: "The desk is closed." in desk.lines, lambda: desk.lines)
    assert "Traceback" not in "\n".join(desk.lines)


def test_a_taken_port_is_one_sentence(desk: RunningDesk) -> None:
    from rich.console import Console

    from sharedborder.press.desk.serve import Desk, serve
    from sharedborder.press.errors import PressError
    from sharedborder.press.folders import Folders

    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(PressError, match=f"Port {desk.port} is taken"):
            serve(Desk(Folders.of(desk.root), lambda: None, Console(quiet=True), desk.port))
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def test_before_the_first_build_a_page_says_so(tmp_path: Path) -> None:
    shown = look(tmp_path / "site", "")
    assert shown.status == 503
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>")
    assert stamp(tmp_path / "site", look(tmp_path / "site", "")) != stamp(tmp_path / "site", shown)
    assert look(tmp_path / "site", "x").status == 404
