"""Replays a log: a coach assigns, an athlete trains, the coach's client watches every set."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

import httpx2

from workout_domain.portability.training_log import LoggedWorkout, TrainingLog
from workout_presentation.demo.answers import DemoFailed, Refused
from workout_presentation.demo.catalogue import Catalogue, open_catalogue
from workout_presentation.demo.comparing import (
    Mismatch,
    SentSet,
    session_differences,
    set_differences,
    sets_differences,
)
from workout_presentation.demo.hub import HubClient, Transport
from workout_presentation.demo.people import Person, coach_and_athlete
from workout_presentation.demo.planning import (
    ProgressStep,
    RestStep,
    SetStep,
    Training,
    training_of,
)
from workout_presentation.demo.report import DemoReport, Tally
from workout_presentation.demo.watching import SessionWatch, Watcher

Progress = Callable[[int, int], None]
_REQUEST_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """
    How a log is replayed, and against what.

    `name` makes the two accounts' names, `limit` takes the earliest sessions only and `rate` is
    sets a second (None: as fast as they are acknowledged).
    """

    url: str
    name: str
    password: str
    file: str
    transport: Transport = "websocket"
    limit: int | None = None
    rate: float | None = None


async def replay(log: TrainingLog, options: ReplayOptions, *, progress: Progress) -> DemoReport:
    """
    Replay a log, oldest workout first.

    Raises:
        DemoFailed: there is no workout, no server, or no going on after a refusal.
    """
    if not log.workouts:
        raise DemoFailed("The log holds no workout.")
    started = perf_counter()
    async with _client(options.url) as http:
        coach, athlete = await coach_and_athlete(http, name=options.name, password=options.password)
        catalogue = await open_catalogue(coach)
        await catalogue.prepare(log)
        trainings = _trainings(log, catalogue, options.limit)
        async with _on_hub(coach, options) as watching, _on_hub(athlete, options) as training:
            stage = _Stage(coach, athlete, Watcher(watching), training, options.rate)
            await stage.perform(trainings, progress)
    return DemoReport(
        file=options.file,
        log=log,
        tally=stage.tally,
        seconds=perf_counter() - started,
        exercises_added=catalogue.made,
        coach=coach.username,
        athlete=athlete.username,
    )


def _trainings(log: TrainingLog, catalogue: Catalogue, limit: int | None) -> list[Training]:
    def start(workout: LoggedWorkout) -> datetime:
        return workout.started_at

    chosen = sorted(log.workouts, key=start)[:limit]
    return [training_of(workout, catalogue.exercise_of) for workout in chosen]


class _Stage:
    """Coach and athlete, connected, with everything that is counted on the way."""

    def __init__(
        self,
        coach: Person,
        athlete: Person,
        watcher: Watcher,
        hub: HubClient,
        rate: float | None,
    ) -> None:
        self._coach, self._athlete, self._watcher, self._hub = coach, athlete, watcher, hub
        self._rate, self._began_at = rate, perf_counter()
        self.tally = Tally()

    async def perform(self, trainings: Sequence[Training], progress: Progress) -> None:
        """
        Replay one session after the other.

        While one is trained, the coach plans the next and looks the one before through.
        """
        beside: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._assign(trainings[0]))]
        try:
            for number, training in enumerate(trainings, start=1):
                workout_id, *_ = await asyncio.gather(*beside)
                beside = [
                    asyncio.ensure_future(self._assign(one)) for one in trainings[number:][:1]
                ]
                session = await self._train(training, workout_id)
                beside.append(asyncio.ensure_future(self._conclude(session)))
                progress(number, len(trainings))
            await asyncio.gather(*beside)
        finally:
            for task in beside:
                task.cancel()

    async def _assign(self, training: Training) -> str:
        body = {**training.workout, "athlete_id": self._athlete.athlete_id}
        return str((await self._coach.post("/workouts", body))["id"])

    async def _train(self, training: Training, workout_id: str) -> "_Session":
        await asyncio.gather(self._hub.renew(), self._watcher.renew())
        begun = await self._athlete.post(
            f"/workouts/{workout_id}/sessions",
            {"session_date": training.session_date, "client_generated_id": workout_id},
        )
        watch = await self._watcher.join(begun["id"])
        session = _Session(begun["id"], workout_id, training, watch)
        for step in training.steps:
            if isinstance(step, SetStep):
                await self._log(session, step)
            elif isinstance(step, RestStep):
                await self._rest(session, step)
            else:
                await self._tell_progress(session, step)
        ended = await self._athlete.post(f"/sessions/{session.id}/complete", training.summary)
        session.last_sequence = int(ended["sequence"])
        return session

    async def _conclude(self, session: "_Session") -> None:
        if not await session.watch.has_seen(session.last_sequence):
            session.note("hub", "the end of the session was not seen")
        await self._watcher.leave(session.id)
        await self._compare(session)
        await self._coach.post(f"/workouts/{session.workout_id}/complete")
        self._count(session)

    async def _log(self, session: "_Session", step: SetStep) -> None:
        """Log by the hub and by HTTP in turns; a refusal is a mismatch, not the end."""
        await self._pace()
        self.tally.sets_sent += 1
        session.sent_at[str(step.body["client_generated_id"])] = perf_counter()
        by_hub = session.count() % 2 == 0
        try:
            shown = await self._logged(session, step, by_hub=by_hub)
        except Refused as refusal:
            session.note("answer", str(refusal), line=step.line)
            return
        sent = SentSet(line=step.line, body=step.body, sequence=int(shown["sequence"]))
        session.sent.append(sent)
        for what in set_differences(sent, shown):
            session.note("answer", what, line=step.line)

    async def _logged(self, session: "_Session", step: SetStep, *, by_hub: bool) -> Any:  # noqa: ANN401 - JSON is untyped
        if by_hub:
            answer = await self._hub.say("LogSet", session_id=session.id, **step.body)
            return answer["set"]
        return await self._athlete.post(f"/sessions/{session.id}/sets", step.body)

    async def _rest(self, session: "_Session", step: RestStep) -> None:
        self.tally.rests_sent += 1
        answer = await self._hub.say("SetRestTimer", session_id=session.id, seconds=step.seconds)
        session.expected[int(answer["sequence"])] = ("RestTimer", {"seconds": step.seconds})

    async def _tell_progress(self, session: "_Session", step: ProgressStep) -> None:
        told = {"exercise_id": step.exercise_id, "completed_sets": step.completed_sets}
        answer = await self._hub.say("UpdateExerciseProgress", session_id=session.id, **told)
        session.expected[int(answer["sequence"])] = ("ExerciseProgressUpdated", told)

    async def _compare(self, session: "_Session") -> None:
        path = f"/sessions/{session.id}"
        shown = await asyncio.gather(self._coach.get(path), self._athlete.get(path))
        for who, body in zip(("coach", "athlete"), shown, strict=True):
            for what in session_differences(session.training, body["data"]):
                session.note(who, what)
            for line, what in sets_differences(session.sent, body["data"]["sets"]):
                session.note(who, what, line=line)
        session.compare_events()

    def _count(self, session: "_Session") -> None:
        tally, watch = self.tally, session.watch
        events = [watch.events[sequence] for sequence in sorted(watch.events)]
        seen = [one for one in events if one.name == "SetLogged"]
        tally.sessions += 1
        tally.sets_seen += len(seen)
        tally.rests_seen += sum(one.name == "RestTimer" for one in events)
        tally.gaps_resumed += watch.gaps_resumed
        ids = [str(one.payload["set"]["client_generated_id"]) for one in seen]
        sent_ids = [str(one.body["client_generated_id"]) for one in session.sent]
        tally.is_in_order &= ids == sent_ids and not watch.repeated
        tally.delays.extend(
            one.arrived_at - session.sent_at[name]
            for one, name in zip(seen, ids, strict=True)
            if name in session.sent_at
        )
        tally.mismatches.extend(session.mismatches)

    async def _pace(self) -> None:
        if self._rate is not None:
            due = self._began_at + self.tally.sets_sent / self._rate
            await asyncio.sleep(max(0, due - perf_counter()))


class _Session:
    """One session under way: what was sent, what was seen, what does not fit."""

    def __init__(
        self, session_id: str, workout_id: str, training: Training, watch: SessionWatch
    ) -> None:
        self.id, self.workout_id = session_id, workout_id
        self.training, self.watch = training, watch
        self.last_sequence = 0
        self.sent: list[SentSet] = []
        self.sent_at: dict[str, float] = {}
        self.expected: dict[int, tuple[str, dict[str, Any]]] = {}
        self.mismatches: list[Mismatch] = []

    def count(self) -> int:
        """Return the 0-based number of the set that is being sent."""
        return len(self.sent_at) - 1

    def note(self, where: str, what: str, *, line: int | None = None) -> None:
        """Note a mismatch."""
        session = f"{self.training.name} of {self.training.session_date}"
        self.mismatches.append(Mismatch(session=session, where=where, what=what, line=line))

    def compare_events(self) -> None:
        """Hold what the coach's client saw against what was sent."""
        events = self.watch.events
        seen = [events[number] for number in sorted(events) if events[number].name == "SetLogged"]
        for line, what in sets_differences(self.sent, [one.payload["set"] for one in seen]):
            self.note("hub", what, line=line)
        for one in seen:
            if one.payload["set"]["sequence"] != one.sequence:
                self.note("hub", f"event {one.sequence} carries a set of another sequence")
        for sequence, (name, facts) in self.expected.items():
            event = events.get(sequence)
            shown = {} if event is None else {key: event.payload.get(key) for key in facts}
            if event is None or (event.name, shown) != (name, facts):
                self.note("hub", f"event {sequence} is not the {name} that was sent")


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """Open an HTTP client on a server that is there."""
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=_REQUEST_SECONDS) as http:
        try:
            await http.get(f"{url}/health/live")
        except (httpx2.TransportError, httpx2.InvalidURL):
            sentence = f"No server answers at {url}; start one with `make run`."
            raise DemoFailed(sentence) from None
        try:
            yield http
        except httpx2.TransportError as failure:
            reason = str(failure) or type(failure).__name__
            raise DemoFailed(f"The server at {url} stopped answering: {reason}.") from None


@asynccontextmanager
async def _on_hub(person: Person, options: ReplayOptions) -> AsyncIterator[HubClient]:
    hub = HubClient(person, options.transport)
    try:
        yield await hub.connected(options.url)
    finally:
        await hub.close()
