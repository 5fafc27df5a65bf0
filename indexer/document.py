"""The contract of what is searchable: one frozen value for services, immersions and trainings.

A document is projected from inventory rows by `directory.inventory.documents` and knows nothing of them.
It carries the whole public sheet, so that a page can be shown with the database away; it never carries
anything about a person (`contact_nom_prenom` included).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, get_args

Kind = Literal["service", "immersion", "training"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

ON_SITE: Final = "en-presentiel"
REMOTE: Final = "a-distance"
EVERYONE: Final = "tous-publics"

#: Raised whenever the stored form or the meaning of a field changes: engines rebuild when it differs.
DOCUMENT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A place on Earth, WGS84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"not a point on Earth: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A dated slot of an immersion or session of a training.

    `ask_by` is the last day on which somebody can still be proposed: the enrolment deadline of a session,
    else the day before it starts. `places_left` None means not told, which never closes an occurrence.
    """

    id: str
    starts: date
    ends: date
    ask_by: date
    places_left: int | None = None
    times: tuple[str, ...] = ()
    hours_per_week: float | None = None
    remote: bool = False

    def open_on(self, today: date) -> bool:
        """Whether a place can still be asked for on that day."""
        return self.ask_by >= today and (self.places_left is None or self.places_left > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDocument:
    """What is searched, ranked and shown of one option. Tuples are sorted, absent means empty or None.

    `modes_accueil` empty is unknown (an option with a point then counts as on site); `publics` empty is
    unknown, which never excludes; `zone_eligibilite` empty is no known limit. `points` are all the places
    where it is given (permanences included), the main one first; empty for what is remote only.
    `occurrences` empty means not dated. `sheet` is the public row, JSON values only, field names of
    data·inclusion (or of `interfaces.md` for immersions and trainings), display only.
    """

    id: str
    kind: Kind
    source: str
    version: int
    nom: str
    date_maj: date
    description: str = ""
    structure_id: str | None = None
    structure_nom: str = ""
    thematiques: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    type: str | None = None
    frais: str | None = None
    modes_accueil: tuple[str, ...] = ()
    mobilisable_par: tuple[str, ...] = ()
    zone_eligibilite: tuple[str, ...] = ()
    commune: str | None = None
    code_insee: str | None = None
    points: tuple[Point, ...] = ()
    rome: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    completeness: float = 0.0
    occurrences: tuple[Occurrence, ...] = ()
    sheet: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def on_site(self) -> bool:
        """Whether it can be had somewhere: said so, or not said and a place is known."""
        return bool(self.points) and (ON_SITE in self.modes_accueil or not self.modes_accueil)

    @property
    def remote(self) -> bool:
        """Whether it can be had from home."""
        return REMOTE in self.modes_accueil

    def open_occurrences(self, today: date) -> tuple[Occurrence, ...]:
        """The occurrences still open on that day, soonest first."""
        still = (one for one in self.occurrences if one.open_on(today))
        return tuple(sorted(still, key=lambda one: (one.starts, one.id)))
