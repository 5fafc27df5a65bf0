"""The rules. Each is a function of a person and all the candidates at once: what it gives each, out of one,
and why, told for those that are shown.

A rule's docstring is what the reader sees of it. UNKNOWN is silent (it counts neither for nor against), not
zero. `READS` names the answers of the person a rule depends on: a question's effect is found by running those
rules again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.document import EVERYONE
from indexer.reference.vocabulary import PUBLICS
from indexer.topics import Support
from matching.among import UNKNOWN, Among, Numbers
from matching.candidate import Answer, Candidate
from matching.eligibility import belongs, suitable_dates
from matching.reach import from_home, limit, off_site, told_reach


@dataclass(frozen=True, slots=True)
class Signal:
    """What a rule gave (`score`) out of what it could give (`ceiling`), and why (empty: nothing to say)."""

    name: str
    score: float
    ceiling: float
    reason: str = ""


Why = Callable[[Candidate], str]


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule gives each line, 0 to 1 or UNKNOWN, and why for one of them."""

    scores: Numbers
    why: Why = lambda _: ""


Rule = Callable[[Among], Given]


def answers_need(among: Among) -> Given:
    """L’offre répond à un besoin de la personne : besoin important, thème précis, dit par l’offre."""
    return Given(np.minimum(1.0, among.strongest), lambda one: _answer(one.best) if one.best else "")


#: Where the answer is read when the theme is not declared.
_READ_IN: Final = {
    Support.NAMED: ", d’après son nom",
    Support.ABOUT: ", d’après ce qu’elle dit",
    Support.MENTIONED: ", évoqué dans sa description",
}


def _answer(answer: Answer) -> str:
    need, origin = answer.need, answer.origin
    because = "" if need.label in origin else f" ({origin})"
    read_in = _READ_IN.get(answer.read_in, "") if answer.read_in else ""
    return f"répond au besoin « {need.label} »{because}{read_in}"


def answers_more(among: Among) -> Given:
    """L’offre répond aussi à d’autres besoins de la personne."""
    if len(among.person.needs) < 2:
        return Given(np.full(among.table.rows, UNKNOWN))
    others = among.strengths.sum(axis=0) - among.strongest
    return Given(np.minimum(1.0, others), _others)


def _others(one: Candidate) -> str:
    names = ", ".join(f"« {answer.need.label} »" for answer in one.answers[1:3])
    return f"répond aussi à {names}" if names else ""


#: The score of reach at the person's limit; past it falls on.
AT_LIMIT: Final = 0.4
#: Without a way of travelling, half the reach is spent at 20 km: between a bus and a car.
HALF_KM: Final = 20.0


def reachable(among: Among) -> Given:
    """Le trajet est court, avec les moyens de déplacement de la personne."""
    table, person = among.table, among.person
    km = np.nan_to_num(table.km)
    # The exact kilometres of the estimate keep two places of the same minute in order of distance.
    spent = (among.minutes + km / 1000) / limit(person)
    with np.errstate(divide="ignore"):
        journey = np.where(spent <= 1, 1 - (1 - AT_LIMIT) * spent, AT_LIMIT / spent)
    here = np.where(np.isnan(among.minutes), 1 / (1 + km / HALF_KM), journey)
    away = np.where(table.remote, from_home(person), off_site())
    return Given(np.where(table.on_site, here, away), told_reach)


def on_site_or_remote(among: Among) -> Given:
    """L’accueil convient : sur place pour qui peine avec le numérique, à distance pour qui le souhaite."""
    table, indicators = among.table, among.person.needs.indicators
    wanted = among.person.profile.remote_ok is True
    if indicators.on_site_first:
        scores = np.where(table.on_site, 1.0, 0.0)
    else:
        scores = np.where(table.on_site, 0.9, 0.9 if indicators.remote_first else 0.5)
        if wanted:
            scores[table.remote] = 1.0
    scores[~(table.on_site | table.remote)] = UNKNOWN

    def why(one: Candidate) -> str:
        if indicators.on_site_first:
            return "accueil sur place" if one.on_site else ""
        return "possible à distance, comme souhaité" if wanted and one.remote else ""

    return Given(scores, why)


