"""A small web server on loopback, below any path, with gzip for who asks for it.

A folder's `404.html` at the top is the answer where nothing is, as on the usual static hosts.
"""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt"}


@lru_cache(maxsize=512)
def _gzipped(path: str, _modified: int) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, prefix: str, sent: list[tuple[str, int]], **kwargs: object) -> None:
        self.prefix = prefix
        self.sent = sent
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        place = urlsplit(path).path
        if not place.startswith(self.prefix):
            return str(Path(self.directory, "nothing outside of the prefix"))
        return super().translate_path("/" + path[len(self.prefix) :])

    def send_head(self) -> io.BytesIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        wanted = "gzip" in self.headers.get("Accept-Encoding", "") and path.suffix in COMPRESSED
        if not wanted or not path.is_file():
            return super().send_head()
        body = _gzipped(str(path), path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length" and self.command == "GET":
            self.sent.append((self.path, int(value)))
        super().send_header(keyword, value)

    def end_headers(self) -> None:
        # Pages are asked for each time, what they are made of is not: tests visit hundreds of pages.
        kept = Path(urlsplit(self.path).path).suffix not in {"", ".html"}
        self.send_header("Cache-Control", "max-age=600" if kept else "no-cache")
        self.send_header("LinkChecker", "welcome")  # else it waits half a second between two requests
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass  # a browser that closes a connection early is no news


@contextmanager
def serve(folder: Path, prefix: str = "/", sent: list[tuple[str, int]] | None = None) -> Iterator[str]:
    """Serve a folder on a free port of loopback.

    Args:
        folder: What to serve; may be filled later.
        prefix: The path it is served below, with a slash at both ends; 404 outside of it.
        sent: Gets the path and the bytes, as compressed, of everything that is sent.

    Yields:
        The address, with the prefix.
    """
    handler = partial(_Handler, directory=str(folder), prefix=prefix, sent=[] if sent is None else sent)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
