"""Brings people to the point where they train: a shipped exercise, a workout, a session."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.builders.people import Person


@dataclass
class Training:
    """A running session of an athlete, and the exercise it is about."""

    athlete: Person
    exercise_id: str
    session: dict[str, Any]

    @property
    def id(self) -> str:
        """The session's id."""
        return str(self.session["id"])

    def a_set(self, **fields: Any) -> dict[str, Any]:
        """Return an acceptable set for the HTTP side."""
        return {
            "exercise_id": self.exercise_id,
            "set_type": "normal",
            "weight": 82.5,
            "unit": "kilograms",
            "number_reps": 5,
            **fields,
        }

    def message(self, **fields: Any) -> dict[str, Any]:
        """Return an acceptable set for the hub."""
        return self.a_set(session_id=self.id, **fields)

    async def log(self, **fields: Any) -> dict[str, Any]:
        """Log a set over HTTP."""
        answer = await self.athlete.post(f"/sessions/{self.id}/sets", json=self.a_set(**fields))
        assert answer.status_code in {200, 201}, answer.text
        logged: dict[str, Any] = answer.json()["data"]
        return logged

    async def progress(self, completed_sets: int, **fields: Any) -> dict[str, Any]:
        """Report progress over HTTP."""
        path = f"/sessions/{self.id}/exercises/{self.exercise_id}/progress"
        answer = await self.athlete.put(path, json={"completed_sets": completed_sets, **fields})
        assert answer.status_code == 200, answer.text
        reported: dict[str, Any] = answer.json()["data"]
        return reported

    async def end(self, how: str = "complete") -> None:
        """Complete, abandon or reopen the session."""
        answer = await self.athlete.post(f"/sessions/{self.id}/{how}")
        assert answer.status_code == 200, answer.text

    async def shown(self) -> dict[str, Any]:
        """Return the session as it stands."""
        answer = await self.athlete.get(f"/sessions/{self.id}")
        assert answer.status_code == 200, answer.text
        session: dict[str, Any] = answer.json()["data"]
        return session

    async def events(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the session's journal."""
        events: list[dict[str, Any]] = []
        while True:
            start = after + len(events)
            path = f"/sessions/{self.id}/events?after={start}&limit=100"
            answer = await self.athlete.get(path)
            assert answer.status_code == 200, answer.text
            events += answer.json()["data"]
            if not answer.json()["pagination"]["has_next"]:
                return events


async def squat(person: Person) -> str:
    """Return the id of a shipped exercise measured in weight and repetitions."""
    answer = await person.get("/exercises?search=squat&page_size=100")
    assert answer.status_code == 200, answer.text
    found = next(one for one in answer.json()["data"] if one["measurement_type"] == "weight_reps")
    return str(found["id"])


async def assigned_workout(
    trainer: Person, athlete: Person, exercise_id: str | None = None, name: str = "Heavy squats"
) -> dict[str, Any]:
    """Let a trainer make a workout of three sets and give it to the athlete."""
    exercise_id = exercise_id or await squat(trainer)
    prescription = {
        "exercise_id": exercise_id,
        "sets": 3,
        "reps": 5,
        "weight": 82.5,
        "unit": "kilograms",
    }
    body = {
        "name": name,
        "type": "strength",
        "scheduled_date": datetime.now(UTC).isoformat(),
        "exercises": [prescription],
        "athlete_id": athlete.athlete_id,
    }
    created = await trainer.post("/workouts", json=body)
    assert created.status_code == 201, created.text
    workout: dict[str, Any] = created.json()["data"]
    return workout


async def planned_session(trainer: Person, athlete: Person) -> Training:
    """Let an athlete start a session of a workout the trainer assigned."""
    exercise_id = await squat(trainer)
    workout = await assigned_workout(trainer, athlete, exercise_id)
    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    assert started.status_code == 201, started.text
    return Training(athlete, exercise_id, started.json()["data"])


async def ad_hoc_session(athlete: Person) -> Training:
    """Let somebody train without a plan."""
    body = {"name": "Alone", "session_date": datetime.now(UTC).isoformat()}
    started = await athlete.post("/sessions", json=body)
    assert started.status_code == 201, started.text
    return Training(athlete, await squat(athlete), started.json()["data"])


def a_client_id() -> str:
    """Return an id as clients make them."""
    return uuid4().hex
