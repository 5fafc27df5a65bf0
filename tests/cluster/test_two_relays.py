"""Two relays at once, as two machines have them, and writers that come late."""

import time
from random import Random

from directory.inventory.intake import take
from directory.inventory.loading import load, versions
from indexer import outbox
from tests.cluster.relays import Relays
from tests.cluster.towns import Editors, Town, assert_nothing_lost_twice_or_stale
from tests.inventory.records import TODAY, service


def test_two_relays_share_the_work_and_one_that_dies_leaves_it_to_the_other(several: Town) -> None:
    dice = Random(7)
    with Relays(several.environ, several.folder / "relays.log") as relays, Editors(several, 11) as editors:
        relays.start()
        for _ in range(5):
            other = relays.start()
            time.sleep(dice.uniform(0.2, 1.0))
            relays.kill(other)
        relays.start()
        while editors.commits < 150:
            time.sleep(0.1)
    engine = several.engine()
    with Relays(several.environ, several.folder / "relays.log") as relays:
        relays.start()
        relays.start()
        several.wait_until_drained()
    assert_nothing_lost_twice_or_stale(several, engine)
    engine.close()


def test_a_writer_that_slept_through_changes_and_deletions_changes_nothing(several: Town) -> None:
    engine, late = several.engine(), several.engine()
    read = load(several.database.sessions)
    several.drain(engine)
    dice = Random(5)
    for seed in range(3):
        ids = [f"dora--{dice.randrange(200):03}" for _ in range(60)]
        slept = read(ids)  # a relay that read, and then slept
        with Editors(several, seed, pause=0.002) as editors:
            while editors.commits < 60:
                time.sleep(0.01)
        several.drain(engine)
        late.put(slept.documents.values())
        late.delete(slept.gone)
        assert_nothing_lost_twice_or_stale(several, engine)
    engine.close()
    late.close()


def test_a_document_that_no_engine_takes_holds_up_nobody_and_is_told(several: Town) -> None:
    poison = "é" * 300  # longer than an id may be in OpenSearch
    with several.database.writing() as session:
        take(session, [service(poison)], today=TODAY)
    with Relays(several.environ, several.folder / "relays.log") as relays:
        relays.start()
        with Editors(several, 13) as editors:
            while editors.commits < 60:
                time.sleep(0.05)
        several.wait_until_drained()
    engine = several.engine()
    engine.refresh()
    with several.database.sessions() as session:
        assert outbox.parked(session) == [(poison, "EngineError: document cannot be stored")]
        lag = outbox.lag(session)
    assert (lag.pending, lag.parked) == (0, 1)
    told = (several.folder / "relays.log").read_text(encoding="utf-8")
    assert told.count("option cannot be indexed") >= 1
    stored = [one for one in versions(several.database.sessions) if one[0] != poison]
    assert list(engine.versions()) == stored
    engine.close()
