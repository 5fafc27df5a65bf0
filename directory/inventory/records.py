"""What the imports hand to the inventory: one checked row of a file, ready to be stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

RecordKind = Literal["structure", "service", "immersion", "training"]
RECORD_KINDS: Final[tuple[RecordKind, ...]] = get_args(RecordKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that passed every check. `values` are Python values by column name (dates are `date`, lists are
    sorted lists, absent is None or missing), `creneaux` or `sessions` included as lists of dicts for
    immersions and trainings; `deduced` names the fields that the import worked out (`code_insee`, `latitude`,
    `longitude`). `line` is where it stands in its file, from 1."""

    kind: RecordKind
    id: str
    source: str
    values: Mapping[str, Any]
    deduced: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a record: `refused` carries the field and the sentence (French), the rest does not."""

    record: Record
    what: Literal["created", "updated", "unchanged", "refused"]
    field: str | None = None
    reason: str | None = None
