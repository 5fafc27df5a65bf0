"""Judgements in TREC form, a line each: `NAME 0 OPTION_ID GRADE`.

Grades: 3 answers the main need, usable and reachable now; 2 answers with a reserve; 1 related; 0 not.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from matching.errors import InvalidJudgements

#: Query → option → grade.
Qrels = Mapping[str, Mapping[str, int]]
GRADES: Final = (0, 1, 2, 3)
#: From here on an option answers, if with a reserve.
RELEVANT: Final = 2

_MOST_FAULTS: Final = 10


def read_qrels(text: str, *, name: str) -> dict[str, dict[str, int]]:
    """The judgements of a file called `name`; blank lines and those that begin with # are passed over. Raises
    InvalidJudgements with the lines that cannot be read, the ones judged twice differently included."""
    grades: dict[str, dict[str, int]] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        read = _read(line)
        if read is None:
            faults.append(
                f"ligne {number} : « {line.strip()[:60]} » n'est pas « NOM 0 OPTION NOTE », de 0 à 3"
            )
        elif grades.setdefault(read[0], {}).setdefault(read[1], read[2]) != read[2]:
            faults.append(f"ligne {number} : {read[1]} a déjà une autre note pour {read[0]}")
    if faults:
        raise InvalidJudgements(name, faults[:_MOST_FAULTS], len(faults))
    return grades


def _read(line: str) -> tuple[str, str, int] | None:
    match line.split():
        case [query, _, option_id, grade] if grade in {str(one) for one in GRADES}:
            return query, option_id, int(grade)
    return None


def write_qrels(grades: Qrels) -> str:
    """The same form, by query then option, so that two versions compare line by line."""
    return "".join(
        f"{query} 0 {option_id} {grade}\n"
        for query in sorted(grades)
        for option_id, grade in sorted(grades[query].items())
    )


def options_of(grades: Qrels) -> frozenset[str]:
    """Every option judged for any query."""
    return frozenset(option_id for judged in grades.values() for option_id in judged)


def restricted(grades: Qrels, queries: Iterable[str]) -> dict[str, Mapping[str, int]]:
    """What was judged for those queries."""
    return {query: grades[query] for query in queries if query in grades}
