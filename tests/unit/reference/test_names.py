"""Names folded, and distances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Point
from indexer.reference.distance import distance_km, distances_km
from indexer.reference.names import fold, fold_all, fold_place


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  ÉPERNAY  ", "epernay"),
        ("Plan-d'Orgon", "plan d orgon"),
        ("Œuf-en-Ternois", "oeuf en ternois"),
        ("a\nb", "a b"),
        ("ﬁnance", "finance"),
    ],
)
def test_two_ways_of_writing_a_name_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ST ETIENNE", "saint etienne"),
        ("Ste-Maxime", "sainte maxime"),
        ("VALENCE CEDEX 9", "valence"),
        ("chalon s/ saone", "chalon sur saone"),
        ("s", "s"),
        ("Paris 8ème", "paris 8"),
        ("PARIS 08", "paris 8"),
        ("Lyon 1er arrondissement", "lyon 1"),
        ("Est", "est"),
    ],
)
def test_what_addresses_shorten_is_spelled_out(written: str, folded: str) -> None:
    assert fold_place(written) == folded


@given(st.lists(st.text(max_size=20)))
def test_folding_together_is_folding_each(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_place(fold_place(text)) == fold_place(text)


latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_one_distance_and_many_agree_both_ways(lat: float, lon: float, lat2: float, lon2: float) -> None:
    here, there = Point(lat, lon), Point(lat2, lon2)
    many = distances_km(here, np.array([lat2]), np.array([lon2]))
    assert many[0] == pytest.approx(distance_km(here, there), abs=1e-6)
    assert distance_km(there, here) == pytest.approx(distance_km(here, there), abs=1e-6)
    assert 0 <= many[0] <= 20_016


def test_known_distances() -> None:
    paris, lyon = Point(48.8566, 2.3522), Point(45.7640, 4.8357)
    assert distance_km(paris, lyon) == pytest.approx(391.5, abs=1)
    assert distance_km(paris, paris) == 0
    assert distance_km(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(111.2, abs=0.1)
