"""The circuit breaker, on a clock of its own."""

from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker


class Scene:
    """A breaker, its clock and what its listener heard."""

    def __init__(self) -> None:
        self.now = 0.0
        self.heard: list[tuple[str, str]] = []
        self.breaker = CircuitBreaker(
            threshold=2,
            cool_down=1,
            longest_cool_down=3,
            clock=lambda: self.now,
            listener=lambda old, new: self.heard.append((old, new)),
        )

    def opened(self) -> "Scene":
        """Let it fail until it opens."""
        self.breaker.failed()
        self.breaker.failed()
        return self


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Scene().breaker
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.lets_through()

    breaker.failed()

    assert not breaker.lets_through()
    assert breaker.state is BreakerState.OPEN


def test_after_the_cool_down_one_call_probes() -> None:
    scene = Scene().opened()
    scene.now = 1

    assert [scene.breaker.lets_through() for _ in range(3)] == [True, False, False]
    assert scene.breaker.state is BreakerState.HALF_OPEN


def test_a_probe_that_is_answered_closes_it() -> None:
    scene = Scene().opened()
    scene.now = 1
    scene.breaker.lets_through()
    scene.breaker.succeeded()

    assert scene.breaker.lets_through()
    assert scene.heard == [
        ("closed", "open"),
        ("open", "half_open"),
        ("half_open", "closed"),
    ]


def test_each_failed_probe_doubles_the_wait_up_to_a_limit() -> None:
    scene = Scene().opened()
    waits = []
    for _ in range(4):
        began = scene.now
        while not scene.breaker.lets_through():
            scene.now += 0.5
        waits.append(scene.now - began)
        scene.breaker.failed()

    assert waits == [1, 2, 3, 3]


def test_a_probe_nobody_reports_on_does_not_close_the_door_for_ever() -> None:
    scene = Scene().opened()
    scene.now = 1
    assert scene.breaker.lets_through()
    scene.now = 2

    assert scene.breaker.lets_through()
