"""How far options answer what a person needs: by what they are about, by the occupation they open on.

`strengths` of many at once, `answers` of one with what tells it: the same figures (a test holds them to it).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.document import OptionDocument
from indexer.table import Table
from indexer.topics import Topic, read_topics
from matching.candidate import Answer, Person
from matching.certainty import certainty, codes, focus
from matching.diagnostic.needs import Need

Numbers = NDArray[np.float64]

#: What a kind is for, whatever it declares.
MEANT_FOR: Final[Mapping[str, frozenset[str]]] = {
    "immersion": frozenset(
        {
            "choisir-un-metier--confirmer-son-choix-de-metier",
            "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite",
        }
    ),
    "training": frozenset({"se-former--trouver-sa-formation"}),
}
#: How far a slot or a session answers what its kind is for; much less for somebody who has another occupation
#: in mind (single parent aiming at home care: no session for electricians).
MEANT: Final = 0.6
MEANT_FOR_OTHERS: Final = 0.2
#: A near occupation: the same three first signs of ROME.
NEAR: Final = 0.5


def strengths(person: Person, table: Table) -> Numbers:
    """needs × lines, 0 to 1."""
    needs = person.needs.needs
    found = np.zeros((len(needs), table.rows))
    if not needs or not table.rows:
        return found
    jobs = [_by_occupation(need, table) for need in needs]
    near_job = np.max(jobs, axis=0) > 0
    focused = _focused(table)
    for place, need in enumerate(needs):
        told = _by_topics(table, _fits(need), focused)
        for kind in MEANT_FOR:
            of_kind = table.fields["kind"].any_of((kind,))
            if of_kind.any():
                told = np.where(of_kind, _of_kind(kind, person, need, table, near_job), told)
        found[place] = np.maximum(told, jobs[place]) * _weighed(need)
    return found


def answers(
    document: OptionDocument, person: Person, topics: Iterable[Topic] | None = None
) -> tuple[Answer, ...]:
    """What this option answers of what the person needs, the most first. `topics` when they are known."""
    told = {topic.theme: topic for topic in (read_topics(document) if topics is None else topics)}
    found = (_answer(document, told, need, person) for need in person.needs)
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.strength, one.need.code)))


def _weighed(need: Need) -> float:
    """The strength grows with the weight of the need, so that a graver need never lowers what answers it."""
    return 0.5 + 0.5 * need.weight


def _fits(need: Need) -> dict[str, float]:
    return {theme: share.fit for theme, share in need.themes.items()}


# ------------------------------------------------------------------------------------------- many at once


def _focused(table: Table) -> Numbers:
    counts = table.fields["thematiques"].counts()
    return np.array([focus(number) for number in range(int(counts.max(initial=0)) + 1)])[counts]


def _by_topics(table: Table, fits: Mapping[str, float], focused: Numbers) -> Numbers:
    topics = table.fields["topics"]
    own, other = (topics.best(codes(fits.items(), own=which)) for which in (True, False))
    return np.maximum(own, other * focused)


def _of_kind(kind: str, person: Person, need: Need, table: Table, near_job: NDArray[np.bool_]) -> Numbers:
    """What a slot or a session answers by its topics, those its kind is for apart."""
    fits = _fits(need)
    meant = max((fit for theme, fit in fits.items() if theme in MEANT_FOR[kind]), default=0.0)
    if not person.profile.projects:
        return np.maximum(_by_topics(table, fits, _focused(table)), meant * MEANT)
    others = {theme: fit for theme, fit in fits.items() if theme not in MEANT_FOR[kind]}
    return np.maximum(
        _by_topics(table, others, _focused(table)), meant * np.where(near_job, MEANT, MEANT_FOR_OTHERS)
    )


def _by_occupation(need: Need, table: Table) -> Numbers:
    if need.rome is None:
        return np.zeros(table.rows)
    held = table.fields["rome"]
    near = {code: NEAR for code in held.code_of if code[:3] == need.rome[:3]}
    return held.best(near | {need.rome: 1.0})


# ------------------------------------------------------------------------------------------- one, in words


def _answer(document: OptionDocument, told: Mapping[str, Topic], need: Need, person: Person) -> Answer | None:
    theme, fit = _best_theme(document, told, need, person)
    job = _occupation(document, need)
    sure = max(fit, job)
    if sure <= 0:
        return None
    strength = sure * _weighed(need)
    if job >= fit:
        return Answer(need=need, strength=strength, theme=None, origin="projet professionnel")
    return Answer(
        need=need, strength=strength, theme=theme, origin=need.themes[theme].origin, topic=told.get(theme)
    )


def _best_theme(
    document: OptionDocument, told: Mapping[str, Topic], need: Need, person: Person
) -> tuple[str, float]:
    best, best_fit = "", 0.0
    for theme, share in need.themes.items():
        fit = share.fit * _certainty(document, told.get(theme), theme, person)
        if fit > best_fit:
            best, best_fit = theme, fit
    return best, best_fit


def _certainty(document: OptionDocument, topic: Topic | None, theme: str, person: Person) -> float:
    sure = certainty(topic, len(document.thematiques)) if topic else 0.0
    if theme not in MEANT_FOR.get(document.kind, ()):
        return sure
    if not person.profile.projects:
        return max(sure, MEANT)
    return MEANT if any(_occupation(document, need) for need in person.needs) else MEANT_FOR_OTHERS


def _occupation(document: OptionDocument, need: Need) -> float:
    """The same occupation whole; a near one half."""
    if need.rome is None or not document.rome:
        return 0.0
    if need.rome in document.rome:
        return 1.0
    return NEAR if any(code[:3] == need.rome[:3] for code in document.rome) else 0.0
