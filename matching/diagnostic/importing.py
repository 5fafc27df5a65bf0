"""The one door for a diagnostic made elsewhere: parsed JSON in, a `Diagnostic` or every fault out."""

from collections.abc import Mapping as Table
from typing import Final

from matching.asked import Asked
from matching.diagnostic import france_travail, orientation
from matching.diagnostic.diagnosis import Diagnostic
from matching.diagnostic.finder import Finder
from matching.diagnostic.france_travail import FranceTravail
from matching.diagnostic.mapping import Mapping
from matching.diagnostic.nomenclature import squash
from matching.diagnostic.orientation import Orientation
from matching.errors import InvalidDiagnostic

#: How many envelopes a diagnostic may come in.
ENVELOPES: Final = 3
_PLACE: Final = ("codeinsee", "codeinseecommune", "codecommune")


def read_diagnostic(given: object, mapping: Mapping) -> Diagnostic:
    """A diagnostic of France Travail (either version of its API), orientation criteria, CNAF codes, or these
    together. Raises InvalidDiagnostic with every fault."""
    file = Asked(_alone(given), "", [])
    made = _made(file)
    finder = Finder(mapping, api="v1" if made is not None and _older(made) else "v4")
    told, criteria = FranceTravail(finder), Orientation(finder)
    skipped = (
        frozenset(name for name in made.names() if france_travail.looks_like((name,)))
        if made
        else frozenset()
    )
    oriented = orientation.looks_like(file, finder, skipped)
    if made is not None:
        told.read(made)
    if oriented:
        criteria.read(file, skipped)
    if made is None and not oriented and not file.faults:
        file.fault("", "ni un diagnostic France Travail, ni des critères d’orientation, ni des codes CNAF")
    place = _place(file)
    if file.faults:
        raise InvalidDiagnostic(file.faults)
    return Diagnostic(
        source=_source(finder, made=made is not None, oriented=oriented),
        constraints=(*told.constraints, *criteria.constraints),
        needs=tuple(told.needs),
        criteria=tuple(criteria.criteria),
        confidence=told.confidence,
        aims=tuple(told.aims),
        code_insee=place,
        unrecognised=tuple(finder.unrecognised),
        left_aside=tuple(finder.left_aside),
        read=finder.read,
        recognised=finder.read - finder.unknown,
    )


def _alone(given: object) -> object:
    """A list of one is its one; several people never go in together."""
    if not isinstance(given, list):
        return given
    if len(given) == 1:
        return given[0]
    raise InvalidDiagnostic([("", "un fichier tient le diagnostic d’une seule personne")])


def _made(file: Asked, depth: int = 0) -> Asked | None:
    """The part of a file that is a diagnostic of France Travail: the file, or what an envelope holds."""
    if france_travail.looks_like(file.names()):
        return file
    if depth == ENVELOPES:
        return None
    inside = (file.inner(name) for name in file.names() if isinstance(file.value(name), Table))
    return next((made for one in inside if (made := _made(one, depth + 1)) is not None), None)


def _older(file: Asked) -> bool:
    """The first version of the API puts the constraints under another name."""
    return file.has("contraintesIndividusDto")


def _place(file: Asked) -> str | None:
    return next((file.text(name) for name in file.names() if squash(name) in _PLACE and file.has(name)), None)


def _source(finder: Finder, *, made: bool, oriented: bool) -> str:
    parts = ([f"france-travail-{finder.api}"] if made else []) + (
        ["criteres-orientation"] if oriented else []
    )
    return "+".join(parts)
