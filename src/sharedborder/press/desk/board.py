"""Where the press says what it is doing, and open pages hear of it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """What the press does now: at work or not, and why the last build failed (None: it did not)."""

    building: bool = False
    problem: str | None = None


class Board:
    """Holds the newest status; `post` may be called in any thread, `news` is for the server's event loop."""

    def __init__(self) -> None:
        self._status = Status(building=True)
        self._lock = threading.Lock()
        self._listeners: set[Callable[[], object]] = set()

    def post(self, status: Status) -> None:
        """Make a status the newest one."""
        with self._lock:
            self._status = status
            for tell in self._listeners:
                tell()

    async def news(self, heartbeat: float) -> AsyncIterator[Status | None]:
        """Yield the status now and after each change, None when nothing was said for `heartbeat` seconds."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(changed.set)

        with self._lock:
            self._listeners.add(tell)
        try:
            yield self._status
            while True:
                try:
                    await asyncio.wait_for(changed.wait(), heartbeat)
                except TimeoutError:
                    yield None
                    continue
                changed.clear()
                yield self._status
        finally:
            with self._lock:
                self._listeners.discard(tell)
