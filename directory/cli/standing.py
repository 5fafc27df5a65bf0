"""How the index stands, as sentences and as JSON values."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.markup import escape

from directory.cli.failures import failure_of
from directory.clock import PARIS
from indexer.checking import LastCheck
from indexer.drift import Drift, IndexState


def as_json_values(state: IndexState) -> dict[str, Any]:
    """The shape of `jalon index status --json`, told in docs/index.md."""
    return {
        "engine": None if state.engine is None else asdict(state.engine),
        "trouble": None if state.trouble is None else _trouble(state),
        "stored": state.stored,
        "drift": state.drift,
        "lag": asdict(state.lag),
        "parked": [{"id": option_id, "why": why} for option_id, why in state.parked],
        "rebuild": asdict(state.rebuild),
        "check": asdict(state.check),
    }


def state_lines(state: IndexState) -> list[str]:
    """How the index stands, in sentences."""
    if state.engine is None:
        lines = [f"[red]Index illisible[/] : {_trouble(state)}"]
    else:
        size = f", {state.engine.size_bytes / 1e6:.1f} Mo" if state.engine.size_bytes is not None else ""
        found, stored = spaced(state.engine.documents), spaced(state.stored)
        lines = [f"Index ({state.engine.name}) : {found} options{size} ; en base : {stored}."]
    lag = state.lag
    lines.append(
        f"En attente : {spaced(lag.pending)} changements, le plus ancien de {lag.oldest_seconds:.0f} s."
    )
    if lag.parked:
        lines.append(f"[red]Mis de côté[/] : {spaced(lag.parked)} changements que l’index refuse :")
        lines += [f"    {escape(option_id)} ({escape(reason)})" for option_id, reason in state.parked]
    if state.rebuild.runs:
        lines.append("Une reconstruction est en cours.")
    if state.rebuild.ended is not None:
        when = _moment(state.rebuild.ended)
        lines.append(f"Dernière reconstruction : {when}, {spaced(state.rebuild.documents or 0)} options.")
    return lines + _last_check(state.check)


def drift_lines(drift: Drift, left: int, *, repair: bool) -> list[str]:
    """What a comparison found, in sentences; `left`: the faults that stand after a repair."""
    if not drift.faults:
        return [f"{spaced(drift.compared)} options comparées : l’index dit ce que dit la base."]
    counts = (
        f"{drift.missing} absentes, {drift.stale} en retard, {drift.ghost} en trop, {drift.ahead} en avance"
    )
    lines = [f"{spaced(drift.compared)} options comparées, {spaced(drift.faults)} différences : {counts}."]
    if drift.ahead:
        lines.append("    → « jalon index rebuild » refait celles en avance (base restaurée ?).")
    if not repair:
        lines.append("    → « jalon index verify --repair » y remédie.")
    elif left:
        lines.append(
            f"Restent {spaced(left)} : le relais en marche les reprend, sinon voyez l’état (status)."
        )
    else:
        lines.append("Différences reprises.")
    return lines


def _last_check(check: LastCheck) -> list[str]:
    if check.began is None:
        return ["Jamais comparé à la base."]
    found = f"{spaced(check.compared or 0)} options, {spaced(check.faults or 0)} différences"
    return [f"Dernière comparaison : {_moment(check.began)}, {found}."]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, PARIS).strftime("%d/%m/%Y %H:%M")


def spaced(count: int) -> str:
    """A number as French writes it."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _trouble(state: IndexState) -> str:
    return "" if state.trouble is None else " ".join(failure_of(state.trouble).lines)
