"""The warm parent: a process with the libraries loaded that forks a kernel for each notebook.

`python -m sharedborder.press.kernels.warm LISTENER MODULE...` takes a listening Unix socket by its number. A
client sends one line, {"arguments", "environment", "folder"}; the answer is {"pid"} or {"refused"}, and, when
the kernel has ended, {"returncode"}. A line {"modules", "calls"} has done once what all kernels to come would
do; nothing is answered. A kernel ends when its client hangs up; all end with the parent, and the
parent with the press (its standard input closes). Nothing here may start a thread: a fork beside threads is
not safe.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sharedborder.press.kernels import kernel

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", kernel.STREAMS)
NEVER = ("pyarrow", "vl_convert")  # they start threads of their own
TASKS = Path("/proc/self/task")
PR_SET_PDEATHSIG = 1
REQUEST_SECONDS = 10.0
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Request:
    """The kernel that a forked child is to be."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str


@dataclass(frozen=True)
class Ahead:
    """What the kernels to come find done: imports, and calls as ("module:function", arguments)."""

    modules: list[str]
    calls: list[tuple[str, list[Any]]]

    def do(self) -> None:
        """Do it; what fails here is left to the chapter that asks for it, which says so."""
        load(self.modules)
        for name, arguments in self.calls:
            with contextlib.suppress(Exception):
                pkgutil.resolve_name(name)(*arguments)
        gc.collect()
        gc.freeze()


@dataclass
class Parent:
    """Waits for requests and for the end of its children; `children` are process ids by connection."""

    listener: socket.socket
    children: dict[socket.socket, int] = field(default_factory=dict)
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def serve(self) -> Request | None:
        """Return a request in each child; in the parent, None when the press is gone."""
        press = os.getppid()
        self.ears, self.bell = socket.socketpair()
        self.bell.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.bell.fileno(), warn_on_full_buffer=False)
        for source in (self.listener, self.ears, sys.stdin):
            self.selector.register(source, selectors.EVENT_READ)
        while os.getppid() == press:
            for key, _ in self.selector.select(LOOK_SECONDS):
                if key.fileobj is sys.stdin:
                    return None
                if key.fileobj is self.listener and (request := self._accept()):
                    return request
                if key.fileobj is self.ears:
                    self.ears.recv(4096)
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in self.children:
                    self._hung_up(key.fileobj)
            self._reap()
        return None

    def _accept(self) -> Request | None:
        """Answer one client; in the child that is forked for it, return what it asked for."""
        connection, _ = self.listener.accept()
        connection.settimeout(REQUEST_SECONDS)
        try:
            request = _asked(json.loads(_line(connection)))
        except (ValueError, TypeError, OSError):
            connection.close()
            return None
        if isinstance(request, Ahead):
            connection.close()
            request.do()
            return None
        if refusal := refused(request.environment):
            _tell(connection, refused=refusal)
            connection.close()
            return None
        if not (pid := os.fork()):
            self._let_go(connection)
            return request
        self.children[connection] = pid
        self.selector.register(connection, selectors.EVENT_READ)
        _tell(connection, pid=pid)
        return None

    def _let_go(self, connection: socket.socket) -> None:
        """In a child: have nothing of the parent's open."""
        signal.set_wakeup_fd(-1)
        self.listener.close()
        for name in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        for key in list(self.selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        for other in (connection, *self.children):
            other.close()
        self.bell.close()
        self.selector.close()

    def _hung_up(self, connection: socket.socket) -> None:
        """End the kernel of a client that is gone; a client that has its kernel says nothing more."""
        child = self.children[connection]
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:  # it has no session of its own yet
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(KeyError):
            self.selector.unregister(connection)

    def end(self) -> None:
        """End every kernel."""
        for connection in list(self.children):
            self._hung_up(connection)
        for held in (self.listener, self.bell, self.ears):
            held.close()

    def _reap(self) -> None:
        for connection, pid in list(self.children.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                _tell(connection, returncode=os.waitstatus_to_exitcode(status))
                with contextlib.suppress(KeyError):
                    self.selector.unregister(connection)
                connection.close()
                del self.children[connection]


def refused(environment: Mapping[str, str]) -> str:
    """Return why this process cannot fork a kernel for an environment; empty if it can."""
    threads = len(list(TASKS.iterdir())) if TASKS.exists() else 0
    if threads != 1:
        return f"the warm parent has {threads} threads" if threads else "its threads cannot be counted here"
    held = [name for name in NEVER if name in sys.modules]
    if held:
        return f"the warm parent has loaded {', '.join(held)}"
    other = [name for name in kernel.STARTED_WITH if environment.get(name) != os.environ.get(name)]
    return f"{', '.join(other)} would be another than the warm parent's" if other else ""


def load(modules: Sequence[str]) -> None:
    """Import what chapters import; what cannot be imported is left to the chapter, which says so."""
    for name in modules:
        if name.partition(".")[0] not in NEVER:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def become(request: Request, parent: int) -> None:
    """In a child: be the kernel that was asked for, as if started afresh, until it or the parent ends."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before it could be heard
        os._exit(1)
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(request.environment)
    os.chdir(request.folder)
    time.tzset()
    if "numpy" in sys.modules:
        importlib.import_module("numpy.random").seed()  # Python's own generator is seeded anew by the fork
    sys.argv = [str(kernel.__file__), *request.arguments]
    kernel.main(request.arguments)


def _asked(message: Mapping[str, Any]) -> Request | Ahead:
    return Ahead(**message) if "calls" in message else Request(**message)


def _line(connection: socket.socket) -> bytes:
    received = bytearray()
    while not received.endswith(b"\n"):
        part = connection.recv(65536)
        if not part:
            raise ConnectionError
        received += part
    return bytes(received)


def _tell(connection: socket.socket, **answer: Any) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(answer).encode() + b"\n")


def main(listener: int, modules: Sequence[str]) -> None:
    """Load modules, then fork kernels until the press is gone; in a child, be a kernel."""
    gc.disable()  # what is loaded is no garbage
    load([*KERNEL, *modules])
    gc.collect()
    gc.freeze()
    gc.enable()
    parent, own = Parent(socket.socket(fileno=listener)), os.getpid()
    if request := parent.serve():
        become(request, own)
        return
    parent.end()
    os._exit(0)  # whoever waits for the end need not wait for Python to tidy up


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
