"""How complete a row is, from 0 to 1: the part of what a reader needs that its source tells.

For services these are the criteria of data·inclusion's quality score
(`data_inclusion.schema.v1.score_qualite`), computed from columns, without the one on freshness: freshness is
a signal of its own, and a document does not change with the clock. A test holds both to the same figures.
"""

from collections.abc import Mapping
from typing import Any, Final

Values = Mapping[str, Any]

_IMMERSION_FIELDS: Final = ("description", "prerequis", "adresse", "latitude", "contact_mode", "sans_voiture")
_TRAINING_FIELDS: Final = (
    "description",
    "certification",
    "niveau",
    "prerequis",
    "financements",
    "reste_a_charge",
)


def service_completeness(values: Values) -> float:
    """The mean of the criteria that apply to a service."""
    modes = values["modes_mobilisation"]
    scores = [
        (bool(modes) + bool(values["mobilisable_par"])) / 2,
        float(bool(values["publics"])),
        float(bool(values["thematiques"])),
        float(bool(values["courriel"] or values["lien_mobilisation"] or values["telephone"])),
        _fees(values),
        _description(values["description"]),
    ]
    modes = modes or ()
    if "en-presentiel" in (values["modes_accueil"] or ()) or "se-presenter" in modes:
        scores.append(float(bool(values["adresse"])))
    if "envoyer-un-courriel" in modes:
        scores.append(float(bool(values["courriel"])))
    if "telephoner" in modes:
        scores.append(float(bool(values["telephone"])))
    return round(sum(scores) / len(scores), 2)


def immersion_completeness(values: Values) -> float:
    """The part told of what one asks before going there, dates included."""
    return _filled(values, (*_IMMERSION_FIELDS, "creneaux"))


def training_completeness(values: Values) -> float:
    """The part told of what one asks before enrolling, dates included."""
    return _filled(values, (*_TRAINING_FIELDS, "sessions"))


def _filled(values: Values, names: tuple[str, ...]) -> float:
    return round(sum(values[name] not in (None, "", []) for name in names) / len(names), 2)


def _fees(values: Values) -> float:
    if values["frais"] == "payant":
        return 1.0 if values["frais_precisions"] else 0.5
    return 1.0 if values["frais"] else 0.0


def _description(text: str) -> float:
    length = len(text)
    if length < 50:
        return 0.0
    return 1.0 if 200 <= length < 2000 else 0.5
