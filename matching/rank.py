"""From totals to an order.

The order covers the needs: the first ten answer every priority need that has an answer, no structure fills
them, nothing stands there twice, and options of equal relevance take turns from one day to the next.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Final

from matching.candidate import Candidate, Person
from matching.diagnostic.needs import Need
from matching.signals import Signal

#: The page the promises are about.
FIRST_PAGE: Final = 10
MOST_OF_ONE_STRUCTURE: Final = 2
#: « Equally relevant », for leaving a structure's third option for another's: at least this part
#: of its total.
AS_RELEVANT: Final = 0.75
#: A priority need goes first when its answer is worth at least this part of the best there is.
WORTH_A_TURN: Final = 0.6
#: An option answers a need squarely from this strength on: it settles that the need is answered.
SQUARELY: Final = 0.5
#: Totals inside such a band are equal: their options take turns.
BAND: Final = 0.005
#: Each answer already placed for a need takes this much off its next one, so that other needs show; up to
#: three times, so that a poor answer to a weak need never passes a good one (digital constraint, two jobs).
AGAIN: Final = 0.95
AGAIN_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what each rule gave it, in the order of the rules, and its total (0..1). `also`:
    ids of the same service told by other sources."""

    candidate: Candidate
    signals: tuple[Signal, ...]
    total: float
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.candidate.document.id


@dataclass(frozen=True, slots=True)
class Standing:
    """What ordering reads of an option. `needs`: code → how far it answers, the most first; `from_afar`: had
    remotely only, where that is told to matter; `twins`: ids of the same service told by other sources."""

    id: str
    total: float
    needs: Mapping[str, float]
    structure: str | None
    turn: bytes
    from_afar: bool = False
    twins: frozenset[str] = frozenset()

    @property
    def main(self) -> str:
        """The need it answers most."""
        return next(iter(self.needs))

    @property
    def key(self) -> tuple[bool, int, bytes, str]:
        """On site before remote only where that is told to matter; then the band, the turn of the day, the
        id."""
        return self.from_afar, -_band(self.total), self.turn, self.id


def turn(option_id: str, today: date) -> bytes:
    """The place of an option among its equals that day: drawn anew each day, the same for everybody."""
    return blake2b(f"{today.isoformat()} {option_id}".encode(), digest_size=8).digest()


def _band(value: float) -> int:
    return int(value / BAND)


def order(standings: Iterable[Standing], person: Person, *, limit: int) -> list[Standing]:
    """The list to show, best first; the twins of what is shown come after the first page."""
    page = _Page(person.needs.needs, sorted(standings, key=lambda one: one.key))
    first = list(page.fill(min(limit, FIRST_PAGE)))
    return first + page.left[: limit - len(first)]


@dataclass(slots=True)
class _Page:
    """The first page being filled from what is left, which stays in order."""

    needs: Collection[Need]
    left: list[Standing]
    placed: Counter[str] = field(default_factory=Counter)
    structures: Counter[str] = field(default_factory=Counter)
    shown: set[str] = field(default_factory=set)

    def fill(self, places: int) -> Iterator[Standing]:
        """Take the best each time, an answer to a need still unanswered when its turn has come."""
        for place in range(places):
            open_to = [one for one in self.left if not one.twins or one.twins.isdisjoint(self.shown)]
            if not open_to:
                return
            due = self._due(open_to, places - place)
            yield self._take(self._choose(due or open_to, open_to, any_need=not due))

    def _due(self, open_to: list[Standing], places: int) -> list[Standing]:
        """The answers to a need whose turn has come: an emergency, then a priority, not answered yet; or any
        other while there are just enough places left to answer them all."""
        waiting = [need for need in self.needs if not self.placed[need.code]]
        answers = {need.code: found for need in waiting if (found := _answering(need.code, open_to))}
        best = max(one.total for one in open_to)
        for need in waiting:
            told = answers.get(need.code, [])
            if told and (need.emergency or (need.priority and told[0].total >= WORTH_A_TURN * best)):
                return told
        return next(iter(answers.values())) if answers and len(answers) >= places else []

    def _choose(self, among: list[Standing], open_to: list[Standing], *, any_need: bool) -> Standing:
        """The first by worth whose structure has not had its share, unless nothing as relevant remains or the
        need would be left without its only answers."""
        first = self._best(among) if any_need else among[0]
        if not self._had_its_share(first):
            return first
        by_worth = sorted(among, key=self._worth) if any_need else among
        spared = next((one for one in by_worth if not self._had_its_share(one)), None)
        if spared is not None and spared.total >= AS_RELEVANT * first.total:
            return spared
        if not any_need and spared is None:
            return first
        others = [one for one in open_to if not self._had_its_share(one)]
        as_good = next((one for one in others if one.total >= AS_RELEVANT * first.total), None)
        return as_good or first

    def _best(self, among: list[Standing]) -> Standing:
        """The first by worth. None is worth more than its total, so that what follows in order is not looked
        at once it cannot win."""
        best, its_key = among[0], self._worth(among[0])
        for one in among:
            if (one.from_afar, -_band(one.total)) > its_key[:2]:
                break
            key = self._worth(one)
            if key < its_key:
                best, its_key = one, key
        return best

    def _worth(self, one: Standing) -> tuple[bool, int, bytes, str]:
        """As its key, less what its need already has."""
        less = one.total * AGAIN ** min(AGAIN_AT_MOST, self.placed[one.main])
        return one.from_afar, -_band(less), one.turn, one.id

    def _had_its_share(self, one: Standing) -> bool:
        return one.structure is not None and self.structures[one.structure] >= MOST_OF_ONE_STRUCTURE

    def _take(self, one: Standing) -> Standing:
        self.left.remove(one)
        self.shown.add(one.id)
        self.placed.update(code for code, strength in one.needs.items() if _settles(one, code, strength))
        if one.structure:
            self.structures[one.structure] += 1
        return one


def _answering(code: str, open_to: list[Standing]) -> list[Standing]:
    """Those that settle a need, in order; those that answer it at all when none does."""
    return [one for one in open_to if code in one.needs and _settles(one, code, one.needs[code])]


def _settles(one: Standing, code: str, strength: float) -> bool:
    return strength >= SQUARELY or code == one.main
