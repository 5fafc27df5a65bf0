"""Names of options completed as they are typed, read from the rows."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.inventory.entries import live
from directory.inventory.reduced.names import begins
from directory.inventory.shapes import SHAPES
from indexer.document import KINDS, Kind
from indexer.engine import Suggestion
from indexer.french import folded_words

#: Words and letters read of what is typed, as everywhere.
_WORDS: Final = 8
_LETTERS: Final = 200
#: Rows looked at for one that is shown: names that hold the letters elsewhere than at a word's beginning.
_LOOKED_AT: Final = 200


def named(session: Session, typed: str, limit: int) -> list[Suggestion]:
    """Names that hold, for each word typed, one that begins so: those that begin as typed first, then the
    shorter. Each name once."""
    starts = folded_words(typed[:_LETTERS])[:_WORDS]
    if not starts or limit <= 0:
        return []
    found: dict[str, tuple[bool, int, str, str, Kind]] = {}
    for kind in KINDS:
        for option_id, nom in _rows(session, kind, starts):
            words = folded_words(nom)
            if all(any(word.startswith(start) for word in words) for start in starts):
                found.setdefault(nom, (not _begins_as_typed(words, starts), len(nom), nom, option_id, kind))
    return [Suggestion(nom, option_id, kind) for _, _, nom, option_id, kind in sorted(found.values())[:limit]]


def _rows(session: Session, kind: Kind, starts: list[str]) -> Iterator[tuple[str, str]]:
    shape, dialect = SHAPES[kind], session.get_bind().dialect.name
    title = shape.detail.c.nom
    columns = [title]
    shown = title.label("shown")
    if kind == "immersion":  # known by its occupation, as its document is
        columns = [shape.detail.c.appellation, title]
        shown = func.coalesce(shape.detail.c.appellation, title).label("shown")
    rows = (
        select(shape.register.c.id, shown)
        .join(shape.detail, shape.detail.c.id == shape.register.c.id)
        .where(live(kind), *(begins(columns, start, dialect) for start in starts))
        .order_by(shape.register.c.id)
        .limit(_LOOKED_AT)
    )
    yield from ((option_id, nom) for option_id, nom in session.execute(rows))


def _begins_as_typed(words: list[str], starts: list[str]) -> bool:
    return " ".join(words).startswith(" ".join(starts))
