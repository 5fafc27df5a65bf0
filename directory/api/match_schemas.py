"""A profile and a match, as OpenAPI tells them. `matching.profile` reads the one, `matching.matches` writes
the other."""

from typing import Any, Final

from marshmallow import RAISE, Schema
from marshmallow.fields import Boolean, Date, Dict, Float, Integer, List, Nested, Raw, String
from marshmallow.validate import Length, OneOf, Range

from directory.api.documented import Answer, told
from indexer.document import KINDS
from indexer.reference.vocabulary import PUBLICS, THEMES
from matching.facts import FACTS
from matching.profile import CONFIDENCES, HOURS, IMPACTS, VALUES
from matching.travel import MODES

#: Shown in the docs; tested to be taken.
EXAMPLE: Final[dict[str, Any]] = {
    "code_insee": "26362",
    "travel": {"modes": ["transports-en-commun"], "max_minutes": 45},
    "remote_ok": True,
    "age": 24,
    "publics": ["demandeurs-emploi", "jeunes"],
    "constraints": [{"code": "mobilite", "impact": "fort", "priority": True}],
    "needs": ["lecture-ecriture-calcul--maitriser-le-francais"],
    "strengths": ["numerique"],
    "projects": [{"rome": "K1302", "priority": True}],
    "available_from": "2026-12-01",
    "excluded_hours": ["soir", "nuit"],
    "facts": {"inscrit-france-travail": True, "rsa": False},
    "level": 3,
    "own_priorities": {"mobilite": 5},
}


class Body(Schema):
    """Base of what is sent: a key that does not exist is refused."""

    class Meta:
        """Shown as `additionalProperties: false`."""

        unknown = RAISE


class Travel(Body):
    """Les façons de se déplacer et les minutes acceptées."""

    modes = List(String(validate=OneOf(MODES)))
    max_minutes = Integer(allow_none=True, validate=Range(1, 600))


class Constraint(Body):
    """Une contrainte du diagnostic."""

    code = String(
        required=True,
        validate=Length(1),
        metadata=told("Catégorie (`mobilite`…), ou code France Travail de 22 à 29."),
    )
    value = String(validate=OneOf(VALUES), metadata=told("`oui` sinon."))
    impact = String(validate=OneOf(IMPACTS))
    priority = Boolean()
    situations = List(
        String(validate=Length(1)), metadata=told("Répondues oui : codes ou libellés France Travail.")
    )
    objectives = List(
        String(validate=Length(1)), metadata=told("En cours : codes ou libellés France Travail.")
    )
    situations_denied = List(String(validate=Length(1)), metadata=told("Répondues non."))
    objectives_done = List(String(validate=Length(1)), metadata=told("Réalisés."))
    objectives_dropped = List(String(validate=Length(1)), metadata=told("Abandonnés."))


class Criterion(Body):
    """Un critère d'orientation et sa valeur."""

    code = String(required=True, validate=Length(1), metadata=told("`contrainte_sante`…"))
    value = String(required=True, validate=Length(1), metadata=told("`IMPACT_FORT_RECHERCHE_EMPLOI`…"))


class Project(Body):
    """Un métier visé."""

    rome = String(required=True, validate=Length(1))
    priority = Boolean()


class Refusal(Body):
    """Ce que la personne a refusé : une option, un type de réponse (`theme`) ou un genre d'offre (`kind`)."""

    option_id = String(validate=Length(1))
    theme = String(validate=OneOf(THEMES.codes))
    kind = String(validate=OneOf(KINDS))
    reason = String()
    until = Date(metadata=told("Dernier jour où le refus vaut ; sans fin sinon."))


#: Each fact a condition of access may ask.
Facts = Body.from_dict(
    {name: Boolean(allow_none=True, metadata=told(fact.label)) for name, fact in FACTS.items()}, name="Facts"
)


