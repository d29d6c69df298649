"""What the database holds while it is measured, written by COPY."""

import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import asyncpg
from uuid_utils.compat import uuid7

from workout_infrastructure.clock import SystemClock, Uuid7Identifiers
from workout_infrastructure.security.tokens import JoseTokens

EXERCISES_PER_WORKOUT: Final = 5
SETS_PER_SESSION: Final = 20
SETS_BEFORE_THE_200TH: Final = 199
_TOKEN_LIFETIME: Final = timedelta(hours=12)
_SCOPES: Final = ["view_workouts", "view_sessions", "view_reports", "view_profile"]
_SET_COLUMNS: Final = (
    "id",
    "session_id",
    "exercise_id",
    "set_type_id",
    "weight",
    "unit",
    "number_reps",
    "performed_at",
    "sequence",
    "client_generated_id",
    "created_at",
    "updated_at",
    "load_kind",
    "effective_kg",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is; the ratios between the parts stay as they are."""

    trainers: int = 50
    athletes: int = 500
    workouts: int = 5_000
    sessions: int = 5_000
    ordinal_pairs: int = 60

    @classmethod
    def scaled(cls, scale: float) -> "Size":
        """Multiply the history; there are always enough people for 1,000 sockets."""
        return cls(workouts=max(2_000, int(5_000 * scale)), sessions=max(600, int(5_000 * scale)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody signed in."""

    user_id: UUID
    profile_id: UUID
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running session, whose it is, and the coach who may watch it."""

    session_id: UUID
    athlete: Account
    coach: Account
    exercise_id: UUID


@dataclass(slots=True, kw_only=True)
class Population:
    """Who and what there is."""

    trainers: list[Account] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    watched: Running | None = None
    fresh: list[Running] = field(default_factory=list)
    full: list[Running] = field(default_factory=list)

    @property
    def star(self) -> Running:
        """The session all trainers may watch."""
        if self.watched is None:
            raise RuntimeError("Nothing was filled in.")
        return self.watched


class Filler:
    """Fills an empty, migrated and seeded database."""

    def __init__(self, connection: Any, tokens: JoseTokens, size: Size) -> None:
        self._connection, self._tokens, self._size = connection, tokens, size
        self._random = random.Random(7)  # noqa: S311 - the same data on every run
        self._now = datetime.now(UTC)
        self._numbers = itertools.count(1)
        self._exercises: list[UUID] = []
        self._set_type = UUID(int=0)

    async def fill(self) -> Population:
        """Write everything; the last statement brings the planner's figures up to date."""
        rows = await self._connection.fetch(
            "SELECT id FROM exercises WHERE measurement_type = 'weight_reps' ORDER BY name LIMIT 40"
        )
        self._exercises = [UUID(str(row["id"])) for row in rows]
        self._set_type = UUID(
            str(await self._connection.fetchval("SELECT id FROM set_types WHERE code = 'normal'"))
        )
        people = Population()
        async with self._connection.transaction():
            await self._everybody(people)
            await self._workouts(people)
            await self._history(people)
        for table in ("workouts", "workout_exercises", "workout_sessions", "performed_sets"):
            await self._connection.execute(f"VACUUM ANALYZE {table}")
        await self._connection.execute("ANALYZE")
        return people

    async def _everybody(self, people: Population) -> None:
        people.trainers = await self._accounts("trainer", self._size.trainers)
        pairs = self._size.ordinal_pairs
        athletes = await self._accounts("athlete", self._size.athletes + 2 * pairs + 1)
        coached = [
            (people.trainers[number % len(people.trainers)], athlete)
            for number, athlete in enumerate(athletes)
        ]
        star = athletes[-1]
        related = [*coached[:-1], *((trainer, star) for trainer in people.trainers)]
        await self._copy(
            "coaching_relations",
            (
                *("id", "revision", "created_at", "updated_at", "trainer_id", "trainer_user_id"),
                *("athlete_id", "athlete_user_id", "scopes", "status", "accepted_at"),
            ),
            [
                (
                    *self._aggregate(),
                    *(trainer.profile_id, trainer.user_id),
                    *(athlete.profile_id, athlete.user_id),
                    *(_SCOPES, "active", self._now),
                )
                for trainer, athlete in related
            ],
        )
        running = [
            Running(
                session_id=uuid7(),
                athlete=athlete,
                coach=trainer,
                exercise_id=self._random.choice(self._exercises),
            )
            for trainer, athlete in coached
        ]
        people.watched = running.pop()
        people.full, running = running[-pairs:], running[:-pairs]
        people.fresh, people.running = running[-pairs:], running[:-pairs]

    async def _accounts(self, role: str, count: int) -> list[Account]:
        names = [f"{role}{next(self._numbers)}" for _ in range(count)]
        users, profiles, logins = ([uuid7() for _ in names] for _ in range(3))
        await self._copy(
            "users",
            (
                *("id", "revision", "created_at", "updated_at", "username", "email", "gender"),
                *("first_name", "last_name", "preferred_unit", "time_zone", "email_confirmed"),
                "two_factor_enabled",
            ),
            [
                (
                    *(user, 1, self._now, self._now, name, f"{name}@example.com", 0),
                    *("Pat", name, "kilograms", "UTC", True, False),
                )
                for user, name in zip(users, names, strict=True)
            ],
        )
        await self._copy("user_roles", ("user_id", "role"), [(user, role) for user in users])
        await self._copy(
            f"{role}s",
            ("id", "revision", "created_at", "updated_at", "user_id"),
            [
                (profile, 1, self._now, self._now, user)
                for profile, user in zip(profiles, users, strict=True)
            ],
        )
        await self._copy(
            "login_sessions",
            (
                *("id", "revision", "created_at", "updated_at", "user_id", "method"),
                "current_token_hash",
            ),
            [
                (login, 1, self._now, self._now, user, "password", login.hex)
                for login, user in zip(logins, users, strict=True)
            ],
        )
        return [
            Account(
                user_id=user,
                profile_id=profile,
                token=self._tokens.access_token(
                    user_id=user,
                    username=name,
                    email=f"{name}@example.com",
                    roles=[role],
                    session_id=login,
                ),
            )
            for user, profile, login, name in zip(users, profiles, logins, names, strict=True)
        ]

    async def _workouts(self, people: Population) -> None:
        workouts, exercises = [], []
        for number in range(self._size.workouts):
            running = people.running[number % len(people.running)]
            trainer = people.trainers[number % len(people.trainers)]
            head = self._aggregate()
            workouts.append(
                (
                    *head,
                    *(f"Week {number % 52}, day {number % 7}", "Main lifts, then accessories."),
                    *(trainer.profile_id, running.athlete.profile_id, "strength", "assigned"),
                    *(self._now - timedelta(hours=number), 60),
                )
            )
            exercises += [
                (
                    *(uuid7(), head[0], self._random.choice(self._exercises), place, 5, 5),
                    *(Decimal("82.5"), "kilograms", 180, "Last set to RPE 9."),
                )
                for place in range(EXERCISES_PER_WORKOUT)
            ]
        await self._copy(
            "workouts",
            (
                *("id", "revision", "created_at", "updated_at", "name", "description"),
                *("trainer_id", "athlete_id", "type", "status", "scheduled_date"),
                "estimated_duration_minutes",
            ),
            workouts,
        )
        await self._copy(
            "workout_exercises",
            (
                *("id", "workout_id", "exercise_id", "order_index", "sets", "reps", "weight"),
                *("unit", "rest_time_seconds", "notes"),
            ),
            exercises,
        )

    async def _history(self, people: Population) -> None:
        done = [
            Running(
                session_id=uuid7(),
                athlete=running.athlete,
                coach=running.coach,
                exercise_id=running.exercise_id,
            )
            for _, running in zip(
                range(self._size.sessions - len(people.running)),
                itertools.cycle(people.running),
                strict=False,
            )
        ]
        # Everybody trained every other day: more sessions make a longer history, no denser one.
        ages = [1 + 2 * (number // len(people.running)) for number in range(len(done))]
        await self._write_sessions(done, status="completed", sets=SETS_PER_SESSION, ages=ages)
        ongoing = [*people.running, people.star]
        await self._write_sessions(ongoing, status="in_progress", sets=SETS_PER_SESSION)
        await self._write_sessions(people.fresh, status="in_progress", sets=0)
        await self._write_sessions(people.full, status="in_progress", sets=SETS_BEFORE_THE_200TH)

    async def _write_sessions(
        self, sessions: Sequence[Running], *, status: str, sets: int, ages: Sequence[int] = ()
    ) -> None:
        ended = self._now if status == "completed" else None
        days = [self._now - timedelta(days=age) for age in ages or [0] * len(sessions)]
        await self._copy(
            "workout_sessions",
            (
                *("id", "revision", "created_at", "updated_at", "user_id", "athlete_id"),
                *("trainer_id", "name", "session_date", "started_at", "completed_at", "status"),
                *("last_activity_at", "sequence", "settled_at", "time_zone", "local_date"),
            ),
            [
                (
                    *(one.session_id, 1, self._now, self._now, one.athlete.user_id),
                    *(one.athlete.profile_id, one.coach.profile_id, "Training", day),
                    *(self._now, ended, status, self._now, sets),
                    *(day, "UTC", day.date()),
                )
                for one, day in zip(sessions, days, strict=True)
            ],
        )
        await self._copy(
            "exercise_logs",
            (
                *("id", "session_id", "exercise_id", "planned_sets", "completed_sets"),
                *("is_completed", "order_index"),
            ),
            [(uuid7(), one.session_id, one.exercise_id, 5, 0, False, 0) for one in sessions],
        )
        performed = [
            (
                *(uuid7(), one.session_id, one.exercise_id, self._set_type, Decimal("82.5")),
                *("kilograms", 1, self._now, sequence, f"filled-{sequence}", self._now, self._now),
                *("external", Decimal("82.5")),
            )
            for one in sessions
            for sequence in range(1, sets + 1)
        ]
        await self._copy("performed_sets", _SET_COLUMNS, performed)
        await self._copy(
            "performed_reps",
            (
                *("id", "set_id", "session_id", "rep_number", "weight", "unit"),
                *("success", "created_at", "effective_kg"),
            ),
            [
                (
                    *(uuid7(), one[0], one[1], 1, Decimal("82.5"), "kilograms", True, self._now),
                    Decimal("82.5"),
                )
                for one in performed
            ],
        )
        await self._copy(
            "session_events",
            ("session_id", "sequence", "event_id", "name", "occurred_at", "payload"),
            [(one[1], one[8], uuid7(), "SetLogged", self._now, "{}") for one in performed],
        )

    def _aggregate(self) -> tuple[UUID, int, datetime, datetime]:
        return uuid7(), 1, self._now, self._now

    async def _copy(
        self, table: str, columns: Iterable[str], records: Sequence[tuple[Any, ...]]
    ) -> None:
        await self._connection.copy_records_to_table(table, columns=list(columns), records=records)


def issuer(secret: str) -> JoseTokens:
    """Make the product's own issuer with tokens that outlive a run."""
    return JoseTokens(
        secret=secret,
        issuer="workout",
        audience="workout-api",
        access_lifetime=_TOKEN_LIFETIME,
        identifiers=Uuid7Identifiers(),
        clock=SystemClock(),
    )


async def fill(database_url: str, secret: str, size: Size) -> Population:
    """Fill the database behind a URL."""
    connection = await asyncpg.connect(database_url)
    try:
        return await Filler(connection, issuer(secret), size).fill()
    finally:
        await connection.close()
