"""Which engine an address names."""

from pathlib import Path
from urllib.parse import urlsplit

from indexer.embedded import EmbeddedEngine
from indexer.engine import EngineError, SearchEngine


class InvalidSearchUrl(EngineError):
    """The address names no engine this installation has."""


def open_engine(url: str, *, data_dir: Path) -> SearchEngine:
    """The engine of an address: `embedded:` (the folder `index` of the data folder) or `embedded:/a/folder`.
    Nothing is read or written yet. Raises InvalidSearchUrl; a password never shows in it."""
    scheme, _, rest = url.partition(":")
    if scheme == "embedded":
        return EmbeddedEngine(Path(rest) if rest else data_dir / "index")
    if scheme in ("opensearch+http", "opensearch+https"):
        host = urlsplit(url).hostname
        raise InvalidSearchUrl("opensearch comes with the opensearch extra, not in this version", host=host)
    raise InvalidSearchUrl("a search address begins with embedded: or opensearch+http(s)://", scheme=scheme)
