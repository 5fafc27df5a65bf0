"""One option beside one person: where it is had, what it answers, whether it may be used."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from indexer.document import OptionDocument
from matching.conditions import NO_CONDITIONS, Conditions
from matching.diagnostic.evidence import evidence
from matching.diagnostic.needs import Need, Needs
from matching.facts import settled
from matching.profile import Profile
from matching.travel import Journey, Travel

State = Literal["met", "check", "not_met"]
Told = Literal["name", "description", ""]

#: How sure one is that an option answers a thématique. A theme declared and told in words is certain;
#: declared alone it may be one box too many; told in the name only, the theme box was
#: forgotten (one service in ten).
_DECLARED: Final[dict[Told, float]] = {"name": 1.0, "description": 0.97, "": 0.85}
_TOLD: Final[dict[Told, float]] = {"name": 0.75, "description": 0.35, "": 0.0}

#: An option that ticks every box is about none of them: beyond three themes each counts a little less.
_FOCUS_FREE: Final = 3
_FOCUS_LOSS: Final = 0.02
_FOCUS_LEAST: Final = 0.8

#: What a kind is for, whatever it declares.
_MEANT_FOR: Final = {
    "immersion": frozenset(
        {
            "choisir-un-metier--confirmer-son-choix-de-metier",
            "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite",
        }
    ),
    "training": frozenset({"se-former--trouver-sa-formation"}),
    "service": frozenset[str](),
}
#: How far a slot or a session answers what its kind is for; much less for somebody who has another occupation
#: in mind (single parent aiming at home care: no session for electricians).
_MEANT: Final = 0.6
_MEANT_FOR_OTHERS: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the rules know: the profile, what it needs, the day, and the ways of travelling told."""

    profile: Profile
    needs: Needs
    today: date

    @property
    def travel(self) -> Travel:
        """The modes stated win; else those a situation tells; else unknown."""
        stated = self.profile.travel
        return stated if stated.modes else Travel(self.needs.indicators.told_modes, stated.max_minutes)

    @property
    def level(self) -> int | None:
        """Level of education 1 to 8, told or read in a criterion."""
        told = self.profile.level
        return self.needs.indicators.level if told is None else told

    def fact(self, name: str) -> bool | None:
        """Whether something asked by conditions of access is so: told, told by a situation, or following from
        these; None unknown. See `matching.facts`."""
        told = {**self.needs.indicators.facts, **self.profile.facts}
        rural = self.profile.place.rural
        if rural is not None:
            told.setdefault("frr", rural)
        return settled(frozenset(told.items()), self.profile.publics).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it may be used, criterion by criterion, in sentences. `practical` is to check too (a
    timetable), without making the right to it doubtful. `contradicted`, repeated at the head of `to_check`:
    the option's text says that it is for others, which lowers it and never removes it."""

    met: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    practical: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """One unmet criterion excludes; one unknown is to check."""
        if self.not_met:
            return "not_met"
        return "check" if self.to_check else "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How far an option answers one need (0..1) and by what. `theme` None: by its occupation. `read_in`:
    where its words tell a theme it does not declare (`name`, `description`), else empty."""

    need: Need
    strength: float
    theme: str | None
    origin: str
    read_in: Told = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`on_site`: can be had there inside the radius searched; `remote`: from home. Neither: place unknown."""

    document: OptionDocument
    distance_km: float | None
    on_site: bool
    remote: bool
    journey: Journey | None
    answers: tuple[Answer, ...]
    conditions: Conditions = NO_CONDITIONS
    verdict: Verdict = Verdict()

    def judged(self, verdict: Verdict) -> "Candidate":
        """The same with what eligibility found (made by hand: `replace` costs four times as much here)."""
        return Candidate(
            document=self.document, distance_km=self.distance_km, on_site=self.on_site, remote=self.remote,
            journey=self.journey, answers=self.answers, conditions=self.conditions, verdict=verdict,
        )  # fmt: skip

    @property
    def best(self) -> Answer | None:
        """The need it answers most."""
        return self.answers[0] if self.answers else None


def answers(document: OptionDocument, person: Person) -> tuple[Answer, ...]:
    """What this option answers of what the person needs, the most first."""
    found = [answer for need in person.needs if (answer := _answer(document, need, person)) is not None]
    return tuple(sorted(found, key=lambda answer: (-answer.strength, answer.need.code)))


def _answer(document: OptionDocument, need: Need, person: Person) -> Answer | None:
    """The strength grows with the weight of the need, so that a graver need never lowers what answers it."""
    theme, fit = _by_theme(document, need, person)
    job = _by_occupation(document, need)
    sure = max(fit, job)
    if sure <= 0:
        return None
    strength = sure * (0.5 + 0.5 * need.weight)
    if job >= fit:
        return Answer(need=need, strength=strength, theme=None, origin="projet professionnel")
    declared = theme in document.thematiques
    return Answer(
        need=need, strength=strength, theme=theme, origin=need.themes[theme].origin,
        read_in="" if declared else _told(document, theme),
    )  # fmt: skip


def _by_theme(document: OptionDocument, need: Need, person: Person) -> tuple[str, float]:
    best, best_fit = "", 0.0
    for theme, share in need.themes.items():
        fit = share.fit * _certainty(document, theme, person)
        if fit > best_fit:
            best, best_fit = theme, fit
    return best, best_fit


def _certainty(document: OptionDocument, theme: str, person: Person) -> float:
    told = _told(document, theme)
    if theme in _MEANT_FOR[document.kind] and person.profile.projects:
        near = any(_by_occupation(document, need) for need in person.needs)
        return _MEANT if near else _MEANT_FOR_OTHERS
    if theme in document.thematiques:
        spread = max(0, len(document.thematiques) - _FOCUS_FREE)
        return _DECLARED[told] * max(_FOCUS_LEAST, 1 - _FOCUS_LOSS * spread)
    return _MEANT if theme in _MEANT_FOR[document.kind] else _TOLD[told]


def _told(document: OptionDocument, theme: str) -> Told:
    said = evidence(document)
    if theme in said.named:
        return "name"
    return "description" if theme in said.described else ""


def _by_occupation(document: OptionDocument, need: Need) -> float:
    """The same occupation whole; a near one (same three first signs of ROME) half."""
    if need.rome is None or not document.rome:
        return 0.0
    if need.rome in document.rome:
        return 1.0
    return 0.5 if any(code[:3] == need.rome[:3] for code in document.rome) else 0.0
