"""A case and its options as short text, for who grades them: facts only, nothing that a ranker made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from directory.judging.folder import JudgedFolder
from directory.judging.keys import key_of
from directory.judging.rankers import Bench
from directory.search import find_place
from directory.wish import SearchWish
from indexer.document import OptionDocument, Point
from indexer.reference.communes import Communes
from indexer.reference.distance import distance_km
from indexer.reference.themes import theme_label
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, THEMES
from matching.diagnostic.mapping import Entry, Mapping
from matching.profile import Constraint, Profile, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What sheets are written with. `longest`: characters of a description."""

    folder: JudgedFolder
    bench: Bench
    longest: int = 600

    def case(self, name: str, options: Iterable[str]) -> str:
        """A whole case: who asks and what, then the options in the order given."""
        profile, wish = self.folder.profiles.get(name), self.folder.searches.get(name)
        here: Point | None = None
        lines = [f"=== {name}"]
        if profile is not None:
            here = profile.place.point
            lines += [self.folder.personas.get(name, ""), " ; ".join(self._person(profile))]
        elif wish is not None:
            place = find_place(wish, self.bench.matcher.communes)
            here = place.point if place else None
            lines.append("RECHERCHE " + " ; ".join(_search(wish, place.label if place else "")))
        lines += [self._option(self.bench.documents[one], here) for one in options]
        return "\n".join(line for line in lines if line) + "\n"

    def _person(self, profile: Profile) -> Iterator[str]:
        modes = ", ".join(profile.travel.modes) or "modes non dits"
        yield f"{profile.place.label} ({profile.place.code_insee}), {modes}, {_minutes(profile)}"
        yield f"{profile.age} ans" if profile.age is not None else "âge non dit"
        yield f"publics : {_labels(profile.publics) or 'non dits'}"
        yield f"à distance : {_yes(profile.remote_ok)}"
        mapping = self.bench.matcher.mapping
        yield from (f"CONTRAINTE {_constraint(one, mapping)}" for one in profile.constraints)
        yield from (f"BESOIN {_need(one, mapping)}" for one in profile.needs)
        yield from (f"atout : {_need(one, mapping)}" for one in profile.strengths)
        for project in profile.projects:
            yield f"PROJET {project.rome}{' (prioritaire)' if project.priority else ''}"
        if profile.available_from:
            yield f"libre à partir du {profile.available_from}"
        if profile.excluded_hours:
            yield f"horaires exclus : {', '.join(sorted(profile.excluded_hours))}"
        yield from (f"A REFUSÉ {self._refused(one)}" for one in profile.refusals)

    def _refused(self, refusal: Refusal) -> str:
        document = self.bench.documents.get(refusal.option_id)
        name = f"{key_of(document.id)} « {document.nom} »" if document else refusal.option_id
        until = f", jusqu'au {refusal.until}" if refusal.until else ""
        return f"{name} ({refusal.reason or 'sans dire pourquoi'}{until})"

    def _option(self, document: OptionDocument, here: Point | None) -> str:
        facts = "; ".join(_facts(document, here, self.bench.matcher.communes))
        said = " ".join(document.description.split())
        cut = said if len(said) <= self.longest else said[: self.longest] + "…"
        return f"- {key_of(document.id)} | {document.nom} | {facts}\n  {cut}"


_KINDS: Final = {"immersion": "IMMERSION", "training": "FORMATION"}


def _facts(document: OptionDocument, here: Point | None, communes: Communes) -> Iterator[str]:
    yield _KINDS.get(document.kind) or document.type or "service"
    where = f"{document.commune or 'lieu non dit'}{_km(document, here)}"
    yield f"{document.structure_nom or 'structure inconnue'}, {where}"
    yield _mode(document)
    yield f"thèmes {', '.join(one.rpartition('--')[2] for one in document.thematiques) or 'aucun'}"
    yield f"publics {_labels(document.publics) or 'non dits'}"
    if document.rome:
        yield f"métiers {', '.join((*document.rome, *document.occupations))}"
    if document.frais:
        yield FEES.label(document.frais)
    if document.zone_eligibilite:
        zones = [communes.zone_label(code) for code in document.zone_eligibilite[:8]]
        yield f"ZONE {', '.join(zones)}{'…' if len(document.zone_eligibilite) > 8 else ''}"
    if document.mobilisable_par == ("professionnels",):
        yield "sur orientation d'un professionnel"
    for key in ("publics_precisions", "conditions_acces", "prerequis", "frais_precisions", "sans_voiture"):
        if said := document.sheet.get(key):
            yield f"{key} : {' '.join(str(said).split())}"
    yield from _dates(document)
    yield f"fiche du {document.date_maj}"


def _mode(document: OptionDocument) -> str:
    if document.remote:
        return "sur place et à distance" if document.on_site else "À DISTANCE"
    return "sur place" if document.modes_accueil else "mode non dit"


def _dates(document: OptionDocument) -> Iterator[str]:
    for one in document.occurrences[:4]:
        left = "" if one.places_left is None else f", {one.places_left} places"
        times = f", {'/'.join(one.times)}" if one.times else ""
        yield f"DATES {one.starts}→{one.ends} (demander avant le {one.ask_by}{left}{times})"
    if len(document.occurrences) > 4:
        yield f"et {len(document.occurrences) - 4} autres dates"


def _search(wish: SearchWish, label: str) -> Iterator[str]:
    yield f"« {wish.q} »"
    if label:
        yield f"autour de {label}, {f'{wish.radius_km:g} km' if wish.radius_km else 'rayon non dit'}"
    for name in ("kind", "thematiques", "publics", "types", "frais", "modes_accueil", "rome"):
        if value := getattr(wish, name):
            yield f"{name} : {', '.join(value)}"
    if wish.available_from:
        yield f"à partir du {wish.available_from}"


def _constraint(constraint: Constraint, mapping: Mapping) -> str:
    entry = mapping.find_constraint(constraint.code)
    under = entry.under if entry else ""
    told = [entry.label if entry else constraint.code, constraint.value if constraint.value != "oui" else ""]
    told += [
        f"impact {constraint.impact}" if constraint.impact else "",
        "PRIORITAIRE" if constraint.priority else "",
    ]
    told += [
        f"objectif « {_label(one, mapping.find_objective(one, under=under))} »"
        for one in constraint.objectives
    ]
    told += [
        f"situation « {_label(one, mapping.find_situation(one, under=under))} »"
        for one in constraint.situations
    ]
    return ", ".join(part for part in told if part)


def _need(told: str, mapping: Mapping) -> str:
    if told in THEMES or told in CATEGORIES:
        return theme_label(told)
    return _label(told, mapping.find_need(told))


def _label(told: str, entry: Entry | None) -> str:
    return entry.label if entry else told


def _labels(publics: Iterable[str]) -> str:
    return ", ".join(PUBLICS.label(one) for one in sorted(publics) if one in PUBLICS)


def _minutes(profile: Profile) -> str:
    minutes = profile.travel.max_minutes
    return f"{minutes} min au plus" if minutes else "minutes non dites"


def _yes(told: bool | None) -> str:
    return {True: "oui", False: "non", None: "non dit"}[told]


def _km(document: OptionDocument, here: Point | None) -> str:
    if here is None or not document.points:
        return ""
    return f" à {min(distance_km(here, point) for point in document.points):.1f} km"
