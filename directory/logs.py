"""Structured logs on stderr. What is logged names options, routes and durations; never a person.

A processor drops the fields that could carry one, whoever logs them: a second lock on the door.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

from directory.config import Settings

#: Fields that may hold what a person said or where they live: never written.
PERSONAL: Final = frozenset(
    {
        "profile", "body", "form", "args", "query_string", "address", "adresse", "lat", "lon", "q",
        "code_insee", "needs", "constraints", "contact_nom_prenom", "courriel", "telephone",
    }
)  # fmt: skip


def configure_logs(settings: Settings) -> None:
    """Set structlog and the standard library's loggers to one format, once a process."""
    level = getattr(logging, settings.log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_persons,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=max(level, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(message)s"
    )


def without_persons(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop the fields that could tell who somebody is or what they asked."""
    for name in PERSONAL & event.keys():
        del event[name]
    return event
