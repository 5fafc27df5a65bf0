"""What is ticked in the interview, read as a profile of `interfaces.md`. Unknown is never no."""

from typing import Any, Final

from werkzeug.datastructures import MultiDict

from directory.web.places import PlaceRead, unknown_place
from indexer.reference.occupations import Occupations
from matching.errors import InvalidProfile

LONGEST: Final = 100
#: What a click on « en acceptant… » may change: box → whether its value is a number.
ACCEPTED: Final = ("minutes", "a_distance")


def settled(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form once what a button says is written in its box: a commune chosen among several
    (`lieu_choisi`), a limit moved (`accepter`: `minutes:60`), refused options all put back (`remettre`)."""
    read: MultiDict[str, str] = MultiDict(form)
    if chosen := read.pop("lieu_choisi", ""):
        read["lieu"] = chosen
    box, _, value = read.pop("accepter", "").partition(":")
    if box in ACCEPTED:
        read[box] = value
    if read.pop("remettre", ""):
        read.poplist("refus")
    return read


def profile_of(
    form: MultiDict[str, str], place: PlaceRead, occupations: Occupations
) -> dict[str, Any] | None:
    """The profile told; None while there is not enough to answer. Raises InvalidProfile with every fault that
    the boxes can tell, the person's words kept."""
    faults: list[tuple[str, str]] = []
    projects = _projects(form, occupations, faults)
    asked = {
        "needs": [need for need in form.getlist("besoin") if need],
        "constraints": _constraints(form),
        "projects": projects,
    }
    optional: dict[str, Any] = {
        "travel": _travel(form, faults),
        "remote_ok": {"oui": True, "non": False}.get(form.get("a_distance", "")),
        "age": _number(form, "age", faults),
        "publics": form.getlist("public"),
        "available_from": form.get("disponible", "").strip() or None,
        "excluded_hours": form.getlist("horaire_exclu"),
        "refusals": [{"option_id": one, "reason": "ne convient pas"} for one in refused(form)],
    }
    written = form.get("lieu", "")
    if written.strip() and place.commune is None:
        faults.append(("lieu", unknown_place(written, place)))
    if faults:
        raise InvalidProfile(faults)
    if place.commune is None or not any(asked.values()):
        return None
    told = {key: value for key, value in (asked | optional).items() if value not in (None, [], {})}
    return {"code_insee": place.commune.code, **told}


def refused(form: MultiDict[str, str]) -> list[str]:
    """The options put away, each once."""
    return list(dict.fromkeys(one for one in form.getlist("refus") if one))


def _constraints(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """A constraint counts when it is ticked, or one of its situations is."""
    with_situations = [name.removeprefix("situation_") for name in form if name.startswith("situation_")]
    told = []
    for code in dict.fromkeys([*form.getlist("contrainte"), *with_situations]):
        impact = form.get(f"impact_{code}")
        told.append(
            {
                "code": code,
                "priority": code in form.getlist("priorite"),
                "situations": form.getlist(f"situation_{code}"),
                **({"impact": impact} if impact else {}),
            }
        )
    return told


def _projects(
    form: MultiDict[str, str], occupations: Occupations, faults: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    typed = form.get("metier", "").replace("\0", "").strip()[:LONGEST]
    if not typed:
        return []
    coded = typed[-6:-1] if typed.endswith(")") else ""
    found = occupations.suggest(typed, limit=1)
    code = coded or (found[0].code if found else "")
    if not code:
        faults.append(
            ("metier", f"Nous ne connaissons pas le métier « {typed[:60]} ». Essayez un mot plus courant.")
        )
        return []
    return [{"rome": code, "priority": True}]


def _travel(form: MultiDict[str, str], faults: list[tuple[str, str]]) -> dict[str, Any]:
    minutes = _number(form, "minutes", faults)
    modes = form.getlist("mode")
    return {**({"modes": modes} if modes else {}), **({"max_minutes": minutes} if minutes else {})}


def _number(form: MultiDict[str, str], name: str, faults: list[tuple[str, str]]) -> int | None:
    typed = form.get(name, "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
        faults.append((name, f"« {typed[:20]} » n’est pas un nombre : écrivez-le en chiffres."))
        return None
    return int(typed)
