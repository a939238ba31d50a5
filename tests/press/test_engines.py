"""The warm engine beside the stock one: the same outputs, errors and limits, on every notebook and on nasty ones."""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import press_fakes as fakes
import pytest

from sharedborder.press import notebook, parent
from sharedborder.press.execution import Executed, Kernels, Work, execute
from sharedborder.press.failures import ChapterError
from sharedborder.press.folders import Folders
from sharedborder.press.plan import Page, read_plan

FOLDERS = Folders.of(fakes.ROOT)
MEGABYTES = 1_500
CHAPTERS = {
    page.chapter: page
    for page in reversed(read_plan(FOLDERS.chapters, lambda table: [date(2020, 1, 1)]).of("latest"))
}
NASTY: dict[str, Sequence[str]] = {
    "prints between displays": [
        "for n in range(20):\n    print(n); display(n); print('more', n, flush=True)",
        "import sys\nprint('out', flush=True)\nprint('error', file=sys.stderr, flush=True)\nprint('out', flush=True)\n42",
    ],
    "threads that print": [
        "import threading\ndef say(n):\n    print('thread', n)\n    display(n)",
        "for n in range(5):\n    thread = threading.Thread(target=say, args=[n])\n    thread.start(); thread.join()",
    ],
    "an exception in a call": [
        "def fail(n):\n    return 1 / n",
        "print('before')\ntry:\n    fail(0)\nexcept ZeroDivisionError as error:\n    raise ValueError('told') from error",
        "print('never')",
    ],
    "sys.exit with a fault": ["import sys\nsys.exit(3)"],
    "sys.exit without one": ["import sys\nsys.exit(0)", "print('after')"],
    "a warning of the chapter's own": ["import warnings\nwarnings.warn('look')"],
    "warnings of others": [
        "import warnings\nfor kind in (UserWarning, DeprecationWarning, FutureWarning, ResourceWarning):\n"
        "    warnings.warn_explicit('look', kind, 'other.py', 7, module='other', registry={})",
    ],
    "a syntax error": ["if True print()"],
    "huge output": ["print('x' * 3_000_000)", "for n in range(1500):\n    print(n, '.' * 200)"],
    "an interrupt": [
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(30)\nprint('never')"
    ],
    "a fork of its own": [
        "import os\nchild = os.fork()\nif not child:\n    os._exit(7)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))",
        "import subprocess\nprint(subprocess.run(['echo', 'said'], capture_output=True, text=True).stdout)",
        "subprocess.run('echo straight to the descriptor; echo and the other >&2', shell=True, check=True)",
    ],
    "a dying kernel": ["print('before', flush=True)\nimport os\nos._exit(3)"],
    "a killed kernel": ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "memory over the limit": [f"taken = bytearray({MEGABYTES * 2} * 1_000_000)"],
    "an array over the limit": [f"import numpy\nnumpy.ones({MEGABYTES} * 250_000)"],
    "memory below the limit": [f"len(bytearray({MEGABYTES // 3} * 1_000_000))"],
    "display updates": [
        "shown = display('first', display_id='one')\ndisplay('between')",
        "shown.update('second')",
    ],
    "clear_output": [
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
        "print('gone too')\nclear_output(wait=True)\ndisplay('stays too')",
    ],
    "order of hashes and seeded chance": [
        "import random\nrandom.seed(1)\nprint(hash('a'), list({'a', 'b', 'c', 'd'}), random.random())",
        "import numpy\nnumpy.random.seed(1)\nprint(numpy.random.random(), numpy.random.default_rng(1).random())",
    ],
    "await at the top": [
        "import asyncio\nawait asyncio.sleep(0.01)\nprint(await asyncio.to_thread(lambda: 5))"
    ],
    "an answer that nobody gives": ["input('name? ')"],
    "magics and history": ["%time 1\n!echo shell\n%who", "_, In[1], __name__"],
    "pandas, its table and its options": [
        "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
        "pd.options.display.max_rows, pd.options.mode.string_storage",
    ],
    "what a chapter finds": [
        "import gc, os, resource, signal, sys, threading, warnings",
        "OWN = {'IPYTHONDIR', 'JPY_PARENT_PID', 'SHAREDBORDER_READ_LOG', 'PYTEST_CURRENT_TEST'}\n"
        "print(sorted((k, v) for k, v in os.environ.items() if k not in OWN))",
        "print(os.getcwd(), sys.path, len(sys.argv), sys.argv[0], sys.warnoptions, sys.flags)",
        "print([(str(s), str(signal.getsignal(s))) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])",
        "print([resource.getrlimit(n) for n in range(10)], os.umask(0o22), gc.isenabled(), gc.get_threshold())",
        "print(os.getpgrp() == os.getpid() == os.getsid(0), sorted(t.name for t in threading.enumerate()))",
        "print(sys.stdin.fileno(), os.read(0, 10), sys.getrecursionlimit(), sys.excepthook)",
    ],
}


@pytest.fixture(scope="module")
def warm() -> Iterator[str]:
    address = parent.address(
        notebook.imported(notebook.read(path) for path in FOLDERS.notebooks.glob("*.ipynb"))
    )
    assert address
    yield address
    parent.end_all()


@pytest.fixture
def kernels(warm: str, tmp_path: Path) -> Iterator[tuple[Kernels, Kernels]]:
    """Kernels started afresh, and kernels forked from the parent, in one environment and folder."""
    with tempfile.TemporaryDirectory() as place:
        environment = {"SHAREDBORDER_DATA": str(FOLDERS.data)}
        stock = Kernels(tmp_path, Path(place), environment, MEGABYTES, None)
        yield stock, replace(stock, warm=warm)


def page(tmp_path: Path, cells: Sequence[str], name: str = "nasty") -> Page:
    path = fakes.notebook(
        tmp_path / f"{name}.ipynb", [f"%{cell}" if cell[0] != "%" else cell for cell in cells]
    )
    return Page(name, name, path, {}, "latest", {})


def outcome(work: Work, kernels: Kernels) -> Any:
    """The executed notebook, or why there is none: comparable."""
    try:
        return execute(work, kernels)
    except ChapterError as error:
        failure = error.failure
        trace = [
            re.sub(r"0x[0-9a-f]+|/tmp/ipykernel_\d+/\d+|ipykernel_\d+", "", line) for line in failure.trace
        ]
        return failure.cell, failure.line, failure.cause, trace


def both(work: Work, kernels: tuple[Kernels, Kernels]) -> tuple[Any, Any]:
    with ThreadPoolExecutor(2) as pool:
        stock, warm = pool.map(lambda these: outcome(work, these), kernels)
    return stock, warm


def printed(executed: Executed) -> str:
    book = json.loads(executed.notebook)
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", [])]
    return "".join(text for output in outputs for text in output.get("text", []))


@pytest.mark.parametrize("name", NASTY)
def test_nasty_notebooks_end_alike(name: str, kernels: tuple[Kernels, Kernels], tmp_path: Path) -> None:
    stock, warm = both(Work.of(page(tmp_path, NASTY[name])), kernels)
    if isinstance(stock, Executed) and isinstance(warm, Executed):
        assert printed(warm).splitlines() == printed(stock).splitlines()
    assert warm == stock


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_books_notebooks_end_alike(chapter: str, kernels: tuple[Kernels, Kernels]) -> None:
    at_root = (replace(kernels[0], folder=FOLDERS.root), replace(kernels[1], folder=FOLDERS.root))
    stock, warm = both(Work.of(CHAPTERS[chapter]), at_root)
    assert isinstance(stock, Executed)
    assert warm == stock
    assert warm.reads
