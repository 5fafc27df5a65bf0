"""`jalon index`: bring the index up to date, make it anew, tell how it stands, compare it with the rows."""

import os
import signal
import sys
import time
from collections.abc import Mapping
from threading import Event, Thread
from typing import Final, NoReturn

import click
from rich.progress import Progress

from directory.cli.printing import ERR, OUT, print_json
from directory.cli.standing import as_json_values, drift_lines, spaced, state_lines
from directory.clock import PARIS
from directory.inventory.lists import count_options
from directory.inventory.loading import load, stream, versions
from directory.migrations import require_current
from directory.wiring import Jalon
from indexer.drift import IndexState, read_state
from indexer.drift import verify as compare
from indexer.engine import EngineBusy, EngineError, RebuildRefused
from indexer.mending import Mender
from indexer.nightly import NightlyCheck
from indexer.outbox import lag
from indexer.rebuild import rebuild as make_anew
from indexer.rebuilding import RebuildOvertaken, RebuildUnderWay
from indexer.relay import Relay

as_json_option = click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")

#: What rightly stops a rebuild, and what to do about it.
STOPPED: Final[Mapping[type[EngineError], str]] = {
    RebuildRefused: (
        "le nouvel index contient moins de la moitié de l’ancien, qui reste en service :"
        " vérifiez la base, ou relancez avec --force"
    ),
    RebuildUnderWay: "une reconstruction de l’index est déjà en cours : attendez qu’elle finisse",
    RebuildOvertaken: "une autre reconstruction a remplacé celle-ci, restée trop longtemps muette",
}


@click.group()
@click.pass_obj
def index(jalon: Jalon) -> None:
    """Tient l'index à jour, le refait, dit son état."""
    require_current(jalon.database)


@index.command()
@click.option("--follow", is_flag=True, help="Ne s'arrête pas : suit les changements jusqu'à Ctrl-C.")
@click.option("--with-parent", type=int, metavar="PID", help="Avec --follow : s'arrête quand PID n'est plus.")
@as_json_option
@click.pass_obj
def sync(jalon: Jalon, follow: bool, with_parent: int | None, as_json: bool) -> None:
    """Porte à l'index les changements en attente."""
    if follow:
        stop = _stop_on_signal()
        if with_parent is not None:
            _stop_with_parent(with_parent, stop)
        check_every_night(jalon, stop)
        relay_of(jalon).follow(stop)
        return
    with Progress(console=ERR, transient=True) as bar:
        task = bar.add_task("Mise à jour de l’index", total=_state(jalon).lag.pending or None)
        handled = relay_of(jalon).drain(lambda count: bar.advance(task, count))
    if as_json:
        print_json({"handled": handled, "pending": _state(jalon).lag.pending})
    else:
        OUT.print(f"{spaced(handled)} changements portés à l’index.")


@index.command()
@click.option("--force", is_flag=True, help="Accepte un index bien plus petit que l'ancien.")
@as_json_option
@click.pass_obj
def rebuild(jalon: Jalon, force: bool, as_json: bool) -> None:
    """Refait l'index entier depuis la base, sans interrompre la recherche."""
    began = time.monotonic()
    sessions = jalon.database.sessions
    total = count_options(sessions)
    try:
        with Progress(console=ERR, transient=True) as bar:
            task = bar.add_task("Reconstruction de l’index", total=total)
            written = make_anew(
                sessions,
                jalon.engine,
                stream(sessions),
                load(sessions),
                progress=lambda count: bar.advance(task, count),
                force=force,
            )
    except EngineError as error:
        _stop(error)
    seconds = round(time.monotonic() - began, 2)
    if as_json:
        print_json({"documents": written, "seconds": seconds})
    else:
        OUT.print(f"Index refait : {spaced(written)} options en {seconds:.1f} s.")


@index.command()
@as_json_option
@click.pass_obj
def status(jalon: Jalon, as_json: bool) -> None:
    """Dit l'état de l'index : options, retard, dernière reconstruction."""
    state = _state(jalon)
    if as_json:
        print_json(as_json_values(state))
    else:
        for line in state_lines(state):
            OUT.print(line)
    sys.exit(0 if state.engine is not None and not state.lag.parked else 3)


@index.command()
@click.option("--repair", is_flag=True, help="Fait reprendre ce qui diffère.")
@as_json_option
@click.pass_obj
def verify(jalon: Jalon, repair: bool, as_json: bool) -> None:
    """Compare l'index à la base, option par option."""
    sessions = jalon.database.sessions
    drift = compare(sessions, jalon.engine, versions(sessions), load(sessions), repair=repair)
    left = drift.faults
    if repair and left and _mend(jalon):
        left = compare(sessions, jalon.engine, versions(sessions), load(sessions)).faults
    if as_json:
        print_json(drift.as_dict() | {"left": left})
    else:
        for line in drift_lines(drift, left, repair=repair):
            OUT.print(line)
    sys.exit(3 if left else 0)


def relay_of(jalon: Jalon) -> Relay:
    """The relay of this installation."""
    sessions = jalon.database.sessions
    mender = mender_of(jalon)
    return Relay(sessions, jalon.engine, load(sessions), batch=jalon.settings.relay_batch, mender=mender)


def mender_of(jalon: Jalon) -> Mender:
    """What makes the index of this installation anew when it was lost."""
    sessions = jalon.database.sessions

    def announced() -> int:
        with sessions() as session:
            return lag(session).pending

    return Mender(
        jalon.engine,
        stored=lambda: count_options(sessions),
        announced=announced,
        remake=lambda: make_anew(sessions, jalon.engine, stream(sessions), load(sessions)),
    )


def check_every_night(jalon: Jalon, stop: Event) -> None:
    """Compare the index with the rows beside the relay, in a thread, at the hour that the settings say."""
    if jalon.settings.verify_at is None:
        return
    sessions = jalon.database.sessions
    nightly = NightlyCheck(
        sessions,
        jalon.engine,
        (lambda: versions(sessions), load(sessions)),
        at=jalon.settings.verify_at,
        clock=lambda: jalon.clock().astimezone(PARIS),
    )
    Thread(target=nightly.follow, args=(stop,), daemon=True).start()


def _mend(jalon: Jalon) -> bool:
    """Bring what was announced; False when another relay will, which owns the writer."""
    try:
        relay_of(jalon).drain()
        jalon.engine.refresh()
    except EngineBusy:
        return False
    return True


def _state(jalon: Jalon) -> IndexState:
    sessions = jalon.database.sessions
    return read_state(sessions, jalon.engine, lambda: count_options(sessions))


def _stop(error: EngineError) -> NoReturn:
    """Say what rightly stopped a rebuild and leave; anything else is raised again."""
    for kind, sentence in STOPPED.items():
        if isinstance(error, kind):
            click.echo(f"Arrêt : {sentence}.", err=True)
            sys.exit(3)
    raise error


def _stop_on_signal() -> Event:
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _stop_with_parent(parent: int, stop: Event) -> None:
    """Set `stop` within a second of that parent's end, however it ended: nobody else would."""

    def watch() -> None:
        while os.getppid() == parent and not stop.wait(0.5):
            pass
        stop.set()

    Thread(target=watch, daemon=True).start()
