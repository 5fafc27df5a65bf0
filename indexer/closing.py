"""Whether a sheet says that what it describes has closed: left in an inventory, it would be found first.

Only what is certain is read: a name that says so, a text that opens on it, or a short one. In a long text
such words may concern one permanence of several.
"""

import re
import unicodedata
from typing import Final

#: Characters of a description that open it, and length under which it is short.
_OPENING: Final = 120
_SHORT: Final = 300

_WHEN: Final = r"(?:le|la|en|au|depuis|fin|debut|\d|jan|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)"
_THING: Final = (
    r"(?:dispositif|action|service|programme|activite|operation|experimentation|permanence|atelier|accueil)"
)
_CLOSED: Final = re.compile(
    rf"""\b(?:
    ferm(?:e|ee|es|ees|eture)\ (?:definitive(?:ment)?|depuis\ {_WHEN})
    | definitivement\ ferm(?:e|ee|es|ees)
    | n['’ ]existe(?:nt)?\ plus\b(?!\ (?:pour|que|aux?|dans))
    | n['’ ](?:est|sont)\ plus\ (?:propose|assure|en\ service|en\ activite|actif|active|anime|ouvert)
    | plus\ en\ service
    | a\ cesse\ (?:son\ activite|ses\ activites|d['’ ]exister|de\ fonctionner)
    | {_THING}\ (?:\w+\ )?(?:est\ )?(?:termine|arrete|supprime)e?\b(?!\ par)
    | terminee?\ (?:au|le|depuis|fin|en)\ (?:\d|jan|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)
    | (?:candidatures|inscriptions)\ (?:closes|terminees)
    )""",
    re.VERBOSE,
)
_MARKS: Final = re.compile("[\u0300-\u036f]+")


def says_closed(name: str, description: str) -> bool:
    """Whether a sheet says, in so many words, that it is over."""
    read = description if len(description) <= _SHORT else description[:_OPENING]
    return bool(_CLOSED.search(_plain(f"{name} . {read}")))


def _plain(text: str) -> str:
    lower = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return re.sub(r"\s+", " ", lower)
