"""Structured logs on stderr. What is logged names options, routes and durations; never a person.

Processors drop what could carry one, whoever logs it: fields by name, the messages of errors, the values in
the lines of libraries. A second lock on the door.
"""

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
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
        processors=[*shared, without_values, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(one, Told) for one in root.handlers):
        root.addHandler(Told())
    root.setLevel(max(level, logging.WARNING))


def without_persons(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop the fields that could tell who somebody is or what they asked, however deep they lie."""
    for name in PERSONAL & event.keys():
        del event[name]
    for name, value in event.items():
        if isinstance(value, Mapping):
            event[name] = without_persons(_logger, _method, dict(value))
    return event


def without_values(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A trace as files, lines and kinds of error: the messages may quote what a person sent."""
    error = _error_of(event.pop("exc_info", None))
    if error is not None:
        event["error"] = " < ".join(type(one).__name__ for one in _chain(error))
        frames = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    return event


def _error_of(given: object) -> BaseException | None:
    """What `exc_info` may hold: an error, the triple of `sys.exc_info`, or yes."""
    if given is True:
        given = sys.exc_info()
    if isinstance(given, tuple):
        given = given[1]
    return given if isinstance(given, BaseException) else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, at most five."""
    one: BaseException | None = error
    for _ in range(5):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


class WithoutValues(logging.Formatter):
    """The same for the standard library's loggers: which one, how serious, what kind of error. Libraries put
    addresses and bodies in their messages."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, its values left out: the text of the program alone."""
        said = str(record.msg) if record.args else f"({record.module}:{record.lineno})"
        error = record.exc_info[0] if record.exc_info else None
        return f"{record.levelname} {record.name} {said}{f' {error.__name__}' if error else ''}"


class Told(logging.Handler):
    """Lines of the standard library's loggers, on what is stderr now."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(WithoutValues())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        sys.stderr.write(self.format(record) + "\n")


class WithoutAddresses(logging.Filter):
    """For the server's own log: a request it could not serve is told without its address or its text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, not what was asked."""
        for said in ("Error handling request", "Invalid request"):
            if str(record.msg).startswith(said):
                kind = record.exc_info[0] if record.exc_info else None
                record.msg, record.args = f"{said}{f': {kind.__name__}' if kind else ''}", ()
                record.exc_info = record.exc_text = None
        return True
