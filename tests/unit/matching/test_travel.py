"""Minutes by way of travelling: an estimate whose assumptions can be checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Point
from matching.travel import MODES, PACES, Estimate, Travel, quickest, radius_km

kilometres = st.floats(0, 300)


def minutes(km: float, *modes: str) -> int:
    journey = quickest(km, modes)
    assert journey is not None
    return journey.minutes


@given(near=kilometres, more=st.floats(0.01, 200), mode=st.sampled_from(MODES))
def test_farther_is_never_quicker(near: float, more: float, mode: str) -> None:
    assert PACES[mode].minutes(near + more) > PACES[mode].minutes(near)


@given(km=st.floats(0.1, 300), mode=st.sampled_from(MODES))
def test_how_far_a_time_takes_is_the_inverse_of_how_long_it_takes(km: float, mode: str) -> None:
    assert PACES[mode].kilometres(PACES[mode].minutes(km)) == pytest.approx(km)


@pytest.mark.parametrize(
    ("km", "mode", "low", "high"),
    [
        (8, "voiture", 15, 25),
        (35, "voiture", 45, 70),
        (8, "transports-en-commun", 25, 45),
        (35, "transports-en-commun", 70, 110),
        (5, "velo", 25, 35),
        (1, "marche", 13, 20),
    ],
)
def test_the_estimate_is_plausible(km: float, mode: str, low: int, high: int) -> None:
    assert low <= minutes(km, mode) <= high


def test_the_quickest_of_the_modes_is_taken() -> None:
    assert minutes(20, "velo", "voiture") == minutes(20, "voiture")


def test_who_takes_the_bus_walks_to_the_next_street() -> None:
    journey = quickest(0.3, ("transports-en-commun",))
    assert journey is not None
    assert (journey.mode, journey.to_check) == ("marche", False)


def test_public_transport_is_to_check_and_a_car_is_not() -> None:
    bus, car = quickest(10, ("transports-en-commun",)), quickest(10, ("voiture",))
    assert bus is not None
    assert car is not None
    assert bus.to_check
    assert not car.to_check


def test_without_a_way_of_travelling_there_is_no_journey() -> None:
    assert quickest(3, ()) is None


def test_the_radius_follows_the_modes_and_the_minutes() -> None:
    def radius(mode: str, most: int | None = 45) -> float:
        return radius_km(Travel((mode,), most))

    assert radius("marche") < radius("velo") < radius("transports-en-commun") < radius("voiture")
    assert radius("voiture", 60) > radius("voiture", 30)
    assert radius("transports-en-commun", 5) == radius_km(Travel(("marche",), 10))


@given(most=st.integers(1, 600), mode=st.sampled_from(MODES), km=kilometres)
def test_what_is_within_the_minutes_is_within_the_radius(most: int, mode: str, km: float) -> None:
    if minutes(km, mode) <= most and mode != "transports-en-commun":
        assert km <= radius_km(Travel((mode,), most))


@pytest.mark.parametrize("modes", [(), ("velo",), ("transports-en-commun",), ("voiture",)])
def test_without_a_limit_the_search_is_wide(modes: tuple[str, ...]) -> None:
    assert radius_km(Travel(modes)) >= 40


def test_the_default_router_answers_each_end_in_order() -> None:
    here = Point(44.75, 5.37)
    near, far = Estimate().journeys(here, [(here, 1.0), (here, 30.0)], ("voiture",))
    assert near is not None
    assert far is not None
    assert near.minutes < far.minutes
