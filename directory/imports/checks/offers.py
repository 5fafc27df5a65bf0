"""Rows of immersions and trainings: the shapes of their files, and what is required of them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from directory.imports.checks.codes import read_list
from directory.imports.checks.dated import SESSIONS, SLOTS, check_dated
from directory.imports.checks.establishments import check_siret
from directory.imports.checks.numbers import check_day, check_number
from directory.imports.findings import Draft, Refused

IMMERSION_FIELDS: Final = (
    "source", "id", "date_maj", "siret", "nom", "naf", "rome", "appellation", "description", "prerequis",
    "commune", "code_postal", "code_insee", "adresse", "latitude", "longitude", "mode", "accessible_handicap",
    "sans_voiture", "contact_mode", "quota_semaine", "quota_mois", "prochaine_disponibilite", "creneaux",
)  # fmt: skip
TRAINING_FIELDS: Final = (
    "source", "id", "date_maj", "nom", "organisme", "siret", "description", "rome", "certification", "niveau",
    "prerequis", "financements", "reste_a_charge", "remuneration", "commune", "code_postal", "code_insee",
    "latitude", "longitude", "thematiques", "publics", "sessions",
)  # fmt: skip
#: Helps to find the commune; the offers themselves have no such column.
READ_NOT_KEPT: Final = frozenset({"code_postal"})

MODES: Final = frozenset({"sur-site", "hybride"})
ACCESSIBLE: Final = frozenset({"oui", "non", "a-verifier"})
FUNDINGS: Final = frozenset({"cpf", "aif", "poei", "region", "autre"})

_ROME: Final = re.compile(r"[A-N]\d{4}")
_LONGEST_NAME: Final = 255
_LONGEST_TEXT: Final = 10_000
_NOT_TEXT: Final = frozenset(
    {
        "date_maj", "latitude", "longitude", "quota_semaine", "quota_mois", "prochaine_disponibilite",
        "creneaux", "financements", "reste_a_charge", "thematiques", "publics", "sessions",
    }
)  # fmt: skip


def check_immersion(draft: Draft) -> None:
    """An establishment (its SIRET checked: nobody signs an agreement without it), an occupation, slots."""
    check_siret(draft, required=True)
    _check_texts(draft, required=("nom", "rome"))
    if not is_rome(draft.values["rome"]):
        raise Refused(
            "rome", draft.values["rome"], "rome : un code ROME est attendu (une lettre, quatre chiffres)"
        )
    _check_one_of(draft, "mode", MODES)
    _check_one_of(draft, "accessible_handicap", ACCESSIBLE)
    check_number(draft, "quota_semaine", whole=True)
    check_number(draft, "quota_mois", whole=True)
    if draft.values.get("prochaine_disponibilite") is not None and not check_day(
        draft, "prochaine_disponibilite"
    ):
        draft.remove("prochaine_disponibilite", "date illisible (AAAA-MM-JJ attendu) : retirée")
    check_dated(draft, SLOTS)


def check_training(draft: Draft) -> None:
    """A title, what it leads to, sessions."""
    check_siret(draft)
    draft.values["rome"] = _list_of(draft, "rome", is_rome, "code ROME illisible : retiré")
    draft.values["financements"] = _list_of(
        draft, "financements", FUNDINGS.__contains__, "financement inconnu : retiré"
    )
    _check_texts(draft, required=("nom",))
    check_number(draft, "reste_a_charge")
    check_dated(draft, SESSIONS)


def is_rome(code: str) -> bool:
    """Whether it is written as a ROME code is."""
    return _ROME.fullmatch(code) is not None


CHECKS: Final[Mapping[str, Callable[[Draft], None]]] = {
    "immersion": check_immersion,
    "training": check_training,
}


def _check_texts(draft: Draft, required: tuple[str, ...]) -> None:
    values = draft.values
    for name in required:
        if values.get(name) is None:
            raise Refused(name, None, f"{name} : obligatoire, absent")
        if not isinstance(values[name], str) or len(values[name]) > _LONGEST_NAME:
            raise Refused(
                name, values[name], f"{name} : un texte d'au plus {_LONGEST_NAME} caractères est attendu"
            )
    for name, value in values.items():
        if value is None or name in _NOT_TEXT or (name == "rome" and draft.kind == "training"):
            continue
        if isinstance(value, bool):
            values[name] = "oui" if value else "non"
        elif not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            draft.remove(name, f"un texte d'au plus {_LONGEST_TEXT} caractères est attendu : valeur retirée")


def _check_one_of(draft: Draft, name: str, accepted: frozenset[str]) -> None:
    given: Any = draft.values.get(name)
    if given is None or given in accepted:
        return
    if given.lower() in accepted:
        draft.mend(name, given.lower(), f"écrit « {given.lower()} »")
    else:
        draft.remove(name, f"valeur inconnue ({' ou '.join(sorted(accepted))} attendu) : retirée")


def _list_of(draft: Draft, name: str, known: Callable[[str], bool], fault: str) -> list[str] | None:
    given = draft.values.get(name)
    if given is None:
        return None
    kept: set[str] = set()
    for one in read_list(draft, name, given, known):
        code = str(one)[:200]
        written = next((form for form in (code, code.upper(), code.lower()) if known(form)), None)
        if written is None:
            draft.tell(name, one, fault)
        else:
            kept.add(written)
    return sorted(kept) or None
