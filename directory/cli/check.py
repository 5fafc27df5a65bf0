"""`jalon check`: settings, database, index drift; what is wrong and how to mend it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import click
from sqlalchemy.exc import SQLAlchemyError

from directory.cli.failures import NOT_BELIEVED, NOT_LET_IN
from directory.cli.printing import OUT, plain, print_json
from directory.database import DatabaseUnavailable
from directory.inventory.lists import count_options
from directory.migrations import is_current
from directory.wiring import Jalon
from indexer.backends import InvalidSearchUrl
from indexer.drift import IndexState, read_state
from indexer.engine import EngineError, EngineForbids, EngineUntrusted, IndexOutdated
from indexer.reference.errors import UnreadableList
from matching.errors import InvalidMapping, InvalidWeights

UPGRADE = "Lancez « jalon db upgrade »."
REBUILD = "Lancez « jalon index rebuild »."


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing looked at: fine or not, what was seen, how to mend it."""

    name: str
    fine: bool
    seen: str
    mend: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def check(jalon: Jalon, as_json: bool) -> None:
    """Dit ce qui ne va pas et comment y remédier."""
    # The settings were read to get here: what is wrong with them has been said.
    looks: tuple[Callable[[Jalon], Verdict], ...] = (
        look_at_data, look_at_database, look_at_index, look_at_mapping, look_at_weights, look_at_rural,
    )  # fmt: skip
    verdicts = [look(jalon) for look in looks]
    if as_json:
        print_json([{"name": v.name, "ok": v.fine, "seen": v.seen, "mend": v.mend} for v in verdicts])
    else:
        for verdict in verdicts:
            _tell(verdict)
    sys.exit(0 if all(verdict.fine for verdict in verdicts) else 3)


def look_at_data(jalon: Jalon) -> Verdict:
    """The data folder can be written."""
    folder = jalon.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        mend = f"Rendez {folder} accessible en écriture, ou changez JALON_DATA_DIR."
        return Verdict("dossier", False, str(error.strerror), mend)
    return Verdict("dossier", True, str(folder))


def look_at_database(jalon: Jalon) -> Verdict:
    """The database answers and is of this version."""
    try:
        if not is_current(jalon.database):
            return Verdict("base", False, "absente, ou d'une autre version", UPGRADE)
        count = count_options(jalon.database.sessions)
    except (DatabaseUnavailable, SQLAlchemyError, OSError) as error:
        return Verdict("base", False, type(error).__name__, "Vérifiez JALON_DATABASE_URL et JALON_DATA_DIR.")
    return Verdict("base", True, f"{count} options publiées")


def look_at_index(jalon: Jalon) -> Verdict:
    """The index answers and holds as many options as the database."""
    try:
        held = jalon.engine.status().documents
    except (EngineError, OSError) as error:
        return _out_of_reach(error)
    state = _state(jalon)
    if state is None:
        return Verdict("index", True, f"{held} options (base absente : écart inconnu)")
    return _compared(state, held)


def look_at_mapping(jalon: Jalon) -> Verdict:
    """Every item of the method lands somewhere and every thématique is reached."""
    try:
        mapping = jalon.mapping
    except InvalidMapping as error:
        return Verdict("correspondances", False, " ; ".join(error.faults), f"Corrigez {error.source}.")
    entries = mapping.entries.values()
    lines = [line for entry in entries for line in entry.lines]
    kept = sum(line.status == "validé" for line in lines)
    reasons = sum(bool(entry.nowhere) for entry in entries)
    seen = f"version {mapping.version} : {len(entries)} éléments, {len(lines)} liens dont {kept} validés"
    return Verdict("correspondances", True, f"{seen}, {reasons} éléments sans lien, avec leur raison")


def look_at_rural(jalon: Jalon) -> Verdict:
    """The list of communes in FRR zones, where one is given."""
    if not jalon.settings.rural_communes:
        return Verdict("zones FRR", True, "pas de liste : ce qui leur est réservé est à vérifier")
    try:
        classed = sum(jalon.communes.is_rural(one.code) is True for one in jalon.communes.standing())
    except UnreadableList as error:
        mend = "Donnez à JALON_RURAL_COMMUNES la liste publiée par la DGCL (docs/settings.md)."
        return Verdict("zones FRR", False, str(error), mend)
    return Verdict("zones FRR", True, f"{classed} communes classées")


def look_at_weights(jalon: Jalon) -> Verdict:
    """The weights published can be read."""
    try:
        weights = jalon.weights
    except InvalidWeights as error:
        return Verdict("poids", False, " ; ".join(error.faults), f"Corrigez {error.source}.")
    return Verdict("poids", True, f"version {weights.version} : {len(weights.values)} règles")


def _out_of_reach(error: Exception) -> Verdict:
    match error:
        case IndexOutdated():
            seen, mend = "d'une autre version de Jalon", REBUILD
        case InvalidSearchUrl():
            seen, mend = str(error), "Corrigez JALON_SEARCH_URL."
        case EngineUntrusted():
            seen, mend = "le certificat du moteur n'est pas reconnu", NOT_BELIEVED
        case EngineForbids():
            seen, mend = "le moteur refuse ce compte", NOT_LET_IN
        case _:
            seen = "illisible, ou le moteur ne répond pas"
            mend = "Vérifiez JALON_SEARCH_URL, puis lancez « jalon index rebuild »."
    return Verdict("index", False, seen, mend)


def _state(jalon: Jalon) -> IndexState | None:
    """How the index stands beside the rows; None when they cannot be read, which has its own verdict."""
    sessions = jalon.database.sessions
    try:
        return read_state(sessions, jalon.engine, lambda: count_options(sessions))
    except (DatabaseUnavailable, SQLAlchemyError, OSError):
        return None


def _compared(state: IndexState, held: int) -> Verdict:
    lag = state.lag
    if lag.parked:
        mend = "« jalon index status » dit lesquels et pourquoi."
        return Verdict("index", False, f"{lag.parked} changements que l'index refuse", mend)
    if lag.pending:
        seen = f"{held} options, {lag.pending} changements en attente"
        return Verdict("index", False, seen, "Lancez « jalon index sync », ou laissez faire « jalon serve ».")
    if state.drift:
        mend = "Lancez « jalon index verify --repair »."
        return Verdict("index", False, f"{held} options pour {state.stored} en base", mend)
    return Verdict("index", True, f"{held} options, comme la base")


def _tell(verdict: Verdict) -> None:
    mark = "[green]ok[/]" if verdict.fine else "[red]à corriger[/]"
    OUT.print(f"{mark}  {verdict.name} : {plain(verdict.seen)}", highlight=False)
    if verdict.mend:
        OUT.print(f"    → {plain(verdict.mend)}", highlight=False)
