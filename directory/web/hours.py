"""Opening hours (OpenStreetMap syntax) as one reads them: open or closed now, and the week in French."""

import re
from datetime import datetime
from typing import Final

from opening_hours import OpeningHours

from directory.words import DAYS

CODES: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NTH: Final = {"1": "1er", "2": "2e", "3": "3e", "4": "4e", "5": "5e", "-1": "dernier"}


def now(hours: str | None, moment: datetime) -> str:
    """« Ouvert jusqu’à 17 h » or « Fermé, ouvre lundi à 9 h »; nothing when the hours cannot be read."""
    if not hours:
        return ""
    try:
        read = OpeningHours(hours)
        local = moment.replace(tzinfo=None)
        change = read.next_change(local)
        is_open = read.is_open(local)
    except (ValueError, SyntaxError):
        return ""
    if change is None:
        return "Ouvert en ce moment" if is_open else "Fermé en ce moment"
    when = _clock(change.hour, change.minute)
    if is_open:
        return f"Ouvert jusqu’à {when}" if change.date() == local.date() else "Ouvert en ce moment"
    same = "" if change.date() == local.date() else f" {DAYS[change.weekday()]}"
    return f"Fermé en ce moment, ouvre{same} à {when}"


def week(hours: str | None) -> tuple[str, ...]:
    """The rules one a line, days and hours in French; the raw text when it says more than days and hours."""
    if not hours:
        return ()
    return tuple(_rule(rule.strip()) for rule in re.split(r";|,(?=\s*[A-Z])", hours) if rule.strip())


def _rule(rule: str) -> str:
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?\d)\]", _nth, rule)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)-(Mo|Tu|We|Th|Fr|Sa|Su)\b", _range, text)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda found: DAYS[CODES.index(found[1])], text)
    text = re.sub(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})", _span, text)
    text = text.replace("PH", "jours fériés").replace(" off", " : fermé").replace("24/7", "jour et nuit")
    return re.sub(r",(?=\S)", ", ", text)


def _nth(found: re.Match[str]) -> str:
    return f"{NTH.get(found[2], found[2])} {DAYS[CODES.index(found[1])]} du mois"


def _range(found: re.Match[str]) -> str:
    return f"du {DAYS[CODES.index(found[1])]} au {DAYS[CODES.index(found[2])]}"


def _span(found: re.Match[str]) -> str:
    return f"de {_clock(int(found[1]), int(found[2]))} à {_clock(int(found[3]), int(found[4]))}"


def _clock(hour: int, minute: int) -> str:
    return f"{hour} h" if minute == 0 else f"{hour} h {minute:02d}"
