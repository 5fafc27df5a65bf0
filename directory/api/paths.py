"""`POST /plan`: an order and dates for options chosen, or again after a step slipped."""

from typing import Any, Final

from flask import Response
from marshmallow import Schema
from marshmallow.fields import Date, Integer, List, Nested, Raw, String
from marshmallow.validate import Length, Range

from directory.api.blueprint import PREFIX, ApiBlueprint, refusals
from directory.api.documented import told
from directory.api.find import house, read_body
from directory.api.match_schemas import EXAMPLE, Body, PlanBlock, PlanStep, ProfileBody
from directory.api.rendering import json_answer, not_kept
from directory.api.schemas import NothingArguments
from matching.matches import plan_json
from matching.paths import MOST_STEPS, PathAsked, path

blueprint = ApiBlueprint(
    "Enchaîner", __name__, url_prefix=PREFIX, description="Ordonner et dater des étapes."
)

#: Shown in the docs; tested to be taken.
PATH_EXAMPLE: Final[dict[str, Any]] = {"profile": EXAMPLE, "chosen": ["dora--i1"]}


class StepBody(Body):
    """Une étape, telle que donnée."""

    step = Integer(required=True, validate=Range(1, MOST_STEPS))
    option_id = String(required=True, validate=Length(1, 1_000))
    slot_id = String(allow_none=True, validate=Length(1, 1_000))
    session_id = String(allow_none=True, validate=Length(1, 1_000))
    starts = Date(required=True)
    ends = Date(required=True)
    wait_days = Raw()
    nom = Raw()
    kind = Raw()
    need = Raw()
    note = Raw()


class SlipBody(Body):
    """Ce qu'il est advenu d'une étape."""

    step = Integer(required=True, validate=Range(1, MOST_STEPS))
    ends = Date(allow_none=True, metadata=told("Sa nouvelle fin ; absente : elle n'a pas eu lieu."))


class PathBody(Body):
    """Un profil et, au choix, des options choisies, ou un enchaînement et l'étape qui a glissé."""

    profile = Nested(ProfileBody, required=True)
    chosen = List(
        String(validate=Length(1, 1_000)),
        validate=Length(max=MOST_STEPS),
        metadata=told("Identifiants d'options à placer toutes."),
    )
    plan = List(
        Nested(StepBody),
        validate=Length(max=MOST_STEPS),
        metadata=told("L'enchaînement d'avant, tel que donné."),
    )
    slip = Nested(SlipBody)


class PathAnswer(Schema):
    """Un enchaînement."""

    plan = List(Nested(PlanStep), required=True)
    plan_blocks = List(Nested(PlanBlock), required=True)
    missing = List(String(), required=True, metadata=told("Options qui ne sont plus dans l'annuaire."))
    today = Date(required=True)


@blueprint.post("/plan")
@blueprint.arguments(NothingArguments(), location="query")
@blueprint.response(200, PathAnswer, description="Des étapes dans l'ordre, et ce qui en empêche d'autres.")
@blueprint.doc(
    requestBody={
        "required": True,
        "content": {"application/json": {"schema": PathBody, "example": PATH_EXAMPLE}},
    }
)
@refusals(blueprint, 400, 413, 415)
def plan(_args: dict[str, Any]) -> Response:
    """Ordonne et date des étapes, avec le moins d'attente.

    Les freins d'abord, puis une immersion, puis une formation. Rien du profil n'est gardé.
    """
    jalon = house()
    asked = PathAsked.from_json(read_body(), jalon.communes)
    found, missing = path(asked, jalon.matcher, today=jalon.today())
    answer = {**plan_json(found), "missing": list(missing), "today": jalon.today().isoformat()}
    return not_kept(json_answer(answer))
