"""What every command prints with: JSON on stdout for machines, tables on stdout and progress on stderr."""

from typing import Any

import click
import orjson
from rich.console import Console

#: Where people read.
OUT = Console()
#: Where progress goes, so that stdout stays clean for pipes.
ERR = Console(stderr=True)


def print_json(body: Any) -> None:
    """Indented JSON on stdout."""
    click.echo(orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())
