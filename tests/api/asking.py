"""Asking the API, briefly."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PREFIX = "/api/v1"


def ask(client: FlaskClient, path: str, **query: Any) -> Any:
    """The JSON of `GET /api/v1/path`, once it is had."""
    answer = client.get(f"{PREFIX}{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def problem(answer: TestResponse, status: int) -> Any:
    """The RFC 9457 problem of an answer, once it is one."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    body: Any = answer.json
    assert body["status"] == status
    assert body["detail"]
    return body


def faults(client: FlaskClient, path: str, **query: Any) -> dict[str, str]:
    """Parameter → sentence, of a request that must be refused."""
    body = problem(client.get(f"{PREFIX}{path}", query_string=query), 422)
    return {one["field"]: one["reason"] for one in body["errors"]}


def ids(answer: Any) -> list[str]:
    """The ids of a list, in its order."""
    return [one["id"] for one in answer["items"]]


def stable(value: object) -> str:
    """A name for a test's parameter that is the same in every process, sets included."""
    return str(sorted(value)) if isinstance(value, set) else str(value)
