"""One option beside one person: where it is had, what it answers, whether it may be used."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.document import OptionDocument
from indexer.topics import Support, Topic
from matching.conditions import NO_CONDITIONS, Conditions
from matching.diagnostic.needs import Need, Needs
from matching.facts import settled
from matching.profile import Profile
from matching.travel import Journey, Travel

State = Literal["met", "check", "not_met"]


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
    """How far an option answers one need (0..1) and by what. `theme` None: by its occupation. `topic`: what
    the option declares and says of that theme; None when its kind alone tells it."""

    need: Need
    strength: float
    theme: str | None
    origin: str
    topic: Topic | None = None

    @property
    def read_in(self) -> Support | None:
        """Where its words tell a theme that it does not declare."""
        return self.topic.support if self.topic and not self.topic.declared else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`on_site`: can be had there inside the radius searched; `remote`: from home. Neither: place unknown."""

    document: OptionDocument
    distance_km: float | None
    on_site: bool
    remote: bool
    journey: Journey | None
    conditions: Conditions = NO_CONDITIONS
    verdict: Verdict = Verdict()
    answers: tuple[Answer, ...] = ()

    def judged(self, verdict: Verdict) -> "Candidate":
        """The same with what eligibility found (made by hand: `replace` costs four times as much here)."""
        return Candidate(
            document=self.document, distance_km=self.distance_km, on_site=self.on_site, remote=self.remote,
            journey=self.journey, conditions=self.conditions, verdict=verdict, answers=self.answers,
        )  # fmt: skip

    @property
    def best(self) -> Answer | None:
        """The need it answers most."""
        return self.answers[0] if self.answers else None
