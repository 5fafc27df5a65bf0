"""Every document's id and version, by id, as of one moment."""

from collections.abc import Iterator
from typing import Any, Final

from indexer.engine import EngineUnavailable
from indexer.opensearch.client import Client, TryAgain
from indexer.opensearch.conditions import IN_FORCE

_STEP: Final = 5_000
_KEPT: Final = "5m"
#: Views lost one after the other, with nothing read between, before giving up.
_MOST_LOST: Final = 3


def walk(client: Client, alias: str) -> Iterator[tuple[str, int]]:
    """Ids and versions in force, by id. The view of a moment that is lost with a node is opened again, and
    the walk goes on after the last id: of another moment, but of each id once. Raises EngineUnavailable."""
    after: str | None = None
    lost = 0
    view = _open(client, alias)
    try:
        while view is not None:
            hits = _step(client, view, after)
            if hits is None:
                lost += 1
                if lost > _MOST_LOST:
                    raise EngineUnavailable("the view of the index was lost again and again", lost=lost)
                view = _open(client, alias)
                continue
            lost = 0
            yield from ((hit["sort"][0], int(hit["fields"]["version"][0])) for hit in hits)
            if len(hits) < _STEP:
                return
            after = hits[-1]["sort"][0]
    finally:
        if view is not None:
            _close(client, view)


def _open(client: Client, alias: str) -> str | None:
    told = client.work("POST", f"/{alias}/_search/point_in_time", keep_alive=_KEPT)
    return None if told is None else str(told["pit_id"])


def _step(client: Client, view: str, after: str | None) -> list[dict[str, Any]] | None:
    """The next ones; None when the view is lost."""
    asked: dict[str, Any] = {
        "query": IN_FORCE,
        "pit": {"id": view, "keep_alive": _KEPT},
        "sort": [{"id": "asc"}],
        "size": _STEP,
        "_source": False,
        "docvalue_fields": ["version"],
        "track_total_hits": False,
    }
    if after is not None:
        asked["search_after"] = [after]
    try:
        told = client.work("POST", "/_search", asked)
    except TryAgain:
        return None
    if told is None or told["_shards"]["failed"]:
        return None
    found: list[dict[str, Any]] = told["hits"]["hits"]
    return found


def _close(client: Client, view: str) -> None:
    try:
        client.work("DELETE", "/_search/point_in_time", {"pit_id": [view]})
    except EngineUnavailable:
        # It closes by itself: nothing was lost, and what was read stands.
        return
