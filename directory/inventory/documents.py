"""A row of the inventory → the document that is searched and shown. Pure functions, a kind each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from directory.inventory.completeness import (
    immersion_completeness,
    service_completeness,
    training_completeness,
)
from directory.inventory.entries import PERSONAL, Entry
from directory.inventory.sensitive import centre_of, withhold
from directory.inventory.shapes import SHAPES
from indexer.document import ON_SITE, REMOTE, Kind, Occurrence, OptionDocument, Point

Values = Mapping[str, Any]

FREE: Final = "gratuit"
PAID: Final = "payant"

#: What a sheet tells of the structure that gives the service.
_STRUCTURE_FACTS: Final = (
    "id",
    "nom",
    "siret",
    "description",
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "complement_adresse",
    "telephone",
    "courriel",
    "site_web",
    "horaires_accueil",
    "accessibilite_lieu",
    "reseaux_porteurs",
)


def to_document(entry: Entry, structure: Entry | None = None) -> OptionDocument:
    """The document of a service, an immersion or a training; `structure` is a service's, when it is known and
    shown. The clock plays no part: the same row always gives the same document."""
    return _PROJECTIONS[entry.kind](entry, structure)


def _service(entry: Entry, structure: Entry | None) -> OptionDocument:
    values = entry.values
    point = centre_of(values["code_insee"]) if entry.withheld else _point(values)
    return OptionDocument(
        **_identity(entry, "service"),
        description=values["description"],
        structure_id=values["structure_id"],
        structure_nom=structure.values["nom"] if structure else "",
        thematiques=_codes(values["thematiques"]),
        publics=_codes(values["publics"]),
        type=values["type"],
        frais=values["frais"],
        modes_accueil=_codes(values["modes_accueil"]),
        mobilisable_par=_codes(values["mobilisable_par"]),
        zone_eligibilite=_codes(values["zone_eligibilite"]),
        points=_points(point),
        completeness=service_completeness(values),
        sheet=_service_sheet(entry, structure),
    )


def _immersion(entry: Entry, _structure: Entry | None) -> OptionDocument:
    values = entry.values
    return OptionDocument(
        **_identity(entry, "immersion"),
        description=values["description"] or "",
        structure_nom=values["nom"],
        frais=FREE,
        modes_accueil=(ON_SITE,),
        points=_points(_point(values)),
        rome=(values["rome"],) if values["rome"] else (),
        occupations=(values["appellation"],) if values["appellation"] else (),
        completeness=immersion_completeness(values),
        occurrences=tuple(_slot(one) for one in values["creneaux"]),
        sheet=_sheet(entry),
    )


def _training(entry: Entry, _structure: Entry | None) -> OptionDocument:
    values = entry.values
    sessions = values["sessions"]
    return OptionDocument(
        **_identity(entry, "training"),
        description=values["description"] or "",
        structure_nom=values["organisme"] or "",
        thematiques=_codes(values["thematiques"]),
        publics=_codes(values["publics"]),
        type="formation",
        frais=_training_fees(values["reste_a_charge"]),
        modes_accueil=_training_modes(values, sessions),
        points=_points(_point(values)),
        rome=_codes(values["rome"]),
        completeness=training_completeness(values),
        occurrences=tuple(_session(one) for one in sessions),
        sheet=_sheet(entry),
    )


_PROJECTIONS: Final[Mapping[str, Callable[[Entry, Entry | None], OptionDocument]]] = {
    "service": _service,
    "immersion": _immersion,
    "training": _training,
}


def _identity(entry: Entry, kind: Kind) -> dict[str, Any]:
    values = entry.values
    return {
        "id": entry.id,
        "kind": kind,
        "source": entry.source,
        "version": entry.version,
        "nom": _title(values),
        "date_maj": values["date_maj"],
        "commune": values["commune"],
        "code_insee": values["code_insee"],
    }


def _title(values: Values) -> str:
    """An immersion is known by its occupation, which its company opens; the rest by its name."""
    return str(values.get("appellation") or values["nom"])


def _point(values: Values) -> Point | None:
    if values["latitude"] is None or values["longitude"] is None:
        return None
    return Point(values["latitude"], values["longitude"])


def _points(point: Point | None) -> tuple[Point, ...]:
    return (point,) if point else ()


def _codes(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(values)) if values else ()


def _slot(row: Values) -> Occurrence:
    """A slot can be asked for until the day before it starts."""
    return Occurrence(
        id=row["id"],
        starts=row["debut"],
        ends=row["fin"],
        ask_by=_eve(row["debut"]),
        places_left=_places_left(row),
        times=_codes(row["horaires"]),
        hours_per_week=row["heures_semaine"],
    )


def _session(row: Values) -> Occurrence:
    """A session can be asked for until its enrolment deadline, else until the day before it starts."""
    return Occurrence(
        id=row["id"],
        starts=row["debut"],
        ends=row["fin"],
        ask_by=row["date_limite"] or _eve(row["debut"]),
        places_left=_places_left(row),
        hours_per_week=row["heures_semaine"],
        remote=bool(row["a_distance"]),
    )


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _places_left(row: Values) -> int | None:
    return None if row["places"] is None else max(0, row["places"] - (row["places_prises"] or 0))


def _training_fees(remaining: float | None) -> str | None:
    if remaining is None:
        return None
    return PAID if remaining > 0 else FREE


def _training_modes(values: Values, sessions: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the sessions say, each on site or remote; without a session, on site when a place is known."""
    if not sessions:
        return (ON_SITE,) if values["code_insee"] or values["latitude"] is not None else ()
    said = {REMOTE if one["a_distance"] else ON_SITE for one in sessions}
    return tuple(sorted(said))


def _sheet(entry: Entry) -> dict[str, Any]:
    public = {name: value for name, value in entry.public().items() if value is not None and value != []}
    if entry.deduced:
        public["deduced"] = sorted(entry.deduced)
    if entry.corrections:
        public["corrections"] = sorted(entry.corrections)
    return public


def _service_sheet(entry: Entry, structure: Entry | None) -> dict[str, Any]:
    sheet = _sheet(entry)
    facts = structure.public() if structure else {}
    if entry.withheld:
        facts = withhold(facts)
        sheet["address_withheld"] = True
    facts = {name: facts[name] for name in _STRUCTURE_FACTS if facts.get(name)}
    if facts:
        sheet["structure"] = facts
    return sheet


def public_row(document: OptionDocument) -> dict[str, Any]:
    """The row as anybody may read it, from the sheet that an index keeps: as `Entry.public`, but that an
    empty list is told as absent."""
    shape = SHAPES[document.kind]
    row: dict[str, Any] = dict.fromkeys(("source", "id", *shape.fields))
    if shape.dated:
        row[shape.dated.field] = []
    row |= {name: value for name, value in document.sheet.items() if name in row}
    return {name: value for name, value in row.items() if name not in PERSONAL}
