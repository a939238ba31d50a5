"""The guard: what a chapter may open, and the sentence where it may not. Each in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

GUARDED = "from sharedborder.press.kernels import guard\nguard.install()\n"
PAST = "is read past the ledger, so a change in it would go unseen: use ledger.read"


def said(project: Path, code: str) -> str:
    """Return the last line that guarded code says, run in a project's folder."""
    environment = {"SHAREDBORDER_DATA": str(project / "data"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", GUARDED + code],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.fixture
def project(ledger_folder: Path, tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    (root / "notes.csv").write_text("a\n1\n", "utf-8")
    (root / "helper.py").write_text("ONE = 1\n", "utf-8")
    (tmp_path / "elsewhere.csv").write_text("a\n1\n", "utf-8")
    (root / "data").symlink_to(ledger_folder)
    return root


REFUSED = {
    "open('notes.csv')": f"notes.csv {PAST}",
    "from pathlib import Path; Path('notes.csv').read_text()": f"notes.csv {PAST}",
    "import os; os.open('notes.csv', os.O_RDONLY)": f"notes.csv {PAST}",
    "import pandas; pandas.read_csv('notes.csv')": f"notes.csv {PAST}",
    "import numpy; numpy.genfromtxt('notes.csv')": f"notes.csv {PAST}",
    "import sqlite3; sqlite3.connect('notes.csv')": f"notes.csv {PAST}",
    "open('../elsewhere.csv')": f"elsewhere.csv {PAST}",
    "open('data/sources.yml')": f"sources.yml {PAST}",
    "import sys; sys.path.insert(0, ''); import helper": f"helper.py {PAST}",
    "import os; os.listdir('data')": "is listed past the ledger",
    "from pathlib import Path; list(Path('.').glob('*.csv'))": "is listed past the ledger",
    "open('out.csv', 'w')": "out.csv is written, but a chapter leaves nothing but its facts and figures.",
    "open('notes.csv', 'a')": "notes.csv is written, but",
    "import subprocess; subprocess.run(['cat', 'notes.csv'])": "cat is started, but what a program says",
    "import os; os.system('cat notes.csv')": "cat notes.csv is started, but",
    "import socket; socket.create_connection(('example.org', 80))": "example.org is asked over the network",
    "import socket; socket.socket().connect(('192.0.2.1', 80))": "192.0.2.1 is asked over the network",
    "import urllib.request; urllib.request.urlopen('http://example.org')": "example.org is asked over",
}
ALLOWED = {
    "import pandas, altair, babel.dates": "pandas and what it opens for itself",
    "import zoneinfo; zoneinfo.ZoneInfo('America/Mexico_City')": "the system's own files",
    "from sharedborder.records import ledger; ledger.read('crossings')": "the ledger, through records",
    "from sharedborder.records import sources; sources.counted('crossings')": "sources, through records",
    "import tempfile\np = tempfile.mkdtemp() + '/x'\nopen(p, 'w').close()\nopen(p).close()": (
        "what it wrote itself into the temporary folder"
    ),
    "import socket; one, other = socket.socketpair(); one.send(b'a')": "sockets of its own",
    "import threading; t = threading.Thread(target=print); t.start(); t.join()": "threads",
    "import os; pid = os.fork(); pid or os._exit(0); os.waitpid(pid, 0)": "a fork of its own",
    "try: open('gone')\nexcept FileNotFoundError: pass": "nothing to read",
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_would_change_unseen_is_refused(project: Path, code: str) -> None:
    last = said(project, code)
    assert last.startswith("sharedborder.press.kernels.guard.UndeclaredReadError: ")
    assert REFUSED[code] in last


@pytest.mark.parametrize("code", ALLOWED)
def test_what_a_chapter_needs_is_allowed(project: Path, code: str) -> None:
    assert said(project, code + "\nprint('well')") == "well"


def test_a_file_in_the_temporary_folder_that_another_wrote_is_refused(project: Path) -> None:
    last = said(project, f"open({str(project.parent / 'elsewhere.csv')!r})")
    assert PAST in last


def test_what_records_reads_is_in_the_log(project: Path, tmp_path: Path) -> None:
    log = project.parent / "reads.jsonl"
    code = f"import os; os.environ['SHAREDBORDER_READ_LOG'] = {str(log)!r}\n"
    code += (
        "from sharedborder.records import ledger, sources\nledger.read('crossings')\nsources.counted('staff')"
    )
    assert said(project, code + "\nprint('well')") == "well"
    assert [line.count('"call"') for line in log.read_text("utf-8").splitlines()] == [1, 1]
