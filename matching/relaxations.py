"""Limits that could move, and how many more options each would give, counted exactly.

What each change would let in is found by the engine, held against what certainly rules out, and, as long as
it can be read in a moment, judged one by one like any other candidate: the gain is what the list would gain.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from indexer.engine import Window
from matching.among import Among
from matching.candidate import Person
from matching.certain import may_use
from matching.contenders import Contenders
from matching.matches import Relaxation
from matching.profile import Profile
from matching.recall import counted_query
from matching.travel import Travel

#: Minutes offered beyond those accepted: the first two that give something.
STEPS: Final = (30, 45, 60, 90, 120)
MOST_STEPS: Final = 2
#: Ways of travelling that a counsellor can propose to who does not have them.
PROPOSED: Final = ("transports-en-commun", "velo", "covoiturage")
#: Up to so many found in all, those that a change lets in are judged one by one, conditions in free text
#: included; past it the engine's count stands, which knows places, zones, publics and dates.
READ: Final = 250
#: Judged for all the changes of one match together.
JUDGED: Final = 100


@dataclass(frozen=True, slots=True)
class _Change:
    """What would be told differently, as in a profile, and the person then."""

    told: dict[str, Any]
    person: Person


def relaxations(contenders: Contenders) -> tuple[Relaxation, ...]:
    """Those that give something, the most first. Raises as `SearchReader.table`."""
    person = contenders.person
    changes = list(_changes(person)) if person.needs.needs else []
    if not changes:
        return ()
    people = [person, *(one.person for one in changes)]
    now, *then = contenders.means.engine.count([counted_query(one, one.needs) for one in people])
    counting = _Counting(contenders, now)
    gains = _worth_telling(zip(changes, then, strict=True), counting)
    return tuple(sorted(gains, key=lambda one: -one.gain))


def _worth_telling(found: Iterable[tuple[_Change, int]], counting: "_Counting") -> Iterator[Relaxation]:
    """Those that give something; of the minutes, the first two that give more than the one before."""
    steps, before = 0, 0
    for change, count in found:
        of_minutes = "travel.max_minutes" in change.told
        if of_minutes and steps == MOST_STEPS:
            continue
        gain = counting.gain(change.person, count)
        if gain > (before if of_minutes else 0):
            steps, before = (steps + 1, gain) if of_minutes else (steps, before)
            yield Relaxation(change.told, gain)


def _changes(person: Person) -> Iterator[_Change]:
    profile = person.profile

    def change(told: dict[str, Any], **keys: Any) -> _Change:
        return _Change(told, replace(person, profile=replace(profile, **keys)))

    yield from _travelling(profile, person.travel, change)
    if profile.remote_ok is False:
        yield change({"remote_ok": True}, remote_ok=True)
    for hours in sorted(profile.excluded_hours):
        yield change({"excluded_hours": sorted(profile.excluded_hours - {hours})},
                     excluded_hours=profile.excluded_hours - {hours})  # fmt: skip
    if profile.available_from and profile.available_from > person.today:
        yield change({"available_from": person.today.isoformat()}, available_from=None)
    if any(refusal.holds_on(person.today) for refusal in profile.refusals):
        yield change({"refusals": []}, refusals=())


def _travelling(profile: Profile, travel: Travel, change: Callable[..., _Change]) -> Iterator[_Change]:
    """More minutes, another way of travelling."""
    limit = profile.travel.max_minutes
    if limit is not None and travel.modes:
        for minutes in (step for step in STEPS if step > limit):
            yield change({"travel.max_minutes": minutes}, travel=Travel(travel.modes, minutes))
    if profile.travel.modes and "voiture" not in travel.modes:
        for mode in (one for one in PROPOSED if one not in travel.modes):
            modes = (*profile.travel.modes, mode)
            yield change({"travel.modes": list(modes)}, travel=Travel(modes, limit))


class _Counting:
    """What may be used now, kept while changes are tried."""

    def __init__(self, contenders: Contenders, found: int) -> None:
        self._contenders = contenders
        self._found = found
        self._left = JUDGED
        self._usable_now: set[str] | None = None

    def gain(self, person: Person, found: int) -> int:
        """How many more options that person, changed, may use; `found` as the engine counts them."""
        if found > READ:
            return found - self._found
        then = self._usable(person)
        if self._usable_now is None:
            self._usable_now = set(self._usable(self._contenders.person).ids())
        new = [line for line in then.lines if then.among.table.ids[line] not in self._usable_now]
        if len(new) > self._left:
            return len(new)
        self._left -= len(new)
        return then.judged(new)

    def _usable(self, person: Person) -> "_Usable":
        means = self._contenders.means
        window = Window(query=counted_query(person, person.needs), limit=READ)
        among = Among.of(person, means.engine.table([window]))
        return _Usable(Contenders(person, means, among), np.flatnonzero(may_use(among)).tolist())


@dataclass(frozen=True, slots=True)
class _Usable:
    """What nothing certain rules out for one person."""

    contenders: Contenders
    lines: list[int]

    @property
    def among(self) -> Among:
        return self.contenders.among

    def ids(self) -> Iterator[str]:
        """Of those lines."""
        return (self.among.table.ids[line] for line in self.lines)

    def judged(self, lines: list[int]) -> int:
        """How many of them may be used, once their documents are read."""
        return sum(not one.verdict.not_met for _, one in self.contenders.fetched(lines))
