"""Weights sought on the tuning half of the judged cases, never on the sealed one.

    .venv/bin/python scripts/tune.py tests/quality/cases/tuning --version 2026.12.1 --out weights.toml
    .venv/bin/python scripts/tune.py … --knob matching.rank.AGAIN --knob matching.rank.WORTH_A_TURN

Coordinate ascent on the mean nDCG@10 of the people judged, from the weights in force. A knob is a number of
a module, tried like a weight and told in the story, for its owner to write down. The story (a Markdown table:
which number, from what to what, for which cases) goes to stdout. `--cross` tunes on each half of the cases
and tells what it is worth on the other: the honest part of the gain.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType

from directory.config import Settings
from directory.errors import DirectoryError
from directory.judging.folder import JudgedFolder, read_folder
from directory.judging.house import throw_away
from directory.judging.rankers import Bench
from directory.wiring import Jalon
from matching.errors import MatchingError
from matching.evaluation.comparison import compare
from matching.evaluation.measures import measure
from matching.evaluation.qrels import restricted
from matching.evaluation.tuning import Numbers, Step, Tuned, Values, ascend, halves, meaningful
from matching.weight_files import write_weights
from matching.weights import Weights


@dataclass(frozen=True)
class Knob:
    """A number of a module."""

    module: ModuleType
    name: str

    @classmethod
    def named(cls, path: str) -> "Knob":
        """From `package.module.NAME`."""
        module, _, name = path.rpartition(".")
        return cls(import_module(module), name)

    @property
    def value(self) -> float:
        """As it is now."""
        return float(getattr(self.module, self.name))

    def turn(self, value: float) -> None:
        """Set it; a whole number stays one."""
        whole = isinstance(getattr(self.module, self.name), int)
        setattr(self.module, self.name, round(value) if whole else value)


@dataclass(frozen=True)
class Trial:
    """What is tuned: people judged on a bench, weights and knobs as numbers by name."""

    folder: JudgedFolder
    bench: Bench
    knobs: Mapping[str, Knob]

    def start(self) -> dict[str, float]:
        """The numbers in force."""
        return {
            **self.bench.matcher.weights.values,
            **{name: knob.value for name, knob in self.knobs.items()},
        }

    def worth(self, numbers: Numbers, names: frozenset[str] | None = None) -> Values:
        """nDCG@10 of each person (of `names`) with those numbers."""
        for name, knob in self.knobs.items():
            knob.turn(numbers[name])
        weights = {name: value for name, value in numbers.items() if name not in self.knobs}
        tried = Weights("essai", MappingProxyType(weights))
        bench = replace(self.bench, matcher=replace(self.bench.matcher, weights=tried))
        people = self.folder.profiles.keys() if names is None else names
        qrels = restricted(self.folder.qrels, people)
        found = measure({name: bench.match(name) for name in qrels}, qrels)
        return {name: values["ndcg@10"] for name, values in found.values.items() if "ndcg@10" in values}

    def allowed(self, numbers: Numbers) -> bool:
        """The constraints, which are about weights."""
        return meaningful({name: value for name, value in numbers.items() if name not in self.knobs})

    def tune(self, names: frozenset[str] | None = None, *, rounds: int) -> Tuned:
        """The ascent, on those people."""
        return ascend(
            lambda numbers: self.worth(numbers, names), self.start(), allowed=self.allowed, rounds=rounds
        )


def main() -> None:
    """Tune, tell the story, write the weights."""
    asked = arguments()
    if "sealed" in asked.folder.resolve().parts:
        sys.exit("La moitié scellée ne sert qu'à rendre compte : elle ne règle rien.")
    jalon = Jalon(Settings.from_environ(os.environ))
    folder = read_folder(asked.folder, jalon.communes)
    day = folder.today or jalon.today()
    knobs = {path: Knob.named(path) for path in asked.knob}
    with throw_away(jalon, folder.files, day, lambda _: None) as house:
        trial = Trial(folder, Bench(house.jalon.matcher, day, folder.profiles, {}), knobs)
        with as_they_were(knobs):
            if asked.cross:
                cross(trial, asked.rounds)
                return
            start = trial.worth(trial.start())
            tuned = trial.tune(rounds=asked.rounds)
    tell(tuned, start)
    weights = {name: value for name, value in tuned.numbers.items() if name not in knobs}
    if asked.out:
        asked.out.write_text(write_weights(Weights(asked.version, weights)), encoding="utf-8")


@contextmanager
def as_they_were(knobs: Mapping[str, Knob]) -> Iterator[None]:
    """Turn every knob back at the end."""
    before = {name: knob.value for name, knob in knobs.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            knobs[name].turn(value)


def cross(trial: Trial, rounds: int) -> None:
    """Tune on one half of the cases, look at the other, and the other way round."""
    start = trial.start()
    first, second = halves(trial.worth(start))
    for tuned_on, looked_at in ((first, second), (second, first)):
        tuned = trial.tune(tuned_on, rounds=rounds)
        before, after = trial.worth(start, looked_at), trial.worth(tuned.numbers, looked_at)
        print(f"réglé sur {len(tuned_on)} profils : {mean(tuned.values):.4f} ; sur les autres :", end=" ")
        print(sentence(before, after))


def tell(tuned: Tuned, start: Values) -> None:
    """The story, as a Markdown table, and what it is worth."""
    print("| nombre | de | à | nDCG@10 | cas |\n|---|---|---|---|---|")
    for step in tuned.story:
        print(row(step))
    print(f"\n{sentence(start, tuned.values)}")


def row(step: Step) -> str:
    """A line of the table."""
    cases = ", ".join(f"{query} ({gap:+.3f})" for query, gap in step.moved)
    worth = f"{step.mean_before:.4f} → {step.mean_after:.4f}"
    return f"| {step.name} | {step.before:g} | {step.after:g} | {worth} | {cases} |"


def sentence(before: Values, after: Values) -> str:
    """The difference and how sure it is."""
    found = compare(before, after)
    if found is None:
        return "aucun profil jugé"
    sure = f"95 % entre {found.low:+.4f} et {found.high:+.4f}, p = {found.p:.3f}"
    return f"{found.a:.4f} → {found.b:.4f} ({found.delta:+.4f} ; {sure} ; {found.queries} profils)"


def mean(values: Values) -> float:
    """Of the values."""
    return sum(values.values()) / max(1, len(values))


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--knob", action="append", default=[], help="package.module.NAME of a number to tune too"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cross", action="store_true", help="tune on one half, look at the other, twice")
    parser.add_argument("--version", default="essai", help="of the weights written")
    parser.add_argument("--out", type=Path, help="where to write the weights found")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (DirectoryError, MatchingError, OSError) as error:
        sys.exit(str(error))
