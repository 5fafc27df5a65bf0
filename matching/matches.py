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
    """One step of a plan. `slot_id` of an immersion, `session_id` of a training; neither for a first visit to
    a service, whose day is supposed (`note` says so). `wait_days`: since the step before ended, or since the
    first day."""

    step: int
    option_id: str
    slot_id: str | None
    session_id: str | None
    starts: date
    ends: date
    wait_days: int
    nom: str = ""
    kind: str = ""
    need: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stops a step, or makes one wait long: a sentence; `option_id` None where no option answers."""

    option_id: str | None
    need: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps in the order of time, and what stops others. `proven`: no plan waits less."""

    steps: tuple[Step, ...] = ()
    blocks: tuple[Block, ...] = ()
    proven: bool = True


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
    path: Plan
    emergencies: tuple[EmergencyNumber, ...]

    @property
    def plan(self) -> tuple[Step, ...]:
        """The steps of the path."""
        return self.path.steps

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
            **plan_json(self.path),
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


def plan_json(path: Plan) -> dict[str, Any]:
    """`plan` as `interfaces.md` shapes it, and what stops the steps that are not in it."""
    return {
        "plan": [_step(one) for one in path.steps],
        "plan_blocks": [
            {"option_id": one.option_id, "need": one.need, "reason": one.reason} for one in path.blocks
        ],
    }


def _step(one: Step) -> dict[str, Any]:
    occurrences = {"slot_id": one.slot_id, "session_id": one.session_id}
    return {
        "step": one.step, "option_id": one.option_id,
        **{name: value for name, value in occurrences.items() if value is not None},
        "starts": one.starts.isoformat(), "ends": one.ends.isoformat(), "wait_days": one.wait_days,
        "nom": one.nom, "kind": one.kind, "need": one.need, "note": one.note,
    }  # fmt: skip
