"""Who reacts to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from workout_application.messaging.jobs import JobType
from workout_application.messaging.reactions import Reaction, is_one_by_one
from workout_infrastructure.jobs.deliveries import LARGEST_DELIVERY, LARGEST_ONE_BY_ONE

WORK: Final = "work"


@dataclass(frozen=True, slots=True)
class Lane:
    """
    Where deliveries travel apart from others: one context's part of one queue.

    Jobs, which may take long, travel apart from reactions: ``carries`` says which.
    """

    context: str
    queue: str
    carries: str = "jobs"


def lane_of(reaction: Reaction) -> Lane:
    """Tell a reaction's lane: its context is the folder it lies in."""
    return Lane(type(reaction).__module__.split(".")[1], reaction.queue)


def lane_of_job(type_: JobType) -> Lane:
    """Tell the lane of a type of jobs: its context is the one its command belongs to."""
    return Lane(type_.command.__module__.split(".")[1], type_.queue, carries=WORK)


class SubscriberTwice(ValueError):
    """Two reactions have one name, under which both would be counted as done."""


class Subscriptions:
    """All reactions of this process, by name and by kind of event."""

    def __init__(self, reactions: Iterable[Reaction]) -> None:
        self._reactions: dict[str, Reaction] = {}
        for reaction in reactions:
            if reaction.name in self._reactions:
                raise SubscriberTwice(f"Two reactions are called {reaction.name}.")
            self._reactions[reaction.name] = reaction

    @property
    def names(self) -> list[str]:
        """The names of all subscribers."""
        return list(self._reactions)

    @property
    def routes(self) -> Sequence[tuple[str, str]]:
        """Pairs of a subscriber's name and a kind it subscribes to."""
        return [
            (name, kind)
            for name, reaction in self._reactions.items()
            for kind in reaction.subscribes_to
        ]

    @property
    def lanes(self) -> frozenset[Lane]:
        """Every lane some reaction runs in."""
        return frozenset(lane_of(reaction) for reaction in self._reactions.values())

    def lane(self, subscriber: str) -> Lane:
        """Return the lane a subscriber's deliveries travel in."""
        reaction = self._reactions.get(subscriber)
        return Lane("unknown", "default") if reaction is None else lane_of(reaction)

    def largest_delivery(self, subscriber: str) -> int:
        """Return how many messages one job of a subscriber may carry."""
        reaction = self._reactions.get(subscriber)
        is_slow = reaction is not None and is_one_by_one(reaction)
        return LARGEST_ONE_BY_ONE if is_slow else LARGEST_DELIVERY

    def find(self, subscriber: str) -> Reaction | None:
        """Return the reaction with this name, or None where this release knows none."""
        return self._reactions.get(subscriber)
