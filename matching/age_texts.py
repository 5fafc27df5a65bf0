"""The ages that a text tells: « de 16 à 25 ans », « 60 ans ou plus », « jusqu'à 29 ans avec une RQTH ».

Certain when nothing softens them: a hedge anywhere (« en priorité », « dérogation »), or an alternative
beside the age (« salarié ou moins de 30 ans »). A child's ages say nothing of the parent who reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matching.ages import AgeLimit
from matching.diagnostic.wording import fold

_SEGMENTS: Final = re.compile(r"[,;:()\n•|]|\.(?:\s|$)")
_RANGE: Final = re.compile(r"\b(?:entre |de |des )?(\d{1,2}) (?:ans )?(?:a |et |au )?(\d{1,3}) ans\b")
_UNDER: Final = re.compile(r"\b(moins de|jusqu a|maximum|avant) (\d{1,3}) ans\b")
_OVER: Final = re.compile(
    r"\b(?:plus de|a partir de|des|au moins|minimum|avoir) (\d{1,2}) ans(?: (?:et|ou) plus)?\b"
    r"|\b(\d{1,2}) ans (?:et plus|ou plus|minimum|revolus)\b"
)
_ADULT: Final = re.compile(r"\b(?:etre majeur|personnes? majeures?|majeurs? uniquement|adultes uniquement)\b")
_MINOR: Final = re.compile(r"^(?:reserve aux )?mineurs? (?:non accompagnes?|confies?|isoles?|uniquement)\b")
#: « jusqu'à 29 ans avec une RQTH », « (30 ans si handicap) »: the bounds hold for the others.
STRETCH: Final = re.compile(
    r"\b(?:et |ou )?(?:jusqu a |moins de |plus de |voire )?(\d{2}) ans(?: revolus)? "
    r"(?:avec|si|pour|en cas de|en situation de|lorsque|quand)"
    r"(?: (?:une?|la|le|les|l|de|personnes?|jeunes?|en situation de)){0,4} "
    r"(?:rqth|handicap\w*|travailleurs? handicapes?)"
)
_NOT_AN_AGE: Final = re.compile(
    r"\b(?:depuis|il y a|pendant|experience)(?: [a-z]+){0,2} (?:\d{1,2} a )?\d{1,2} ans\b"
    r"|\benfants?(?: [a-z0-9]+){0,6} ans\b|\b\d{1,2} ans d (?:experience|anciennete|existence)\b"
)
#: Anywhere in the text.
_SOFT: Final = re.compile(
    r"\b(?:sauf|handicap\w*|rqth|derogation\w*|priorit\w*|possible\w*|notamment|principalement|generalement|selon|"
    r"situation\w*|familles?|enfants?|au dela|tous? ages?|(?:leurs?|et|ou) (?:les |leurs )?parents?)\b"
)
#: « Jeune (16-25 ans), demandeur d'emploi »: the age is that of one public in a list.
_ONE_OF: Final = re.compile(
    r"\w \([^)]*\bans\b[^)]*\)\s*[,;/]\s*\w|[,;/]\s*\w[^,;/(\n]*\([^)]*\bans\b[^)]*\)"
)
#: Another public named in the same list.
_PUBLIC: Final = re.compile(
    r"^(?:(?:et|aux|les|des) )?(?:demandeu\w+|seniors?|femmes?|familles?|retraite\w*|salarie\w*|residents?|"
    r"etudiant\w*|habitants?|adultes?|beneficiaires?|personnes?|actifs?|allocataires?|tout public|"
    r"tous publics?|saisonniers?)\b"
)
#: Beside the age.
_ALTERNATIVE: Final = re.compile(r"\b(?:ou|aussi|egalement)\b")
_THEN: Final = re.compile(r"^(?:ou|sauf|et aussi)\b")

#: Under this an age is a child's: « 3 à 6 ans » at a crèche, « 0 à 16 ans » at a speech therapist's.
_YOUNGEST: Final = 14
_CHILD: Final = 11


@dataclass(frozen=True, slots=True)
class AgesTold:
    """The widest bounds told, so that two ranges never shut out who fits one of them; `certain` when nothing
    in the text softens them."""

    limit: AgeLimit = AgeLimit()  # noqa: RUF009  (frozen)
    certain: bool = False


NOTHING: Final = AgesTold()


def read_ages(text: str) -> AgesTold:
    """The ages of a text."""
    segments = [fold(one) for one in _SEGMENTS.split(text)]
    whole = " . ".join(segments)
    stretch = STRETCH.search(whole)
    plain = [_NOT_AN_AGE.sub(" ", one) for one in STRETCH.sub(" ", whole).split(" . ")]
    told = [list(_bounds(segment)) for segment in plain]
    lows = [low for bounds in told for low, _ in bounds if low is not None]
    highs = [high for bounds in told for _, high in bounds if high is not None]
    if any(low < _CHILD for low in lows) or any(high < _YOUNGEST for high in highs) or not (lows or highs):
        return NOTHING
    high = max(highs, default=None)
    until = int(stretch[1]) if stretch and high is not None and int(stretch[1]) > high else None
    limit = AgeLimit(
        min((low for low in lows if low >= _YOUNGEST), default=None), high, until, "rqth" if until else ""
    )
    softened = _ONE_OF.search(text) or (stretch and until is None) or _softened(plain, told)
    return AgesTold(limit, certain=not softened)


def _bounds(segment: str) -> Iterator[tuple[int | None, int | None]]:
    for match in _RANGE.finditer(segment):
        yield int(match[1]), int(match[2])
    rest = _RANGE.sub(" ", segment)
    for match in _UNDER.finditer(rest):
        yield None, int(match[2]) - (match[1] in ("moins de", "avant"))
    for match in _OVER.finditer(rest):
        yield int(match[1] or match[2]), None
    if _ADULT.search(segment):
        yield 18, None
    if _MINOR.search(segment):
        yield None, 17


def _softened(segments: list[str], told: list[list[tuple[int | None, int | None]]]) -> bool:
    bare = [_OVER.sub(" ", _RANGE.sub(" ", segment)) for segment in segments]
    if any(_SOFT.search(segment) for segment in bare):
        return True
    return any(
        _ALTERNATIVE.search(bare[at]) or any(_beside(bare, near) for near in (at - 1, at + 1))
        for at, bounds in enumerate(told)
        if bounds
    )


def _beside(segments: list[str], at: int) -> bool:
    """Whether a neighbour of the age is an alternative, or another public."""
    if not 0 <= at < len(segments):
        return False
    return bool(_THEN.search(segments[at]) or _PUBLIC.search(segments[at].strip()))
