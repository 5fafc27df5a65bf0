"""What to have judged of a folder of cases, as text for who grades it.

    .venv/bin/python scripts/pool.py tests/quality/cases/tuning --depth 12 --out /tmp/pool --parts 8

Only what `qrels.txt` does not have yet is written: run again after a ranker changed, it gives the newcomers.
Each part is `FILE-1.txt`…; readers answer `NAME OPTION_ID GRADE`, an `e` after a grade that hangs on a doubt
about eligibility. `scripts/qrels.py` makes judgements of two readings.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from directory.config import Settings
from directory.errors import DirectoryError
from directory.judging.folder import read_folder
from directory.judging.house import throw_away
from directory.judging.pool import Pooling, pairs, pool, read_named
from directory.judging.rankers import Bench
from directory.judging.sheets import Reader
from directory.wiring import Jalon
from matching.errors import MatchingError


def main() -> None:
    """Write the parts, tell how many judgements they ask for."""
    asked = arguments()
    named = read_named(asked.also.read_text("utf-8").splitlines()) if asked.also else {}
    jalon = Jalon(Settings.from_environ(os.environ))
    folder = read_folder(asked.folder, jalon.communes, judged=False)
    day: date = folder.today or jalon.today()
    wished = Pooling(
        depth=asked.depth, random=asked.random, seed=asked.seed, newcomers=asked.newcomers, named=named
    )
    with (
        Progress(console=Console(stderr=True), transient=True) as bar,
        throw_away(jalon, folder.files, day, lambda _: None) as house,
    ):
        task = bar.add_task("Recueil", total=len(folder.profiles) + len(folder.searches))
        bench = Bench(house.jalon.matcher, day, folder.profiles, folder.searches)
        pooled = pool(folder, bench, wished, lambda: bar.advance(task))
        reader = Reader(folder=folder, bench=bench, longest=asked.description)
        texts = [reader.case(name, options) for name, options in pooled.items()]
    for part in range(asked.parts):
        where = Path(f"{asked.out}-{part + 1}.txt" if asked.parts > 1 else asked.out)
        where.write_text("\n".join(texts[part :: asked.parts]), encoding="utf-8")
    print(f"{pairs(pooled)} couples à juger, {len(pooled)} cas")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", required=True, help="file, or the beginning of the parts' names")
    parser.add_argument("--depth", type=int, default=12, help="first options of each ranker")
    parser.add_argument("--random", type=int, default=3, help="options drawn from the whole inventory")
    parser.add_argument("--also", type=Path, help="`NAME OPTION_ID` a line: decoys to have judged too")
    parser.add_argument("--description", type=int, default=600, help="characters of a description")
    parser.add_argument("--parts", type=int, default=1, help="files to share among readers")
    parser.add_argument("--newcomers", action="store_true", help="only cases judged already")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (DirectoryError, MatchingError, OSError) as error:
        sys.exit(str(error))
