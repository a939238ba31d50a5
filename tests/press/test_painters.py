"""Processes that paint end with the press, however it ends."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

PRESS = """
import os, time
from sharedborder.press.painters import painters

if __name__ == "__main__":
    pool = painters(1, [])
    print(pool.submit(os.getpid).result(), flush=True)
    pool.submit(time.sleep, 600).result()
"""


def test_a_killed_press_leaves_no_painter_at_work(tmp_path: Path) -> None:
    file = tmp_path / "press.py"
    file.write_text(PRESS, "utf-8")
    with subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True) as press:
        assert press.stdout
        painter = psutil.Process(int(press.stdout.readline()))
        press.kill()
    end = time.monotonic() + 60
    while at_work(painter) and time.monotonic() < end:
        time.sleep(0.05)
    assert not at_work(painter)


def at_work(painter: psutil.Process) -> bool:
    return painter.is_running() and painter.status() != psutil.STATUS_ZOMBIE
