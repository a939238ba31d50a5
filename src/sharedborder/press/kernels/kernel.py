"""The one entry of our kernels, afresh or forked from the warm parent: memory limited, cells guarded."""

import gc
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sharedborder.press.kernels import guard

STREAMS = "sharedborder.press.kernels.streams"
MEMORY = "SHAREDBORDER_KERNEL_MEMORY"
STARTED_WITH = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",  # several notebooks run at once: threads in each would crowd the cores
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "error:::__main__",  # a warning caused by a chapter is for its author
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger, which no chapter uses, warns as it is loaded
}
"""What Python and its libraries read when they start: the warm parent's as much as a kernel's."""

GARBAGE = 10_000
"""So many new objects let Python look for garbage: a chapter is short, and most that it makes is data."""


def main(arguments: Sequence[str]) -> None:
    """Be a kernel until it is shut down; `arguments` are ipykernel's, with the connection file."""
    from ipykernel.kernelapp import IPKernelApp

    limit_memory(os.environ.get(MEMORY))
    gc.set_threshold(GARBAGE)
    application = IPKernelApp.instance(outstream_class=f"{STREAMS}.Stream")
    # ipykernel looks at its parent each second and ends when that one is gone
    application.initialize([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])  # type: ignore[no-untyped-call]
    _think_once(application.shell)
    guard.install()
    application.start()  # type: ignore[no-untyped-call]


def _think_once(shell: Any) -> None:
    """Have what ipykernel asked of a cell answer IPython too, which asks the same again."""
    for asked in ("transform_cell", "should_run_async"):
        setattr(shell, asked, lru_cache(maxsize=1)(getattr(shell, asked)))


def limit_memory(megabytes: str | None) -> None:
    """Let this process, and each of its children, have no more memory; asking for more is a MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if megabytes:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = int(megabytes) * 1_000_000
        resource.setrlimit(
            resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


if __name__ == "__main__":
    main(sys.argv[1:])
