"""What a sheet says, in so many words, of having closed: left in an inventory, it would be found first."""

import re
from typing import Final

from indexer.reference.names import fold

#: Characters of a description that open it, and length under which it is short.
_OPENING: Final = 120
_SHORT: Final = 300

_MONTH: Final = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_THING: Final = (
    r"(?:activite|action|dispositif|service|permanence|projet|programme|association|operation|atelier)s?"
)
_ENDED: Final = r"(?:arrete|termine|supprime|suspendu|clos|dissou|interrompu|abandonne|cloture)(?:e|s|es|te)?"
#: Of a folded text (`indexer.reference.names.fold`): what tells that a thing is over for good.
CLOSED: Final = re.compile(
    r"\b(?:"
    r"ferme[es]* definitivement|(?:definitivement|desormais) ferme[es]*|fermeture definitive"
    rf"|{_THING}(?: [a-z]+){{0,2}} {_ENDED}\b(?! par)"
    rf"|(?:ferme[es]*|{_ENDED}) depuis (?:le \d|l |plus|20\d\d|{_MONTH})"
    r"|termine[es]* (?:au|le|en) (?:\d{1,2} )?(?:[a-z]+ )?20\d\d"
    r"|n existe(?:nt)? plus\b(?! (?:pour|que|aux?|dans))"
    r"|ne (?:circule|fonctionne|tourne|propose|assure|delivre)(?:nt)? plus"
    r"|n (?:est|sont) plus (?:en service|en activite|acti[fv]|disponible|propose|assure|accepte|distribue)"
    r"|ne sont plus (?:en service|acceptes?|distribues?|delivres?|proposes?|assures?)"
    r"|plus en (?:service|activite)"
    r"|(?:a|ont) cesse\b|cessation d activite|liquidation (?:judiciaire|de l association)"
    r"|(?:candidatures|inscriptions|demandes) (?:closes|terminees|fermees|cloturees)"
    r"|non reconduit|pas reconduit"
    r"|(?<!la )fin de l (?:action|activite|operation|experimentation)(?: en| au| le|) (?:[a-z]+ )?20\d\d"
    r"|site en maintenance|fiche a supprimer|ne plus orienter"
    r")"
)


def says_closed(name: str, description: str) -> bool:
    """Whether a sheet says that it is over. Only what is certain is read, since it then comes after all that
    is open: a name that says so, a text that opens on it, or a short one. In a long text such words may
    concern one permanence of several."""
    read = description if len(description) <= _SHORT else description[:_OPENING]
    return bool(CLOSED.search(f"{fold(name)} . {fold(read)}"))
