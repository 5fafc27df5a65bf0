"""What becomes of a write or a question when the cluster is in trouble, by a server that says it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.backends import open_engine
from indexer.engine import EngineError, EngineForbids, EngineUnavailable, EngineUntrusted
from indexer.opensearch.address import parse_address
from indexer.opensearch.client import Client
from indexer.opensearch.writer import CHUNK_BYTES, TRIES, Writer
from tests.builders import option, question
from tests.engines.opensearch.door import basic, certificate, tls
from tests.engines.opensearch.fake import Trouble, taken, troubled

A, B, C = (option(id=name) for name in "abc")


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    with troubled(Trouble()) as one:
        yield one


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def writer(trouble: Trouble, waits: list[float]) -> Iterator[Writer]:
    client = Client(parse_address(f"opensearch+http://127.0.0.1:{trouble.port}/test"))
    yield Writer(client, "test", pause=waits.append)
    client.close()


def test_only_what_was_not_taken_is_sent_again(trouble: Trouble, writer: Writer) -> None:
    trouble.bulk = [taken(201, 429, 409), taken(201)]
    writer.put([A, B, C])
    assert trouble.bulks == [["a", "b", "c"], ["b"]]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_cluster_that_cannot_now_is_asked_again_and_waits_grow(
    trouble: Trouble, writer: Writer, waits: list[float], status: int
) -> None:
    trouble.bulk = [(status, {}), (status, {}), taken(201)]
    writer.put([A])
    assert trouble.bulks == [["a"]] * 3
    assert 0.1 <= waits[0] <= 0.2 <= waits[1] <= 0.4


def test_a_cluster_that_never_can_is_given_up(trouble: Trouble, writer: Writer) -> None:
    trouble.bulk = [(503, {})]
    with pytest.raises(EngineUnavailable):
        writer.delete({"a": 3})
    assert len(trouble.bulks) == TRIES


def test_a_document_refused_is_to_blame_and_nothing_of_it_is_told(trouble: Trouble, writer: Writer) -> None:
    trouble.bulk = [taken(201, 400)]
    with pytest.raises(EngineError, match="cannot be stored") as told:
        writer.put([A, B])
    assert not isinstance(told.value, EngineUnavailable)
    assert told.value.facts == {"id": "b", "kind": "mapper_parsing_exception"}
    assert len(trouble.bulks) == 1


def test_what_no_second_try_mends_is_not_tried_twice(trouble: Trouble, writer: Writer) -> None:
    trouble.bulk = [(403, {"error": {"type": "cluster_block_exception", "reason": "read-only"}})]
    with pytest.raises(EngineUnavailable):
        writer.put([A])
    assert len(trouble.bulks) == 1


def test_a_large_batch_goes_in_parts_that_a_node_takes_in(trouble: Trouble, writer: Writer) -> None:
    trouble.bulk = [taken(201, 201), taken(201)]
    writer.put(
        option(id=str(number), sheet={"texte": "é" * (CHUNK_BYTES // 4 - 5_000)}) for number in range(3)
    )
    assert [len(ids) for ids in trouble.bulks] == [2, 1]
    assert max(len(body) for _, _, body in trouble.asked) <= CHUNK_BYTES


def test_an_engine_away_is_said_so_at_once_and_tells_nothing_of_the_question(tmp_path: Path) -> None:
    with troubled(Trouble()) as gone:
        port = gone.port
    engine = open_engine(f"opensearch+http://me:secret@127.0.0.1:{port}/test", data_dir=tmp_path)
    for ask in (lambda: engine.count([question()]), lambda: engine.put([A]), engine.status):
        with pytest.raises(EngineUnavailable) as told:
            ask()
        assert "secret" not in f"{told.value} {told.value.facts} {told.value.__cause__}"


def test_a_user_proves_who_they_are_over_an_authority_of_ones_own(tmp_path: Path) -> None:
    key, signed = certificate(tmp_path, "ca")
    with troubled(Trouble(identity=basic("jalon", "p@ss")), tls(key, signed)) as cluster:

        def documents(credentials: str, options: str) -> int:
            url = f"opensearch+https://{credentials}@127.0.0.1:{cluster.port}/test{options}"
            engine = open_engine(url, data_dir=tmp_path)
            try:
                return engine.status().documents
            finally:
                engine.close()

        assert documents("jalon:p%40ss", f"?ca={signed}") == 0
        for credentials, options, error in (
            ("jalon:wrong", f"?ca={signed}", EngineForbids), ("jalon:p%40ss", "", EngineUntrusted),
        ):  # fmt: skip
            with pytest.raises(error) as told:
                documents(credentials, options)
            assert "p@ss" not in str(told.value)
            assert "wrong" not in str(told.value)
