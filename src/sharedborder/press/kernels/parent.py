"""The press's hold on the warm parent: started early, kept while its code stands, ended with the press."""

import atexit
import functools
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sharedborder.press import fingerprint
from sharedborder.press.kernels.kernel import STARTED_WITH
from sharedborder.press.passing import give_back, take_folder

log = logging.getLogger("sharedborder.press")


@dataclass(frozen=True)
class WarmParent:
    """A running parent and the socket at which it takes requests, which wait until it has loaded."""

    folder: Path
    process: "subprocess.Popen[bytes]"
    press: int

    @property
    def address(self) -> str:
        return str(self.folder / "parent")

    @classmethod
    def start(cls, environment: Mapping[str, str], modules: Sequence[str]) -> "WarmParent":
        """Start a parent and return at once; raises OSError where there are no Unix sockets or no fork."""
        if not (hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and sys.platform == "linux"):
            raise OSError("this system has no fork that is safe here")
        folder = take_folder()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "parent"))
            listener.listen(512)
            number = listener.fileno()
            command = [sys.executable, "-P", "-m", "sharedborder.press.kernels.warm", str(number), *modules]
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                pass_fds=[number],
                env={**os.environ, **environment},
                start_new_session=True,  # Ctrl-C at the terminal is for the press, which ends it
            )
        return cls(folder, process, os.getpid())

    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """End the parent and with it all its kernels; a fork of the press leaves them to the press."""
        if self.press != os.getpid():
            return
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        give_back(self.folder)


_standing: dict[str, WarmParent] = {}
_choosing = threading.Lock()


def standing(environment: Mapping[str, str], modules: Sequence[str]) -> WarmParent:
    """Return this process's parent for an environment, modules and the project's code as it is; others end.

    Raises OSError where there can be none.
    """
    key = fingerprint.digest([fingerprint.code_digest(), dict(environment), list(modules), os.getpid()])
    with _choosing:
        found = _standing.get(key)
        if found and found.alive():
            return found
        end_all()
        _standing[key] = WarmParent.start(environment, modules)
        return _standing[key]


def address(modules: Sequence[str], environment: Mapping[str, str] | None = None) -> str | None:
    """Return the address of a parent that holds modules, started if need be; where there is none, say so.

    `environment` is told to it besides what every kernel is started with.
    """
    try:
        return standing({**STARTED_WITH, **(environment or {})}, modules).address
    except OSError as reason:
        say_afresh(str(reason))
        return None


def ask_ahead(address: str, modules: Sequence[str], calls: Sequence[tuple[str, Sequence[object]]]) -> None:
    """Have the parent do once what all kernels to come would do (see `warm.Ahead`); returns at once."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(json.dumps({"modules": list(modules), "calls": list(calls)}).encode() + b"\n")


@functools.cache
def say_afresh(reason: str) -> None:
    """Say in one line, once, that kernels are started afresh."""
    log.warning("Kernels start afresh, not warm: %s.", reason)


@atexit.register
def end_all() -> None:
    """End this process's parents and their kernels."""
    for key in list(_standing):
        _standing.pop(key).close()
