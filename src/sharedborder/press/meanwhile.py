"""Work that is done in a thread of its own while this process waits for others."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Self


class Meanwhile:
    """Work to be done once: begun by whoever asks first, from any thread; in any case when its context ends.

    Raises what the work raised to all who ask whether it is done.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meanwhile")
        self._begun: Future[object] | None = None
        self._beginning = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._thread:
            if kind is None:
                self.done()

    def begin(self) -> Future[object]:
        """Begin, if nobody has; returns at once."""
        with self._beginning:
            if self._begun is None:
                self._begun = self._thread.submit(self._work)
            return self._begun

    def done(self) -> None:
        """Return when it is done."""
        self.begin().result()
