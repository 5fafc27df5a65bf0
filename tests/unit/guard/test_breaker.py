"""What fails again and again is left alone, then tried."""

from indexer.breaker import Breaker, State


class Watch:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.allows()
        breaker.failed()


def state(breaker: Breaker) -> str:
    return breaker.state


def test_a_few_failures_are_borne_and_a_success_wipes_them_out() -> None:
    breaker = Breaker(failures=3)
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert state(breaker) == "closed"


def test_one_too_many_in_a_row_opens_it_for_a_pause() -> None:
    clock = Watch()
    breaker = Breaker(failures=3, pause_seconds=5, clock=clock)
    fail(breaker, 3)
    assert state(breaker) == "open"
    clock.now += 4.9
    assert not breaker.allows()


def test_after_the_pause_one_call_is_let_through_and_its_success_closes_it() -> None:
    clock = Watch()
    breaker = Breaker(failures=1, pause_seconds=5, clock=clock)
    fail(breaker, 1)
    clock.now += 5
    assert breaker.allows()
    assert state(breaker) == "half-open"
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert state(breaker) == "closed"


def test_a_trial_that_fails_opens_it_again_at_once() -> None:
    clock = Watch()
    breaker = Breaker(failures=3, pause_seconds=5, clock=clock)
    fail(breaker, 3)
    clock.now += 5
    fail(breaker, 1)
    assert state(breaker) == "open"
    assert not breaker.allows()


def test_a_trial_that_never_tells_holds_nobody_for_ever() -> None:
    clock = Watch()
    breaker = Breaker(failures=1, pause_seconds=5, clock=clock)
    fail(breaker, 1)
    clock.now += 5
    assert breaker.allows()
    clock.now += 5
    assert breaker.allows()


def test_each_change_is_told_once() -> None:
    clock = Watch()
    changes: list[State] = []
    breaker = Breaker(failures=1, pause_seconds=5, clock=clock, on_change=changes.append)
    fail(breaker, 1)
    clock.now += 5
    fail(breaker, 1)
    clock.now += 5
    assert breaker.allows()
    breaker.succeeded()
    breaker.succeeded()
    assert changes == ["open", "half-open", "open", "half-open", "closed"]
