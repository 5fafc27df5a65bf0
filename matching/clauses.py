"""What the clauses of a condition ask for certain: a registration, an allowance, a referral, a level, a sex.

The words are data (`clauses.toml`). Negated (« sans condition de ressources », « permis non exigé ») they ask
nothing; beside an alternative (« ou »), in a list or with a hedge they are only to be checked.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from matching.age_texts import STRETCH
from matching.diagnostic.wording import fold

Pattern = re.Pattern[str]

_SPLIT: Final = re.compile(r"[.;\n•|](?:\s|$)|\s[–—-]\s|[;\n•|]")
#: A clause that enumerates.
_LIST: Final = re.compile(r"[,/(]")
_CHOICE: Final = re.compile(r"\bou\b")
#: « Femmes victimes de violences »: a clause that begins with them and names nobody else.
_ONLY: Final = {"femmes": re.compile(r"^femmes\b"), "hommes": re.compile(r"^hommes\b")}
_LEVEL: Final = re.compile(
    r"\bniveau (?:de )?(?:formation |diplome |qualification |etudes? )?([3-7])\b(?! ?e(?:me)?\b)"
)
#: Told together, one of them is enough.
_ALLOWANCES: Final = frozenset({"rsa", "ass", "aah", "minima-sociaux"})


@dataclass(frozen=True, slots=True)
class Ask:
    """Facts of which one at least is asked. `plain`: nothing softens the clause and nothing else would do."""

    facts: tuple[str, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A level of education asked: bounds included, None where none is told."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """What a text asks. `sex`: `femmes`, `hommes` or empty; `others`: plain things to check, as nouns."""

    asks: tuple[Ask, ...] = ()
    others: tuple[str, ...] = ()
    referral: bool = False
    appointment: bool = False
    sex: str = ""
    level: Level = field(default_factory=Level)


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns, compiled."""

    facts: tuple[tuple[Pattern, str], ...]
    others: tuple[tuple[Pattern, str], ...]
    negated_before: Pattern
    negated_after: Pattern
    said: dict[str, Pattern]


def split(text: str) -> list[str]:
    """The clauses of a text, as written."""
    return [clause for one in _SPLIT.split(text) if (clause := one.strip())]


def read_clauses(clauses: Iterable[str]) -> Clauses:
    """What they ask together."""
    told = [(STRETCH.sub(" ", fold(clause)), _LIST.search(clause) is not None) for clause in clauses]
    folded = [clause for clause, _ in told]
    said = _words().said
    return Clauses(
        asks=tuple(dict.fromkeys(ask for clause, listed in told for ask in _asks(clause, listed=listed))),
        others=tuple(
            dict.fromkeys(name for one in folded for pattern, name in _words().others if _asked(pattern, one))
        ),
        referral=any(_asked(said["referral"], clause) for clause in folded),
        appointment=any(said["appointment"].search(clause) for clause in folded),
        sex=_sex(told),
        level=next((level for clause in folded if (level := _level(clause)) != Level()), Level()),
    )


@cache
def _words() -> _Words:
    raw: dict[str, Any] = tomllib.loads(files("matching").joinpath("clauses.toml").read_text("utf-8"))
    words = raw["words"]
    negators, between = "|".join(words["negators"]), "|".join(words["between"])
    return _Words(
        facts=tuple((_pattern(phrases), fact) for fact, phrases in raw["facts"].items()),
        others=tuple((_pattern(phrases), name) for name, phrases in raw["others"].items()),
        negated_before=re.compile(rf"\b(?:{negators})(?: (?:{between})){{0,5}} $"),
        negated_after=re.compile(
            rf"^ (?:ou non|ou pas|(?:[a-z]+ ){{0,2}}?(?:{'|'.join(words['denials'])}))\b"
        ),
        said={name: _pattern(phrases) for name, phrases in words.items()},
    )


def _pattern(phrases: list[str]) -> Pattern:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def _asks(clause: str, *, listed: bool) -> Iterator[Ask]:
    """One ask of several facts when the clause gives a choice, else one each. A list (« demandeurs d'emploi,
    bénéficiaires du RSA ») is a choice too."""
    asking = [(pattern, fact) for pattern, fact in _words().facts if _asked(pattern, clause)]
    facts = tuple(dict.fromkeys(fact for _, fact in asking))
    if not facts:
        return
    rest = clause
    for pattern, _ in asking:
        rest = pattern.sub(" ", rest)  # « quartiers prioritaires » is no « en priorité »
    plain = not listed and not _words().said["hedges"].search(rest)
    choice = _CHOICE.search(clause) or listed or len(_ALLOWANCES.intersection(facts)) > 1
    if choice and len(facts) > 1:
        yield Ask(facts, plain)
    else:
        yield from (Ask((fact,), plain) for fact in facts)


def _asked(pattern: Pattern, clause: str) -> bool:
    """Whether it is said somewhere without being denied."""
    words = _words()
    return any(
        " ou non " not in found[0]
        and not words.negated_before.search(clause[: found.start()])
        and not words.negated_after.match(clause[found.end() :])
        for found in pattern.finditer(clause)
    )


def _sex(told: list[tuple[str, bool]]) -> str:
    found = {sex for sex, name in (("femmes", "women"), ("hommes", "men")) if _only(told, sex, name)}
    return found.pop() if len(found) == 1 else ""


def _only(told: list[tuple[str, bool]], sex: str, name: str) -> bool:
    said, hedges = _words().said[name], _words().said["hedges"]
    return any(
        said.search(clause)
        or (_ONLY[sex].search(clause) and not listed and not hedges.search(clause))
        for clause, listed in told
    )  # fmt: skip


def _level(clause: str) -> Level:
    said = _words().said
    if found := _LEVEL.search(clause):
        asked = int(found[1])
        if said["at_least"].search(clause):
            return Level(least=asked)
        if said["at_most"].search(clause):
            return Level(most=asked)
    if said["no_diploma"].search(clause) and not said["hedges"].search(clause):
        return Level(most=3)
    return Level()
