"""The end of a prefix: for houses made to be thrown away (`jalon evaluate`), never for one in service."""

from indexer.opensearch.address import parse_address
from indexer.opensearch.client import Client
from indexer.opensearch.indices import Indices


def forget(url: str) -> None:
    """Delete every index of the prefix of that address, the one in service too. Raises EngineUnavailable,
    ValueError for what is no address."""
    address = parse_address(url)
    client = Client(address)
    try:
        Indices(client, address.prefix).delete_all()
    finally:
        client.close()
