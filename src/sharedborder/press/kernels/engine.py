"""The press's kernels as Papermill knows them: forked by the engine `warm`, or started afresh."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine

from sharedborder.press.kernels import kernel, parent, provisioner
from sharedborder.press.passing import passing_folder
from sharedborder.press.recipes.imports import imported

ANSWER_SECONDS = 1.0
ARGUMENTS = (
    "-f",
    "{connection_file}",
    "--HistoryManager.enabled=False",
    "--IPKernelApp.log_level=CRITICAL",
    "--Kernel._execute_sleep=0",  # what is printed is flushed before the answer anyway
)


def specification(environment: Mapping[str, str], warm: str | None) -> KernelSpec:
    """Describe a kernel in an environment, forked by the warm parent at an address if one is given."""
    chosen = {"provisioner_name": provisioner.NAME, "config": {"address": warm}}
    return KernelSpec(
        argv=[sys.executable, "-P", "-m", provisioner.MODULE, *ARGUMENTS],
        env={
            name: value.replace("$", "$$") for name, value in {**kernel.STARTED_WITH, **environment}.items()
        },
        display_name="Python 3",
        language="python",
        metadata={"kernel_provisioner": chosen} if warm else {},
    )


class Client(AsyncKernelClient):
    """Takes the kernel's own word that it is ready; the stock one waits until it is silent for a while."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered on both channels; RuntimeError if it died or took too long."""
        end = time.monotonic() + (timeout or float("inf"))
        while not await self._answers(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it was ready")
            if time.monotonic() > end:
                raise RuntimeError(f"The kernel was not ready in {timeout} seconds")

    async def _answers(self, asked: str) -> bool:
        try:
            await self.get_shell_msg(timeout=ANSWER_SECONDS)
            while True:
                told = await self.get_iopub_msg(timeout=ANSWER_SECONDS)
                if (
                    told["parent_header"].get("msg_id") == asked
                    and told["content"].get("execution_state") == "idle"
                ):
                    return True
        except Empty:
            return False


def manager(
    spec: KernelSpec, folder: Path, enter: Callable[[AsyncKernelManager], None] = lambda _: None
) -> type[AsyncKernelManager]:
    """Return a class of managers of one kernel, its sockets in a folder; `enter` is told of each manager."""

    class Manager(AsyncKernelManager):
        """Starts no other kernel, whatever is installed on the machine."""

        kernel_spec = spec

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.connection_file = str(folder / "kernel.json")
            if os.name != "nt":  # sockets in our folder: no other kernel can take their numbers meanwhile
                self.transport = "ipc"
                self.ip = str(folder / "k")
            self.client_factory = Client
            enter(self)

    return Manager


def _code(book: Any) -> list[str]:
    return [cell["source"] for cell in book.cells if cell["cell_type"] == "code"]


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Executes a notebook in a kernel forked from a parent that holds its libraries, or else started afresh.

    By itself (`papermill --engine warm`) it keeps a parent for the modules the notebook imports; the press
    hands it managers of its own.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> Any:
        """Execute a notebook; settings are those of Papermill's own engine."""
        if "kernel_manager_class" in settings:
            return super().execute_managed_notebook(nb_man, kernel_name, **settings)
        with passing_folder() as place:
            spec = specification({}, parent.address(imported(_code(nb_man.nb))))
            settings["kernel_manager_class"] = manager(spec, place)
            return super().execute_managed_notebook(nb_man, kernel_name, **settings)
