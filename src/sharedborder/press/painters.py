"""Processes that paint, each forked from one that has loaded what painting needs and has never painted.

The renderer starts threads, and a process with threads does not fork well: so none is a fork of the press.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from typing import Any, Final

WAY: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def get_ready(modules: Sequence[str]) -> None:
    """Start the process of which painters are forked, if it has not started; it loads `modules` meanwhile."""
    if WAY == "forkserver":
        forkserver.set_forkserver_preload([*modules])
        forkserver.ensure_running()


def painters(
    workers: int, modules: Sequence[str], begin: Callable[..., object] | None = None, *arguments: Any
) -> ProcessPoolExecutor:
    """Return so many processes with `modules` loaded, which first call `begin` (of a module), if any.

    They have this process's environment as it is now, whenever the first of them was forked.
    """
    get_ready(modules)
    context = multiprocessing.get_context(WAY)
    given = (dict(os.environ), begin, arguments)
    return ProcessPoolExecutor(workers, context, _begin, given)


def _begin(
    environment: Mapping[str, str], begin: Callable[..., object] | None, arguments: Sequence[Any]
) -> None:
    threading.Thread(target=_end_with_the_press, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    if begin:
        begin(*arguments)


def _end_with_the_press() -> None:
    """End this process when the press was killed: else it would work on beside the next build."""
    if press := multiprocessing.parent_process():
        press.join()
        os._exit(1)
