"""What is left out and why: candidates ruled out, what is reserved to others, too far, or was refused."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from indexer.document import OptionDocument
from indexer.reference.distance import distance_km
from indexer.row import row_of
from indexer.table import Table, table_of
from matching.among import Among
from matching.candidate import Candidate, Person
from matching.contenders import Contenders
from matching.matches import Excluded
from matching.recall import refused
from matching.travel import radius_km

#: What is out is told too, the nearest first; past fifty nobody reads.
MOST_EXCLUDED: Final = 50


def excluded(contenders: Contenders, finalists: Sequence[int], beyond: Table) -> tuple[Excluded, ...]:
    """Those that answer most, then the nearest. Raises as `SearchReader.get`."""
    person, means = contenders.person, contenders.means
    away = refused(person)
    documents = means.engine.get(away) if away else {}
    turned_down = apart(contenders, list(documents.values()))
    farther = Contenders(person, means, Among.of(person, beyond))
    out = [*_ruled_out(contenders, contenders.known(finalists))]
    for others in (turned_down, farther):
        out += _ruled_out(others, others.fetched(range(others.among.table.rows)))
    told = {one.document.id: one for _, one in sorted(out, key=_key)}
    return tuple(
        Excluded(one.document.id, one.document.nom, one.document.kind, one.verdict.not_met)
        for one in list(told.values())[:MOST_EXCLUDED]
    )


def _ruled_out(
    contenders: Contenders, judged: Iterable[tuple[int, Candidate]]
) -> list[tuple[float, Candidate]]:
    """With how far each answers."""
    strongest = contenders.among.strongest
    return [(float(strongest[line]), one) for line, one in judged if one.verdict.not_met]


def _key(told: tuple[float, Candidate]) -> tuple[float, float, str]:
    strength, one = told
    return -round(strength, 2), one.distance_km or 0.0, one.document.id


def apart(contenders: Contenders, documents: Sequence[OptionDocument]) -> Contenders:
    """Options known by their ids, as candidates of the same person."""
    person, means = contenders.person, contenders.means
    km = [_km(one, person) for one in documents]
    # Past twice the radius one does not go there: from home, or not at all.
    reach = 2 * radius_km(person.travel)
    on_site = [one.on_site and far <= reach for one, far in zip(documents, km, strict=True)]
    there = [far if here else np.nan for far, here in zip(km, on_site, strict=True)]
    table = table_of([row_of(one) for one in documents], there, on_site)
    return Contenders(person, means, Among.of(person, table))


def _km(document: OptionDocument, person: Person) -> float:
    here = person.profile.place.point
    return min((distance_km(here, point) for point in document.points), default=np.inf)
