"""One document judged in plain Python says what the engines say of it: for answers made without an index."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from indexer.backends import open_engine
from indexer.engine import Hit, SearchEngine
from indexer.judging import Subject, in_order, judge, text_strength
from indexer.query import Query, Text, Wish
from tests.builders import option, question
from tests.engines.asking import ALL, put
from tests.engines.test_oracle import DOCUMENTS, QUERIES


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    engine = open_engine("embedded:", data_dir=tmp_path_factory.mktemp("judging"))
    put(engine, *DOCUMENTS)
    engine.close()
    return engine


@settings(max_examples=300, deadline=None)
@given(query=QUERIES)
def test_judged_one_by_one_documents_make_the_list_of_an_engine(embedded: SearchEngine, query: Query) -> None:
    judged = in_order((hit for one in DOCUMENTS if (hit := judge(Subject.of(one), query))), query.sort)
    assert [_seen(hit) for hit in judged] == [_seen(hit) for hit in embedded.search(query, limit=ALL).hits]


def _seen(hit: Hit) -> tuple[str, float, float | None, bool]:
    km = None if hit.distance_km is None else round(hit.distance_km, 6)
    return hit.document.id, round(hit.score, 5), km, hit.on_site


NAMED = [
    option("Jardins partagés du Diois", structure_nom="Les Amis du jardin"),
    option("Atelier", thematiques=["mobilite--preparer-un-permis"]),
    option("Halte-garderie « Les Lutins »", structure_nom="Ville de Die"),
    option("Œuvre sociale", occupations=["Cuisinier / Cuisinière"]),
    option("Rien", description="Un jardin, une pergola, un bassin."),
]


@pytest.mark.parametrize(
    "words",
    ["jardin", "jardins du diois", "permis B", "nounou", "oeuvres", "amis", "cuisiniere", "le de la", ""],
)
def test_words_are_worth_what_the_engine_gives_them_in_names_and_themes(tmp_path: Path, words: str) -> None:
    engine = open_engine("embedded:", data_dir=tmp_path)
    put(engine, *NAMED[:-1])
    found = engine.search(question(wants=[Wish(Text(words))]), limit=ALL).hits
    strengths = {one.id: text_strength(one, words) for one in NAMED}
    assert {hit.document.id for hit in found} == {id_ for id_, strength in strengths.items() if strength}
    engine.close()


def test_descriptions_are_not_read() -> None:
    assert text_strength(NAMED[-1], "pergola") == 0
