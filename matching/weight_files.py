"""Weights as a file: a version and a number for each rule.

    version = "drome-2027.1"
    [weights]
    answers_need = 10.0
    reachable = 5.0

A rule left out keeps the number of the packaged weights, so that a territory writes only what it
changes.
"""

import tomllib
from types import MappingProxyType
from typing import Any, Final

from matching.errors import InvalidWeights
from matching.signals import RULES
from matching.weights import DEFAULT_WEIGHTS, Weights

_MOST: Final = 1_000.0


def read_weights(text: str, *, name: str) -> Weights:
    """From the text of a file called `name`. Raises InvalidWeights with every fault."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidWeights(name, [f"ce n'est pas du TOML ({error})"]) from error
    given = told.get("weights")
    faults = list(_faults(told, given))
    if faults or not isinstance(given, dict):
        raise InvalidWeights(name, faults)
    values = dict(DEFAULT_WEIGHTS.values) | {rule: float(weight) for rule, weight in given.items()}
    return Weights(told["version"], MappingProxyType(values))


def _faults(told: dict[str, Any], given: object) -> list[str]:
    faults = [f"« {key} » n'est pas attendu" for key in told if key not in {"version", "weights"}]
    version = told.get("version")
    if not isinstance(version, str) or not version.strip():
        faults.append("il manque version, un texte entre guillemets")
    if not isinstance(given, dict):
        return [*faults, "il manque la table [weights]"]
    known = {rule.__name__ for rule in RULES}
    for rule, weight in given.items():
        if rule not in known:
            faults.append(f"« {rule} » n'est pas une règle ; les règles sont {', '.join(sorted(known))}")
        elif isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= _MOST:
            faults.append(f"{rule} : un nombre de 0 à {_MOST:g} est attendu")
    return faults


def write_weights(weights: Weights) -> str:
    """The same form, whole, in the order of the rules."""
    rules = [rule.__name__ for rule in RULES if rule.__name__ in weights.values]
    lines = (f"{rule} = {weights.values[rule]:g}" for rule in rules)
    return f'version = "{weights.version}"\n\n[weights]\n' + "\n".join(lines) + "\n"
