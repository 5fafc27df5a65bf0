"""What the processors of the logs let through."""

import logging
import sys
from typing import Any

import pytest

from directory.logs import PERSONAL, WithoutAddresses, WithoutValues, without_persons, without_values


def record(msg: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    trace: Any = (type(error), error, None) if error else None
    return logging.LogRecord("library", logging.WARNING, "file.py", 7, msg, args, trace)


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_a_field_that_may_tell_who_is_dropped_however_deep(name: str) -> None:
    event = {"event": "x", name: "Ginette", "facts": {"kept": 1, name: "Ginette", "deeper": {name: 3}}}
    assert without_persons(None, "info", event) == {"event": "x", "facts": {"kept": 1, "deeper": {}}}


def failed() -> BaseException:
    """An error that came from another, both quoting somebody, as it is caught."""
    try:
        try:
            int("Ginette")
        except ValueError as error:
            raise KeyError("Ginette") from error
    except KeyError as error:
        return error
    raise AssertionError("a name is no number")


def test_a_trace_keeps_lines_and_kinds_and_drops_words() -> None:
    told = without_values(None, "error", {"event": "failure", "exc_info": failed()})
    assert told["error"] == "KeyError < ValueError"
    assert told["trace"][0].startswith("test_logs.py:")
    assert "Ginette" not in str(told)


def test_a_trace_is_taken_from_the_error_being_handled() -> None:
    try:
        raise failed()
    except KeyError:
        for given in (True, sys.exc_info()):
            assert without_values(None, "error", {"exc_info": given})["error"] == "KeyError < ValueError"
    assert without_values(None, "error", {"exc_info": None}) == {}


def test_a_library_says_its_own_words_and_no_value() -> None:
    line = WithoutValues().format(
        record("cannot reach %s", "https://ginette.example", error=OSError("Ginette"))
    )
    assert line == "WARNING library cannot reach %s OSError"
    assert "inette" not in WithoutValues().format(record("cannot reach Ginette"))


def test_the_server_tells_no_address_it_could_not_serve() -> None:
    told = record("Error handling request %s", "/recherche?q=ginette", error=ValueError("ginette"))
    invalid = record("Invalid request from ip=192.0.2.1: ginette")
    other = record("Worker (pid:%s) exited with code %s.", 4, 3)
    assert all(WithoutAddresses().filter(one) for one in (told, invalid, other))
    assert told.getMessage() == "Error handling request: ValueError"
    assert told.exc_info is None
    assert invalid.getMessage() == "Invalid request"
    assert other.getMessage() == "Worker (pid:4) exited with code 3."
