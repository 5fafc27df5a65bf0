"""Two blind readings of the same pools made judgements; a third settles what they are far apart on.

    .venv/bin/python scripts/qrels.py tests/quality/cases/tuning --one a-*.txt --other b-*.txt [--third c.txt]

Options are named as `scripts/pool.py` names them, or by their ids. Judgements already in `qrels.txt` are
kept: newcomers are added, and a pair read anew takes its new grade. What differs by two or more, or was read
once only, goes to `qrels.apart.txt` and stays out until a third reading. The rule is in
`matching/evaluation/readings.py`.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from directory.errors import DirectoryError
from directory.judging.folder import read_ids
from directory.judging.keys import keys_of
from matching.errors import MatchingError
from matching.evaluation.qrels import read_qrels, write_qrels
from matching.evaluation.readings import Grade, Merged, Pair, merge, read_reading


def main() -> None:
    """Merge, write, tell the agreement."""
    asked = arguments()
    keys = keys_of(read_ids(asked.folder))
    merged = merge(*(reading(files, keys) for files in (asked.one, asked.other, asked.third)))
    write(asked.folder / "qrels.txt", merged)
    told = merged.agreement
    kappa = "sans objet" if told.kappa is None else f"{told.kappa:.3f}"
    print(f"{told.pairs} couples lus deux fois, {sum(map(len, merged.grades.values()))} jugements")
    print(f"accord exact {told.exact:.1%}, à un près {told.within_one:.1%}, kappa pondéré {kappa}")
    print(f"à relire : {len(merged.apart)} écarts de deux ou plus, {len(merged.alone)} lus une seule fois")


def reading(files: list[Path] | None, keys: Mapping[str, str]) -> dict[Pair, Grade]:
    """The answers of one reader, in one file or several, options by their ids. Names nobody knows stop it."""
    known = set(keys.values())
    found: dict[Pair, Grade] = {}
    for file in files or ():
        for (name, key), grade in read_reading(file.read_text("utf-8"), name=file.name).items():
            option_id = keys.get(key, key)
            if option_id not in known:
                sys.exit(f"{file} : « {key} » n'est aucune option de l'inventaire.")
            found[name, option_id] = grade
    return found


def write(out: Path, merged: Merged) -> None:
    """Judgements, and beside them what waits for a third reading."""
    known = read_qrels(out.read_text("utf-8"), name=out.name) if out.is_file() else {}
    names = {**known, **merged.grades}
    grades = {name: {**known.get(name, {}), **merged.grades.get(name, {})} for name in names}
    out.write_text(write_qrels(grades), encoding="utf-8")
    lines = [f"{name} {option_id} {a} {b}\n" for (name, option_id), a, b in merged.apart]
    lines += [f"{name} {option_id} -\n" for name, option_id in merged.alone]
    out.with_suffix(".apart.txt").write_text("".join(lines), encoding="utf-8")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--one", type=Path, nargs="+", required=True)
    parser.add_argument("--other", type=Path, nargs="+", required=True)
    parser.add_argument("--third", type=Path, nargs="*")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (DirectoryError, MatchingError, OSError) as error:
        sys.exit(str(error))
