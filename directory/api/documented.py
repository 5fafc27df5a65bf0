"""Schemas that only document bodies in OpenAPI: what reads and writes them is `matching` and orjson."""

from marshmallow import Schema
from marshmallow.fields import Boolean, Date, Dict, Float, Integer, List, Nested, String


class ProblemFault(Schema):
    """One field at fault."""

    field = String()
    reason = String()


class Problem(Schema):
    """RFC 9457 problem."""

    type = String()
    title = String()
    status = Integer()
    detail = String(metadata={"description": "Phrase en français."})
    errors = List(Nested(ProblemFault))


class Item(Schema):
    """One option of a list."""

    id = String(required=True)
    kind = String(required=True)
    nom = String(required=True)
    score = Float(required=True)
    distance_km = Float(allow_none=True, required=True)
    on_site = Boolean()
    remote = Boolean()
    source = String()
    structure_id = String(allow_none=True)
    structure_nom = String()
    commune = String(allow_none=True)
    code_insee = String(allow_none=True)
    latitude = Float(allow_none=True)
    longitude = Float(allow_none=True)
    thematiques = List(String())
    publics = List(String())
    type = String(allow_none=True)
    frais = String(allow_none=True)
    modes_accueil = List(String())
    rome = List(String())
    date_maj = Date()
    next_start = Date(allow_none=True)


class SearchAnswer(Schema):
    """A page of results."""

    items = List(Nested(Item), required=True)
    total = Integer(required=True)
    on_site = Integer(metadata={"description": "Résultats sur place, à portée."})
    remote = Integer(metadata={"description": "Résultats à distance."})
    page = Integer(required=True)
    size = Integer(required=True)
    facets = Dict(keys=String(), values=Dict(keys=String(), values=Integer()))
    relaxations = Dict(
        keys=String(),
        values=Integer(),
        metadata={"description": "Liste vide : ce que rend chaque filtre retiré."},
    )


class SuggestionItem(Schema):
    """One suggestion."""

    label = String(required=True)
    code = String(required=True)
    type = String(required=True)


class SuggestAnswer(Schema):
    """Suggestions, best first."""

    items = List(Nested(SuggestionItem), required=True)


class Travel(Schema):
    """Ways of travelling and minutes accepted."""

    modes = List(String())
    max_minutes = Integer(allow_none=True)


class Constraint(Schema):
    """A constraint of the diagnostic."""

    code = String(required=True)
    value = String()
    impact = String()
    priority = Boolean()
    situations = List(String())
    objectives = List(String())


class Project(Schema):
    """An occupation aimed at."""

    rome = String(required=True)
    priority = Boolean()


class Refusal(Schema):
    """An option the person said no to."""

    option_id = String(required=True)
    reason = String()


class Profile(Schema):
    """What a match starts from: a place, and at least one constraint, need or project."""

    code_insee = String()
    lat = Float()
    lon = Float()
    travel = Nested(Travel)
    remote_ok = Boolean()
    age = Integer()
    publics = List(String())
    constraints = List(Nested(Constraint))
    needs = List(String())
    strengths = List(String())
    projects = List(Nested(Project))
    available_from = Date()
    excluded_hours = List(String())
    refusals = List(Nested(Refusal))


class MatchAnswer(Schema):
    """Ranked and explained options."""

    results = List(Dict(), required=True)
    excluded = List(Dict(), required=True)
    unrecognised = List(String(), required=True)
    coverage = List(Dict(), required=True)
    questions = List(Dict(), required=True)
    relaxations = List(Dict(), required=True)
    plan = List(Dict(), required=True)
    weights_version = String(required=True)
    mapping_version = String(required=True)
    today = Date(required=True)


class Rows(Schema):
    """A page of the inventory. `next` is the cursor of the following page, null on the last."""

    items = List(Dict(), required=True)
    next = String(allow_none=True, required=True)


class Health(Schema):
    """How it goes."""

    status = String(required=True)
    checks = Dict(keys=String(), values=String())
