"""The candidates of one person, scored all at once; documents are fetched and judged as they are needed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from indexer.document import OptionDocument, Point
from indexer.engine import SearchReader
from indexer.reference.communes import Communes
from indexer.reference.distance import distance_km
from indexer.topics import read_code
from matching.among import Among, Numbers
from matching.candidate import Candidate, Person
from matching.conditions import conditions
from matching.eligibility import assess
from matching.needed import answers
from matching.rank import Scored, Standing, turn
from matching.signals import RULES, Given, Rule, given, signal
from matching.travel import Router
from matching.twins import twins
from matching.weights import Weights

#: An answer weaker than this is none.
LEAST_STRENGTH: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What candidates are fetched, judged and weighed with."""

    engine: SearchReader
    communes: Communes
    router: Router
    weights: Weights
    rules: tuple[Rule, ...] = RULES


def weigh(told: Sequence[Given], rules: Sequence[Rule], weights: Weights) -> Numbers:
    """Σ weight × score / Σ weight of the rules that are not silent, line by line; 0 when all are."""
    scores = np.array([one.scores for one in told])
    weighed = np.array([weights.of(rule.__name__) for rule in rules])[:, np.newaxis]
    heard = ~np.isnan(scores)
    gave = (np.nan_to_num(scores) * weighed).sum(axis=0)
    could = (heard * weighed).sum(axis=0)
    total: Numbers = np.divide(gave, could, out=np.zeros(len(gave)), where=could > 0)
    return total


@dataclass(slots=True)
class Contenders:
    """`told` and `totals` are those of `among`, once `score` ran."""

    person: Person
    means: Means
    among: Among
    told: list[Given] = field(default_factory=list)
    totals: Numbers = field(default_factory=lambda: np.zeros(0))
    _known: dict[int, Candidate] = field(default_factory=dict)
    _twins: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def score(self) -> None:
        """Run every rule on all of them."""
        self.told = [given(rule, self.among) for rule in self.means.rules]
        self.totals = weigh(self.told, self.means.rules, self.means.weights)

    def best(self, many: int, totals: Numbers | None = None) -> list[int]:
        """The lines that answer something, the best first."""
        ranked = self.totals if totals is None else totals
        able = np.flatnonzero(self.among.strongest >= LEAST_STRENGTH)
        ids = self.among.table.ids
        first = able[np.argsort(-ranked[able], kind="stable")][: many + 1]
        return sorted(first.tolist(), key=lambda line: (-ranked[line], ids[line]))[:many]

    def know(self, lines: Iterable[int]) -> None:
        """Fetch and judge those that are not known yet, and score all anew with what they tell. One that left
        the index meanwhile stays unknown."""
        ids = self.among.table.ids
        missing = [line for line in lines if line not in self._known]
        if missing:
            found = self.means.engine.get(ids[line] for line in missing)
            self.take({line: found[ids[line]] for line in missing if ids[line] in found})

    def take(self, documents: Mapping[int, OptionDocument]) -> None:
        """Judge those, fetched already, and score all anew with what they tell."""
        judged = self.judge(documents)
        self._known |= judged
        self.among.learn(judged.items())
        self._twins = twins(one.document for one in self._known.values())
        self.score()

    def fetched(self, lines: Iterable[int]) -> list[tuple[int, Candidate]]:
        """Those judged, without a score: enough to tell whether they may be used."""
        ids = self.among.table.ids
        found = self.means.engine.get(ids[line] for line in lines)
        there = {line: found[ids[line]] for line in lines if ids[line] in found}
        return list(self.judge(there).items())

    def known(self, lines: Iterable[int]) -> list[tuple[int, Candidate]]:
        """Those that are known, in that order."""
        return [(line, self._known[line]) for line in lines if line in self._known]

    def judge(self, documents: Mapping[int, OptionDocument]) -> dict[int, Candidate]:
        """Those lines as candidates, each with its verdict."""
        table, person = self.among.table, self.person
        near = [(line, one) for line, one in documents.items() if table.on_site[line]]
        ends = [(_nearest(one, person), float(table.km[line])) for line, one in near]
        journeys = self.means.router.journeys(person.profile.place.point, ends, person.travel.modes)
        by_line = dict(zip((line for line, _ in near), journeys, strict=True))
        found = {}
        for line, document in documents.items():
            on_site = bool(table.on_site[line])
            bare = Candidate(
                document=document, distance_km=float(table.km[line]) if on_site else None, on_site=on_site,
                remote=document.remote, journey=by_line.get(line), conditions=conditions(document),
            )  # fmt: skip
            found[line] = bare.judged(assess(person, bare, self.means.communes))
        return found

    def standings(self, lines: Iterable[int], totals: Numbers | None = None) -> list[Standing]:
        """What ordering reads of those that are known and may be used."""
        able = [(line, one) for line, one in self.known(lines) if not one.verdict.not_met]
        ranked = self.totals if totals is None else totals
        on_site_first = self.person.needs.indicators.on_site_first
        return [
            Standing(
                id=one.document.id, total=float(ranked[line]), needs=self._needs(line),
                structure=one.document.structure_id, turn=turn(one.document.id, self.person.today),
                from_afar=on_site_first and not one.on_site,
                twins=self._twins.get(one.document.id, frozenset()),
            )
            for line, one in able
        ]  # fmt: skip

    def _needs(self, line: int) -> dict[str, float]:
        told = zip(
            (need.code for need in self.person.needs), self.among.strengths[:, line].tolist(), strict=True
        )
        return dict(sorted((one for one in told if one[1] > 0), key=lambda one: (-one[1], one[0])))

    def told_of(self, line: int, also: Iterable[str] = ()) -> Scored:
        """All that the rules say of one that is known."""
        candidate = self.answering(line)
        rules = self.means.rules
        signals = tuple(
            signal(rule, told, line, candidate) for rule, told in zip(rules, self.told, strict=True)
        )
        return Scored(candidate, signals, float(self.totals[line]), tuple(sorted(also)))

    def answering(self, line: int) -> Candidate:
        """One that is known, with what it answers."""
        one = self._known[line]
        if not one.answers:
            topics = [read_code(code) for code in self.among.table.fields["topics"].of(line)]
            one = self._known[line] = replace(one, answers=answers(one.document, self.person, topics))
        return one


def _nearest(document: OptionDocument, person: Person) -> Point:
    here = person.profile.place.point
    return min(document.points, key=lambda point: distance_km(here, point))
