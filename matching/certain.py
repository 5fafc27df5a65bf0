"""What certainly keeps a person from an option, as far as columns tell: reach, publics, dates, kinds.

Less than `eligibility`, which reads the conditions of each, and never more: what is ruled out here is ruled
out there too, with its sentence (a test holds them to it).
"""

import numpy as np
from numpy.typing import NDArray

from indexer.document import EVERYONE
from indexer.reference.vocabulary import PUBLICS
from matching.among import Among
from matching.eligibility import belongs

Bools = NDArray[np.bool_]


def may_use(among: Among) -> Bools:
    """Which lines nothing certain rules out."""
    return _in_reach(among) & _for_them(among) & _wanted_now(among) & ~np.isinf(among.first_day)


def _in_reach(among: Among) -> Bools:
    table, profile = among.table, among.person.profile
    longest = np.inf if profile.travel.max_minutes is None else profile.travel.max_minutes
    too_long = table.on_site & (among.minutes > longest) & ~table.remote
    unwanted = ~table.on_site & table.remote if profile.remote_ok is False else np.zeros(table.rows, np.bool_)
    return ~(too_long | unwanted)


def _for_them(among: Among) -> Bools:
    publics = among.table.fields["publics"]
    perhaps = [one for one in PUBLICS.codes if one == EVERYONE or belongs(among.person, one) is not False]
    return publics.missing() | publics.any_of(perhaps)


def _wanted_now(among: Among) -> Bools:
    indicators, kinds = among.person.needs.indicators, among.table.fields["kind"]
    if indicators.no_job_offers:
        return kinds.any_of(("service",))
    return ~kinds.any_of(("training",)) if indicators.no_training else np.ones(among.table.rows, np.bool_)
