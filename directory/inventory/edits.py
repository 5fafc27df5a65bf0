"""What a person may put in a field: a field that exists, a value of its type. What the value means (an
enumeration, a SIRET) is checked by the doors, with the same rules as the imports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON

from directory.inventory.errors import InvalidEdit
from directory.inventory.models import Option, Structure
from directory.inventory.shapes import Shape

_BOUNDS: Final = {"latitude": 90.0, "longitude": 180.0}


def check_changes(shape: Shape, changes: Mapping[str, Any]) -> None:
    """Raises InvalidEdit for the first field or value that cannot be."""
    if not changes:
        raise InvalidEdit("aucun champ à modifier")
    for name, value in changes.items():
        if name not in shape.fields:
            raise InvalidEdit(f"{name} : ce champ ne se modifie pas", field=name)
        if not _fits(shape, name, value):
            raise InvalidEdit(f"{name} : cette valeur ne convient pas", field=name)


def correct(row: Structure | Option, changes: Mapping[str, Any], *, author: str, at: datetime) -> None:
    """Put those values in force over the source's, which each correction keeps; a value that is the source's
    own takes the correction back."""
    corrections = dict(row.corrections)
    for name, value in changes.items():
        in_force = getattr(row, name)
        source_value = corrections[name]["source_value"] if name in corrections else in_force
        if value == source_value:
            corrections.pop(name, None)
        elif value != in_force:
            corrections[name] = {
                "value": value,
                "source_value": source_value,
                "author": author,
                "at": at.isoformat(),
            }
        if value != in_force:
            setattr(row, name, value)
    row.corrections = corrections
    row.deduced = [name for name in row.deduced if name not in corrections]


def _fits(shape: Shape, name: str, value: Any) -> bool:
    column = shape.detail.c[name]
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, JSON):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    expected = column.type.python_type
    if expected is float:
        return type(value) in {int, float} and abs(value) <= _BOUNDS.get(name, float("inf"))
    return type(value) is expected
