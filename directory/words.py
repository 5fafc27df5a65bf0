"""Labels of codes, dates and distances as one says them in French; for the pages and the terminal."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from indexer.reference.vocabulary import VOCABULARIES

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


def phone(number: str | None) -> str:
    """« 04 65 71 00 00 » for « +33465710000 »; anything else as it is."""
    if not number or not number.startswith("+33") or len(number) != 12:
        return number or ""
    national = "0" + number[3:]
    return " ".join(national[at : at + 2] for at in range(0, 10, 2))


def count(number: int, one: str, many: str) -> str:
    """« aucun résultat », « 1 résultat », « 1 204 résultats »."""
    if number == 0:
        return f"aucun {one}"
    return f"{number:,} {one if number == 1 else many}".replace(",", " ")


def relaxation(one: Mapping[str, Any]) -> str:
    """« En acceptant 60 minutes de trajet : 7 options de plus »."""
    said = ", ".join(_change(field, value) for field, value in one["change"].items())
    return f"{said} : {count(one['gain'], 'option', 'options')} de plus"


def _change(field: str, value: object) -> str:
    if field == "travel.max_minutes":
        return f"En acceptant {value} minutes de trajet"
    if field == "remote_ok":
        return "En acceptant ce qui se fait à distance"
    if field == "excluded_hours":
        return "En acceptant tous les horaires"
    if field == "available_from":
        return f"En étant disponible dès le {day(str(value))}" if value else "Sans date de disponibilité"
    return f"En changeant {field}"


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "label": label,
    "day": day,
    "ago": ago,
    "freshness": freshness,
    "km": km,
    "phone": phone,
    "counted": count,
    "relaxation": relaxation,
    "kind_label": lambda code: KINDS.get(str(code), str(code)),
    "funding": lambda code: FUNDING.get(str(code), str(code)),
}
