"""What a match starts from. Unknown is never no: what was not told is None or empty."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from indexer.reference.communes import Communes
from indexer.reference.vocabulary import PUBLICS
from matching.asked import Asked
from matching.errors import InvalidProfile
from matching.location import Place, read_place
from matching.travel import MODES, Travel

Value = Literal["oui", "cloturee", "non-abordee"]
Impact = Literal["fort", "moyen", "faible"]
Hours = Literal["jour", "soir", "nuit", "week-end"]

VALUES: Final[tuple[str, ...]] = get_args(Value)
IMPACTS: Final[tuple[str, ...]] = get_args(Impact)
HOURS: Final[tuple[str, ...]] = get_args(Hours)
KEYS: Final = (
    "code_insee", "lat", "lon", "travel", "remote_ok", "age", "publics", "constraints", "needs", "strengths",
    "projects", "available_from", "excluded_hours", "refusals",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One of the eight. `impact` None is not told; situations and objectives are codes or labels as told."""

    code: str
    value: str = "oui"
    impact: str | None = None
    priority: bool = False
    situations: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """An occupation aimed at, by its ROME code."""

    rome: str
    priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An option the person refused, away until the reason lapses (`until`, when told)."""

    option_id: str
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
        }
        if not (profile["constraints"] or profile["needs"] or profile["projects"]) and not asked.faults:
            asked.fault(
                "constraints", "indiquer au moins une contrainte, un besoin (needs) ou un métier (projects)"
            )
        if asked.faults or place is None:
            raise InvalidProfile(asked.faults)
        return cls(place=place, **profile)  # type: ignore[arg-type]  # each reader above gives its field's type


def _travel(asked: Asked) -> Travel:
    asked.only(("modes", "max_minutes"))
    return Travel(modes=asked.texts("modes", MODES), max_minutes=asked.whole("max_minutes", 1, 600))


def _constraint(asked: Asked) -> Constraint | None:
    asked.only(("code", "value", "impact", "priority", "situations", "objectives"))
    code = asked.text("code", required=True)
    read = Constraint(
        code=code or "",
        value=asked.choice("value", VALUES, "oui") or "oui",
        impact=asked.choice("impact", IMPACTS),
        priority=bool(asked.boolean("priority")),
        situations=asked.texts("situations"),
        objectives=asked.texts("objectives"),
    )
    return read if code else None


def _project(asked: Asked) -> Project | None:
    asked.only(("rome", "priority"))
    rome = asked.text("rome", required=True)
    return Project(rome=rome.upper(), priority=bool(asked.boolean("priority"))) if rome else None


def _refusal(asked: Asked) -> Refusal | None:
    asked.only(("option_id", "reason", "until"))
    option_id = asked.text("option_id", required=True)
    if not option_id:
        return None
    return Refusal(option_id=option_id, reason=asked.text("reason") or "", until=asked.day("until"))
