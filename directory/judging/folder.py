"""A folder of judged cases, read and checked whole before anything is built.

structures.jsonl services.jsonl immersions.jsonl trainings.jsonl     any may be absent; `.gz` too
profiles/NAME.json    searches.jsonl    qrels.txt
case.json             {"today": "2026-11-23", "inventory": "../inventory"}, both optional
personas.json         {"NAME": "who the person is, in a sentence"}, for those who judge
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from directory.imports.readers.recognition import open_rows
from directory.judging.errors import UnreadableCases
from directory.judging.searches import read_searches
from directory.search import check
from directory.wish import InvalidSearch, SearchWish
from indexer.reference.communes import Communes
from matching.errors import InvalidProfile
from matching.evaluation.qrels import read_qrels
from matching.profile import KEYS, Profile

#: Structures first: a service then shows its structure from the start.
KINDS: Final = ("structures", "services", "immersions", "trainings")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFolder:
    """`files`: the inventory, in the order to import it. `qrels` may name queries that are neither a profile
    nor a search: `strangers`. `ignored`: keys of profiles and searches that mean nothing to us."""

    path: Path
    today: date | None
    files: Sequence[Path]
    profiles: Mapping[str, Profile]
    searches: Mapping[str, SearchWish]
    qrels: Mapping[str, Mapping[str, int]]
    personas: Mapping[str, str]
    ignored: Sequence[str]

    @property
    def strangers(self) -> tuple[str, ...]:
        """Judged names that are no case of this folder."""
        return tuple(sorted(self.qrels.keys() - self.profiles.keys() - self.searches.keys()))


def read_folder(path: Path, communes: Communes, *, judged: bool = True) -> JudgedFolder:
    """The cases of a folder; unless told otherwise there must be judgements. Raises UnreadableCases,
    InvalidJudgements."""
    case = _object(path / "case.json") if (path / "case.json").is_file() else {}
    ignored: list[str] = []
    profiles = _profiles(path / "profiles", communes, ignored)
    searches = read_searches(path / "searches.jsonl", ignored)
    _check(searches, communes)
    if not profiles and not searches:
        raise UnreadableCases(f"{path} : ni profiles/NOM.json ni searches.jsonl, rien à évaluer.")
    folder = JudgedFolder(
        path=path, today=_today(case, path), files=_inventory(path, case), profiles=profiles,
        searches=searches, qrels=_qrels(path / "qrels.txt", needed=judged), personas=_personas(path),
        ignored=tuple(dict.fromkeys(ignored)),
    )  # fmt: skip
    if judged and folder.qrels.keys() <= set(folder.strangers):
        raise UnreadableCases(
            f"{path / 'qrels.txt'} : aucun jugement ne porte sur un profil ou une recherche."
        )
    return folder


def read_ids(path: Path) -> list[str]:
    """The ids of every option of a folder's inventory, as written. Raises UnreadableCases, UnreadableFile."""
    case = _object(path / "case.json") if (path / "case.json").is_file() else {}
    options = (file for file in _inventory(path, case) if not file.name.startswith("structures"))
    return [str(row.cells["id"]) for file in options for row in open_rows(file).rows if "id" in row.cells]


def _check(searches: Mapping[str, SearchWish], communes: Communes) -> None:
    """What the API would refuse is told before anything is built."""
    for name, wish in searches.items():
        try:
            check(wish, communes)
        except InvalidSearch as error:
            raise UnreadableCases(f"recherche {name} : {error}") from error


def _inventory(path: Path, case: Mapping[str, Any]) -> list[Path]:
    where = path / str(case.get("inventory") or ".")
    found = [
        file
        for kind in KINDS
        if (file := next((one for one in _spellings(where, kind) if one.is_file()), None)) is not None
    ]
    if not found:
        named = ", ".join(f"{kind}.jsonl" for kind in KINDS)
        raise UnreadableCases(f"{where} : aucun inventaire (attendu : {named}, compressé ou non).")
    return found


def _spellings(where: Path, kind: str) -> tuple[Path, ...]:
    return where / f"{kind}.jsonl", where / f"{kind}.jsonl.gz"


def _today(case: Mapping[str, Any], path: Path) -> date | None:
    told = case.get("today")
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError) as error:
        raise UnreadableCases(f"{path / 'case.json'} : today s'écrit AAAA-MM-JJ.") from error


def _qrels(path: Path, *, needed: bool) -> dict[str, dict[str, int]]:
    if not path.is_file():
        if needed:
            raise UnreadableCases(f"{path} : ce fichier manque ; il porte les jugements.")
        return {}
    grades = read_qrels(_text(path), name=path.name)
    if needed and not grades:
        raise UnreadableCases(f"{path} : aucun jugement.")
    return grades


def _profiles(path: Path, communes: Communes, ignored: list[str]) -> dict[str, Profile]:
    return {file.stem: _profile(file, communes, ignored) for file in sorted(path.glob("*.json"))}


def _profile(file: Path, communes: Communes, ignored: list[str]) -> Profile:
    given = _object(file)
    # What a profile does not have (a note, a name) is told and passed over: it changes no answer.
    ignored += [f"{file.name} : {key}" for key in given if key not in KEYS]
    try:
        return Profile.from_json({key: given[key] for key in given if key in KEYS}, communes)
    except InvalidProfile as error:
        faults = "\n".join(f"  - {field} : {sentence}" for field, sentence in error.faults)
        raise UnreadableCases(f"{file} ne peut pas être lu :\n{faults}") from error


def _personas(path: Path) -> dict[str, str]:
    file = path / "personas.json"
    return {name: str(said) for name, said in _object(file).items()} if file.is_file() else {}


def _object(file: Path) -> dict[str, Any]:
    try:
        given = orjson.loads(_text(file))
    except orjson.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise UnreadableCases(f"{file} n'est pas un fichier JSON ({where}).") from error
    if not isinstance(given, dict):
        raise UnreadableCases(f"{file} : un objet JSON est attendu.")
    return given


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCases(f"{file} n'est pas un texte en UTF-8.") from error
