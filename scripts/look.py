"""What a match or a search shows beside what people judged, case by case: what to mend next.

    .venv/bin/python scripts/look.py tests/quality/cases/tuning [NAME...] [--worst 10]

The first ten with their grades (? not judged), then what was judged 2 or 3 and stands lower or nowhere. The
sealed half is not to be looked at.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from directory.config import Settings
from directory.errors import DirectoryError
from directory.judging.folder import JudgedFolder, read_folder
from directory.judging.house import throw_away
from directory.judging.rankers import Bench
from directory.wiring import Jalon
from matching.errors import MatchingError
from matching.evaluation.measures import measure
from matching.evaluation.qrels import RELEVANT


def main() -> None:
    """Print the cases named, or the worst ones."""
    asked = arguments()
    if "sealed" in asked.folder.resolve().parts:
        sys.exit("La moitié scellée ne se regarde pas.")
    jalon = Jalon(Settings.from_environ(os.environ))
    folder = read_folder(asked.folder, jalon.communes)
    day = folder.today or jalon.today()
    with throw_away(jalon, folder.files, day, lambda _: None) as house:
        bench = Bench(house.jalon.matcher, day, folder.profiles, folder.searches)
        runs = {name: order(name, folder, bench) for name in folder.qrels if name not in folder.strangers}
        found = {name: one["ndcg@10"] for name, one in measure(runs, folder.qrels).values.items()}
        for name in asked.names or sorted(found, key=lambda name: found[name])[: asked.worst]:
            print("\n".join(case(name, runs[name], found.get(name), folder, bench)))


def order(name: str, folder: JudgedFolder, bench: Bench) -> list[str]:
    """Jalon's own, for a person or a search."""
    return bench.match(name) if name in folder.profiles else bench.search(name)


def case(
    name: str, ranked: Sequence[str], worth: float | None, folder: JudgedFolder, bench: Bench
) -> Iterator[str]:
    """The lines of one case."""
    grades = folder.qrels[name]
    wish = folder.searches.get(name)
    yield f"\n=== {name}  nDCG@10 {'sans objet' if worth is None else f'{worth:.3f}'}"
    yield folder.personas.get(name, "") if wish is None else f"« {wish.q} »"
    for rank, option_id in enumerate(ranked[:10], 1):
        yield line(f"{rank:>3}", str(grades.get(option_id, "?")), option_id, bench)
    for option_id in sorted(grades, key=lambda one: (-grades[one], one)):
        if grades[option_id] >= RELEVANT and option_id not in ranked[:10]:
            stands = str(ranked.index(option_id) + 1) if option_id in ranked else "—"
            yield line(f"{stands:>3}", str(grades[option_id]), option_id, bench)


def line(rank: str, grade: str, option_id: str, bench: Bench) -> str:
    """One option."""
    document = bench.documents.get(option_id)
    nom = f"{document.nom} ({document.structure_nom}, {document.commune})" if document else "absente"
    return f"{rank} [{grade}] {nom}  {option_id}"


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="cases; the worst ones when none is named")
    parser.add_argument("--worst", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (DirectoryError, MatchingError, OSError) as error:
        sys.exit(str(error))
