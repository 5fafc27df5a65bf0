"""One-line people and options around Die, Drôme, on a fixed day."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from indexer.document import ON_SITE, REMOTE, Occurrence, OptionDocument, Point
from indexer.reference.communes import Communes, load_communes
from matching.contenders import Contenders
from matching.match import Matcher, match
from matching.matches import Matches
from matching.profile import Profile
from matching.signals import RULES, Rule
from tests.unit.matching.memory import Memory

TODAY = date(2026, 11, 23)
DIE = Point(44.7537, 5.3703)
PERMIS = "mobilite--preparer-un-permis"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
DIGITAL = "numerique--maitriser-les-fondamentaux-du-numerique"
SHELTER = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"
FOOD = "equipement-et-alimentation--alimentation"
CARE = "sante--acces-aux-soins"

communes: Communes = load_communes()


@cache
def die() -> str:
    return "26113"


def north(km: float) -> Point:
    """A point that many kilometres north of the centre of Die."""
    centre = communes.get(die()).point
    return Point(centre.latitude + km / 111.195, centre.longitude)


def option(id: str, *themes: str, km: float | None = 2.0, **more: Any) -> OptionDocument:  # noqa: A002
    """A service `km` north of Die, on site; km None: remote only."""
    given: dict[str, Any] = {
        "id": id,
        "kind": "service",
        "source": "test",
        "version": 1,
        "nom": f"Service {id}",
        "structure_id": f"s-{id}",
        "date_maj": TODAY - timedelta(days=30),
        "thematiques": tuple(sorted(themes)),
        "publics": ("tous-publics",),
        "points": () if km is None else (north(km),),
        "modes_accueil": (REMOTE,) if km is None else (ON_SITE,),
    }
    return OptionDocument(**(given | more))


def slot(id: str, starts_in: int, *, days: int = 10, **more: Any) -> Occurrence:  # noqa: A002
    """Dates that start in so many days."""
    starts = TODAY + timedelta(days=starts_in)
    given: dict[str, Any] = {
        "id": id,
        "starts": starts,
        "ends": starts + timedelta(days=days),
        "ask_by": starts - timedelta(days=1),
    }
    return Occurrence(**(given | more))


def person(**keys: Any) -> Profile:
    """Somebody of Die with a car, 45 minutes, unless told otherwise."""
    given: dict[str, Any] = {"code_insee": die(), "travel": {"modes": ["voiture"], "max_minutes": 45}}
    return Profile.from_json(given | keys, communes)


def matcher(*options: OptionDocument, **choices: Any) -> Matcher:
    return Matcher(engine=Memory(options), communes=communes, **choices)


def matches(profile: Profile, *options: OptionDocument, today: date = TODAY, limit: int = 20) -> Matches:
    return match(profile, matcher(*options), today=today, limit=limit)


def contenders(profile: Profile, *options: OptionDocument, rules: tuple[Rule, ...] = RULES) -> Contenders:
    """Those options before that person, scored by some rules and judged."""
    house = matcher(*options)
    found, _ = house.contend(house.person(profile, TODAY))
    found.means = replace(found.means, rules=rules)
    found.score()
    found.know(range(found.among.table.rows))
    return found


def ids(found: Matches) -> list[str]:
    return [one.id for one in found.results]


def excluded(found: Matches) -> dict[str, tuple[str, ...]]:
    return {one.id: one.reasons for one in found.excluded}


def result(found: Matches, id: str) -> dict[str, Any]:  # noqa: A002
    listed: list[dict[str, Any]] = found.to_json()["results"]
    return next(one for one in listed if one["id"] == id)
