"""Rows of structures and services against the schema of data·inclusion, its faults told in French."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from data_inclusion.schema.v1 import Service, Structure
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from directory.imports.checks.contacts import is_plain_email
from directory.imports.findings import Draft, Refused
from directory.inventory.records import RecordKind

MODELS: Final[Mapping[RecordKind, type[BaseModel]]] = {"structure": Structure, "service": Service}
REQUIRED: Final = {
    kind: frozenset(name for name, field in model.model_fields.items() if field.is_required())
    for kind, model in MODELS.items()
}

#: Kinds of faults pydantic tells, by its names for them; what is between braces comes from the fault.
_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "obligatoire, absent",
    "string_type": "un texte est attendu",
    "string_too_short": "au moins {min_length} caractères sont attendus",
    "string_too_long": "au plus {max_length} caractères sont acceptés",
    "string_pattern_mismatch": "ce n'est pas l'écriture attendue",
    "url_parsing": "adresse web illisible",
    "url_scheme": "une adresse web http ou https est attendue",
    "url_too_long": "adresse web trop longue",
}

#: The day of the row is checked beforehand, by the day it is in France: the schema asks the machine's clock.
_ANY_DAY: Final = date(2000, 1, 1)


def check_schema(draft: Draft) -> None:
    """Hold the row against the schema: optional and wrong is taken out; raises Refused for the rest."""
    model = MODELS[draft.kind]
    required = REQUIRED[draft.kind]
    # A fault may hide another one of the same row, never more than one a field.
    for _ in range(len(model.model_fields) + 1):
        faults = _faults(model, draft.values)
        if not faults:
            return
        for fault in faults:
            name = str(fault["loc"][0]) if fault["loc"] else ""
            if name in required or not name:
                absent = draft.values.get(name) is None
                sentence = _SENTENCES["missing"] if absent else _sentence(fault)
                raise Refused(name or None, draft.values.get(name), f"{name} : {sentence}")
            if draft.values.get(name) is not None:
                draft.remove(name, f"{_sentence(fault)} : valeur retirée")
    raise Refused(None, None, "la ligne ne suit pas le schéma data·inclusion")


def _faults(model: type[BaseModel], values: Mapping[str, Any]) -> list[ErrorDetails]:
    known: dict[str, Any] = {"date_maj": _ANY_DAY}
    if is_plain_email(values.get("courriel")):
        known["courriel"] = None
    try:
        model.__pydantic_validator__.validate_python({**values, **known})
    except ValidationError as error:
        # Required fields first: their refusal spares the rest.
        return sorted(error.errors(include_url=False), key=lambda fault: str(fault["loc"]))
    return []


def _sentence(fault: ErrorDetails) -> str:
    if fault["loc"][0] == "courriel":
        return "adresse électronique illisible"
    if fault["type"] == "value_error":
        said = str(fault["ctx"]["error"]).rstrip(".")  # the schema's own sentences, in French
        return said[:1].lower() + said[1:]
    sentence = _SENTENCES.get(fault["type"], "cette valeur n'est pas acceptée")
    return sentence.format(**fault.get("ctx", {}))
