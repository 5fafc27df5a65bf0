"""From signals to an order.

The total is the weighted sum of what rules gave over the weighted sum of what they could give. The order then
covers the needs: the first ten answer every priority need that has an answer, no structure fills them, and
options of equal relevance take turns from one day to the next.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Final

from matching.candidate import Candidate, Person
from matching.signals import RULES, Rule, Signal, signal
from matching.weights import Weights

#: The page the promises are about.
FIRST_PAGE: Final = 10
MOST_OF_ONE_STRUCTURE: Final = 2
#: « Equally relevant », for leaving a structure's third option for another's: at least this part
#: of its total.
AS_RELEVANT: Final = 0.75
#: A priority need goes first when its answer is worth at least this part of the best there is.
WORTH_A_TURN: Final = 0.6
#: Totals inside such a band are equal: their options take turns.
BAND: Final = 0.005
#: Each answer already placed for a need takes this much off its next one, so that other needs show; up to
#: three times, so that a poor answer to a weak need never passes a good one (digital constraint, two jobs).
AGAIN: Final = 0.95
AGAIN_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what each rule gave it, in the order of the rules, and its total (0..1)."""

    candidate: Candidate
    signals: tuple[Signal, ...]
    total: float

    @property
    def id(self) -> str:
        return self.candidate.document.id


def score(person: Person, candidate: Candidate, weights: Weights, rules: Sequence[Rule] = RULES) -> Scored:
    """Run every rule on one option."""
    signals = tuple(signal(rule, person, candidate) for rule in rules)
    return Scored(candidate, signals, total(signals, weights))


def total(signals: Iterable[Signal], weights: Weights) -> float:
    """Σ weight × score / Σ weight × ceiling; 0 when every rule is silent."""
    gave = could = 0.0
    values = weights.values
    for one in signals:
        weight = values.get(one.name, 0.0)
        gave += weight * one.score
        could += weight * one.ceiling
    return gave / could if could else 0.0


def order(scored: Iterable[Scored], person: Person, *, limit: int) -> list[Scored]:
    """The list to show, best first."""
    page = _Page(person, _queues(scored, person))
    first = list(page.fill(min(limit, FIRST_PAGE)))
    if limit <= FIRST_PAGE:
        return first
    rest = sorted(page.left(), key=lambda one: _key(one, person))
    return first + rest[: limit - len(first)]


def _queues(scored: Iterable[Scored], person: Person) -> dict[str, list[Scored]]:
    """By the need answered most (every candidate to order answers one), each in its own order."""
    queues: dict[str, list[Scored]] = {need.code: [] for need in person.needs}
    for one in scored:
        queues[one.candidate.answers[0].need.code].append(one)
    for queue in queues.values():
        queue.sort(key=lambda one: _key(one, person))
    return queues


def _key(one: Scored, person: Person) -> tuple[bool, int, bytes, str]:
    """On site before remote only where that is told to matter; then the band, the turn of the day, the id."""
    from_afar = person.needs.indicators.on_site_first and not one.candidate.on_site
    return from_afar, -_band(one.total), turn(one.id, person.today), one.id


def _band(value: float) -> int:
    return int(value / BAND)


def turn(option_id: str, today: date) -> bytes:
    """The place of an option among its equals that day: drawn anew each day, the same for everybody."""
    return blake2b(f"{today.isoformat()} {option_id}".encode(), digest_size=8).digest()


@dataclass(slots=True)
class _Page:
    """The first page being filled from the needs' queues."""

    person: Person
    queues: dict[str, list[Scored]]
    placed: Counter[str] = field(default_factory=Counter)
    structures: Counter[str] = field(default_factory=Counter)

    def fill(self, places: int) -> Iterator[Scored]:
        """Take the best head each time, a need still unanswered when its turn has come."""
        for place in range(places):
            heads = {code: head for code in self.queues if (head := self._head(code)) is not None}
            if not heads:
                return
            code = self._due(heads, places - place) or max(
                heads, key=lambda code: self._worth(heads[code], code)
            )
            yield self._take(code, heads[code])

    def left(self) -> list[Scored]:
        """What is not placed yet."""
        return [one for queue in self.queues.values() for one in queue]

    def _due(self, heads: dict[str, Scored], places: int) -> str | None:
        """A need whose turn has come: an emergency, then a priority, not answered yet; or any other while
        there are just enough places left to answer them all."""
        waiting = [need for need in self.person.needs if need.code in heads and not self.placed[need.code]]
        best = max(head.total for head in heads.values())
        for need in waiting:
            worthy = heads[need.code].total >= WORTH_A_TURN * best
            if need.emergency or (need.priority and worthy):
                return need.code
        return waiting[0].code if waiting and len(waiting) >= places else None

    def _worth(self, head: Scored, code: str) -> tuple[int, bytes, str]:
        """As `_key`, less what its need already has; the greatest is taken, so turns count backwards."""
        less = head.total * AGAIN ** min(AGAIN_AT_MOST, self.placed[code])
        mirrored = bytes(255 - byte for byte in turn(head.id, self.person.today))
        return _band(less), mirrored, head.id

    def _head(self, code: str) -> Scored | None:
        """The first of a queue whose structure has not had its share, unless nothing as relevant remains or
        the need would be left without its only answers."""
        queue = self.queues[code]
        if not queue:
            return None
        first = queue[0]
        for one in queue:
            if one.total < AS_RELEVANT * first.total:
                break
            if not self._had_its_share(one):
                return one
        spared = next((one for one in queue if not self._had_its_share(one)), None)
        alone = spared is None and not self.placed[code]
        return first if alone or not self._another(first.total) else spared

    def _another(self, total: float) -> bool:
        """Whether an option as relevant, of a structure that has not had its share, waits anywhere."""
        return any(
            one.total >= AS_RELEVANT * total and not self._had_its_share(one)
            for queue in self.queues.values()
            for one in queue
        )

    def _had_its_share(self, one: Scored) -> bool:
        structure = one.candidate.document.structure_id
        return structure is not None and self.structures[structure] >= MOST_OF_ONE_STRUCTURE

    def _take(self, code: str, one: Scored) -> Scored:
        self.queues[code].remove(one)
        for answer in one.candidate.answers:
            if answer.need.code == code or answer.strength >= 0.5:
                self.placed[answer.need.code] += 1
        if one.candidate.document.structure_id:
            self.structures[one.candidate.document.structure_id] += 1
        return one
