"""The plan on a Dask cluster: Dask distributes; a worker first proves to hold what we hold.

A worker holds the project as this machine does (a clone, installed in its environment) and finds it like the
command line: from its working folder upwards, else from the package. Notebooks travel with the work.
"""

import atexit
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.kernels import machine
from sharedborder.press.kernels.ahead import environment, warm_up
from sharedborder.press.kernels.execution import Executed, Kernels, Work, execute
from sharedborder.press.kernels.run import Crew
from sharedborder.press.passing import give_back, take_folder

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 20
LOADED = fingerprint.code_digest()  # what this process runs, whatever is written to the files later
Holdings = Mapping[str, str]


@contextmanager
def cluster(scheduler: str, folders: Folders, console: Console) -> Iterator[Crew]:
    """Execute on the workers of a scheduler ("tcp://host:8786") that hold the same code, versions and ledger.

    A lost worker's chapters run again on others. Raises PressError if there is no cluster or no equal worker.
    """
    with _client(scheduler) as client:
        equal = _equal(client.run(holdings_here, on_error="return"), holdings(folders), console)
        threads = client.nthreads(equal)
        executor = client.get_executor(workers=equal, allow_other_workers=False, pure=False)
        yield Crew(executor, execute_here, sum(threads.values()), partial(_look, client, equal))


def holdings(folders: Folders) -> Holdings:
    """Return digests of all that decides what an execution gives, but for the notebook that travels."""
    return {
        "code": fingerprint.digest([LOADED, fingerprint.code_digest()]),
        "pinned versions": fingerprint.digest(fingerprint.pinned_versions(folders.root)),
        "ledger": fingerprint.tree_digest(folders.data),
    }


def holdings_here() -> Holdings:
    """Return what a worker holds: it computes the digests from its own files."""
    return holdings(Folders.found())


def execute_here(work: Work) -> Executed:
    """Execute a notebook on a worker, with a warm parent that lives as long as the worker's process."""
    from distributed import get_worker

    folders = Folders.found()
    _, megabytes = machine.shares(get_worker().state.nthreads)
    kernels = Kernels(folders.root, _place(), environment(folders), megabytes, warm_up(folders))
    return execute(work, kernels)


@cache
def _place() -> Path:
    folder = take_folder()
    atexit.register(give_back, folder)
    return folder


def _client(scheduler: str) -> "Client":
    try:
        from distributed import Client
    except ImportError:
        raise PressError("--scheduler needs Dask: pip install 'sharedborder[cluster]'") from None
    try:
        return Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise PressError(f"There is no Dask scheduler at {scheduler}: {error}") from None


def _equal(theirs: Mapping[str, Any], ours: Holdings, console: Console) -> list[str]:
    """Return the workers that hold what we hold; name the others, and what differs."""
    told = {address: _difference(held, ours) for address, held in sorted(theirs.items())}
    for address, difference in told.items():
        if difference:
            console.print(
                f"The worker {address} gets nothing: {difference}.", soft_wrap=True, highlight=False
            )
    equal = [address for address, difference in told.items() if not difference]
    if not equal:
        reasons = "; ".join(f"{address}: {difference}" for address, difference in told.items())
        raise PressError(f"No worker holds the same code and ledger ({reasons or 'there is no worker'}).")
    return equal


def _difference(held: Holdings | BaseException, ours: Holdings) -> str:
    if isinstance(held, BaseException):
        return f"it does not hold this project ({type(held).__name__}: {held})"
    return ", ".join(f"other {name}" for name in ours if held.get(name) != ours[name])


def _look(client: "Client", equal: Collection[str]) -> None:
    """Raise PressError if nobody is left who could execute."""
    if client.status != "running":
        raise PressError("The Dask scheduler is gone; the standing site was left as it is.")
    if not set(equal) & set(client.nthreads()):  # type: ignore[no-untyped-call]
        raise PressError(
            "All workers with the same code and ledger are gone; the standing site was left as it is."
        )
