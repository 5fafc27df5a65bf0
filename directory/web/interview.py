"""`/entretien`: tick what comes up in the conversation, see the options change. POST only for what is told:
nothing about a person stands in an address, nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from directory.reading import Notice
from directory.web.places import PlaceRead, commune_label, read_commune
from directory.web.rendering import page_or_block
from directory.web.told import profile_of, refused, settled
from directory.wiring import Jalon
from indexer.reference.vocabulary import CATEGORIES, PUBLICS
from matching.diagnostic.mapping import Entry
from matching.diagnostic.mapping import Mapping as Method
from matching.errors import InvalidProfile
from matching.match import match
from matching.profile import Profile

blueprint = Blueprint("interview", __name__)

SHOWN: Final = 20
EXCLUDED_SHOWN: Final = 30
MODES: Final = {
    "voiture": "Voiture",
    "transports-en-commun": "Bus, car, train",
    "marche": "À pied",
    "velo": "Vélo",
    "deux-roues": "Scooter, moto",
    "covoiturage": "Covoiturage",
}
HOURS: Final = {"soir": "Le soir", "nuit": "La nuit", "week-end": "Le week-end"}
IMPACTS: Final = {"faible": "un peu", "moyen": "assez", "fort": "beaucoup"}
MINUTES: Final = (15, 30, 45, 60, 90)
#: What each of the eight constraints is about, as one says it across a table.
HINTS: Final = {
    "numerique": "internet, ordinateur, démarches en ligne",
    "mobilite": "se déplacer, permis, véhicule",
    "famille": "garde d’enfants, proche à aider, couple",
    "sante": "se soigner, moral, fatigue",
    "lecture-ecriture-calcul": "lire, écrire, compter, parler français",
    "logement-hebergement": "un toit, le loyer, une expulsion",
    "difficultes-financieres": "budget, dettes, manger",
    "difficultes-administratives-ou-juridiques": "papiers, droits, titre de séjour",
}
#: Field of a profile → box of the page, for faults and for questions worth asking.
BOXES: Final = {
    "code_insee": "lieu", "available_from": "disponible", "travel.max_minutes": "minutes",
    "travel.modes": "mode-voiture", "remote_ok": "a_distance", "publics": "publics",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brake:
    """One of the eight constraints, as the page asks it, and its situations."""

    code: str
    label: str
    hint: str
    situations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A match, the sheets of all the options it names, and what it lacks if it does."""

    matches: Mapping[str, Any]
    documents: Mapping[str, Any]
    notice: Notice | None


@blueprint.get("/entretien")
def ask() -> ResponseReturnValue:
    """The questions, nothing ticked."""
    return _render(_house(), MultiDict(), PlaceRead())


@blueprint.post("/entretien")
def answer() -> ResponseReturnValue:
    """The options for what is ticked: the block to htmx, the whole page without JavaScript.

    A result and not a redirection: the answers would have to stand in the address or be kept."""
    jalon = _house()
    form = settled(request.form)
    place = read_commune(form.get("lieu", ""), jalon.communes)
    try:
        told = profile_of(form, place, jalon.occupations)
        answered = _match(Profile.from_json(told, jalon.communes), form, jalon) if told else None
    except InvalidProfile as error:
        return _render(jalon, form, place, faults=error.faults, status=422)
    return _render(jalon, form, place, answered=answered)


def ask_again(sentence: str) -> ResponseReturnValue:
    """The questions with all that was ticked, and what stopped them from being answered."""
    jalon = _house()
    place = read_commune(request.form.get("lieu", ""), jalon.communes)
    return _render(jalon, settled(request.form), place, faults=[("", sentence)], status=400)


def _match(profile: Profile, form: MultiDict[str, str], jalon: Jalon) -> Answered:
    reading = jalon.reading()
    body = match(profile, jalon.matcher_of(reading), today=jalon.today(), limit=SHOWN).to_json()
    away = refused(form)
    body["excluded"] = [one for one in body["excluded"] if one["id"] not in away]
    named = [one["id"] for one in (*body["results"], *body["excluded"][:EXCLUDED_SHOWN])]
    named += [step["option_id"] for step in body["plan"]]
    return Answered(body, reading.get([*named, *away]), reading.notice(matched=True))


def _render(
    jalon: Jalon,
    form: MultiDict[str, str],
    place: PlaceRead,
    *,
    status: int = 200,
    faults: Any = (),
    answered: Answered | None = None,
) -> ResponseReturnValue:
    return page_or_block(
        "interview.html", "options", "parts/interview_updates.html", status,
        form=form,
        place=commune_label(place.commune) if place.commune else form.get("lieu", ""),
        others=place.others,
        brakes=brakes(jalon.matcher.mapping),
        needs=wishes(jalon.matcher.mapping),
        modes=MODES, hours=HOURS, impacts=IMPACTS, minutes=MINUTES, boxes=BOXES,
        publics=[one for one in PUBLICS if one.code != "tous-publics"],
        faults={BOXES.get(name, name): sentence for name, sentence in faults},
        matches=answered.matches if answered else None,
        documents=answered.documents if answered else {},
        notice=answered.notice if answered else None,
        refused=refused(form),
        shown=SHOWN,
        excluded_shown=EXCLUDED_SHOWN,
        today=jalon.today(),
    )  # fmt: skip


def brakes(method: Method) -> tuple[Brake, ...]:
    """The eight constraints and the situations that say a need, in the order of the method."""
    return tuple(
        Brake(one.under, CATEGORIES.label(one.under), HINTS.get(one.under, ""), _situations(method, one))
        for one in method.constraints
    )


def _situations(method: Method, constraint: Entry) -> tuple[str, ...]:
    return tuple(
        one.label for one in method.situations if one.under == constraint.under and one.polarity == "need"
    )


def wishes(method: Method) -> tuple[tuple[str, str], ...]:
    """The needs of the method: (what the profile takes, label)."""
    return tuple((one.codes[0], one.short or one.label) for one in method.needs)


def _house() -> Jalon:
    jalon: Jalon = current_app.extensions["jalon"]
    return jalon
