"""Opening hours (OpenStreetMap syntax) as one reads them: open or closed now, and the week in French."""

import re
from datetime import datetime
from typing import Final

from opening_hours import OpeningHours, validate

from directory.words import DAYS, NBSP, day

CODES: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NTH: Final = {"1": "1er", "2": "2e", "3": "3e", "4": "4e", "5": "5e", "-1": "dernier"}


def now(hours: str | None, moment: datetime) -> str:
    """« Ouvert jusqu’à 17 h » or « Fermé, ouvre lundi à 9 h »; nothing when the hours cannot be read."""
    if not hours or not validate(hours):
        return ""
    local = moment.replace(tzinfo=None)
    read = OpeningHours(hours)
    change = read.next_change(local)
    is_open = read.is_open(local)
    if change is None:
        return "Ouvert en ce moment" if is_open else "Fermé en ce moment"
    days = (change.date() - local.date()).days
    when = _clock(change.hour, change.minute)
    if is_open:
        return f"Ouvert jusqu’à {when}" if days == 0 else "Ouvert en ce moment"
    return f"Fermé en ce moment, ouvre {_on(change, days)}à {when}"


def week(hours: str | None) -> tuple[str, ...]:
    """The rules one a line, days and hours in French; as the source wrote it when it says more than that."""
    if not hours:
        return ()
    rules = [rule.strip() for rule in re.split(r";|,(?=\s*[A-Z])", _joined(hours)) if rule.strip()]
    return tuple(_rule(rule) for rule in rules)


def _on(change: datetime, days: int) -> str:
    """The day, unless it is today: « demain », « lundi », « le 4 janvier »."""
    if days == 0:
        return ""
    if days == 1:
        return "demain "
    return f"{DAYS[change.weekday()]} " if days < 7 else f"le {day(change.date())} "


def _joined(hours: str) -> str:
    """Days in a list kept together while rules are parted: « Tu,Fr 09:00 » is one rule."""
    return re.sub(r"(?<=[A-Za-z]),(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)", "+", hours)


def _rule(rule: str) -> str:
    if closed := re.fullmatch(r"(PH|SH)\s+(?:off|closed)", rule):
        return "Fermé les jours fériés" if closed[1] == "PH" else "Fermé pendant les vacances scolaires"
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?\d)\]", _nth, rule)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)-(Mo|Tu|We|Th|Fr|Sa|Su)\b", _range, text)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda found: DAYS[CODES.index(found[1])], text)
    text = re.sub(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", _span, text)
    text = (
        text.replace("PH", "jours fériés").replace("SH", "vacances scolaires").replace("24/7", "jour et nuit")
    )
    text = re.sub(r"\s+(?:off|closed)\b", f"{NBSP}: fermé", text)
    *first, last = text.split("+")
    text = f"{', '.join(first)} et {last}" if first else last
    text = re.sub(r",\s*(?=de \d)", " et ", text, count=1)
    text = re.sub(r",(?=\S)", ", ", text)
    return text[:1].upper() + text[1:]


def _nth(found: re.Match[str]) -> str:
    return f"{NTH.get(found[2], found[2])} {DAYS[CODES.index(found[1])]} du mois"


def _range(found: re.Match[str]) -> str:
    return f"du {DAYS[CODES.index(found[1])]} au {DAYS[CODES.index(found[2])]}"


def _span(found: re.Match[str]) -> str:
    return f"de {_clock(int(found[1]), int(found[2]))} à {_clock(int(found[3]), int(found[4]))}"


def _clock(hour: int, minute: int) -> str:
    return f"{hour}{NBSP}h" if minute == 0 else f"{hour}{NBSP}h{NBSP}{minute:02d}"
