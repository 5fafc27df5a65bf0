"""Every ranker on every judged case, in figures that can be told and compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from indexer.document import OptionDocument
from matching.candidate import Person
from matching.evaluation.first_page import FIRST, FirstPage, duplicates, first_page
from matching.evaluation.measures import MEASURES, Measured, measure
from matching.evaluation.qrels import Qrels
from matching.travel import Router

#: The order of one ranker for one query: option ids, best first. May raise as `SearchReader.search`.
Ranker = Callable[[str], Sequence[str]]
#: The documents of some options; an unknown id is absent.
Fetch = Callable[[Sequence[str]], Mapping[str, OptionDocument]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One ranker on one sort of case. `pages`: query → what its first ten hold."""

    measured: Measured
    pages: Mapping[str, Mapping[str, float | int | None]]

    def to_json(self) -> dict[str, Any]:
        """Means, counts, then each query's own values."""
        measured = self.measured
        return {
            **{name: measured.mean(name) for name in MEASURES},
            **_whole(self.pages),
            "queries": measured.queries,
            "measured": {name: measured.count(name) for name in MEASURES},
            "without_relevant": len(measured.without_relevant),
            "without_relevant_queries": list(measured.without_relevant),
            "without_relevant_shown@10": self._shown_for_nothing(),
            "per_query": {
                query: {**measured.values.get(query, {}), **page} for query, page in self.pages.items()
            },
        }

    def _shown_for_nothing(self) -> float | None:
        """How many options stand in the first ten where none answers, on average: none is honest."""
        shown = [self.pages[query]["shown@10"] or 0 for query in self.measured.without_relevant]
        return sum(shown) / len(shown) if shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Judged queries of one sort, and what tells of an option. `people`: query → who asks, for a match; empty
    for searches. `told` hears of each query done."""

    qrels: Qrels
    fetch: Fetch
    router: Router
    people: Mapping[str, Person] = field(default_factory=dict)
    told: Callable[[], None] = field(default=lambda: None)


def evaluate(ranker: Ranker, cases: Cases) -> Figures:
    """One ranker on all of them. Raises as the ranker."""
    runs: dict[str, Sequence[str]] = {}
    pages: dict[str, Mapping[str, float | int | None]] = {}
    for query in sorted(cases.qrels):
        runs[query] = ranker(query)
        pages[query] = _page(query, runs[query][:FIRST], cases)
        cases.told()
    return Figures(measured=measure(runs, cases.qrels), pages=pages)


def _page(query: str, first: Sequence[str], cases: Cases) -> Mapping[str, float | int | None]:
    grades = cases.qrels[query]
    documents = cases.fetch([*first, *grades])
    ranked = [documents[option_id] for option_id in first if option_id in documents]
    person = cases.people.get(query)
    if person is None:
        unjudged = sum(option_id not in grades for option_id in first)
        return {"duplicates@10": duplicates(ranked), "unjudged@10": unjudged, "shown@10": len(first)}
    page: FirstPage = first_page(ranked, documents, person, grades, cases.router)
    return {**page.to_json(), "shown@10": len(first)}


def _whole(pages: Mapping[str, Mapping[str, float | int | None]]) -> dict[str, float | int | None]:
    """Over all queries: what must not be is counted, the rest is a mean or a median."""
    columns: dict[str, list[float]] = {}
    for page in pages.values():
        for name, value in page.items():
            column = columns.setdefault(name, [])
            if value is not None:
                column.append(value)
    return {name: _one(name, column) for name, column in columns.items()}


def _one(name: str, column: Sequence[float]) -> float | int | None:
    if name in {"violations@10", "duplicates@10"}:
        return int(sum(column))
    if not column:
        return None
    return median(column) if name == "median_minutes" else sum(column) / len(column)
