"""What changes on somebody's first page from one weighting to another: who comes in, who goes, who moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.evaluation.first_page import FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An option's rank before and after; None where it is past the first ten."""

    option_id: str
    before: int | None
    after: int | None

    @property
    def steps(self) -> int:
        """How many places it went, past the page counting as the eleventh."""
        return abs((self.before or FIRST + 1) - (self.after or FIRST + 1))


def moves(before: Sequence[str], after: Sequence[str]) -> tuple[Move, ...]:
    """Every change between two orders' first ten: those that enter, as they stand; those that leave; then
    those that stay and move, the farthest first."""
    old = {option_id: rank for rank, option_id in enumerate(before[:FIRST], 1)}
    new = {option_id: rank for rank, option_id in enumerate(after[:FIRST], 1)}
    changed = [
        Move(option_id=option_id, before=old.get(option_id), after=new.get(option_id))
        for option_id in {**new, **old}
        if old.get(option_id) != new.get(option_id)
    ]
    return tuple(sorted(changed, key=_told))


def _told(move: Move) -> tuple[int, int, int]:
    if move.before is None:
        return 0, move.after or 0, 0
    if move.after is None:
        return 1, move.before, 0
    return 2, -move.steps, move.after
