"""Dated slots of an immersion, sessions of a training: a wrong one is taken out and told, the offer stays."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from directory.imports.checks.numbers import NotReadable, read_day, read_number
from directory.imports.checks.text import clean_inside
from directory.imports.findings import Draft

TIMES: Final = frozenset({"jour", "soir", "nuit", "week-end"})
_HOURS_A_WEEK: Final = 168
#: Three years of working days and more.
MOST_DATED: Final = 1_000
_YES: Final = frozenset({"oui", "true", "1", "vrai"})
_NO: Final = frozenset({"non", "false", "0", "faux"})


@dataclass(frozen=True, slots=True)
class DatedKind:
    """The list of a row that holds dated rows, and what one of them is called."""

    field: str
    word: str


SLOTS: Final = DatedKind("creneaux", "créneau")
SESSIONS: Final = DatedKind("sessions", "session")


def check_dated(draft: Draft, kind: DatedKind) -> None:
    """Every dated row, in order of date; those that cannot be read are taken out and told."""
    given = draft.values.get(kind.field)
    if given is None:
        return
    kept: dict[str, dict[str, Any]] = {}
    listed = _listed(draft, kind, given)
    if len(listed) > MOST_DATED:
        draft.tell(kind.field, len(listed), f"plus de {MOST_DATED} : les suivants sont laissés de côté")
    for one in listed[:MOST_DATED]:
        try:
            dated = _Reader(draft, kind, one).read()
        except _Unusable as fault:
            draft.tell(kind.field, one, f"{kind.word} retiré : {fault}")
            continue
        if dated["id"] in kept:
            draft.tell(kind.field, dated["id"], f"{kind.word} retiré : son id figure deux fois")
            continue
        kept[dated["id"]] = dated
    draft.values[kind.field] = sorted(kept.values(), key=lambda dated: (dated["debut"], dated["id"]))


def _listed(draft: Draft, kind: DatedKind, given: Any) -> list[Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            given = None
    if isinstance(given, list):
        return given
    draft.remove(kind.field, "une liste JSON est attendue : retirée")
    return []


class _Unusable(Exception):
    """This dated row cannot be kept."""


class _Reader:
    """Reads one dated row."""

    def __init__(self, draft: Draft, kind: DatedKind, given: Any) -> None:
        self._draft = draft
        self._kind = kind
        self._given: dict[str, Any] = clean_inside(given) if isinstance(given, dict) else {}

    def read(self) -> dict[str, Any]:
        """The row as it is stored. Raises _Unusable."""
        debut, fin = self._required_day("debut"), self._required_day("fin")
        if fin < debut:
            raise _Unusable("il finit avant de commencer")
        dated: dict[str, Any] = {
            "id": self._id(),
            "debut": debut,
            "fin": fin,
            "heures_semaine": self._number("heures_semaine", _HOURS_A_WEEK),
            **self._places(),
        }
        if self._kind is SLOTS:
            dated["horaires"] = self._times()
        else:
            dated["date_limite"] = self._deadline(fin)
            dated["a_distance"] = self._yes_or_no("a_distance")
        return dated

    def _id(self) -> str:
        given = self._given.get("id")
        if (
            isinstance(given, bool)
            or not isinstance(given, str | int)
            or not 0 < len(str(given)[:300]) <= 255
        ):
            raise _Unusable("un id est attendu")
        return str(given)

    def _required_day(self, name: str) -> date:
        try:
            return read_day(self._given.get(name))[0]
        except NotReadable as error:
            raise _Unusable(f"{name} : une date AAAA-MM-JJ est attendue") from error

    def _deadline(self, fin: date) -> date | None:
        given = self._given.get("date_limite")
        if given in (None, ""):
            return None
        try:
            day, _ = read_day(given)
        except NotReadable:
            self._tell("date_limite", "date illisible (AAAA-MM-JJ attendu) : retirée")
            return None
        if day > fin:
            self._tell("date_limite", "après la fin de la session : retirée")
            return None
        return day

    def _number(self, name: str, highest: float) -> float | None:
        given = self._given.get(name)
        if given in (None, ""):
            return None
        try:
            number, _ = read_number(given)
        except NotReadable:
            number = -1.0
        if 0 <= number <= highest:
            return number
        self._tell(name, f"un nombre de 0 à {highest:g} est attendu : retiré")
        return None

    def _places(self) -> dict[str, int | None]:
        """Places and places taken. More taken than there are means full: never free by mistake."""
        places, taken = self._whole("places"), self._whole("places_prises")
        if places is not None and taken is not None and taken > places:
            self._tell("places_prises", f"plus de places prises que de places : compté complet ({places})")
            taken = places
        return {"places": places, "places_prises": taken or 0}

    def _whole(self, name: str) -> int | None:
        number = self._number(name, 100_000)
        if number is not None and number != int(number):
            self._tell(name, "un nombre entier est attendu : retiré")
            return None
        return None if number is None else int(number)

    def _times(self) -> list[str] | None:
        given = self._given.get("horaires")
        if given in (None, "", []):
            return None
        listed = given if isinstance(given, list) else [given]
        known = {one for one in listed if isinstance(one, str) and one in TIMES}
        if any(not isinstance(one, str) or one not in known for one in listed):
            self._tell("horaires", "jour, soir, nuit ou week-end attendus : les autres valeurs sont retirées")
        return sorted(known) or None

    def _yes_or_no(self, name: str) -> bool | None:
        given = self._given.get(name)
        if given is None or isinstance(given, bool):
            return given
        text = str(given).lower()
        if text in _YES | _NO:
            return text in _YES
        self._tell(name, "oui ou non attendu : retiré")
        return None

    def _tell(self, name: str, reason: str) -> None:
        dated_id = str(self._given.get("id"))[:60]
        self._draft.tell(
            self._kind.field, self._given.get(name), f"{self._kind.word} « {dated_id} », {name} : {reason}"
        )
