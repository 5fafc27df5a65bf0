"""Reading a diagnostic of France Travail, in the shape of either version of its API.

Only what the method asks is read. Names, agents' identities, the person's numbers and birth date are never
looked at: what an answer keeps of its author is the structure and the day.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from matching.asked import Asked
from matching.diagnostic.diagnosis import (
    Aim,
    Answer,
    Confidence,
    ConstraintAnswer,
    Held,
    NeedAnswer,
    Objective,
    Opinion,
    Provenance,
    Situation,
    State,
)  # fmt: skip
from matching.diagnostic.finder import Finder

_ANSWERS: Final[Table[str, Answer]] = {"oui": "oui", "non": "non", "non abordee": "non-abordee"}
_STATES: Final[Table[str, State]] = {
    "non aborde": "non-aborde", "en cours": "en-cours", "realise": "realise", "abandonne": "abandonne",
}  # fmt: skip
_HELD: Final[Table[str, Held]] = {
    "non explore": "non-explore", "besoin": "besoin", "point fort": "point-fort",
}  # fmt: skip
_VALUES: Final = {"oui": "oui", "non": "non", "cloturee": "cloturee", "non abordee": "non-abordee"}
_IMPACTS: Final = {"fort": "fort", "moyen": "moyen", "faible": "faible", "non renseigne": None}
_OPINIONS: Final[Table[str, Opinion]] = {"oui": "oui", "non": "non", "ne sait pas": "ne-sait-pas"}
#: A search for work that is over tells no need of today.
_OVER: Final = {"abandonne", "realise", "cloture", "cloturee", "clos", "termine", "annule"}

#: Where each part stands, in the words of either version.
NEEDS: Final = "besoinsParDiagnostic"
CONSTRAINTS: Final = ("thematiqueContrainte", "contraintesIndividusDto", "contraintesIndividus")
PARTS: Final = (*CONSTRAINTS, "contraintes", "pouvoirAgir", "autonomieNumerique")


@dataclass(slots=True)
class FranceTravail:
    """One file under reading."""

    finder: Finder
    needs: list[NeedAnswer] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    constraints: list[ConstraintAnswer] = field(default_factory=list)
    confidence: Confidence | None = None

    def read(self, file: Asked) -> None:
        """Everything the file tells."""
        for name in file.names():
            if name.startswith(NEEDS):
                file.objects(name, self._search)
        self._thematic(file)
        for name in CONSTRAINTS:
            if file.has(name):
                self._thematic(file.inner(name))
        if file.has("autonomieNumerique"):
            self._digital(file.inner("autonomieNumerique"))
        if file.has("pouvoirAgir"):
            self.confidence = self._confidence(file.inner("pouvoirAgir"))

    def _search(self, asked: Asked) -> None:
        """The needs of one search for work, and the occupation it aims at."""
        about = asked.inner("diagnostic") if asked.has("diagnostic") else asked
        provenance = self._provenance(about, "dateMiseAJour")
        live = self.finder.word(self.finder.told(about, "statut")) not in _OVER
        rome = self._rome(about)
        if rome:
            first = about.boolean("estPrioritaire") is True
            self.aims.append(Aim(rome=rome, priority=first, live=live, provenance=provenance))
        for part in (asked, *asked.objects("thematiquesBesoins", lambda one: one)):
            for need in part.objects("besoins", lambda one: self._need(one, rome)):
                self.needs.append(replace(need, live=live))

    def _rome(self, about: Asked) -> str | None:
        told = self.finder.told(about, "codeRome")
        if told is None:
            return None
        code = told.upper()
        if len(code) == 5 and code[0].isalpha() and code[1:].isdecimal() and code.isascii():
            return code
        self.finder.not_recognised(f"métier {told}")
        return None

    def _need(self, asked: Asked, rome: str | None = None) -> NeedAnswer | None:
        entry = self.finder.entry("needs", asked)
        held = self.finder.value(asked, "valeur", _HELD, entry)
        if entry is None:
            return None
        return NeedAnswer(
            entry=entry, held=held or "non-explore", rome=rome,
            provenance=self._provenance(asked, "dateExploration"),
        )  # fmt: skip

    def _thematic(self, asked: Asked) -> None:
        read = asked.objects("contraintes", self._constraint)
        if self._declares_none(asked) and not any(one.value == "oui" for one in read):
            read = tuple(replace(one, value="non") if one.value == "non-abordee" else one for one in read)
        self.constraints += read

    def _declares_none(self, asked: Asked) -> bool:
        """« Déclare être sans contrainte »: a flag, under whatever name, or the flag itself."""
        told = asked.value("declareSansContrainte")
        return told is True or (isinstance(told, dict) and any(one is True for one in told.values()))

    def _digital(self, asked: Asked) -> None:
        if asked.has("contrainte") and (read := self._constraint(asked.inner("contrainte"))):
            self.constraints.append(read)
        if asked.has("besoin") and (need := self._need(asked.inner("besoin"))):
            self.needs.append(need)

    def _constraint(self, asked: Asked) -> ConstraintAnswer | None:
        entry = self.finder.entry("constraints", asked)
        value = self.finder.value(asked, "valeur", _VALUES, entry)
        impact = self.finder.value(asked, "impact", _IMPACTS, entry)
        priority = asked.boolean("estPrioritaire")
        under = entry.under if entry else ""
        situations = asked.objects("situations", lambda one: self._situation(one, under))
        objectives = asked.objects("objectifs", lambda one: self._objective(one, under))
        if entry is None:
            return None
        return ConstraintAnswer(
            entry=entry, value=value or "non-abordee", impact=impact, priority=priority,
            situations=situations, objectives=objectives,
            provenance=self._provenance(asked, "dateExploration", "date"),
        )  # fmt: skip

    def _situation(self, asked: Asked, under: str) -> Situation | None:
        entry = self.finder.entry("situations", asked, under)
        answer = self.finder.value(asked, "valeur", _ANSWERS, entry)
        if entry is None:
            return None
        provenance = self._provenance(asked, "date")
        return Situation(entry=entry, answer=answer or "non-abordee", provenance=provenance)

    def _objective(self, asked: Asked, under: str) -> Objective | None:
        entry = self.finder.entry("objectives", asked, under)
        state = self.finder.value(asked, "valeur", _STATES, entry)
        if entry is None:
            return None
        provenance = self._provenance(asked, "date")
        return Objective(entry=entry, state=state or "non-aborde", provenance=provenance)

    def _confidence(self, asked: Asked) -> Confidence:
        told = self.finder.told(asked, "resultatAnalyse")
        return Confidence(
            trust=self.finder.value(asked, "confiance", _OPINIONS),
            support=self.finder.value(asked, "accompagnement", _OPINIONS),
            result=self.finder.by_label("confidence", told) if told else None,
            provenance=self._provenance(asked, "dateExploration"),
        )

    def _provenance(self, asked: Asked, *dates: str) -> Provenance:
        structure = ""
        if asked.has("agent"):
            structure = self.finder.told(asked.inner("agent"), "structure") or ""
        on = next((day for name in dates if (day := self._day(asked, name))), None)
        return Provenance(source="France Travail", structure=structure, on=on)

    def _day(self, asked: Asked, name: str) -> date | None:
        told: Any = asked.value(name)
        if told is None:
            return None
        try:
            return date.fromisoformat(str(told)[:10])
        except ValueError:
            self.finder.left_aside.append(f"{asked.at(name)} : date illisible, laissée de côté")
            return None


def looks_like(names: Iterable[str]) -> bool:
    """Whether the keys of a file are those of a France Travail diagnostic."""
    return any(name.startswith(NEEDS) or name in PARTS for name in names)
