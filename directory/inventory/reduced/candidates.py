"""A question to statements that find rows which may answer it: theme, place, name and plain filters.

Each gives ids, the nearest or the freshest first, at most `MOST`. A row with a point is looked for by a
rectangle around the circle; what is had from home, or nobody knows where, apart from it. Where a refuge
stands plays no part in finding it: the centre of its commune does, and a margin keeps the rectangle silent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from sqlalchemy import Column, Select, and_, exists, false, func, not_, or_, select, text, true
from sqlalchemy.sql.elements import False_

from directory.inventory.entries import live
from directory.inventory.models import ELSEWHERE
from directory.inventory.reduced.holdings import Codes, Condition, admits, holding
from directory.inventory.reduced.names import says, themes_said
from directory.inventory.reduced.pools import Wished, asked_of_rows, gate
from directory.inventory.sensitive import VIOLENCE
from directory.inventory.shapes import SHAPES
from indexer.document import KINDS, ON_SITE, REMOTE, Kind
from indexer.query import AnyOf, AvailableFrom, Field, Filter, Near, NoneOf, Query, Sort, Text
from indexer.question import read_question

#: Rows one statement gives. Making their documents is most of an answer's cost (0.1 ms each): this many make
#: fifteen pages of a list.
MOST: Final = 300

#: A degree of latitude is 110.6 km at the least, so that the rectangle holds the whole circle.
_KM_A_DEGREE: Final = 110.5
#: No point of a commune of France is so far from its centre.
_MARGIN_KM: Final = 40.0

Ids = Select[str]

_NAMES: Final[dict[Kind, tuple[str, ...]]] = {
    "service": ("nom",),
    "immersion": ("appellation", "nom"),
    "training": ("nom", "organisme"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of rows of one kind, put to one database."""

    kind: Kind
    query: Query
    dialect: str

    def column(self, name: str) -> Column[Any]:
        """A column of the kind's own table."""
        return SHAPES[self.kind].detail.c[name]


def statements(query: Query, dialect: str) -> list[tuple[Kind, Ids]]:
    """The statements that find ids of each kind, those that can find none left out; what is had nearby
    first, since time may be over before the last."""
    found = []
    for kind in KINDS:
        asked = Asked(kind, query, dialect)
        conditions = [live(kind), *_conditions(asked)]
        if not any(isinstance(condition, False_) for condition in conditions):
            for place, nearest in _places(asked):
                found.append((nearest is None, kind, _statement(asked, [*conditions, place], nearest)))
    return [(kind, statement) for _, kind, statement in sorted(found, key=lambda one: one[0])]


def _statement(asked: Asked, conditions: Sequence[Condition], nearest: Near | None) -> Ids:
    shape = SHAPES[asked.kind]
    found = select(shape.register.c.id).join(shape.detail, shape.detail.c.id == shape.register.c.id)
    order = [asked.column("date_maj").desc()]
    if nearest is not None and asked.query.sort is not Sort.FRESHNESS:
        order = [_squared(asked, nearest)]
    return found.where(*conditions).order_by(*order, shape.register.c.id).limit(MOST)


def _conditions(asked: Asked) -> Iterator[Condition]:
    query = asked.query
    for one in query.where:
        yield _filter(asked, one)
    if query.zones:
        reserved = holding(asked.kind, "zones")
        yield or_(reserved.missing(), reserved.any_of(sorted(query.zones), asked.dialect))
    if query.wants:
        yield _gate(asked)


def _filter(asked: Asked, condition: Filter) -> Condition:
    match condition:
        case AvailableFrom(day):
            return _open_from(asked, day)
        case NoneOf(field, values):
            # Only columns that are never null can be turned round; the document tells of the others.
            never_null = field in {"id", "source"}
            return not_(admits(asked.kind, AnyOf(field, values), asked.dialect)) if never_null else true()
        case one:
            return admits(asked.kind, one, asked.dialect)


def _open_from(asked: Asked, day: Any) -> Condition:
    dated = SHAPES[asked.kind].dated
    if dated is None:
        return true()
    mine = dated.table.c.option_id == asked.column("id")
    return or_(exists().where(mine, dated.table.c.debut >= day), ~exists().where(mine))


def _gate(asked: Asked) -> Condition:
    """One of the wishes that are read, at least."""
    read = gate(asked.query)
    wishes = [one for wish in asked.query.wants for one in asked_of_rows(wish.what) if one in read]
    return or_(false(), *(_wished(asked, one) for one in _together(wishes)))


