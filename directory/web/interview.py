"""`/entretien`: tick what comes up in the conversation, see the options change. POST only for what is told:
nothing about a person stands in an address, nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from directory.web.places import commune_label, find_commune
from directory.web.rendering import page_or_block
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
    "deux-roues": "Scooter ou moto",
    "velo": "Vélo",
    "transports-en-commun": "Bus, car, train",
    "covoiturage": "Covoiturage",
    "marche": "À pied",
}
HOURS: Final = {"soir": "Le soir", "nuit": "La nuit", "week-end": "Le week-end"}
IMPACTS: Final = {"fort": "Bloque beaucoup", "moyen": "Gêne", "faible": "Gêne un peu"}
MINUTES: Final = (15, 30, 45, 60, 90)


@dataclass(frozen=True, slots=True)
class Brake:
    """One of the eight constraints, as the page asks it, and its situations."""

    code: str
    label: str
    situations: tuple[str, ...]


@blueprint.get("/entretien")
def ask() -> ResponseReturnValue:
    """The questions, nothing ticked."""
    return _render(_house(), MultiDict())


@blueprint.post("/entretien")
def answer() -> ResponseReturnValue:
    """The options for what is ticked: the block to htmx, the whole page without JavaScript.

    A result and not a redirection: the answers would have to stand in the address or be kept."""
    jalon = _house()
    try:
        told = profile_of(request.form, jalon)
        profile = Profile.from_json(told, jalon.communes) if told else None
    except InvalidProfile as error:
        return _render(jalon, request.form, faults=error.faults, status=422)
    if profile is None:
        return _render(jalon, request.form)
    body = match(profile, jalon.matcher, today=jalon.today(), limit=SHOWN).to_json()
    shown = [one["id"] for one in (*body["results"], *body["excluded"][:EXCLUDED_SHOWN])]
    return _render(jalon, request.form, matches=body, documents=jalon.engine.get(shown))


def profile_of(form: MultiDict[str, str], jalon: Jalon) -> dict[str, Any] | None:
    """What is ticked as a profile of `interfaces.md`; None while there is not enough to answer.
    Raises InvalidProfile for a place that cannot be found."""
    needs = [need for need in form.getlist("besoin") if need]
    constraints = _constraints(form)
    projects = _projects(form, jalon)
    if not form.get("lieu", "").strip() or not (needs or constraints or projects):
        return None
    commune = find_commune(form["lieu"], jalon.communes)
    if commune is None:
        raise InvalidProfile([("lieu", f"Commune inconnue : « {form['lieu'][:60]} ».")])
    optional: dict[str, Any] = {
        "travel": _travel(form),
        "remote_ok": {"oui": True, "non": False}.get(form.get("a_distance", "")),
        "age": int(form["age"]) if form.get("age", "").isdecimal() else None,
        "publics": form.getlist("public"),
        "constraints": constraints,
        "needs": needs,
        "projects": projects,
        "available_from": form.get("disponible") or None,
        "excluded_hours": form.getlist("horaire_exclu"),
        "refusals": _refusals(form),
    }
    return {
        "code_insee": commune.code,
        **{key: value for key, value in optional.items() if value not in (None, [], {})},
    }


def _constraints(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """A constraint counts when it is ticked, or one of its situations is."""
    told = []
    for code in dict.fromkeys([*form.getlist("contrainte"), *_with_situations(form)]):
        impact = form.get(f"impact_{code}")
        told.append(
            {
                "code": code,
                "priority": code in form.getlist("priorite"),
                "situations": form.getlist(f"situation_{code}"),
                **({"impact": impact} if impact else {}),
            }
        )
    return told


def _with_situations(form: MultiDict[str, str]) -> list[str]:
    return [name.removeprefix("situation_") for name in form if name.startswith("situation_")]


def _projects(form: MultiDict[str, str], jalon: Jalon) -> list[dict[str, Any]]:
    typed = form.get("metier", "").strip()[:100]
    if not typed:
        return []
    coded = typed[-6:-1] if typed.endswith(")") else ""
    found = jalon.occupations.suggest(typed, limit=1)
    code = coded or (found[0].code if found else "")
    if not code:
        raise InvalidProfile([("metier", f"Métier inconnu : « {typed[:60]} ». Essayez un mot plus courant.")])
    return [{"rome": code, "priority": True}]


def _refusals(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    refused = [] if form.get("remettre") else list(dict.fromkeys(form.getlist("refus")))
    return [{"option_id": one, "reason": "ne convient pas"} for one in refused]


def _travel(form: MultiDict[str, str]) -> dict[str, Any]:
    minutes = form.get("minutes", "")
    travel: dict[str, Any] = {"modes": form.getlist("mode")} if form.getlist("mode") else {}
    return {**travel, "max_minutes": int(minutes)} if minutes.isdecimal() else travel


def _render(
    jalon: Jalon,
    form: MultiDict[str, str],
    *,
    status: int = 200,
    faults: Any = (),
    matches: Mapping[str, Any] | None = None,
    documents: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    place = form.get("lieu", "")
    return page_or_block(
        "interview.html",
        "options",
        status,
        form=form,
        place=_settled(place, jalon),
        brakes=brakes(jalon.matcher.mapping),
        needs=wishes(jalon.matcher.mapping),
        modes=MODES,
        hours=HOURS,
        impacts=IMPACTS,
        minutes=MINUTES,
        publics=[one for one in PUBLICS if one.code != "tous-publics"],
        faults=faults,
        matches=matches,
        documents=documents or {},
        excluded_shown=EXCLUDED_SHOWN,
        today=jalon.today(),
    )


def _settled(place: str, jalon: Jalon) -> str:
    commune = find_commune(place, jalon.communes) if place else None
    return commune_label(commune) if commune else place


def brakes(method: Method) -> tuple[Brake, ...]:
    """The eight constraints and the situations that say a need, in the order of the method."""
    return tuple(
        Brake(one.under, CATEGORIES.label(one.under), _situations(method, one)) for one in method.constraints
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
