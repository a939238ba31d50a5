"""How Jupyter's client starts a kernel by a fork of the warm parent, and speaks to it like to any other."""

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
from collections.abc import Mapping, Sequence
from threading import RLock
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from sharedborder.press.kernels.parent import say_afresh

NAME = "sharedborder-warm"
MODULE = "sharedborder.press.kernels.kernel"
LOADING_SECONDS = 120.0
LOOK_SECONDS = 0.005
PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")


class RefusedError(Exception):
    """The warm parent cannot fork this kernel; the message says why."""


class WarmProvisioner(LocalProvisioner):
    """Asks the warm parent at `address` for a kernel; where it refuses, starts one afresh and says so."""

    address = Unicode(help="The path of the warm parent's Unix socket.").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the kernel forked; `cmd` is the command that would start it afresh."""
        arguments = cmd[cmd.index(MODULE) + 1 :]
        folder = str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109 (a text, as Popen takes it)
        try:
            process = ForkedKernel.ask(self.address, arguments, kwargs["env"], folder)
        except (OSError, RefusedError) as reason:
            say_afresh(str(reason))
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment] # it has a Popen's manners
        self.pid, self.pgid, self.cwd = process.pid, process.pid, folder
        await self._listening()
        return self.connection_info

    async def _listening(self) -> None:
        """Wait until the kernel listens: a client that comes too early tries again much later."""
        info = dict(self.connection_info)
        if info["transport"] != "ipc":
            return
        sockets = [f"{info['ip']}-{info[name]}" for name in PORTS]
        while not all(map(os.path.exists, sockets)) and await self.poll() is None:
            await asyncio.sleep(LOOK_SECONDS)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and return when it has ended."""
        await super().kill(restart)
        while await self.poll() is None:
            await asyncio.sleep(LOOK_SECONDS)


class ForkedKernel:
    """A kernel forked by the warm parent, with the manners of subprocess.Popen.

    The thread that executes and the one that stops the run may ask at once: only one hears the answer.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.connection, self.pid = connection, pid
        self.returncode: int | None = None
        self._asking = RLock()

    @classmethod
    def ask(
        cls, address: str, arguments: Sequence[str], environment: Mapping[str, str], folder: str
    ) -> "ForkedKernel":
        """Have a kernel forked; raises RefusedError or OSError. Waits while the parent still loads."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(LOADING_SECONDS)
            connection.connect(address)
            request = {"arguments": arguments, "environment": dict(environment), "folder": folder}
            connection.sendall(json.dumps(request).encode() + b"\n")
            answer = _answer(connection)
            if "pid" not in answer:
                raise RefusedError(answer.get("refused", "the warm parent has ended"))
        except BaseException:
            connection.close()
            raise
        return cls(connection, answer["pid"])

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while the kernel runs."""
        with self._asking:
            if self.returncode is None and select.select([self.connection], [], [], 0)[0]:
                self.wait()
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code when the kernel has ended; if its parent is gone, it was killed."""
        with self._asking:
            if self.returncode is None:
                self.connection.settimeout(timeout)
                self.returncode = int(_answer(self.connection).get("returncode", -signal.SIGKILL))
                self.connection.close()
            return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, if the kernel still runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


def _answer(connection: socket.socket) -> dict[str, Any]:
    """Return the parent's next answer, a short line; nothing if the parent is gone."""
    try:
        received = connection.makefile("rb", buffering=0).readline()
    except ConnectionError:
        return {}
    answer: dict[str, Any] = json.loads(received) if received else {}
    return answer
