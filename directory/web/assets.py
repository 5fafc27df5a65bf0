"""Addresses of static files that carry their content, so that a browser keeps them for a year."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, request, url_for

YEAR: Final = 365 * 24 * 3600


class Assets:
    """Knows the files of `static/`: the vendors' by their manifest, ours by a digest in the query."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self.url = cache(self._url)

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

    @staticmethod
    def keep_for_ever(response: Response) -> Response:
        """A year of cache for what carries its content in its address."""
        stamped = request.path.startswith("/static/vendor/") or "v" in request.args
        if request.endpoint == "static" and stamped and response.status_code in {200, 304}:
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = YEAR
            response.cache_control.immutable = True
        return response
