"""The figures of Jalon alone on a folder of cases, baselines left aside: what a gate holds it to."""

from pathlib import Path
from typing import Any, Final

from directory.judging.folder import read_folder
from directory.judging.house import throw_away
from directory.judging.rankers import Bench
from directory.judging.run import people_cases, search_cases
from directory.wiring import Jalon
from matching.evaluation.evaluate import evaluate

#: What is kept and compared, sort by sort.
KEPT: Final = {"people": ("ndcg@10", "violations@10", "duplicates@10"), "searches": ("ndcg@10",)}


def figures(jalon: Jalon, path: Path) -> dict[str, dict[str, Any]]:
    """`people` and `searches`, with all their measures. Raises as `read_folder`, an import and an engine."""
    folder = read_folder(path, jalon.communes)
    day = folder.today or jalon.today()
    with throw_away(jalon, folder.files, day, lambda _: None) as house:
        bench = Bench(house.jalon.matcher, day, folder.profiles, folder.searches)
        return {
            "people": evaluate(bench.match, people_cases(folder, bench, _silent)).to_json(),
            "searches": evaluate(bench.search, search_cases(folder, bench, _silent)).to_json(),
        }


def kept(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """What of them is written down."""
    return {sort: {name: round(found[sort][name], 4) for name in names} for sort, names in KEPT.items()}


def _silent() -> None:
    """Nobody watches."""
