"""Why one option stands where it stands, or is not there: asked of any id, listed or not."""

from collections.abc import Iterator, Sequence

from indexer.document import OptionDocument
from matching.beyond import apart
from matching.contenders import LEAST_STRENGTH, Contenders
from matching.explain import Explanation, arithmetic, criteria
from matching.rank import Scored, Standing
from matching.recall import kinds

_NOT_SEARCHED = (
    "absente : immersions et formations ne sont cherchées que pour un métier ou un pas vers l’emploi"
)
_NOT_RECALLED = "hors de la liste : la recherche a retenu d’autres options, plus proches ou plus sûres"


def inquire(option_id: str, contenders: Contenders, ordered: Sequence[Standing]) -> Explanation | None:
    """Everything about one option beside the whole order; None when the index does not know it. Raises as
    `SearchReader.get`."""
    ranks = {one.id: rank for rank, one in enumerate(ordered, 1)}
    lines = {listed: line for line, listed in enumerate(contenders.among.table.ids)}
    if option_id in lines:
        contenders.know([lines[option_id]])
        found = contenders.known([lines[option_id]])
        told = [contenders.told_of(line) for line, _ in found]
    else:
        document = contenders.means.engine.get([option_id]).get(option_id)
        told = [_alone(document, contenders)] if document else []
    if not told:
        return None
    (scored,) = told
    rank = ranks.get(option_id)
    where = _where(scored, contenders, ordered, rank)
    return Explanation(
        option_id=option_id, nom=scored.candidate.document.nom, rank=rank, total=scored.total,
        lines=(*where, *criteria(scored), *arithmetic(scored, contenders.means.weights)),
    )  # fmt: skip


def _alone(document: OptionDocument, contenders: Contenders) -> Scored:
    """An option that was not recalled, scored as if it had been."""
    alone = apart(contenders, [document])
    alone.take({0: document})
    return alone.told_of(0)


def _where(
    scored: Scored, contenders: Contenders, ordered: Sequence[Standing], rank: int | None
) -> Iterator[str]:
    candidate, person = scored.candidate, contenders.person
    if candidate.verdict.not_met:
        yield "écartée : " + " ; ".join(candidate.verdict.not_met)
    elif not candidate.best or candidate.best.strength < LEAST_STRENGTH:
        yield "absente : elle ne répond à aucun des besoins indiqués"
    elif rank is not None:
        yield f"rang {rank} sur {len(ordered)}, total {scored.total:.3f}"
    elif candidate.document.kind not in kinds(person):
        yield _NOT_SEARCHED
    else:
        yield from _not_listed(scored.id, ordered)


def _not_listed(option_id: str, ordered: Sequence[Standing]) -> Iterator[str]:
    twin = next((rank for rank, one in enumerate(ordered, 1) if option_id in one.twins), None)
    if twin is None:
        yield _NOT_RECALLED
    else:
        yield f"la même offre, d’une autre source, tient sa place au rang {twin} ({ordered[twin - 1].id})"
