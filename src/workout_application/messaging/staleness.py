"""Answers that events make stale: at the commit, and again by the outbox."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

from workout_application.messaging.reactions import ReceivedEvent

Rule = Callable[[Any], tuple[str, ...]]
"""Names the tags an event bumps; it reads the event's fields by their names, ids as they come."""

StaleBy = Mapping[str, Rule]
"""The rule of each kind of event that makes answers stale."""


class StaleAnswers(Protocol):
    """The cache, towards those who were told late of a change."""

    async def outdate_unless_since(self, tags: tuple[str, ...], at: datetime, /) -> None:
        """Make stale what has these tags, unless that was done since the instant."""
        ...


async def outdate_again(answers: StaleAnswers, stale_by: StaleBy, message: ReceivedEvent) -> None:
    """
    Make stale what an event makes stale, by the tags nobody outdated since it happened.

    Where the process that committed it lived on, nothing is left to do: answers made meanwhile
    stay.
    """
    tags = stale_by[message.kind](SimpleNamespace(**message.payload))
    await answers.outdate_unless_since(tags, message.occurred_at)
