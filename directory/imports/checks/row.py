"""One row through every check: a record or a refusal, and what was mended on the way. Never an exception."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from directory.imports.checks.codes import check_vocabularies
from directory.imports.checks.contacts import check_contacts, check_hours
from directory.imports.checks.establishments import check_siret
from directory.imports.checks.numbers import check_day, check_number
from directory.imports.checks.offers import CHECKS, IMMERSION_FIELDS, READ_NOT_KEPT, TRAINING_FIELDS
from directory.imports.checks.places import PlaceChecks
from directory.imports.checks.schema import MODELS, check_schema
from directory.imports.checks.text import clean_text
from directory.imports.findings import Draft, Finding, Refused, Verdict
from directory.inventory.records import Record, RecordKind
from indexer.reference.communes import Communes

#: The fields each kind of row may hold; whatever else a file says is passed over.
FIELDS: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    "structure": tuple(MODELS["structure"].model_fields),
    "service": tuple(MODELS["service"].model_fields),
    "immersion": IMMERSION_FIELDS,
    "training": TRAINING_FIELDS,
}
_TRUE_NUMBERS: Final = frozenset(
    {
        "latitude", "longitude", "volume_horaire_hebdomadaire", "nombre_semaines", "quota_semaine",
        "quota_mois", "reste_a_charge", "date_maj", "prochaine_disponibilite",
    }
)  # fmt: skip
_LONGEST_ID: Final = 255
_LONGEST_TEXT: Final = 10_000
#: Their length is checked where they are required; a list may be written in a long text.
_LENGTH_TOLD_ELSEWHERE: Final = frozenset({"nom", "description", "creneaux", "sessions", "zone_eligibilite"})
_OLDEST: Final = date(2000, 1, 1)


class RowChecker:
    """Checks rows one after the other. `source` fills a source that a row does not give; `today` is the day
    after which nothing was ever updated."""

    def __init__(self, communes: Communes, *, today: date, source: str | None = None) -> None:
        self._places = PlaceChecks(communes)
        self._today = today
        self._source = source

    def check(self, kind: RecordKind, line: int, cells: Mapping[str, Any], *, flat: bool = False) -> Verdict:
        """What becomes of a row. `flat`: it comes from cells that hold text only."""
        draft = Draft(
            kind, line, {name: cells[name] for name in FIELDS[kind] if cells.get(name) is not None}, flat
        )
        try:
            self._check(draft)
        except Refused as refused:
            told = Finding(line, draft.id, refused.field, refused.value, refused.reason)
            source = draft.values.get("source")
            return Verdict(kind, line, None, told, (), draft.id, source if isinstance(source, str) else None)
        record = _record(draft)
        return Verdict(kind, line, record, None, tuple(draft.mendings), record.id, record.source)

    def _check(self, draft: Draft) -> None:
        values = draft.values
        _numbers_to_text(values)
        clean_text(draft)
        if values.get("source") is None and self._source is not None:
            values["source"] = self._source
        for name in ("id", "source", "structure_id") if draft.kind == "service" else ("id", "source"):
            _check_name(draft, name)
        _check_lengths(draft)
        self._check_update(draft)
        check_vocabularies(draft)
        self._places.check(draft)
        if draft.kind in CHECKS:
            CHECKS[draft.kind](draft)
        else:
            self._check_of_schema(draft)

    def _check_of_schema(self, draft: Draft) -> None:
        if draft.kind == "structure":
            check_siret(draft)
        else:
            self._places.check_zones(draft)
            check_number(draft, "volume_horaire_hebdomadaire")
            check_number(draft, "nombre_semaines", lowest=1, whole=True)
        check_contacts(draft)
        check_hours(draft)
        check_schema(draft)

    def _check_update(self, draft: Draft) -> None:
        """`date_maj`: a day, neither before this century nor after today."""
        given = draft.values.get("date_maj")
        if given is None:
            raise Refused("date_maj", None, "date_maj : obligatoire, absente")
        if not check_day(draft, "date_maj"):
            raise Refused("date_maj", given, "date_maj : date illisible (AAAA-MM-JJ attendu)")
        if draft.values["date_maj"] > self._today:
            raise Refused("date_maj", given, "date_maj : cette date est dans le futur")
        if draft.values["date_maj"] < _OLDEST:
            raise Refused("date_maj", given, "date_maj : cette date est avant l'an 2000")


def _numbers_to_text(values: dict[str, Any]) -> None:
    """Spreadsheets and Parquet give codes as numbers: 26000.0 is the text « 26000 »."""
    for name, value in values.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and name not in _TRUE_NUMBERS:
            whole = isinstance(value, int) or value.is_integer()
            # More digits than a float holds: left as it is, for a check to refuse.
            values[name] = f"{value:.0f}" if whole and abs(value) < 1e16 else repr(value)[:300]


def _check_name(draft: Draft, name: str) -> None:
    given = draft.values.get(name)
    if given is None:
        raise Refused(name, None, f"{name} : obligatoire, absent")
    if not isinstance(given, str):
        raise Refused(name, given, f"{name} : un texte est attendu")
    if len(given) > _LONGEST_ID:
        raise Refused(name, given, f"{name} : au plus {_LONGEST_ID} caractères sont acceptés")


def _check_lengths(draft: Draft) -> None:
    for name, value in draft.values.items():
        if isinstance(value, str) and len(value) > _LONGEST_TEXT and name not in _LENGTH_TOLD_ELSEWHERE:
            draft.remove(name, f"plus de {_LONGEST_TEXT} caractères : valeur retirée")


def _record(draft: Draft) -> Record:
    apart = {"id", "source"} if draft.kind in MODELS else {"id", "source"} | READ_NOT_KEPT
    return Record(
        kind=draft.kind,
        id=draft.values["id"],
        source=draft.values["source"],
        values={
            name: value for name, value in draft.values.items() if value is not None and name not in apart
        },
        deduced=frozenset(draft.deduced),
        line=draft.line,
    )
