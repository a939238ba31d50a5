"""How much of this machine executions may take: processors, and memory for each kernel."""

import os
from pathlib import Path

from sharedborder.press.errors import PressError
from sharedborder.press.kernels.kernel import MEMORY

LEAST_MEGABYTES = 700  # a chapter with pandas and Altair takes some 250
SHARE = 0.75  # the rest is for the press, its browser, its person
CONTAINER = Path("/sys/fs/cgroup/memory.max")


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> int:
    """Return the machine's memory, or the container's limit, in megabytes."""
    pages = os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 2**20
    size = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
    limit = CONTAINER.read_text("ascii").strip() if CONTAINER.is_file() else "max"
    return min(pages * size, int(limit) if limit.isdigit() else pages * size) // 1_000_000


def shares(jobs: int) -> tuple[int, int]:
    """Return how many of `jobs` may run at once, and the megabytes of memory for each kernel.

    $SHAREDBORDER_KERNEL_MEMORY gives the megabytes, and then fewer run at once; PressError if no number.
    """
    total = int(memory() * SHARE)
    named = os.environ.get(MEMORY)
    if named is None:
        jobs = max(1, min(jobs, total // LEAST_MEGABYTES))
        return jobs, total // jobs
    if not named.isdigit() or not int(named):
        raise PressError(f"{MEMORY}={named!r} is no number of megabytes.")
    return max(1, min(jobs, total // int(named))), int(named)
