"""Which engine an address names."""

from pathlib import Path

from indexer.embedded import EmbeddedEngine
from indexer.engine import EngineError, SearchEngine


class InvalidSearchUrl(EngineError):
    """The address names no engine this installation has. Its message is a French sentence."""


def open_engine(url: str, *, data_dir: Path) -> SearchEngine:
    """The engine of an address: `embedded:` (the folder `index` of the data folder), `embedded:/a/folder`, or
    `opensearch+http(s)://user:password@host:9200/prefix` (see `indexer.opensearch.address`). Nothing is read
    or written yet. Raises InvalidSearchUrl; a password never shows in it."""
    scheme, _, rest = url.partition(":")
    if scheme == "embedded":
        return EmbeddedEngine(Path(rest) if rest else data_dir / "index")
    if scheme in ("opensearch+http", "opensearch+https"):
        return _opensearch(url)
    raise InvalidSearchUrl(
        "une adresse de recherche commence par embedded: ou opensearch+http(s)://", scheme=scheme
    )


def _opensearch(url: str) -> SearchEngine:
    try:
        # Its library comes with an extra, that one machine has no use for.
        from indexer.opensearch import OpenSearchEngine
        from indexer.opensearch.address import parse_address
    except ModuleNotFoundError as error:
        raise InvalidSearchUrl(
            "OpenSearch demande une bibliothèque de plus : pip install jalon[opensearch]"
        ) from error
    try:
        return OpenSearchEngine(parse_address(url))
    except ValueError as error:
        raise InvalidSearchUrl(str(error)) from None
