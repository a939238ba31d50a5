"""A build with nothing to do is told at once."""

import json
import subprocess
import sys
from pathlib import Path

import press_fakes as fakes

from sharedborder.press.book.digests import Digests
from sharedborder.press.book.site import assemble
from sharedborder.press.standing import inputs_digest, unchanged


def test_a_build_with_nothing_to_do_loads_no_library_and_one_with_something_goes_on(tmp_path: Path) -> None:
    folders = fakes.project(tmp_path, "chapters: {}\n", "root: index\n", {"index.md": "# Here\n"})
    folders.site.mkdir(parents=True)
    (folders.site / "index.html").touch()
    (folders.site / "build.json").write_text(json.dumps({"inputs": inputs_digest(folders)}), "utf-8")
    code = "import sys; sys.argv[1:] = ['build']\nfrom sharedborder.__main__ import main\nmain()\n"
    code += "print(*sorted({'typer', 'rich', 'yaml', 'importlib.metadata'} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"Nothing has changed: {folders.site} is as built.\n\n"
    (folders.book / "index.md").write_text("# There\n", "utf-8")
    assert unchanged(folders) is None


def test_a_table_is_copied_to_the_site_anew_only_where_the_copy_differs(tmp_path: Path) -> None:
    folders = fakes.project(tmp_path, "chapters: {}\n", "root: index\n", {})
    table, copy = (place / "encounters/2023-11-14.csv" for place in (folders.data, folders.site / "data"))

    def copied() -> int:
        assemble(folders, [], {}, None, Digests(folders.build / "digests.json"))
        assert copy.read_bytes() == table.read_bytes()
        return copy.stat().st_ino

    first = copied()
    assert copied() == first != table.stat().st_ino
    copy.write_text("month,encounters\n2023-10-01,1\n", "utf-8")
    assert copied() != first
