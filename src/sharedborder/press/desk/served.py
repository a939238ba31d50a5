"""The site as the author's desk serves it: its files as they are, its pages with the desk's script."""

import hashlib
import json
import mimetypes
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sharedborder.press.desk.board import Board, Status

DESK = "/.desk"
OWN = Path(__file__).parent
HEARTBEAT = 15.0
RETRY_MILLISECONDS = 500
HOSTS = ["127.0.0.1", "localhost"]
HTML = "text/html; charset=utf-8"
KINDS = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".gz": "application/gzip",
    ".woff2": "font/woff2",
}
LOADED = re.compile(r"""["'(]([^"'()\s?#:]+\.(?:css|js|json|svg|png|webp|woff2))\b""")
MISSING = "<!DOCTYPE html>\n<html lang=en><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\n"


@dataclass(frozen=True)
class Shown:
    """What an address shows: the status, the file (None: the press's own words) and its bytes."""

    status: int
    file: Path | None
    body: bytes

    @property
    def kind(self) -> str:
        """The content type."""
        if self.file is None:
            return HTML
        guessed, _ = mimetypes.guess_type(self.file.name)
        return KINDS.get(self.file.suffix) or guessed or "application/octet-stream"


def look(site: Path, path: str) -> Shown:
    """Return what a path below the site's root shows; a folder shows its index.html."""
    root = site.resolve()
    file = (root / path).resolve()
    file = file / "index.html" if file.is_dir() else file
    if file.is_relative_to(root) and file.is_file():
        return Shown(200, file, file.read_bytes())
    if not (root / "index.html").is_file():
        return Shown(503, None, MISSING.format("The first build is under way").encode())
    own = root / "404.html"
    if own.is_file():
        return Shown(404, own, own.read_bytes())
    return Shown(404, None, MISSING.format("There is no such page").encode())


def stamp(site: Path, shown: Shown) -> str:
    """Return the digest of what a reader of a page sees: the page and the files that it loads."""
    digest = hashlib.sha256(shown.body)
    for file in sorted(set(_loaded(site.resolve(), shown))):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _loaded(root: Path, shown: Shown) -> Iterator[Path]:
    """Yield the files that a page names, and those that its stylesheets name."""
    if shown.file is None:
        return
    for name in LOADED.findall(shown.body.decode("utf-8", "replace")):
        file = (shown.file.parent / name).resolve()
        if file.is_relative_to(root) and file.is_file():
            yield file
            if file.suffix == ".css":
                yield from _loaded(root, Shown(200, file, file.read_bytes()))


def with_desk(shown: Shown, mark: str) -> bytes:
    """Return a page with the desk's stylesheet and script at the end of its head."""
    head = f'<link rel="stylesheet" href="{DESK}/desk.css">'
    head += f'<script src="{DESK}/desk.js" data-stamp="{mark}" defer></script>'
    before, closing, after = shown.body.partition(b"</head>")
    return before + head.encode() + closing + after


class Served:
    """The answers of the server: files, pages, and news of the press for each open page."""

    def __init__(self, site: Path, board: Board) -> None:
        self.site, self.board = site, board

    async def page(self, request: Request) -> Response:
        """Answer with a file of the site, never from a cache."""
        path: str = request.path_params["path"]
        shown = look(self.site, path)
        if shown.status == 200 and path and not path.endswith("/") and (self.site / path).is_dir():
            return RedirectResponse(f"/{path}/")
        body = with_desk(shown, stamp(self.site, shown)) if shown.kind == HTML else shown.body
        return _fresh(Response(body, shown.status, media_type=shown.kind))

    async def own(self, request: Request) -> Response:
        """Answer with the desk's script or stylesheet."""
        file = OWN / Path(request.url.path).name
        return _fresh(Response(file.read_bytes(), media_type=KINDS[file.suffix]))

    async def events(self, request: Request) -> Response:
        """Answer with news for the page named in the query, for as long as it listens."""
        path = request.query_params.get("page", "").lstrip("/")
        return _fresh(StreamingResponse(self._told(path), media_type="text/event-stream"))

    async def _told(self, path: str) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        async for status in self.board.news(HEARTBEAT):
            yield f"data: {json.dumps(self._news(status, path))}\n\n" if status else ": still here\n\n"

    def _news(self, status: Status, path: str) -> dict[str, object]:
        mark = stamp(self.site, look(self.site, path))
        return {"building": status.building, "problem": status.problem, "stamp": mark}


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def application(site: Path, board: Board) -> Starlette:
    """Return the application that serves a site to this machine only."""
    served = Served(site, board)
    routes = [
        Route(f"{DESK}/events", served.events),
        Route(f"{DESK}/desk.js", served.own),
        Route(f"{DESK}/desk.css", served.own),
        Route("/{path:path}", served.page),
    ]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])
