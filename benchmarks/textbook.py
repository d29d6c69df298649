"""The page as tutorials teach it: FastAPI, ORM entities with select-in loading, response_model."""

import os
from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, FastAPI, Header
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from benchmarks.data import issuer
from workout_infrastructure.persistence.database import sqlalchemy_url

POOL: Final = 8
_Instant: Final = DateTime(timezone=True)


class Base(DeclarativeBase):
    """Of the entities."""


class Exercise(Base):
    """One prescription of a workout."""

    __tablename__ = "workout_exercises"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workout_id: Mapped[UUID] = mapped_column(ForeignKey("workouts.id"))
    exercise_id: Mapped[UUID]
    order_index: Mapped[int]
    sets: Mapped[int]
    reps: Mapped[int | None]
    weight: Mapped[Decimal | None]
    unit: Mapped[str | None]
    duration_seconds: Mapped[Decimal | None]
    distance_meters: Mapped[Decimal | None]
    rest_time_seconds: Mapped[int | None]
    notes: Mapped[str | None]


class Workout(Base):
    """A planned workout."""

    __tablename__ = "workouts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str | None]
    trainer_id: Mapped[UUID]
    athlete_id: Mapped[UUID | None]
    type: Mapped[str]
    status: Mapped[str]
    scheduled_date: Mapped[datetime] = mapped_column(_Instant)
    estimated_duration_minutes: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(_Instant)
    updated_at: Mapped[datetime] = mapped_column(_Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(_Instant)
    revision: Mapped[int]
    exercises: Mapped[list[Exercise]] = relationship(order_by=Exercise.order_index)


class ExerciseOut(BaseModel):
    """What is shown of a prescription."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    exercise_id: UUID
    order_index: int
    sets: int
    reps: int | None
    weight: Decimal | None
    unit: str | None
    duration_seconds: Decimal | None
    distance_meters: Decimal | None
    rest_time_seconds: int | None
    notes: str | None


class WorkoutOut(BaseModel):
    """What is shown of a workout."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    description: str | None
    trainer_id: UUID
    athlete_id: UUID | None
    type: str
    status: str
    scheduled_date: datetime
    estimated_duration_minutes: int
    created_at: datetime
    updated_at: datetime
    revision: int
    exercises: list[ExerciseOut]


_engine = create_async_engine(
    sqlalchemy_url(os.environ["BENCH_DATABASE_URL"]), pool_size=POOL, max_overflow=0
)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)
_tokens = issuer(os.environ["BENCH_SECRET"])

app = FastAPI()


async def database() -> AsyncIterator[AsyncSession]:
    async with _sessions() as session:
        yield session


async def caller(authorization: Annotated[str, Header()]) -> UUID:
    return _tokens.verify(authorization.removeprefix("Bearer ")).user_id


@app.get("/ping")
async def ping() -> dict[str, bool]:
    return {"ok": True}


@app.get("/page/{trainer_id}", response_model=list[WorkoutOut])
async def page(
    trainer_id: UUID,
    session: Annotated[AsyncSession, Depends(database)],
    _caller: Annotated[UUID, Depends(caller)],
    limit: int = 20,
) -> list[Workout]:
    found = await session.scalars(
        select(Workout)
        .where(Workout.deleted_at.is_(None), Workout.trainer_id == trainer_id)
        .order_by(Workout.scheduled_date.desc(), Workout.id.desc())
        .limit(limit + 1)
        .options(selectinload(Workout.exercises))
    )
    return list(found)[:limit]
