"""Labels of codes, dates and distances as one says them in French; for the pages and the terminal."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from indexer.reference.vocabulary import VOCABULARIES
from matching.travel import BY

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
KINDS: Final = {"service": "Service", "immersion": "Immersion", "training": "Formation"}
KINDS_PLURAL: Final = {
    "service": "Services",
    "immersion": "Immersions en entreprise",
    "training": "Formations",
}
FUNDING: Final = {
    "cpf": "CPF",
    "aif": "AIF",
    "poei": "POEI",
    "region": "Région",
    "autre": "autre financement",
}
FEMININE: Final = frozenset({"option", "place", "formation", "immersion", "date", "personne", "fiche"})
CONTACTS: Final = {
    "telephoner": "Appelez l’entreprise pour vous présenter.",
    "envoyer-un-courriel": "Écrivez à l’entreprise pour vous présenter.",
    "se-presenter": "Présentez-vous sur place.",
}
TIMES: Final = {"jour": "en journée", "soir": "le soir", "nuit": "la nuit", "week-end": "le week-end"}
#: Between a number and what it counts.
NBSP: Final = "\u00a0"
#: Past these days an information deserves a phone call before anybody travels.
FRESH_DAYS: Final = 180
STALE_DAYS: Final = 730


def label(code: str, field: str = "") -> str:
    """What a reader sees for a code; the code itself when no list holds it."""
    if field == "kind" and code in KINDS_PLURAL:
        return KINDS_PLURAL[code]
    names = (field,) if field in VOCABULARIES else tuple(VOCABULARIES)
    for name in names:
        if term := VOCABULARIES[name].find(code):
            return term.label
    return code


def day(moment: date | str | None, *, with_week: bool = False) -> str:
    """« 7 décembre 2026 », « lundi 7 décembre 2026 »."""
    if not moment:
        return ""
    read = date.fromisoformat(moment[:10]) if isinstance(moment, str) else moment
    first = "1er" if read.day == 1 else str(read.day)
    week = f"{DAYS[read.weekday()]} " if with_week else ""
    return f"{week}{first} {MONTHS[read.month - 1]} {read.year}"


def clock_time(at: datetime) -> str:
    """« 7 décembre 2026 à 9 h 05 », in the zone it is in."""
    return f"{day(at.date())} à {at.hour} h {at.minute:02}"


def ago(moment: date, today: date) -> str:
    """« aujourd'hui », « il y a 3 semaines », « il y a 2 ans »."""
    days = (today - moment).days
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    for size, one, many in ((365, "an", "ans"), (30, "mois", "mois"), (7, "semaine", "semaines")):
        if days >= 2 * size or (size == 365 and days >= size):
            return f"il y a {days // size} {many if days // size > 1 else one}"
    return f"il y a {days} jours"


def freshness(moment: date, today: date) -> str:
    """`fresh`, `aging` or `stale`."""
    days = (today - moment).days
    return "fresh" if days <= FRESH_DAYS else "aging" if days <= STALE_DAYS else "stale"


def km(distance: float | None) -> str:
    """« à 400 m », « à 4,2 km », « à 35 km »."""
    if distance is None:
        return ""
    if distance < 1:
        return f"à {max(100, round(distance * 10) * 100)} m"
    return f"à {distance:.1f} km".replace(".", ",") if distance < 10 else f"à {distance:.0f} km"


def number(value: float) -> str:
    """« 24,5 », « 35 »."""
    return f"{value:g}".replace(".", ",")


def period(starts: date, ends: date) -> str:
    """« le 7 décembre 2026 », « du 7 au 18 décembre 2026 », « du 29 décembre 2026 au 8 janvier 2027 »."""
    if starts == ends:
        return f"le {day(starts, with_week=True)}"
    same_year = starts.year == ends.year
    dropped = (2 if starts.month == ends.month else 1) if same_year else 0
    first = day(starts).split(" ")
    return f"du {' '.join(first[: len(first) - dropped])} au {day(ends)}"


def phone(number: str | None) -> str:
    """« 04 65 71 00 00 » for « +33465710000 »; anything else as it is."""
    if not number or not number.startswith("+33") or len(number) != 12:
        return number or ""
    national = "0" + number[3:]
    return " ".join(national[at : at + 2] for at in range(0, 10, 2))


def count(number: int, one: str, many: str) -> str:
    """« aucun résultat », « 1 résultat », « 1 204 résultats »."""
    if number == 0:
        return f"{'aucune' if one.partition(' ')[0] in FEMININE else 'aucun'} {one}"
    return f"{number:,} {one if number == 1 else many}".replace(",", " ")


def relaxation(one: Mapping[str, Any]) -> str:
    """« En acceptant 60 minutes de trajet : 7 options de plus »."""
    said = ", ".join(_change(field, value) for field, value in one["change"].items())
    return f"{said} : {count(one['gain'], 'option', 'options')} de plus"


def accepting(one: Mapping[str, Any]) -> str:
    """What the page's button sends to move that limit (`minutes:60`); nothing when it has no such button."""
    change = one["change"]
    if change.keys() == {"travel.max_minutes"}:
        return f"minutes:{change['travel.max_minutes']}"
    return "a_distance:oui" if change == {"remote_ok": True} else ""


def _change(field: str, value: Any) -> str:
    """What one change of a profile asks of the person; the fields are those of `matching.relaxations`."""
    return CHANGES[field](value)


def _hours(left: Sequence[str]) -> str:
    still = " et ".join(TIMES[one] for one in left)
    return f"En ne refusant plus que {still}" if still else "En acceptant tous les horaires"


#: What each change of a profile asks of the person.
CHANGES: Final[Mapping[str, Callable[[Any], str]]] = {
    "travel.max_minutes": lambda minutes: f"En acceptant {minutes} minutes de trajet",
    "travel.modes": lambda modes: f"En se déplaçant aussi {BY[modes[-1]]}",
    "remote_ok": lambda _: "En acceptant ce qui se fait à distance",
    "excluded_hours": _hours,
    "available_from": lambda first: f"En étant disponible dès le {day(first)}",
    "refusals": lambda _: "En revenant sur ce qui a été refusé",
}


_BEFORE: Final = re.compile(r"[ \u00a0](?=[:;?!»%€])")
_UNITS: Final = re.compile(r"(?<=\d) (?=(?:km|min|m|h|ans?|jours?|mois|places?|minutes|heures)\b|\d{2,3}\b)")


def french(text: object) -> str:
    """Spaces that do not break before « : ; ? ! » and units, the curved apostrophe; the words unchanged."""
    curved = str(text).replace("'", "’").replace("« ", f"«{NBSP}")
    return _UNITS.sub(NBSP, _BEFORE.sub(NBSP, curved))


def sentence(text: object) -> str:
    """The same, beginning with a capital: acronyms and names keep theirs."""
    said = french(text)
    return said[:1].upper() + said[1:]


def full_sentence(said: str) -> str:
    """The same words with a capital and a stop: errors write theirs with or without."""
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '!', '…')) else '.'}"


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "french": french,
    "sentence": sentence,
    "number": number,
    "period": period,
    "accepting": accepting,
    "contact": lambda code: CONTACTS.get(str(code), str(code)),
    "times": lambda codes: ", ".join(TIMES.get(str(code), str(code)) for code in codes),
    "label": label,
    "day": day,
    "clock_time": clock_time,
    "ago": ago,
    "freshness": freshness,
    "km": km,
    "phone": phone,
    "counted": count,
    "relaxation": relaxation,
    "kind_label": lambda code: KINDS.get(str(code), str(code)),
    "funding": lambda code: FUNDING.get(str(code), str(code)),
}
