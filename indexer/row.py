"""What filters, distances and dates read of a document: the same values on every engine, so that all keep the
same documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from indexer.document import ON_SITE, OptionDocument
from indexer.topics import topic_codes

#: Fields of a query whose values the columns keep, in the order of `Row.values`.
FIELDS: Final = (
    "kind", "source", "structure_id", "thematiques", "categories", "publics", "type", "frais",
    "modes_accueil", "mobilisable_par", "rome", "code_insee", "zones", "topics",
)  # fmt: skip

#: Times of day of a slot or a session, a bit each in this order.
TIMES: Final = ("jour", "soir", "nuit", "week-end")


@dataclass(frozen=True, slots=True)
class Row:
    """What the columns keep of one version of a document. `points` are degrees, only of what is had on
    site; `occurrences` the (starts, ask_by, times) of those with a place left, days and bits; `dated`
    tells it had any."""

    id: str
    version: int
    gone: bool
    nom: str = ""
    updated: int = 0
    on_site: bool = False
    remote: bool = False
    placeless: bool = False
    dated: bool = False
    values: tuple[tuple[str, ...], ...] = ((),) * len(FIELDS)
    points: tuple[tuple[float, float], ...] = ()
    occurrences: tuple[tuple[int, int, int], ...] = ()
    completeness: float = 0.0


def row_of(document: OptionDocument) -> Row:
    """The row of an option."""
    open_ones = (one for one in document.occurrences if one.places_left is None or one.places_left > 0)
    return Row(
        id=document.id,
        version=document.version,
        gone=False,
        nom=document.nom,
        updated=document.date_maj.toordinal(),
        on_site=document.on_site,
        remote=document.remote,
        placeless=not document.modes_accueil and not document.points,
        dated=bool(document.occurrences),
        values=tuple(_values(document, name) for name in FIELDS),
        points=tuple((p.latitude, p.longitude) for p in document.points) if document.on_site else (),
        occurrences=tuple(
            (one.starts.toordinal(), one.ask_by.toordinal(), times_bits(one.times)) for one in open_ones
        ),
        completeness=document.completeness,
    )


def times_bits(times: Iterable[str]) -> int:
    """Times of day in one number; one that is not in the list counts for nothing."""
    return sum(1 << TIMES.index(time) for time in set(times) if time in TIMES)


def _values(document: OptionDocument, name: str) -> tuple[str, ...]:
    match name:
        case "categories":
            found = tuple(theme.partition("--")[0] for theme in document.thematiques)
        case "zones":
            found = document.zone_eligibilite
        case "topics":
            found = topic_codes(document)
        case "modes_accueil":
            found = document.modes_accueil or ((ON_SITE,) if document.points else ())
        case _:
            value = getattr(document, name)
            found = value if isinstance(value, tuple) else (value,) if value else ()
    return tuple(dict.fromkeys(found))
