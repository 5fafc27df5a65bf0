"""nDCG, precision and recall of one ranker, by ir-measures.

nDCG has an exponential gain, 2^grade − 1: 0, 1, 3, 7. It is asked for by its gains rather than by
`dcg='exp-log2'`, which ir-measures hands to a Perl program that takes whole numbers for queries' names only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ir_measures
from ir_measures import RR, P, R, ScoredDoc, nDCG

from matching.evaluation.qrels import RELEVANT, Qrels

#: An order: for each query, option ids, best first.
Runs = Mapping[str, Sequence[str]]

GAINS: Final = {grade: 2**grade - 1 for grade in range(4)}
#: As interfaces.md names them, in the order to show, with the least grade that must exist for each to mean
#: something: of a query that nothing answers, no order is better than another.
MEASURES: Final[Mapping[str, tuple[Any, int]]] = {
    "ndcg@10": (nDCG(gains=GAINS) @ 10, 1),
    "p@5": (P(rel=RELEVANT) @ 5, RELEVANT),
    "recall@50": (R(rel=RELEVANT) @ 50, RELEVANT),
    "rr": (RR(rel=RELEVANT), RELEVANT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`values`: query → measure → value, only where the measure means something. `queries`: how many were
    judged; `without_relevant`: those of them with no option above 0, left out of every mean."""

    values: Mapping[str, Mapping[str, float]]
    queries: int
    without_relevant: tuple[str, ...]

    def mean(self, measure: str) -> float | None:
        """Over the queries where it means something; None when there is none."""
        known = [values[measure] for values in self.values.values() if measure in values]
        return sum(known) / len(known) if known else None

    def count(self, measure: str) -> int:
        """Over how many queries the mean is."""
        return sum(measure in values for values in self.values.values())


def measure(runs: Runs, qrels: Qrels) -> Measured:
    """Every measure, for each judged query; one that has no order counts as an empty one."""
    best = {query: max(grades.values(), default=0) for query, grades in qrels.items()}
    scored = list(_scored(runs, qrels))
    judged = {query: dict(grades) for query, grades in qrels.items()}
    values: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, (asked, least) in MEASURES.items():
        found = {one.query_id: one.value for one in ir_measures.iter_calc([asked], judged, scored)}
        for query, top in best.items():
            if top >= least:
                values[query][name] = found.get(query, 0.0)
    without = tuple(sorted(query for query, top in best.items() if top == 0))
    return Measured(values=dict(sorted(values.items())), queries=len(qrels), without_relevant=without)


def _scored(runs: Runs, qrels: Qrels) -> Iterable[ScoredDoc]:
    """Scores that say the order: none are equal, so that no tie is broken behind our back."""
    for query in qrels:
        ranked = list(dict.fromkeys(runs.get(query, ())))
        for place, option_id in enumerate(ranked):
            yield ScoredDoc(query, option_id, float(len(ranked) - place))
