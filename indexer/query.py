"""Engine-neutral questions. Frozen values in, no vendor word: every engine answers them alike.

Meaning, the same on every engine (the suite in `tests/engines` holds them to it):

- `wants` is a gate and a score: with any, a document must satisfy at least one wish; it scores the sum of
  weight × strength (0..1) of those it satisfies. With none, every document passes with the same score.
- `where` filters are all required. A filter never adds a hit.
- `near` keeps what can be had there: on site with a point inside the radius, remote when `remote` is true,
  or of unknown mode and place (distance None). It also narrows a document's `modes_accueil`, for filters
  and facets alike, to those that serve there: `en-presentiel` only with a point inside the radius. A
  document with no mode but a point counts as `en-presentiel`.
- `zones` (every code that covers the person's commune) keeps documents whose `zone_eligibilite` is empty
  or shares one of them. It is independent of `near`.
- Facet counts leave out the filters on their own field and equal what adding that value alone would show.
- Any sort returns the same set; ties end on id.
- `topics` holds what an option is about, declared and told by its words (`indexer.topics`), as codes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from indexer.document import Point

Field = Literal[
    "id", "kind", "source", "structure_id", "thematiques", "categories", "publics", "type", "frais",
    "modes_accueil", "mobilisable_par", "rome", "code_insee", "topics",
]  # fmt: skip


class Sort(StrEnum):
    """Orders of a list. Relevance weighs the wishes with nearness and, a little, freshness."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    FRESHNESS = "freshness"


@dataclass(frozen=True, slots=True)
class Text:
    """Words as typed, in French; `indexer.question` reads what they ask for, `indexer.text_plan` what that
    asks of a document, the same for every engine.

    The gate: all that is needed must be said in the name, the words of the themes, the occupations, the
    structure's name or, scored lower, the description; of a long sentence, one thing in three may be missing.
    What a document is about opens the gate too, when all that is needed tells the same thématique.
    """

    words: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents with one of `values` in `field`; with `or_missing`, those with none at all too."""

    field: Field
    values: tuple[str, ...]
    or_missing: bool = False


@dataclass(frozen=True, slots=True)
class Graded:
    """Documents with one of those values in `field`, each worth its weight (0..1]: a document is worth its
    best value, so that ten weak ones never add up to one that is sure."""

    field: Field
    weights: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        if not all(0 < weight <= 1 for _, weight in self.weights):
            raise ValueError("a value weighs more than zero and no more than one")


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Documents with none of `values` in `field`."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AvailableFrom:
    """Undated documents, and those with an occurrence open on `Query.today` that starts from `day` on."""

    day: date


Filter = AnyOf | NoneOf | AvailableFrom


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing looked for and how much it counts (weight > 0). Text is satisfied as `Text` says, with a
    strength between 0 and 1 (name above themes above description); AnyOf always with strength 1, Graded with
    the weight of the best value held."""

    what: Text | AnyOf | Graded
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(f"a wish weighs more than zero, not {self.weight}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Around a point. `scale_km` is the distance at which nearness has lost half of what it can lose."""

    point: Point
    radius_km: float
    remote: bool = True
    scale_km: float = 15.0

    def __post_init__(self) -> None:
        if not 0 < self.radius_km <= 20_100:
            raise ValueError(f"a radius is a number of kilometres above zero, not {self.radius_km}")


@dataclass(frozen=True, slots=True)
class Facet:
    """Count documents by value of `field`. `also` and `or_missing` say who joins every count, as the filter
    a click would add does (`tous-publics` and unknown publics join each public)."""

    field: Field
    also: tuple[str, ...] = ()
    or_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A whole question. `today` decides what is still open: an input, so that answers can be repeated."""

    today: date
    wants: tuple[Wish, ...] = ()
    where: tuple[Filter, ...] = ()
    near: Near | None = None
    zones: frozenset[str] = frozenset()
    sort: Sort = Sort.RELEVANCE
    facets: tuple[Facet, ...] = ()


#: How far a list may be paged: past it a reader narrows the search (one engine refuses more anyway).
MAX_WINDOW: Final = 10_000