def right_public(among: Among) -> Given:
    """L’offre est faite pour des personnes dans la même situation."""
    person, publics = among.person, among.table.fields["publics"]
    own = {public for public in PUBLICS.codes if public != EVERYONE and belongs(person, public)}
    # Others are named and the person told theirs: unknown still, yet less likely than when nothing was told.
    scores = np.full(among.table.rows, 0.2 if person.profile.publics else 0.4)
    scores[publics.missing()] = UNKNOWN
    scores[publics.any_of((EVERYONE,))] = 0.8
    for_them = publics.any_of(own)
    scores[for_them] = 1.0
    age = person.profile.age
    if age is not None:
        scores[(age < among.low) | (age > among.high)] = 0.1
    scores[among.contradicted] = 0.0
    said = "faite pour des personnes dans cette situation"

    def why(one: Candidate) -> str:
        other_age = age is not None and one.conditions.ages and not one.conditions.admit(age)
        others = other_age or one.verdict.contradicted
        return said if not others and not own.isdisjoint(one.document.publics) else ""

    return Given(scores, why)


def affordable(among: Among) -> Given:
    """L’offre est gratuite."""
    frais = among.table.fields["frais"]
    free = frais.any_of(("gratuit",))
    charged = 0.0 if among.person.needs.indicators.free_first else 0.4
    scores = np.where(free, 1.0, charged)
    scores[frais.missing()] = UNKNOWN
    return Given(scores, lambda one: "gratuit" if one.document.frais == "gratuit" else "")


def soon_available(among: Among) -> Given:
    """Une date est proche."""
    days = among.first_day
    scores = np.clip(1 - (days - 14) / 130, 0.2, 1.0)
    scores[np.isinf(days)] = 0.0

    def why(one: Candidate) -> str:
        dates = suitable_dates(among.person, one.document)
        return f"commence le {dates[0].starts:%d/%m/%Y}" if dates else ""

    return Given(scores, why)


def going_on(among: Among) -> Given:
    """L’offre a encore de la place et n’est pas passée, d’après son texte."""
    return Given(among.ending)


def own_commune(among: Among) -> Given:
    """L’offre est celle de la commune de la personne."""
    code, fields = among.person.profile.place.code_insee, among.table.fields
    own = fields["code_insee"].any_of((code,)) | fields["zones"].any_of((code,))

    def why(one: Candidate) -> str:
        ours = one.document.code_insee == code or code in one.document.zone_eligibilite
        return "dans sa commune" if ours else ""

    return Given(own.astype(np.float64), why)


#: Days after which a sheet should be checked again (data·inclusion asks for six months), and after which
#: it is old.
_FRESH_DAYS, _OLD_DAYS = 183, 1_100


def fresh(among: Among) -> Given:
    """La fiche a été mise à jour récemment."""
    days = among.person.today.toordinal() - among.table.updated
    return Given(np.clip(1 - np.maximum(0, days - _FRESH_DAYS) / (_OLD_DAYS - _FRESH_DAYS), 0.0, 1.0))


def complete(among: Among) -> Given:
    """La fiche est bien remplie."""
    return Given(np.clip(among.table.completeness, 0.0, 1.0))


RULES: Final[tuple[Rule, ...]] = (
    answers_need, reachable, on_site_or_remote, right_public, affordable, soon_available, going_on,
    answers_more, own_commune, fresh, complete,
)  # fmt: skip

#: The answers of the person that move a rule.
READS: Final[dict[str, frozenset[str]]] = {
    "reachable": frozenset({"travel.modes", "travel.max_minutes", "remote_ok"}),
    "on_site_or_remote": frozenset({"remote_ok"}),
    "right_public": frozenset({"age", "publics"}),
    "soon_available": frozenset({"available_from"}),
}


def given(rule: Rule, among: Among) -> Given:
    """One rule over all. A rule that fails is contained and seen: it stays silent and says so."""
    try:
        return rule(among)
    except Exception as error:  # one faulty rule must not cost the person the whole list
        broken = f"règle en panne, non comptée ({type(error).__name__})"
        return Given(np.full(among.table.rows, UNKNOWN), lambda _: broken)


def signal(rule: Rule, told: Given, line: int, one: Candidate) -> Signal:
    """What a rule gave one line, in words."""
    score = float(told.scores[line])
    try:
        reason = told.why(one)
    except Exception as error:
        return Signal(rule.__name__, 0.0, 0.0, f"règle en panne, non comptée ({type(error).__name__})")
    silent = score != score  # noqa: PLR0124  (not a number)
    return Signal(rule.__name__, 0.0 if silent else score, 0.0 if silent else 1.0, reason)
