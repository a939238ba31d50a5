"""The built site for its tests: its folder, a server that serves it from a subpath, and a real browser."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import built_site
import pytest
from playwright.sync_api import Browser, sync_playwright

import browser

SUBPATH = "preview/42/site"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep the test's output to itself."""


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    if not (built_site.SITE / "index.html").is_file():
        pytest.fail(built_site.MISSING, pytrace=False)
    return built_site.SITE


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served: over http, not at the host's root."""
    folder = tmp_path_factory.mktemp("served")
    (folder / SUBPATH).parent.mkdir(parents=True)
    (folder / SUBPATH).symlink_to(site, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{SUBPATH}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium(site: Path) -> Iterator[Browser]:
    """A Chromium, closed after the module: while it runs, nothing else may use the thread's event loop."""
    path = browser.find()
    if path is None:
        pytest.fail(browser.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        yield opened
        opened.close()
