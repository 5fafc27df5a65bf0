"""Which HTTP status each error gets, in one table, and the sentence that goes with it.

The API answers problems (RFC 9457, `application/problem+json`), the pages an error page; both read this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from marshmallow import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from directory.accounts.errors import (
    AddressTaken,
    InvalidAccount,
    LinkSpent,
    NotAllowed,
    ProviderRefused,
    TooManyAttempts,
    UnknownAccount,
    WeakPassword,
    WrongCredentials,
)
from directory.database import DatabaseUnavailable
from directory.inventory.errors import DatabaseOutdated, IdTaken, InvalidEdit, NotFound, StaleVersion
from directory.wish import InvalidSearch
from indexer.engine import EngineError
from indexer.reference.errors import UnknownCode
from matching.errors import InvalidProfile

#: Seconds after which it is worth asking again when a server behind us is away.
RETRY_AFTER: Final = 5

STATUS: Final[dict[type[Exception], HTTPStatus]] = {
    UnknownCode: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidEdit: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    UnknownAccount: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    WrongCredentials: HTTPStatus.UNAUTHORIZED,
    TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    LinkSpent: HTTPStatus.GONE,
    WeakPassword: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidAccount: HTTPStatus.UNPROCESSABLE_ENTITY,
    AddressTaken: HTTPStatus.CONFLICT,
    ProviderRefused: HTTPStatus.UNAUTHORIZED,
    StaleVersion: HTTPStatus.CONFLICT,
    IdTaken: HTTPStatus.CONFLICT,
    DatabaseOutdated: HTTPStatus.SERVICE_UNAVAILABLE,
    EngineError: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    OperationalError: HTTPStatus.SERVICE_UNAVAILABLE,
}

SENTENCES: Final[dict[int, str]] = {
    400: "La demande est mal formée.",
    401: "Il faut se connecter.",
    403: "Cet accès n'est pas permis.",
    404: "Cette adresse ne mène à rien, ou plus.",
    405: "Cette adresse ne se demande pas de cette façon.",
    406: "Ce format de réponse n'est pas proposé.",
    409: "La fiche a changé entre-temps : rechargez-la.",
    410: "Cette fiche a été retirée de l'annuaire.",
    413: "L'envoi est trop gros.",
    415: "Ce format d'envoi n'est pas accepté : envoyez du JSON.",
    422: "Certaines valeurs ne conviennent pas.",
    429: "Trop de demandes : patientez un instant.",
    500: "Une erreur inattendue est survenue ; elle a été notée.",
    503: "Le service ne répond pas pour le moment : réessayez dans un instant.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, for a reader: status, sentence, and the fields at fault with theirs."""

    status: int
    detail: str
    faults: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, object]:
        """RFC 9457 members, plus `errors`: [{field, reason}]."""
        body: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.faults:
            body["errors"] = [{"field": field, "reason": reason} for field, reason in self.faults]
        return body


def problem_of(error: Exception) -> Problem:
    """The problem an error is, 500 when it is none of ours."""
    if isinstance(error, HTTPException):
        return _http_problem(error)
    if isinstance(error, InvalidSearch | InvalidProfile):
        detail = " ".join(dict.fromkeys(sentence for _, sentence in error.faults))
        return Problem(status=422, detail=detail, faults=error.faults)
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            # What a server behind us says is for the log: it names machines and quotes statements.
            said = SENTENCES[status] if status == HTTPStatus.SERVICE_UNAVAILABLE else str(error)
            return Problem(status=status, detail=said)
    return Problem(status=500, detail=SENTENCES[500])


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    faults = tuple(_faults(error))
    detail = " ".join(dict.fromkeys(reason for _, reason in faults)) or _sentence(error, status)
    return Problem(status=status, detail=detail, faults=faults)


def _sentence(error: HTTPException, status: int) -> str:
    """Ours, unless whoever raised it said more than werkzeug's own words."""
    if error.description and error.description != type(error).description:
        return error.description
    return SENTENCES.get(status, SENTENCES[400])


def _faults(error: HTTPException) -> list[tuple[str, str]]:
    """The fields at fault that webargs and marshmallow attach to a 422, flattened."""
    messages: object = getattr(error, "data", {}).get("messages", {})
    if isinstance(getattr(error, "exc", None), ValidationError) and not messages:
        messages = error.exc.messages  # type: ignore[attr-defined]
    if isinstance(messages, dict):
        messages = {key: value for place in messages.values() for key, value in _pairs(place)}
    return list(_flat("", messages))


def _pairs(place: object) -> list[tuple[str, object]]:
    return list(place.items()) if isinstance(place, dict) else [("", place)]


def _flat(path: str, messages: object) -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        return [pair for key, value in messages.items() for pair in _flat(f"{path}.{key}".strip("._"), value)]
    sentences = messages if isinstance(messages, list) else [messages]
    return [(path, str(sentence)) for sentence in sentences]
