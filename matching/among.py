"""The candidates of one person as arrays, a line each: what the rules read, all at once.

A rule over a thousand candidates is a few passes over a thousand numbers; only those that may be shown are
fetched whole. What a document alone tells (the ages its conditions name, a router's minutes) is learnt then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.row import times_bits
from indexer.table import Table
from matching.candidate import Candidate, Person
from matching.closing import closing
from matching.needed import strengths
from matching.travel import minutes_of

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Not a number: nothing to say, or not known.
UNKNOWN: Final = np.nan

#: What is left of an option whose text says how it ends. One that is closed is ruled out anyway.
LEFT: Final = {"closed": 0.0, "past": 0.0, "full": 0.5}


@dataclass(frozen=True)
class Among:
    """`minutes` to each line, UNKNOWN off site or without a way of travelling; `low` and `high` the ages its
    conditions name, UNKNOWN as long as its document was not read; `contradicted` whether its text says that
    it is for others; `ending` what is left of one that is full or gone by, UNKNOWN for one that goes on."""

    person: Person
    table: Table
    minutes: Numbers
    low: Numbers
    high: Numbers
    contradicted: Bools
    ending: Numbers

    @classmethod
    def of(cls, person: Person, table: Table) -> "Among":
        """The minutes estimated, nothing learnt yet."""
        blank = np.full(table.rows, UNKNOWN)
        nothing = np.zeros(table.rows, np.bool_)
        minutes = _estimated(person, table)
        return cls(person, table, minutes, blank.copy(), blank.copy(), nothing, blank)

    def learn(self, known: Iterable[tuple[int, Candidate]]) -> None:
        """Take in what documents tell of their lines."""
        for line, one in known:
            self.minutes[line] = UNKNOWN if one.journey is None else one.journey.minutes
            self.contradicted[line] = bool(one.verdict.contradicted)
            end = closing(one.document, self.person.today)
            self.ending[line] = LEFT[end.end] if end else UNKNOWN
            told = one.conditions
            if told.ages:
                self.low[line] = 0 if told.low is None else told.low
                self.high[line] = np.inf if told.high is None else told.high

    def asked(self, person: Person) -> "Among":
        """The same candidates before the same person with another answer."""
        minutes = self.minutes
        if person.travel.modes != self.person.travel.modes:
            minutes = _estimated(person, self.table)
        contradicted = self.contradicted.copy()
        other = Among(person, self.table, minutes, self.low, self.high, contradicted, self.ending)
        # What the needs alone decide does not change with an answer about travel or age.
        other.__dict__["strengths"] = self.strengths
        return other

    @cached_property
    def strengths(self) -> Numbers:
        """How far each line answers each need: needs × lines, 0 to 1."""
        return strengths(self.person, self.table)

    @cached_property
    def strongest(self) -> Numbers:
        """How far each line answers the need it answers most."""
        found: Numbers = self.strengths.max(axis=0, initial=0.0)
        return found

    @cached_property
    def first_day(self) -> Numbers:
        """Days until the first date that suits; infinite for a dated line without any, UNKNOWN undated."""
        slots, profile, today = self.table.slots, self.person.profile, self.person.today.toordinal()
        free = profile.available_from.toordinal() if profile.available_from else today
        excluded = times_bits(profile.excluded_hours)
        suits = (slots.ask_by >= today) & (slots.starts >= free) & ((slots.times & excluded) == 0)
        found = np.where(self.table.dated, np.inf, UNKNOWN)
        np.minimum.at(found, slots.whose[suits], (slots.starts[suits] - today).astype(np.float64))
        return found


def _estimated(person: Person, table: Table) -> Numbers:
    return np.where(table.on_site, minutes_of(np.nan_to_num(table.km), person.travel.modes), UNKNOWN)
