"""Addresses of static files that carry their content, so that a browser keeps them for a year; and their
compressed form, since a first visit on a phone pays for every byte."""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, request, url_for

YEAR: Final = 365 * 24 * 3600
#: What shrinks to a third or less; the pages themselves stay as they are (they bear a token beside words,
#: which compression would let somebody guess).
COMPRESSED: Final = frozenset({".css", ".js", ".svg"})


class Assets:
    """Knows the files of `static/`: the vendors' by their manifest, ours by a digest in the query."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self.url = cache(self._url)
        self._compressed = cache(self._compress)

    def _url(self, name: str) -> str:
        """The address of a file by its plain name (`jalon.css`, `htmx.min.js`).
        Raises FileNotFoundError when it is not there: `make setup` brings the vendors' files."""
        vendors = self._vendors()
        if name in vendors:
            return url_for("static", filename=f"vendor/{vendors[name]}")
        digest = hashlib.blake2b((self._folder / name).read_bytes(), digest_size=5).hexdigest()
        return url_for("static", filename=name, v=digest)

    def _vendors(self) -> dict[str, str]:
        manifest = self._folder / "vendor" / "manifest.json"
        listed: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
        return listed

    def finish(self, response: Response) -> Response:
        """A year of cache for what carries its content in its address; compressed for who reads gzip."""
        if request.endpoint != "static" or response.status_code not in {200, 304}:
            return response
        if request.path.startswith("/static/vendor/") or "v" in request.args:
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = YEAR
            response.cache_control.immutable = True
        name = (request.view_args or {}).get("filename", "")
        if Path(name).suffix in COMPRESSED:
            self._shrink(response, name)
        return response

    def _shrink(self, response: Response, name: str) -> None:
        response.vary.add("Accept-Encoding")
        if response.status_code == 200 and request.accept_encodings["gzip"] > 0:
            body = self._compressed(name, (self._folder / name).stat().st_mtime_ns)
            response.direct_passthrough = False
            response.response.close()  # type: ignore[union-attr]  # the open file that this body replaces
            response.set_data(body)
            response.headers["Content-Encoding"] = "gzip"
            response.headers.pop("ETag", None)  # it names the bytes of the file as it is

    def _compress(self, name: str, _changed: int) -> bytes:
        return gzip.compress((self._folder / name).read_bytes(), 9, mtime=0)
