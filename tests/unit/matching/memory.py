"""A tiny search engine in memory, honest to `indexer.query`, for corpora of a few documents."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.document import ON_SITE, REMOTE, OptionDocument
from indexer.engine import EngineStatus, Hit, Page, Suggestion, Window
from indexer.query import AnyOf, AvailableFrom, Filter, Graded, NoneOf, Query, Sort, Text
from indexer.reference.distance import distance_km
from indexer.table import Table
from indexer.tabulation import tabulate
from indexer.topics import topic_codes
from matching.diagnostic.wording import tokens


class Memory:
    """A `SearchReader` over what it is given."""

    def __init__(self, documents: Iterable[OptionDocument]) -> None:
        self.documents = {document.id: document for document in documents}

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        hits = sorted((hit for hit in map(_hit_by(query), self.documents.values()) if hit), key=_order(query))
        on_site = sum(hit.on_site for hit in hits)
        return Page(
            hits=tuple(hits[offset : offset + limit]),
            total=len(hits),
            on_site=on_site,
            remote=len(hits) - on_site,
        )

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        return [self.search(one.query, limit=one.limit, offset=one.offset) for one in windows]

    def table(self, windows: Sequence[Window]) -> Table:
        return tabulate(self.search_many(windows))

    def count(self, queries: Sequence[Query]) -> list[int]:
        return [self.search(query, limit=0).total for query in queries]

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        return {one: self.documents[one] for one in ids if one in self.documents}

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        return []

    def versions(self) -> Iterator[tuple[str, int]]:
        return iter(sorted((one.id, one.version) for one in self.documents.values()))

    def exists(self) -> bool:
        return True

    def status(self) -> EngineStatus:
        return EngineStatus(name="memory", documents=len(self.documents), size_bytes=None, document_version=1)


def _order(query: Query):  # type: ignore[no-untyped-def]
    def key(hit: Hit) -> tuple[float, str]:
        far = 10_000.0 if hit.distance_km is None else hit.distance_km
        return (far if query.sort is Sort.DISTANCE else -hit.score, hit.document.id)

    return key


def _hit_by(query: Query):  # type: ignore[no-untyped-def]
    def hit(document: OptionDocument) -> Hit | None:
        km, on_site = _place(query, document)
        if not (
            _there(query, document, on_site=on_site) and all(_passes(one, document) for one in query.where)
        ):
            return None
        if query.zones and document.zone_eligibilite and query.zones.isdisjoint(document.zone_eligibilite):
            return None
        strengths = [wish.weight * _strength(wish.what, document) for wish in query.wants]
        if query.wants and not any(strengths):
            return None
        nearness = 0.5 if km is None else 1 / (1 + km / 15)
        return Hit(document=document, score=sum(strengths) + nearness, distance_km=km, on_site=on_site)

    return hit


def _place(query: Query, document: OptionDocument) -> tuple[float | None, bool]:
    if query.near is None:
        return None, False
    km = min((distance_km(query.near.point, point) for point in document.points), default=None)
    on_site = document.on_site and km is not None and km <= query.near.radius_km
    return (km if on_site else None), on_site


def _there(query: Query, document: OptionDocument, *, on_site: bool) -> bool:
    if query.near is None or on_site:
        return True
    if document.remote:
        return query.near.remote
    return not document.points and not document.modes_accueil


def _strength(what: Text | AnyOf | Graded, document: OptionDocument) -> float:
    if isinstance(what, Graded):
        held = topic_codes(document) if what.field == "topics" else getattr(document, what.field)
        return max((weight for value, weight in what.weights if value in held), default=0.0)
    if isinstance(what, AnyOf):
        return float(_passes(what, document))
    words = set(tokens(what.words))
    if words <= set(tokens(document.nom)):
        return 1.0
    return 0.3 if words <= set(tokens(document.description)) else 0.0


def _passes(condition: Filter, document: OptionDocument) -> bool:
    if isinstance(condition, AvailableFrom):
        return True
    values = getattr(document, condition.field)
    held = set(values if isinstance(values, tuple) else [values])
    if isinstance(condition, NoneOf):
        return held.isdisjoint(condition.values)
    return not held.isdisjoint(condition.values) or (condition.or_missing and not held)


__all__ = ["ON_SITE", "REMOTE", "Memory"]
