"""What a match starts from. Unknown is never no: what was not told is None or empty."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from indexer.document import KINDS
from indexer.reference.communes import Communes
from indexer.reference.vocabulary import PUBLICS, THEMES
from matching.asked import Asked
from matching.errors import InvalidProfile
from matching.facts import FACTS
from matching.location import Place, read_place
from matching.travel import MODES, Travel

Value = Literal["oui", "non", "cloturee", "non-abordee"]
Impact = Literal["fort", "moyen", "faible"]
Hours = Literal["jour", "soir", "nuit", "week-end"]
Confidence = Literal["perte-de-confiance", "en-capacite"]

VALUES: Final[tuple[str, ...]] = get_args(Value)
IMPACTS: Final[tuple[str, ...]] = get_args(Impact)
HOURS: Final[tuple[str, ...]] = get_args(Hours)
CONFIDENCES: Final[tuple[str, ...]] = get_args(Confidence)
KEYS: Final = (
    "code_insee", "lat", "lon", "travel", "remote_ok", "age", "publics", "constraints", "needs", "strengths",
    "projects", "available_from", "excluded_hours", "refusals", "facts", "level", "authorised_prescriber",
    "criteria", "cnaf", "confidence", "own_priorities", "unrecognised", "imported",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One of the eight. `impact` None is not told; situations (answered yes) and objectives (under way) are
    codes or labels as told. What stands in no list was not explored."""

    code: str
    value: str = "oui"
    impact: str | None = None
    priority: bool = False
    situations: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    situations_denied: tuple[str, ...] = ()
    objectives_done: tuple[str, ...] = ()
    objectives_dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An orientation criterion of the national method and its value, as told."""

    code: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """An occupation aimed at, by its ROME code."""

    rome: str
    priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What the person refused, away until the reason lapses (`until`, when told): an option, every answer by
    a thématique, or a kind of option."""

    option_id: str = ""
    theme: str = ""
    kind: str = ""
    reason: str = ""
    until: date | None = None

    def holds_on(self, today: date) -> bool:
        """Whether it still keeps the option away."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person's needs and limits, nothing that says who. A public not listed is unknown, not no."""

    place: Place
    travel: Travel = field(default_factory=Travel)
    remote_ok: bool | None = None
    age: int | None = None
    publics: frozenset[str] = frozenset()
    constraints: tuple[Constraint, ...] = ()
    needs: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    projects: tuple[Project, ...] = ()
    available_from: date | None = None
    excluded_hours: frozenset[str] = frozenset()
    refusals: tuple[Refusal, ...] = ()
    facts: Table[str, bool] = field(default_factory=dict)
    level: int | None = None
    authorised_prescriber: bool | None = None
    criteria: tuple[Criterion, ...] = ()
    cnaf: tuple[str, ...] = ()
    confidence: str | None = None
    own_priorities: Table[str, int] = field(default_factory=dict)
    unrecognised: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, given: object, communes: Communes) -> "Profile":
        """Read what `POST /match` takes. Raises InvalidProfile with every fault, field by field."""
        asked = Asked(given, "", [])
        asked.only(KEYS)
        place = read_place(asked, communes)
        profile = {
            "travel": _travel(asked.inner("travel")),
            "remote_ok": asked.boolean("remote_ok"),
            "age": asked.whole("age", 0, 120),
            "publics": frozenset(asked.texts("publics", PUBLICS.codes)),
            "constraints": asked.objects("constraints", _constraint),
            "needs": asked.texts("needs"),
            "strengths": asked.texts("strengths"),
            "projects": asked.objects("projects", _project),
            "available_from": asked.day("available_from"),
            "excluded_hours": frozenset(asked.texts("excluded_hours", HOURS)),
            "refusals": asked.objects("refusals", _refusal),
            **_administrative(asked),
            **_of_the_method(asked),
        }
        if not any(profile[key] for key in STARTS) and not asked.faults:
            asked.fault(
                "constraints", "indiquer au moins une contrainte, un besoin (needs) ou un métier (projects)"
            )
        if asked.faults or place is None:
            raise InvalidProfile(asked.faults)
        return cls(place=place, **profile)  # type: ignore[arg-type]  # each reader above gives its field's type


#: A match starts from one of these at least.
STARTS: Final = ("constraints", "needs", "projects", "criteria", "cnaf", "confidence")


def _administrative(asked: Asked) -> dict[str, object]:
    """What conditions of access ask; each fact true or false, unknown when absent or null."""
    told = asked.inner("facts")
    told.only(tuple(FACTS))
    answered = {name: value for name in FACTS if (value := told.boolean(name)) is not None}
    return {
        "facts": answered,
        "level": asked.whole("level", 1, 8),
        "authorised_prescriber": asked.boolean("authorised_prescriber"),
    }


def _of_the_method(asked: Asked) -> dict[str, object]:
    """What the national method holds beside constraints and needs."""
    return {
        "criteria": asked.objects("criteria", _criterion),
        "cnaf": asked.texts("cnaf"),
        "confidence": asked.choice("confidence", CONFIDENCES),
        "own_priorities": asked.scales("own_priorities", 1, 5),
        "unrecognised": asked.texts("unrecognised"),
    }


def _criterion(asked: Asked) -> Criterion | None:
    asked.only(("code", "value"))
    code, value = asked.text("code", required=True), asked.text("value", required=True)
    return Criterion(code=code, value=value) if code and value else None


def _travel(asked: Asked) -> Travel:
    asked.only(("modes", "max_minutes"))
    return Travel(modes=asked.texts("modes", MODES), max_minutes=asked.whole("max_minutes", 1, 600))


CONSTRAINT_KEYS: Final = (
    "code", "value", "impact", "priority", "situations", "objectives", "situations_denied", "objectives_done",
    "objectives_dropped",
)  # fmt: skip


def _constraint(asked: Asked) -> Constraint | None:
    asked.only(CONSTRAINT_KEYS)
    code = asked.text("code", required=True)
    read = Constraint(
        code=code or "",
        value=asked.choice("value", VALUES, "oui") or "oui",
        impact=asked.choice("impact", IMPACTS),
        priority=bool(asked.boolean("priority")),
        situations=asked.texts("situations"),
        objectives=asked.texts("objectives"),
        situations_denied=asked.texts("situations_denied"),
        objectives_done=asked.texts("objectives_done"),
        objectives_dropped=asked.texts("objectives_dropped"),
    )
    return read if code else None


def _project(asked: Asked) -> Project | None:
    asked.only(("rome", "priority"))
    rome = asked.text("rome", required=True)
    return Project(rome=rome.upper(), priority=bool(asked.boolean("priority"))) if rome else None


def _refusal(asked: Asked) -> Refusal | None:
    asked.only(("option_id", "theme", "kind", "reason", "until"))
    option_id, theme = asked.text("option_id"), asked.choice("theme", THEMES.codes)
    kind = asked.choice("kind", KINDS)
    if not (option_id or theme or kind):
        if not (asked.has("theme") or asked.has("kind")):
            asked.fault("option_id", "valeur manquante")
        return None
    return Refusal(
        option_id=option_id or "", theme=theme or "", kind=kind or "", reason=asked.text("reason") or "",
        until=asked.day("until"),
    )  # fmt: skip
