"""The assigned athlete starts a session of a workout."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, athlete, requires
from workout_application.training.ports import BodyWeights, SessionJournal, SessionSnapshots
from workout_application.training.resolving import TargetResolver
from workout_application.training.starting import (
    BegunSession,
    RunningPlace,
    announce_start,
)
from workout_domain.kernel.load import Load
from workout_domain.training.errors import WorkoutNotFound
from workout_domain.training.repositories import (
    WorkoutRepository,
    WorkoutSessionRepository,
)
from workout_domain.training.session_time import SessionTime
from workout_domain.training.workout import Workout
from workout_domain.training.workout_session import (
    PlannedExercise,
    SessionOwner,
    WorkoutSession,
)
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class StartSession(Command[BegunSession]):
    """
    Answers with the session; a repeat by the client's id answers with the one it made.

    Without a time zone it is the account's, without a body weight the athlete profile's.
    """

    workout_id: UUID
    session_date: datetime | None = None
    time_zone: str | None = None
    bodyweight: Load | None = None
    client_generated_id: str | None = None


class StartSessionHandler:
    """
    One running session per athlete; the workout becomes ``in_progress``.

    The session begins with a copy of what is planned, weights that the plan leaves open resolved.
    """

    def __init__(
        self,
        workouts: WorkoutRepository,
        sessions: WorkoutSessionRepository,
        resolver: TargetResolver,
        body_weights: BodyWeights,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._workouts, self._sessions = workouts, sessions
        self._resolver, self._body_weights = resolver, body_weights
        self._journal, self._snapshots = journal, snapshots
        self._identifiers, self._clock = identifiers, clock
        self._place = RunningPlace(sessions)

    async def handle(self, command: StartSession, actor: Actor) -> BegunSession:
        """Start it."""
        repeated = await self._place.take(actor.id, command.client_generated_id)
        if repeated is not None:
            return BegunSession(await self._snapshots.of(repeated), repeated, is_repeat=True)
        workout = await self._given(command.workout_id, actor)
        now = self._clock.now()
        workout.begin(at=now)
        await self._place.refuse_second(actor.id)
        when = SessionTime.of(
            command.session_date or now, command.time_zone or actor.time_zone, now=now
        )
        session = WorkoutSession.start(
            session_id=self._identifiers.new(),
            owner=SessionOwner(
                user_id=actor.id,
                athlete_id=actor.athlete_id,
                workout_id=workout.id,
                trainer_id=workout.trainer_id,
            ),
            name=workout.name,
            session_date=when.session_date,
            planned=await self._planned(workout, actor.athlete_id, when),
            time_zone=when.time_zone,
            bodyweight=command.bodyweight or await self._body_weights.of(actor.id),
            client_generated_id=command.client_generated_id,
            at=now,
        )
        self._sessions.add(session)
        await announce_start(self._journal, session, at=now)
        return BegunSession(await self._snapshots.of(session.id), session.id, is_repeat=False)

    async def _given(self, workout_id: UUID, actor: Actor) -> Workout:
        try:
            return await self._workouts.of_athlete(actor.athlete_id, workout_id)
        except WorkoutNotFound:
            if actor.trainer_profile_id is not None:
                # They see what they planned, so they are told why nobody can start it yet.
                own = await self._workouts.of_trainer(actor.trainer_id, workout_id)
                own.refuse_unless_startable()
            raise

    async def _planned(
        self, workout: Workout, athlete_id: UUID, when: SessionTime
    ) -> list[PlannedExercise]:
        targets = await self._resolver.targets(workout, athlete_id, when)
        return [
            PlannedExercise(
                log_id=self._identifiers.new(),
                exercise_id=exercise_id,
                sets=sets,
                targets=tuple(targets[exercise_id]),
            )
            for exercise_id, sets in workout.planned_sets().items()
        ]
