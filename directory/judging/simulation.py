"""Two ways of ranking side by side on the same people, before one of them is published."""

from collections.abc import Mapping, Sequence
from typing import Any

from directory.judging.folder import JudgedFolder
from directory.judging.rankers import Bench
from directory.judging.run import Told, people_cases
from matching.evaluation.comparison import compare
from matching.evaluation.evaluate import Figures, evaluate
from matching.evaluation.measures import MEASURES
from matching.evaluation.moves import Move, moves


def simulate(folder: JudgedFolder, a: Bench, b: Bench, told: Told) -> dict[str, Any]:
    """What changes from `a` to `b`: the measures where people are judged, and everybody's first ten. `told`
    hears of each person."""
    changed = {}
    orders: dict[str, tuple[Sequence[str], Sequence[str]]] = {}
    for name in folder.profiles:
        orders[name] = a.match(name), b.match(name)
        changed[name] = moves(*orders[name])
        told()
    cases = people_cases(folder, a, lambda: None)
    one = evaluate(lambda name: orders[name][0], cases)
    other = evaluate(lambda name: orders[name][1], cases)
    return {
        "a": _version(a),
        "b": _version(b),
        **{name: _compared(one, other, name) for name in MEASURES},
        "unchanged": sum(not found for found in changed.values()),
        "people": {
            name: {
                "moves": [_move(move, a) for move in found],
                "ndcg@10": {"a": _value(one, name), "b": _value(other, name)},
            }
            for name, found in _most_first(changed).items()
            if found
        },
    }


def _version(bench: Bench) -> dict[str, str]:
    return {"weights": bench.matcher.weights.version, "mapping": bench.matcher.mapping.version}


def _compared(one: Figures, other: Figures, name: str) -> dict[str, object] | None:
    found = compare(_values(one, name), _values(other, name))
    return found.to_json() if found else None


def _values(figures: Figures, name: str) -> dict[str, float]:
    values = figures.measured.values.items()
    return {query: measured[name] for query, measured in values if name in measured}


def _value(figures: Figures, name: str) -> float | None:
    return figures.measured.values.get(name, {}).get("ndcg@10")


def _move(move: Move, bench: Bench) -> dict[str, object]:
    document = bench.documents.get(move.option_id)
    return {
        "id": move.option_id, "nom": document.nom if document else "", "before": move.before,
        "after": move.after,
    }  # fmt: skip


def _most_first(changed: Mapping[str, tuple[Move, ...]]) -> dict[str, tuple[Move, ...]]:
    """Those whose page changes most come first."""
    return dict(sorted(changed.items(), key=lambda one: (-sum(move.steps for move in one[1]), one[0])))
