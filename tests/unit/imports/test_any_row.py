"""Whatever a row holds, it is taken or refused; it never stops the file."""

from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.checks.row import FIELDS, RowChecker
from directory.inventory.records import RECORD_KINDS, RecordKind
from directory.inventory.shapes import SHAPES
from indexer.reference.communes import load_communes
from tests.unit.imports.conftest import ROWS, TODAY

CHECKER = RowChecker(load_communes(), today=TODAY)

ODD_TEXTS = st.sampled_from(
    [
        "", " ", "\ud800", "a\x00b", "{a,b}", "[1", "[]", "{}", "95", "44,75", "-,5", "1e400", "nan", "26362",
        "1001", "26", "2a", "france", "null", "<p>x</p>", "&amp;", "2026-02-30", "31/12/2025", "hier",
        "0" * 14, "a" * 400, '[{"id":1}]', "115", "Mo-Fr 08:00-12:00", "www.exemple.fr", "a@b.fr ou c@d.fr",
        "D1104", "١٢٣٤٥", "²" * 5,
    ]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | ODD_TEXTS
    | st.text()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3),
    max_leaves=6,
)
SLOT_KEYS = st.sampled_from(
    ["id", "debut", "fin", "places", "places_prises", "horaires", "date_limite", "a_distance"]
)
SLOTS = st.lists(st.dictionaries(SLOT_KEYS, VALUES), max_size=3)


@st.composite
def spoiled_rows(draw: st.DrawFn) -> tuple[RecordKind, dict[str, Any], bool]:
    kind = draw(st.sampled_from(RECORD_KINDS))
    spoiled = draw(st.dictionaries(st.sampled_from(FIELDS[kind]), VALUES, max_size=6))
    row = {**ROWS[kind], **spoiled}
    if kind in ("immersion", "training") and draw(st.booleans()):
        row["creneaux" if kind == "immersion" else "sessions"] = draw(SLOTS)
    return kind, row, draw(st.booleans())


@given(spoiled_rows())
@settings(max_examples=120, deadline=None)
def test_a_row_is_taken_or_refused(spoiled: tuple[RecordKind, dict[str, Any], bool]) -> None:
    kind, row, flat = spoiled
    verdict = CHECKER.check(kind, 3, row, flat=flat)
    assert (verdict.record is None) != (verdict.refusal is None)


@given(spoiled_rows())
@settings(max_examples=80, deadline=None)
def test_what_is_told_can_be_written_and_what_is_taken_can_be_stored(
    spoiled: tuple[RecordKind, dict[str, Any], bool],
) -> None:
    kind, row, flat = spoiled
    verdict = CHECKER.check(kind, 3, row, flat=flat)
    told = [*verdict.mendings, *([verdict.refusal] if verdict.refusal else [])]
    orjson.dumps([[one.id, one.field, one.value, one.reason] for one in told])
    if verdict.record:
        assert verdict.record.values.keys() <= SHAPES[kind].all_fields
        orjson.dumps([verdict.record.id, verdict.record.source, dict(verdict.record.values)])


@given(spoiled_rows())
@settings(max_examples=80, deadline=None)
def test_a_row_taken_and_read_again_needs_no_mending(
    spoiled: tuple[RecordKind, dict[str, Any], bool],
) -> None:
    kind, row, flat = spoiled
    record = CHECKER.check(kind, 3, row, flat=flat).record
    if record is None:
        return
    again = CHECKER.check(kind, 3, {"id": record.id, "source": record.source, **record.values})
    assert again.mendings == ()
    assert again.record is not None
    assert again.record.values == record.values
