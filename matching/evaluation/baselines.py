"""What others do: the orders that ours is measured against.

Each takes the options in sight with their distance (`Hit`, as an engine tells them) and gives ids, best
first. Ties end on the id, as those lists do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.document import EVERYONE
from indexer.engine import Hit
from matching.evaluation.bm25 import Bm25

#: The radius of data·inclusion's list, whoever asks and however they travel.
LIST_RADIUS_KM: Final = 50.0

#: Their names, in the order of the table.
BASELINES: Final = ("distance", "text", "listing", "matches")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a list is asked: words, thématiques, the publics told and the zones that cover the place."""

    words: str = ""
    themes: frozenset[str] = frozenset()
    publics: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()


def baselines(ask: Ask, hits: Sequence[Hit], bm25: Bm25) -> Mapping[str, list[str]]:
    """Every one of BASELINES."""
    return {
        "distance": by_distance(hits),
        "text": by_words(ask, hits, bm25),
        "listing": by_listing(ask, hits),
        "matches": by_matches(ask, hits, bm25),
    }


def by_distance(hits: Iterable[Hit]) -> list[str]:
    """The nearest first, whatever it is; what is had from home last."""
    return _ids(sorted(hits, key=lambda hit: (_km(hit), hit.document.id)))


def by_words(ask: Ask, hits: Iterable[Hit], bm25: Bm25) -> list[str]:
    """The words alone, wherever it is."""
    scores = bm25.scores(ask.words)
    found = [hit for hit in hits if hit.document.id in scores]
    return _ids(sorted(found, key=lambda hit: (-scores[hit.document.id], hit.document.id)))


def by_listing(ask: Ask, hits: Iterable[Hit]) -> list[str]:
    """As data·inclusion lists: filters on thématiques, publics and zone within 50 km, then on site by whole
    kilometres, then from home."""
    found = [hit for hit in hits if _listed(hit, ask)]
    return _ids(sorted(found, key=lambda hit: (not hit.on_site, int(_km(hit)), hit.document.id)))


def by_matches(ask: Ask, hits: Iterable[Hit], bm25: Bm25) -> list[str]:
    """As many as possible of the thématiques asked (of the words, when none is), then the nearest."""
    counts = bm25.matched(ask.words)

    def matched(hit: Hit) -> int:
        declared = len(ask.themes.intersection(hit.document.thematiques))
        return declared if ask.themes else counts.get(hit.document.id, 0)

    found = [hit for hit in hits if matched(hit)]
    return _ids(sorted(found, key=lambda hit: (-matched(hit), _km(hit), hit.document.id)))


def _listed(hit: Hit, ask: Ask) -> bool:
    document = hit.document
    near = document.remote or (hit.on_site and _km(hit) <= LIST_RADIUS_KM)
    about = not ask.themes or not ask.themes.isdisjoint(document.thematiques)
    public = (
        not ask.publics or not document.publics or not (ask.publics | {EVERYONE}).isdisjoint(document.publics)
    )
    zoned = (
        not document.zone_eligibilite or not ask.zones or not ask.zones.isdisjoint(document.zone_eligibilite)
    )
    return near and about and public and zoned


def _km(hit: Hit) -> float:
    """Nowhere is past everywhere."""
    return 99_999.0 if hit.distance_km is None or not hit.on_site else hit.distance_km


def _ids(hits: Iterable[Hit]) -> list[str]:
    return [hit.document.id for hit in hits]