def _together(wishes: Sequence[Wished]) -> Iterator[Wished]:
    """The same wishes, those for values of one field as one."""
    fields: dict[tuple[Field, bool], dict[str, None]] = {}
    for one in wishes:
        if isinstance(one, AnyOf):
            fields.setdefault((one.field, one.or_missing), {}).update(dict.fromkeys(one.values))
        else:
            yield one
    for (field, or_missing), values in fields.items():
        yield AnyOf(field, tuple(values), or_missing=or_missing)


def _wished(asked: Asked, what: Wished) -> Condition:
    return _said(asked, what) if isinstance(what, Text) else admits(asked.kind, what, asked.dialect)


def _said(asked: Asked, text: Text) -> Condition:
    """All that is needed, each in a name or in a theme; what says the same as a word leads to themes only."""
    terms = read_question(text.words).needed
    if not terms:
        return false()
    columns = [asked.column(name) for name in _NAMES[asked.kind]]
    ways = []
    for term in terms:
        named = [says(columns, term.typed, asked.dialect)]
        if asked.kind == "service":
            named.append(
                _of_structure(asked, says([SHAPES["structure"].detail.c.nom], term.typed, asked.dialect))
            )
        if said := themes_said(term):
            named.append(holding(asked.kind, "thematiques").any_of(said, asked.dialect))
        ways.append(or_(*named))
    return and_(*ways)


def _of_structure(asked: Asked, named: Condition) -> Condition:
    structures = SHAPES["structure"].register
    return asked.column("structure_id").in_(select(structures.c.id).where(live("structure"), named))


def _places(asked: Asked) -> Iterator[tuple[Condition, Near | None]]:
    """Where to look: the conditions, and the point to be near to where that orders rows."""
    near = asked.query.near
    if near is None:
        yield true(), None
        return
    ways = _ways_asked(asked.query)
    if ON_SITE in ways:
        box = _box(asked, near, near.radius_km)
        if asked.kind != "service":
            yield box, near
        else:
            yield and_(box, not_(_sensitive(asked))), near
            hidden = or_(_box(asked, near, near.radius_km + _MARGIN_KM), asked.column("latitude").is_(None))
            yield and_(_sensitive(asked), hidden), None
    if REMOTE in ways and (elsewhere := _elsewhere(asked, near)) is not None:
        yield elsewhere, None


def _ways_asked(query: Query) -> set[str]:
    """The ways of being had that the filters leave."""
    ways = {ON_SITE, REMOTE}
    for one in query.where:
        if isinstance(one, AnyOf) and one.field == "modes_accueil" and not one.or_missing:
            ways &= set(one.values)
    return ways


def _sensitive(asked: Asked) -> Condition:
    """Services whose door is withheld; never null, so that it can be turned round."""
    return func.coalesce(Codes(asked.column("thematiques")).any_of([VIOLENCE], asked.dialect), false())


def _elsewhere(asked: Asked, near: Near) -> Condition | None:
    """What is had from home, and what nobody knows where; None where there is no such thing."""
    nowhere = asked.column("latitude").is_(None)
    match asked.kind:
        case "service":
            modes = Codes(asked.column("modes_accueil"))
            unsaid = and_(nowhere, modes.missing())
            told = or_(modes.any_of([REMOTE], asked.dialect), unsaid) if near.remote else unsaid
            return and_(text(f"({ELSEWHERE[asked.dialect]})"), told)
        case "training":
            sessions = SHAPES["training"].dated
            assert sessions is not None  # noqa: S101  (trainings have sessions)
            remote = exists().where(
                sessions.table.c.option_id == asked.column("id"), sessions.table.c.a_distance.is_(True)
            )
            return or_(nowhere, remote) if near.remote else nowhere
        case _:
            return None


def _box(asked: Asked, near: Near, radius_km: float) -> Condition:
    """The rectangle that holds the circle; every longitude where it goes over a pole or the antimeridian."""
    latitude, longitude = asked.column("latitude"), asked.column("longitude")
    high = radius_km / _KM_A_DEGREE
    south, north = near.point.latitude - high, near.point.latitude + high
    rows = latitude.between(south, north)
    if max(abs(south), abs(north)) >= 89:
        return rows
    wide = high / cos(radians(max(abs(south), abs(north))))
    west, east = near.point.longitude - wide, near.point.longitude + wide
    return rows if west < -180 or east > 180 else and_(rows, longitude.between(west, east))


def _squared(asked: Asked, near: Near) -> Any:
    """The square of a distance, good enough to choose the nearest, with nothing but multiplications."""
    up = asked.column("latitude") - near.point.latitude
    along = (asked.column("longitude") - near.point.longitude) * cos(radians(near.point.latitude))
    return up * up + along * along
