"""What the relay hands over: some messages for one subscriber."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

T_contra = TypeVar("T_contra", contravariant=True)

LARGEST_DELIVERY: Final = 100
# So few that a job in which each of them runs into its time limit still ends within its own.
LARGEST_ONE_BY_ONE: Final = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """One job: the messages, by id as text, for which a subscriber has pending entries."""

    subscriber: str
    message_ids: tuple[str, ...]


class Carrier(Protocol[T_contra]):
    """
    Carries deliveries, or tickets of jobs, to whoever handles them.

    It may lose and repeat them: what the database says is pending is handed over again.
    """

    async def put(self, things: Sequence[T_contra], /) -> None:
        """Hand things over."""
        ...

    async def depth(self) -> int:
        """Tell how many wait."""
        ...


def deliveries_of(subscriber: str, message_ids: Sequence[str], largest: int) -> Iterator[Delivery]:
    """Cut messages into jobs small enough to repeat."""
    for start in range(0, len(message_ids), largest):
        yield Delivery(subscriber, tuple(message_ids[start : start + largest]))


def grouped(entries: Iterable[tuple[str, str]], largest_of: Callable[[str], int]) -> list[Delivery]:
    """Make deliveries of pairs of a subscriber and a message, each as large as may be."""
    by_subscriber: dict[str, list[str]] = {}
    for subscriber, message_id in entries:
        by_subscriber.setdefault(subscriber, []).append(message_id)
    return [
        delivery
        for subscriber, message_ids in by_subscriber.items()
        for delivery in deliveries_of(subscriber, sorted(message_ids), largest_of(subscriber))
    ]
