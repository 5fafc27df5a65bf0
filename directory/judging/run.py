"""One evaluation, from a folder and a house that holds its inventory to figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.judging.folder import JudgedFolder
from directory.judging.rankers import Bench, rankers
from matching.evaluation.evaluate import Cases, Figures, evaluate
from matching.evaluation.qrels import options_of, restricted

Told = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Figures by ranker, Jalon's first, for people and for searches."""

    people: Mapping[str, Figures]
    searches: Mapping[str, Figures]

    def to_json(self) -> dict[str, Any]:
        """The shape of `interfaces.md`, « Judged cases »."""
        others = [name for name in self.people if name != "jalon"]
        return {
            "searches": self.searches["jalon"].to_json(),
            "people": self.people["jalon"].to_json(),
            "baselines": {
                name: {"people": self.people[name].to_json(), "searches": self.searches[name].to_json()}
                for name in others
            },
        }


def run(folder: JudgedFolder, bench: Bench, told: Told) -> Evaluation:
    """Every ranker on every case. `told` hears of each query done, `steps` in all."""
    return Evaluation(
        people={
            name: evaluate(ranker, people_cases(folder, bench, told))
            for name, ranker in rankers(bench.match, bench.people_lists).items()
        },
        searches={
            name: evaluate(ranker, search_cases(folder, bench, told))
            for name, ranker in rankers(bench.search, bench.search_lists).items()
        },
    )


def steps(folder: JudgedFolder, rankers: int) -> int:
    """How many times `told` is called by `run`."""
    judged = len(folder.qrels.keys() & folder.profiles.keys())
    return rankers * (judged + len(folder.qrels.keys() & folder.searches.keys()))


def people_cases(folder: JudgedFolder, bench: Bench, told: Told) -> Cases:
    """The people judged."""
    qrels = restricted(folder.qrels, folder.profiles)
    return Cases(
        qrels=qrels, fetch=bench.fetch, router=bench.matcher.router,
        people={name: bench.person(name) for name in qrels}, told=told,
    )  # fmt: skip


def search_cases(folder: JudgedFolder, bench: Bench, told: Told) -> Cases:
    """The searches judged."""
    qrels = restricted(folder.qrels, folder.searches)
    return Cases(qrels=qrels, fetch=bench.fetch, router=bench.matcher.router, told=told)


def unknown_options(folder: JudgedFolder, bench: Bench) -> list[str]:
    """Options judged that the inventory does not hold: refused, renamed, or never there."""
    return sorted(options_of(folder.qrels) - bench.documents.keys())
