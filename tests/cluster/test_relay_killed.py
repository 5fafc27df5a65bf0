"""kill -9 of the relay at twenty instants, under a steady stream of edits."""

import time
from random import Random
from typing import Final

from tests.cluster.relays import Relays
from tests.cluster.towns import Editors, Town, assert_nothing_lost_twice_or_stale

DEATHS: Final = 20


def test_a_relay_killed_at_twenty_instants_loses_nothing(here: Town) -> None:
    dice = Random(26)
    in_the_middle = 0
    with Relays(here.environ, here.folder / "relays.log") as relays, Editors(here, 3) as editors:
        for death in range(DEATHS):
            relay = relays.start()
            if death % 4:
                _until_it_works(here)
            # Else while it opens the database and the index.
            time.sleep(dice.uniform(0, 0.4 if death % 4 else 0.1))
            relays.kill(relay)
            in_the_middle += here.waiting() > 0
    assert editors.commits > 5 * DEATHS
    assert in_the_middle > DEATHS / 2
    engine = here.engine()
    here.drain(engine)
    assert_nothing_lost_twice_or_stale(here, engine)
    engine.close()


def _until_it_works(here: Town) -> None:
    """Until the relay that was just started has brought something."""
    before, deadline = here.waiting(), time.monotonic() + 30
    while (now := here.waiting()) >= before:
        assert time.monotonic() < deadline, "the relay brings nothing"
        before = now
        time.sleep(0.002)
