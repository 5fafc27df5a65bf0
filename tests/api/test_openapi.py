"""The whole API against its own description: whatever is sent, the answer is one it describes."""

from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from directory.api.match_schemas import EXAMPLE
from directory.api.paths import PATH_EXAMPLE

load_all_checks()

ROOMS = ("structures", "services", "immersions", "trainings")
TAKING = [
    "GET /api/v1/search",
    "GET /api/v1/suggest",
    "POST /api/v1/match",
    "POST /api/v1/plan",
    *(f"GET /api/v1/{room}" for room in ROOMS),
]
#: Any text is an id, and these have no other parameter: nothing can be sent wrong.
ANYTHING = [*(f"GET /api/v1/{room}/{{row_id}}" for room in ROOMS), "GET /health/live", "GET /health/ready"]
OPERATIONS = [*TAKING, *ANYTHING]
REAL: list[tuple[str, dict[str, Any]]] = [
    ("GET /api/v1/search", {"query": {"q": "permis", "code_insee": "26362", "radius_km": 50}}),
    ("GET /api/v1/search", {"query": {"q": "permis", "frais": ["payant"]}}),
    ("GET /api/v1/suggest", {"query": {"q": "vale"}}),
    ("POST /api/v1/match", {"body": EXAMPLE, "media_type": "application/json"}),
    ("POST /api/v1/plan", {"body": PATH_EXAMPLE, "media_type": "application/json"}),
    *((f"GET /api/v1/{room}", {"query": {"size": 2}}) for room in ROOMS),
    ("GET /api/v1/services/{row_id}", {"path_parameters": {"row_id": "dora--1"}}),
    ("GET /api/v1/immersions/{row_id}", {"path_parameters": {"row_id": "dora--i1"}}),
]
CHECKS: list[Any] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
BOUNDED = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,  # the same requests on every machine; a found one becomes a test of its own
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def schema(client: FlaskClient) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=client.application)


def test_every_operation_is_tried(schema: Any) -> None:
    described = {f"{one.ok().method.upper()} {one.ok().path}" for one in schema.get_all_operations()}
    assert described == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_sent_right_is_answered_as_described(schema: Any, operation: str) -> None:
    _try(schema, operation, schemathesis.GenerationMode.POSITIVE, CHECKS)


@pytest.mark.parametrize("operation", TAKING)
def test_what_is_sent_wrong_is_refused_as_described(schema: Any, operation: str) -> None:
    _try(schema, operation, schemathesis.GenerationMode.NEGATIVE, [*CHECKS, negative_data_rejection])


@pytest.mark.parametrize(
    ("operation", "sent"), REAL, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_readers_ask_is_answered_as_described(schema: Any, operation: str, sent: dict[str, Any]) -> None:
    method, _, path = operation.partition(" ")
    answer = schema[path][method].Case(**sent).call_and_validate(checks=CHECKS)
    assert answer.status_code == 200


def _try(schema: Any, operation: str, mode: schemathesis.GenerationMode, checks: list[Any]) -> None:
    method, _, path = operation.partition(" ")
    cases = schema[path][method].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(case=cases)
    def tried(case: Any) -> None:
        case.call_and_validate(checks=checks)

    tried()
