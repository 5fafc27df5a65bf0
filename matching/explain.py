"""Sentences and arithmetic, from facts of the profile and the option only."""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.rank import Scored
from matching.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an option stands where it stands, or does not: `rank` None when it is not in the list."""

    option_id: str
    nom: str
    rank: int | None
    total: float
    lines: tuple[str, ...]


def reasons(scored: Scored) -> tuple[str, ...]:
    """What speaks for it, the most telling rule first as the rules are ordered."""
    told = (one.reason for one in scored.signals if one.reason and one.ceiling > 0 and one.score > 0)
    return tuple(dict.fromkeys((*told, *scored.candidate.verdict.met)))


def arithmetic(scored: Scored, weights: Weights) -> Iterator[str]:
    """Every rule, what it gave, and the sum."""
    gave = could = 0.0
    for one in scored.signals:
        weight = weights.of(one.name)
        gave, could = gave + weight * one.score, could + weight * one.ceiling
        why = f"  {one.reason}" if one.reason else ""
        if one.ceiling:
            part = f"{one.score:.3f} × {weight:<4g} = {weight * one.score:6.3f} / {weight:<4g}"
            yield f"{one.name:<18} {part}{why}"
        else:
            yield f"{one.name:<18} silencieuse : inconnu ou sans objet{why}"
    yield f"{'total':<18} {gave:.3f} / {could:.3f} = {scored.total:.3f}"


def criteria(scored: Scored) -> Iterator[str]:
    """Criterion by criterion, what is met and what is to check."""
    verdict = scored.candidate.verdict
    for sentence in verdict.met:
        yield f"rempli : {sentence}"
    for sentence in (*verdict.to_check, *verdict.practical):
        yield f"à vérifier : {sentence}"
