"""Lists and single codes of the closed vocabularies: known ones stay, the others are taken out and told."""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from directory.imports.checks.text import clean_inside
from directory.imports.findings import Draft
from indexer.reference.vocabulary import (
    FEES,
    MOBILISATION_MODES,
    MOBILISERS,
    NETWORKS,
    PUBLICS,
    SERVICE_TYPES,
    THEMES,
    WELCOME_MODES,
    Vocabulary,
)

#: Field → the list it draws from.
LISTS: Final[Mapping[str, Vocabulary]] = {
    "thematiques": THEMES,
    "publics": PUBLICS,
    "modes_accueil": WELCOME_MODES,
    "modes_mobilisation": MOBILISATION_MODES,
    "mobilisable_par": MOBILISERS,
    "reseaux_porteurs": NETWORKS,
}
SINGLES: Final[Mapping[str, Vocabulary]] = {"type": SERVICE_TYPES, "frais": FEES}
EVERYONE: Final = "tous-publics"
#: No vocabulary is that long; each unknown value costs a search for its nearest.
LONGEST: Final = 200

_KNOWN: Final = {name: frozenset(words.codes) for name, words in {**LISTS, **SINGLES}.items()}
_BETWEEN: Final = re.compile(r"\s*[;|,]\s*")
#: `{a,"b,c"}`: how PostgreSQL writes a list.
_POSTGRES_ITEM: Final = re.compile(r'\s*"((?:[^"\\]|\\.)*)"|([^,]+)')


def check_vocabularies(draft: Draft) -> None:
    """Every list and every code of a closed vocabulary."""
    values = draft.values
    for name, words in LISTS.items():
        given = values.get(name)
        if given is not None:
            values[name] = _known_list(draft, name, words, given)
    for name, words in SINGLES.items():
        given = values.get(name)
        if given is not None and not (isinstance(given, str) and given in _KNOWN[name]):
            _check_single(draft, name, words, given)
    publics = values.get("publics")
    if publics and EVERYONE in publics and len(publics) > 1:
        draft.mend(
            "publics", [EVERYONE], "« tous-publics » ne va pas avec d'autres publics : lui seul est gardé"
        )


def read_list(
    draft: Draft, name: str, given: Any, known: Callable[[str], bool], *, longest: int = LONGEST
) -> list[Any]:
    """What is written as a list, whichever way; what cannot be read as one is taken out and told.

    A `;`, `|` or `,` separates values only when every part is known, since labels hold commas.
    """
    listed = _read_list(draft, name, given, known)
    if len(listed) > longest:
        draft.tell(name, len(listed), f"plus de {longest} valeurs : les suivantes sont laissées de côté")
    return listed[:longest]


def _read_list(draft: Draft, name: str, given: Any, known: Callable[[str], bool]) -> list[Any]:
    if isinstance(given, list | tuple | set):
        return [clean_inside(one) for one in given if one is not None and one != ""]
    if not isinstance(given, str):
        return (
            [str(given)]
            if isinstance(given, int) and not isinstance(given, bool)
            else _unreadable(draft, name)
        )
    if given.startswith("["):
        return _from_json(draft, name, given)
    if given.startswith("{") and given.endswith("}"):
        draft.tell(name, given, "liste écrite entre accolades, relue")
        return [(quoted or bare).strip() for quoted, bare in _POSTGRES_ITEM.findall(given[1:-1])]
    parts = [part for part in _BETWEEN.split(given) if part]
    if not parts or not all(known(part) for part in parts):
        parts = [given]
    if not draft.flat:
        draft.tell(name, given, "une liste est attendue : relue")
    return parts


def _from_json(draft: Draft, name: str, given: str) -> list[Any]:
    try:
        parsed = json.loads(given)
    except (ValueError, RecursionError):
        return _unreadable(draft, name)
    return [clean_inside(one) for one in parsed if one is not None]


def _unreadable(draft: Draft, name: str) -> list[Any]:
    draft.remove(name, "liste illisible, retirée")
    return []


def _known_list(draft: Draft, name: str, words: Vocabulary, given: Any) -> list[str] | None:
    known = _KNOWN[name]
    if isinstance(given, list) and all(isinstance(one, str) for one in given) and known.issuperset(given):
        return sorted(set(given)) or None
    kept: set[str] = set()
    for one in read_list(draft, name, given, lambda part: part in known):
        code = one if isinstance(one, str) else str(one)
        if code in known:
            kept.add(code)
        elif (tidy := code.strip().lower()) in known:
            draft.tell(name, one, f"écrit « {tidy} »")
            kept.add(tidy)
        else:
            draft.tell(name, one, "valeur inconnue, retirée" + _nearest(words, code[:200]))
    return sorted(kept) or None


def _check_single(draft: Draft, name: str, words: Vocabulary, given: Any) -> None:
    """A code that is not simply right: perhaps in a list of one, perhaps in capitals, else taken out."""
    alone = given[0] if isinstance(given, list) and len(given) == 1 else given
    tidy = alone.strip().lower() if isinstance(alone, str) else ""
    if tidy in _KNOWN[name]:
        draft.mend(name, tidy, f"écrit « {tidy} »")
    elif given == []:
        draft.values[name] = None
    else:
        draft.remove(name, "valeur inconnue, retirée" + _nearest(words, str(alone)[:200]))


def _nearest(words: Vocabulary, code: str) -> str:
    close = _nearest_codes(words.field, code)
    return f" (la plus proche : {close[0]})" if close else ""


@lru_cache(maxsize=4096)
def _nearest_codes(field: str, code: str) -> tuple[str, ...]:
    """A file repeats its mistakes: the search for the nearest is made once for each."""
    words = next(one for one in (*LISTS.values(), *SINGLES.values()) if one.field == field)
    return words.nearest(code)
