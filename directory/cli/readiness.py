"""What has to hold before a server starts: a port that is free, a database and an index of this version."""

import socket

import click

from directory.errors import DirectoryError
from directory.inventory.lists import count_options
from directory.inventory.loading import load, stream
from directory.wiring import Jalon
from indexer.engine import IndexOutdated, IndexUnreadable
from indexer.rebuild import rebuild


class PortTaken(DirectoryError):
    """Nothing can be served at that address."""


def require_port(host: str, port: int) -> None:
    """Raises PortTaken when nobody can listen there: said at once, and not after the server's five tries."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PortTaken(
            f"Impossible d'écouter sur {host}:{port} ({reason}) : choisissez un autre --port ou --host."
        ) from error


def rebuild_when_outdated(jalon: Jalon) -> None:
    """Make the index anew when it is of another format, was lost, or was never made: the rows are the truth.
    Raises EngineError."""
    sessions = jalon.database.sessions
    if why := _why_anew(jalon):
        click.echo(why, err=True)
        rebuild(sessions, jalon.engine, stream(sessions), load(sessions))


def _why_anew(jalon: Jalon) -> str:
    """A sentence; empty when the index is as it should be. Raises EngineUnavailable."""
    try:
        if jalon.engine.exists() and (jalon.engine.status().documents or not _stored(jalon)):
            return ""
    except IndexOutdated:
        return "L'index est d'une autre version de Jalon : il est refait…"
    except IndexUnreadable:
        return "L'index ne peut pas être lu : il est refait…"
    return "L'index est vide : il est fait à partir de la base…" if _stored(jalon) else "L'index est créé."


def _stored(jalon: Jalon) -> int:
    return count_options(jalon.database.sessions)
