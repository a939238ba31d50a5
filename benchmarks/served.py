"""A folder served over http as a usual web server does it: text compressed, nothing else added."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

COMPRESSION = 6


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address at which a folder is served, without a slash at its end."""
    files = Mount("/", StaticFiles(directory=folder, html=True))
    compressed = Middleware(GZipMiddleware, compresslevel=COMPRESSION)
    application = Starlette(routes=[files], middleware=[compressed])
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
