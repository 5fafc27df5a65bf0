"""What every command prints with: JSON on stdout for machines, tables on stdout and progress on stderr."""

from typing import Any, Final

import click
import orjson
from rich.console import Console
from rich.markup import escape

from indexer.engine import SearchReader

#: Where people read.
OUT: Final = Console()
#: Where progress goes, so that stdout stays clean for pipes.
ERR: Final = Console(stderr=True)

EMPTY_INDEX: Final = (
    "L'index est vide : « jalon demo » installe un territoire d'exemple ; sinon « jalon db upgrade », "
    "« jalon import FICHIER », puis « jalon index sync »."
)


def print_json(body: Any) -> None:
    """Indented JSON on stdout."""
    click.echo(orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())


def plain(text: object) -> str:
    """Somebody else's words inside our markup: a bracket in a name is a bracket."""
    return escape(str(text))


def tell_when_empty(engine: SearchReader) -> None:
    """Say on stderr that the index holds nothing at all: not the same as finding nothing."""
    if engine.status().documents == 0:
        click.echo(EMPTY_INDEX, err=True)
