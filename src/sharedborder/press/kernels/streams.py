"""A kernel's standard output and error, which pass by a flush where nothing was written.

ipykernel flushes both around each display, and every flush is two turns of its sending thread.
"""

import os
from threading import RLock
from typing import Any

from ipykernel.iostream import OutStream


class Stream(OutStream):
    """Flushes only what was written; what is being sent counts as written, so the order of outputs stands."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # a chapter's own fork has no sending thread
        super().__init__(*arguments, **settings)  # type: ignore[no-untyped-call]

    def _begin(self) -> None:
        self._sending = RLock()

    def flush(self) -> None:
        """Return when all that was written is sent."""
        with self._sending:
            silent = not self._buffers
        if not silent:
            super().flush()  # type: ignore[no-untyped-call]

    def _flush(self) -> None:
        with self._sending:
            super()._flush()  # type: ignore[no-untyped-call]
