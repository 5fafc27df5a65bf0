"""Searches to judge: a JSON object a line, `id` and the parameters of `GET /search`."""

from pathlib import Path
from typing import Any, Final

import orjson
from marshmallow import ValidationError

from directory.api.schemas import SearchArguments
from directory.judging.errors import UnreadableCases
from directory.wish import SearchWish
from indexer.query import Sort

#: Deep enough for recall@50; what the page asked for says nothing of the order.
DEPTH: Final = 50
_NOT_OURS: Final = frozenset({"page", "size", "facets"})
#: What a folder may say of a search for who reads it.
_REMARKS: Final = frozenset({"notes", "note", "comment"})
_ARGUMENTS: Final = SearchArguments()
_LISTS: Final = ("kind", "thematiques", "publics", "types", "modes_accueil", "sources", "rome", "frais")


def read_searches(file: Path, ignored: list[str]) -> dict[str, SearchWish]:
    """By id; none when there is no such file. Keys that are no parameter are added to `ignored`. Raises
    UnreadableCases with the line at fault."""
    if not file.is_file():
        return {}
    wishes: dict[str, SearchWish] = {}
    for number, line in enumerate(file.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if line.strip():
            name, wish = _read(line, f"{file}, ligne {number}", ignored)
            if name in wishes:
                raise UnreadableCases(f"{file}, ligne {number} : l'id « {name} » est déjà pris.")
            wishes[name] = wish
    return wishes


def _read(line: bytes, where: str, ignored: list[str]) -> tuple[str, SearchWish]:
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UnreadableCases(f"{where} : ce n'est pas du JSON.") from error
    if not isinstance(given, dict) or given.get("id") in (None, ""):
        raise UnreadableCases(f"{where} : un objet JSON avec un id est attendu.")
    name = str(given.pop("id"))
    known = {key: value for key, value in given.items() if key in _ARGUMENTS.fields}
    ignored += [f"recherche {name} : {key}" for key in given if key not in known and key not in _REMARKS]
    return name, _wish({key: value for key, value in known.items() if value is not None}, where)


def _wish(given: dict[str, Any], where: str) -> SearchWish:
    """As the API reads a query string, where a list may be one value and a code may lose its quotes."""
    told = {
        key: value if not isinstance(value, int) or key in {"lat", "lon", "radius_km"} else str(value)
        for key, value in given.items()
        if key not in _NOT_OURS
    }
    told |= {key: [told[key]] for key in _LISTS if isinstance(told.get(key), str)}
    try:
        args = _ARGUMENTS.load(told)
    except ValidationError as error:
        fields = ", ".join(sorted(map(str, error.messages_dict)))
        raise UnreadableCases(f"{where} : valeurs qui ne conviennent pas pour {fields}.") from error
    args = {key: tuple(value) if isinstance(value, list) else value for key, value in args.items()}
    return SearchWish(**{**args, "facets": (), "sort": Sort(args["sort"]), "page": 1, "size": DEPTH})