class ProfileBody(Body):
    """D'où part un appariement : un lieu (`code_insee`, ou `lat` et `lon`) et au moins une contrainte, un
    besoin, un métier ou un critère. Ce qui n'est pas dit est inconnu, et n'est jamais pris pour un non."""

    code_insee = String()
    lat = Float(validate=Range(-90, 90))
    lon = Float(validate=Range(-180, 180))
    travel = Nested(Travel)
    remote_ok = Boolean()
    age = Integer(validate=Range(0, 120))
    publics = List(String(validate=OneOf(PUBLICS.codes)))
    constraints = List(Nested(Constraint))
    needs = List(String(validate=Length(1)), metadata=told("Thématiques, ou `1` à `21`."))
    strengths = List(String(validate=Length(1)), metadata=told("Thématiques ou catégories."))
    projects = List(Nested(Project))
    available_from = Date()
    excluded_hours = List(String(validate=OneOf(HOURS)))
    refusals = List(Nested(Refusal))
    facts = Nested(Facts, metadata=told("Vrai ou faux ; ce qui n'est pas dit reste inconnu."))
    level = Integer(validate=Range(1, 8), metadata=told("Niveau de formation : 3 CAP, 4 bac…"))
    authorised_prescriber = Boolean(
        metadata=told("Un prescripteur habilité a vérifié l'éligibilité à l'insertion par l'activité.")
    )
    criteria = List(Nested(Criterion))
    cnaf = List(String(validate=Length(1)), metadata=told("Codes CNAF de difficultés déclarées."))
    confidence = String(validate=OneOf(CONFIDENCES))
    own_priorities = Dict(
        keys=String(),
        values=Integer(validate=Range(1, 5)),
        metadata=told("De 1 à 5, par catégorie, thématique ou métier : ce qui compte pour la personne."),
    )
    unrecognised = List(
        String(validate=Length(1)), metadata=told("Lu dans un autre outil et non reconnu : répété tel quel.")
    )
    imported = Raw(metadata=told("D'où vient le profil : laissé de côté."))


class Signal(Schema):
    """Une règle : ce qu'elle a donné, sur combien, et pourquoi."""

    name = String(required=True)
    score = Float(required=True)
    ceiling = Float(required=True)
    reason = String(required=True)


class Result(Schema):
    """Une option retenue, et ses raisons."""

    rank = Integer(required=True)
    id = String(required=True)
    kind = String(required=True, validate=OneOf(KINDS))
    nom = String(required=True)
    structure_nom = String(required=True)
    commune = String(allow_none=True, required=True)
    score = Float(required=True)
    need = String(allow_none=True, required=True)
    distance_km = Float(allow_none=True, required=True)
    travel_minutes = Integer(allow_none=True, required=True)
    travel_estimated = Boolean(allow_none=True, required=True)
    travel_mode = String(allow_none=True, required=True)
    remote = Boolean(required=True)
    eligibility = String(
        required=True,
        validate=OneOf(("met", "check")),
        metadata=told("`check` : des conditions restent à vérifier."),
    )
    signals = List(Nested(Signal), required=True)
    also = List(
        String(),
        required=True,
        metadata=told("La même offre dite par d’autres sources : identifiants."),
    )
    reasons = List(String(), required=True)
    to_check = List(String(), required=True)


class LeftOut(Schema):
    """Une option écartée, et pourquoi."""

    id = String(required=True)
    nom = String(required=True)
    kind = String(required=True)
    reasons = List(String(), required=True)


class NeedCovered(Schema):
    """Combien d'options répondent à un besoin."""

    need = String(required=True)
    label = String(required=True)
    weight = Float(required=True)
    options = Integer(required=True)


class Question(Schema):
    """Ce qu'il serait utile de demander."""

    field = String(required=True)
    reason = String(required=True)
    effect = Integer(required=True, metadata=told("Places des dix premières que la réponse changerait."))


class Loosened(Schema):
    """Une limite qui pourrait bouger, et ce qu'elle donnerait de plus."""

    change = Dict(keys=String(), values=Raw(), required=True)
    gain = Integer(required=True)


class PlanStep(Schema):
    """Une étape d'un enchaînement possible."""

    step = Integer(required=True)
    option_id = String(required=True)
    slot_id = String(metadata=told("Le créneau d'une immersion."))
    session_id = String(metadata=told("La session d'une formation."))
    starts = Date(required=True)
    ends = Date(required=True)
    wait_days = Integer(required=True)
    nom = String(required=True)
    kind = String(required=True)
    need = String(required=True, metadata=told("Le besoin auquel l'étape répond."))
    note = String(required=True, metadata=told("Ce qui est supposé d'une visite à un service."))


class PlanBlock(Schema):
    """Ce qui empêche une étape, ou la fait attendre."""

    option_id = String(required=True, allow_none=True)
    need = String(required=True)
    reason = String(required=True)


class Emergency(Schema):
    """Un numéro à appeler d'abord."""

    number = String(required=True)
    name = String(required=True)
    when = String(required=True)


class MatchAnswer(Answer):
    """Des options classées et expliquées. Même envoi le même jour, même ordre."""

    results = List(Nested(Result), required=True)
    excluded = List(Nested(LeftOut), required=True)
    unrecognised = List(String(), required=True)
    coverage = List(Nested(NeedCovered), required=True)
    questions = List(Nested(Question), required=True)
    relaxations = List(Nested(Loosened), required=True)
    plan = List(Nested(PlanStep), required=True)
    plan_blocks = List(Nested(PlanBlock), required=True)
    emergencies = List(Nested(Emergency), required=True)
    weights_version = String(required=True)
    mapping_version = String(required=True)
    today = Date(required=True)
