"""The coach's client: sees every event of a session once and in order, or asks for it again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from workout_presentation.demo.hub import HubClient

PATIENCE_SECONDS: Final = 5.0

Resume = Callable[[int], Awaitable[list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event as it arrived; ``arrived_at`` is on this process's own clock, in seconds."""

    name: str
    sequence: int
    payload: dict[str, Any]
    arrived_at: float


class SessionWatch:
    """
    What was seen of one session.

    Events before `begin` are kept, since they may overtake the acknowledgement of the join.
    `resume` fetches what came after a sequence.
    """

    def __init__(self, resume: Resume) -> None:
        self._resume = resume
        self._last: int | None = None
        self._early: dict[int, SeenEvent] = {}
        self._resuming: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self.events: dict[int, SeenEvent] = {}
        self.gaps_resumed = 0
        self.repeated = 0

    def begin(self, after: int) -> None:
        """Take up the watch behind the snapshot of the join; what that holds is not awaited."""
        if self._last is None:
            self._last = after
            self._early = {s: event for s, event in self._early.items() if s > after}
            self._advance()

    def arrived(self, event: SeenEvent) -> None:
        """Take an event in; behind a gap it waits until the gap is filled."""
        if event.sequence in self._early or (self._last or 0) >= event.sequence:
            self.repeated += 1
            return
        self._early[event.sequence] = event
        self._advance()

    async def has_seen(self, sequence: int) -> bool:
        """Wait for an event; ask for it when it does not come by itself."""
        try:
            await asyncio.wait_for(self._until(sequence), PATIENCE_SECONDS)
        except TimeoutError:
            await self.fill()
        return (self._last or 0) >= sequence

    async def fill(self) -> None:
        """Ask for whatever came after the last event in order."""
        self.gaps_resumed += 1
        missed = await self._resume(self._last or 0)
        for payload in missed:
            sequence = int(payload["sequence"])
            if sequence > (self._last or 0):
                seen = SeenEvent(str(payload["event"]), sequence, payload, perf_counter())
                self._early.setdefault(sequence, seen)
        self._advance()

    async def close(self) -> None:
        """Let a question under way finish."""
        if self._resuming is not None:
            await self._resuming

    def _advance(self) -> None:
        if self._last is None:
            return
        while (event := self._early.pop(self._last + 1, None)) is not None:
            self._last += 1
            self.events[event.sequence] = event
        self._moved.set()
        if self._early and (self._resuming is None or self._resuming.done()):
            self._resuming = asyncio.ensure_future(self.fill())

    async def _until(self, sequence: int) -> None:
        while (self._last or 0) < sequence:
            self._moved.clear()
            await self._moved.wait()


class Watcher:
    """Watches sessions, several at a time, with one connection."""

    def __init__(self, hub: HubClient) -> None:
        self._hub = hub
        self._watches: dict[str, SessionWatch] = {}
        hub.on_event = self._event
        hub.on_return = self._join_again

    async def join(self, session_id: str) -> SessionWatch:
        """Begin to watch a session."""

        async def missed(after: int) -> list[dict[str, Any]]:
            answer = await self._hub.say("Resume", session_id=session_id, after_sequence=after)
            return list(answer.get("events") or [])

        watch = self._watches[session_id] = SessionWatch(missed)
        joined = await self._hub.say("JoinWorkoutSession", session_id=session_id)
        watch.begin(int(joined["sequence"]))
        return watch

    async def leave(self, session_id: str) -> None:
        """Stop watching a session."""
        await self._watches[session_id].close()
        await self._hub.say("LeaveWorkoutSession", session_id=session_id)
        del self._watches[session_id]

    async def renew(self) -> None:
        """Stay signed in."""
        await self._hub.renew()

    def _event(self, name: str, payload: dict[str, Any]) -> None:
        arrived_at = perf_counter()
        watch, sequence = self._watches.get(str(payload.get("session_id"))), payload.get("sequence")
        if watch is not None and isinstance(sequence, int):
            watch.arrived(SeenEvent(name, sequence, payload, arrived_at))

    async def _join_again(self) -> None:
        for session_id, watch in tuple(self._watches.items()):
            await self._hub.say("JoinWorkoutSession", session_id=session_id)
            await watch.fill()
