"""What a match answers, and its JSON as `POST /match` and `jalon match --json` give it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.candidate import Person
from matching.emergencies import EmergencyNumber
from matching.explain import reasons
from matching.rank import Scored


@dataclass(frozen=True, slots=True)
class Excluded:
    """An option left out, and why."""

    id: str
    nom: str
    kind: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many options answer a need."""

    need: str
    label: str
    weight: float
    options: int


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: its answer would change `effect` places of the first ten."""

    field: str
    reason: str
    effect: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A limit that could move, and how many more options it would give."""

    change: dict[str, Any]
    gain: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan. `slot_id` of an immersion, `session_id` of a training."""

    step: int
    option_id: str
    slot_id: str | None
    session_id: str | None
    starts: date
    ends: date
    wait_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Results best first, and all that explains them."""

    person: Person
    results: tuple[Scored, ...]
    excluded: tuple[Excluded, ...]
    weights_version: str
    mapping_version: str
    coverage: tuple[Coverage, ...]
    questions: tuple[Question, ...]
    relaxations: tuple[Relaxation, ...]
    plan: tuple[Step, ...]
    emergencies: tuple[EmergencyNumber, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape of `interfaces.md`, « A match »."""
        return {
            "results": [_result(rank, one) for rank, one in enumerate(self.results, 1)],
            "excluded": [
                {"id": one.id, "nom": one.nom, "kind": one.kind, "reasons": list(one.reasons)}
                for one in self.excluded
            ],
            "unrecognised": list(self.person.needs.unrecognised),
            "weights_version": self.weights_version,
            "mapping_version": self.mapping_version,
            "today": self.person.today.isoformat(),
            "coverage": [
                {"need": one.need, "label": one.label, "weight": round(one.weight, 3), "options": one.options}
                for one in self.coverage
            ],
            "questions": [
                {"field": one.field, "reason": one.reason, "effect": one.effect} for one in self.questions
            ],
            "relaxations": [{"change": one.change, "gain": one.gain} for one in self.relaxations],
            "plan": [_step(one) for one in self.plan],
            "emergencies": [
                {"number": one.number, "name": one.name, "when": one.when} for one in self.emergencies
            ],
        }


def _result(rank: int, one: Scored) -> dict[str, Any]:
    candidate = one.candidate
    document, journey, best = candidate.document, candidate.journey, candidate.best
    return {
        "rank": rank,
        "id": document.id,
        "kind": document.kind,
        "nom": document.nom,
        "structure_nom": document.structure_nom,
        "commune": document.commune,
        "score": round(one.total, 4),
        "need": best.need.code if best else None,
        "distance_km": None if candidate.distance_km is None else round(candidate.distance_km, 1),
        "travel_minutes": journey.minutes if journey else None,
        "travel_estimated": journey.estimated if journey else None,
        "travel_mode": journey.mode if journey else None,
        "remote": candidate.remote,
        "eligibility": candidate.verdict.state,
        "signals": [
            {"name": s.name, "score": round(s.score, 4), "ceiling": s.ceiling, "reason": s.reason}
            for s in one.signals
        ],
        "also": list(one.also),
        "reasons": list(reasons(one)),
        "to_check": [*candidate.verdict.to_check, *candidate.verdict.practical],
    }


def _step(one: Step) -> dict[str, Any]:
    occurrence = {"slot_id": one.slot_id} if one.slot_id else {"session_id": one.session_id}
    return {
        "step": one.step, "option_id": one.option_id, **occurrence, "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(), "wait_days": one.wait_days,
    }  # fmt: skip
