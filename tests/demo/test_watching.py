"""A coach's client sees every event once and in order, whatever the network does."""

from typing import Any

from workout_presentation.demo.watching import SeenEvent, SessionWatch


class Missed:
    """Answers a resume with events up to a sequence, and remembers what it was asked."""

    def __init__(self, latest: int) -> None:
        self._latest = latest
        self.asked: list[int] = []

    async def after(self, sequence: int) -> list[dict[str, Any]]:
        """Tell what came after it."""
        self.asked.append(sequence)
        return [
            {"event": "SetLogged", "sequence": number}
            for number in range(sequence + 1, self._latest + 1)
        ]


def an_event(sequence: int) -> SeenEvent:
    """Make an event as it arrives."""
    return SeenEvent("SetLogged", sequence, {"sequence": sequence}, arrived_at=0.0)


def a_watch(missed: Missed) -> SessionWatch:
    """Watch a session that was joined right after its start."""
    watch = SessionWatch(missed.after)
    watch.begin(1)
    return watch


async def test_events_in_order_need_no_resume() -> None:
    missed = Missed(3)
    watch = a_watch(missed)
    for sequence in (2, 3):
        watch.arrived(an_event(sequence))

    assert await watch.has_seen(3)
    assert (list(watch.events), missed.asked) == ([2, 3], [])


async def test_a_gap_is_resumed_from_the_last_event_in_order() -> None:
    missed = Missed(5)
    watch = a_watch(missed)
    for sequence in (2, 5):
        watch.arrived(an_event(sequence))

    assert await watch.has_seen(5)
    assert (list(watch.events), missed.asked) == ([2, 3, 4, 5], [2])
    assert watch.gaps_resumed == 1


async def test_events_that_overtake_the_join_are_kept() -> None:
    watch = SessionWatch(Missed(0).after)
    for sequence in (1, 2, 3):
        watch.arrived(an_event(sequence))
    watch.begin(2)

    assert await watch.has_seen(3)
    assert list(watch.events) == [3]


async def test_an_event_that_comes_twice_is_noticed() -> None:
    watch = a_watch(Missed(2))
    watch.arrived(an_event(2))
    watch.arrived(an_event(2))

    assert (list(watch.events), watch.repeated) == ([2], 1)


async def test_an_event_nobody_can_tell_of_is_not_taken_for_seen() -> None:
    watch = a_watch(Missed(2))
    watch.arrived(an_event(4))
    await watch.close()

    assert list(watch.events) == [2]
