"""What to have judged: the best of several rankers together, with a few drawn at random, in no order.

Judging only what one ranker shows would make it right by construction. Readers see no rank and no ranker.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from directory.judging.folder import JudgedFolder
from directory.judging.rankers import Bench, rankers
from matching.evaluation.evaluate import Ranker
from matching.evaluation.qrels import Qrels

#: Pairs of (query, option) that somebody names: decoys that no ranker may have shown.
Named = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """`depth` of each ranker; `random` more from the whole inventory; the order is drawn from `seed`;
    `newcomers`: only for cases that have judgements already."""

    depth: int = 12
    random: int = 3
    seed: int = 1
    newcomers: bool = False
    named: Named


#: Rankers that show what is near whatever it is: a few of their first tell enough.
_SHALLOW: Final = {"distance": 4}


def pool(
    folder: JudgedFolder, bench: Bench, wished: Pooling, told: Callable[[], None]
) -> dict[str, list[str]]:
    """Query → options not judged yet, shuffled; queries with nothing new left out. Raises as `rankers`."""
    pooled: dict[str, list[str]] = {}
    for names, own, lists in (
        (folder.profiles, bench.match, bench.people_lists),
        (folder.searches, bench.search, bench.search_lists),
    ):
        tried = rankers(own, lists)
        for name in names:
            if wished.newcomers and name not in folder.qrels:
                continue
            found = _best(tried, name, wished.depth) | set(wished.named.get(name, ()))
            drawn = _drawn(name, bench.documents, wished)
            if fresh := sorted((found | drawn) & bench.documents.keys() - folder.qrels.get(name, {}).keys()):
                random.Random(f"{wished.seed} {name}").shuffle(fresh)  # noqa: S311  (an order, no secret)
                pooled[name] = fresh
            told()
    return pooled


def _best(tried: Mapping[str, Ranker], name: str, depth: int) -> set[str]:
    return {
        option_id
        for ranker, order in tried.items()
        for option_id in order(name)[: min(depth, _SHALLOW.get(ranker, depth))]
    }


def _drawn(name: str, documents: Mapping[str, object], wished: Pooling) -> set[str]:
    """The same for a query whenever it is asked: who is pooled anew judges no new random ones."""
    rng = random.Random(f"drawn {wished.seed} {name}")  # noqa: S311
    return set(rng.sample(sorted(documents), min(wished.random, len(documents))))


def read_named(lines: Iterable[str]) -> dict[str, list[str]]:
    """`NAME OPTION_ID …` a line; anything after is a remark."""
    named: dict[str, list[str]] = {}
    for line in lines:
        if not line.lstrip().startswith("#") and len(words := line.split()) >= 2:
            named.setdefault(words[0], []).append(words[1])
    return named


def pairs(pooled: Mapping[str, Sequence[str]]) -> int:
    """How many judgements are asked for."""
    return sum(map(len, pooled.values()))


def unjudged(pooled: Mapping[str, Sequence[str]], grades: Qrels) -> list[tuple[str, str]]:
    """What was asked for and has no grade."""
    return [
        (name, option_id)
        for name, options in pooled.items()
        for option_id in options
        if option_id not in grades.get(name, {})
    ]
