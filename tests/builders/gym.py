"""A trainer and an athlete who train together, over HTTP."""

from dataclasses import dataclass
from typing import Any

from tests.builders.people import Person

NOON = "2026-03-02T12:00:00Z"


def a_workout_body(**fields: Any) -> dict[str, Any]:
    """Return an acceptable new workout."""
    return {"name": "Lower body", "type": "strength", "scheduled_date": NOON, **fields}


def a_set_body(exercise_id: str, **fields: Any) -> dict[str, Any]:
    """Return an acceptable new set of five repetitions with 100 kg."""
    return {
        "exercise_id": exercise_id,
        "set_type": "normal",
        "weight": 100,
        "unit": "kilograms",
        "number_reps": 5,
        **fields,
    }


@dataclass
class Gym:
    """Plans, starts and logs; ``lifts`` are shipped exercises done in weight and repetitions."""

    trainer: Person
    athlete: Person
    lifts: list[str]
    measured_in: dict[str, str]

    def prescription(self, number: int = 0, **fields: Any) -> dict[str, Any]:
        """Return three sets of five of one of the lifts."""
        return {"exercise_id": self.lifts[number], "sets": 3, "reps": 5, **fields}

    async def planned(self, **fields: Any) -> dict[str, Any]:
        """Plan a workout nobody has to do yet."""
        return await made(self.trainer, "/workouts", a_workout_body(**fields))

    async def assigned(self, **fields: Any) -> dict[str, Any]:
        """Plan a workout for the athlete."""
        return await self.planned(
            **{
                "athlete_id": self.athlete.athlete_id,
                "exercises": [self.prescription()],
                **fields,
            }
        )

    async def started(self, workout: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
        """Start a session of a workout given to the athlete."""
        of = workout or await self.assigned()
        return await made(self.athlete, f"/workouts/{of['id']}/sessions", fields)

    async def begun(self, **fields: Any) -> dict[str, Any]:
        """Start a session of the athlete's own."""
        body = {"name": "Evening bench", "session_date": NOON, **fields}
        return await made(self.athlete, "/sessions", body)

    async def logged(self, session: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Log a set."""
        body = a_set_body(**{"exercise_id": self.lifts[0], **fields})
        return await made(self.athlete, f"/sessions/{session['id']}/sets", body)

    async def completed(self, session: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Finish a session."""
        done = await self.athlete.post(f"/sessions/{session['id']}/complete", json=fields)
        assert done.status_code == 200, done.text
        data: dict[str, Any] = done.json()["data"]
        return data

    async def seen(self, path: str, by: Person | None = None) -> dict[str, Any]:
        """Read something as the athlete, or as somebody else."""
        answer = await (by or self.athlete).get(path)
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    async def rest(self) -> None:
        """Give up whatever session is running."""
        running = await self.athlete.get("/sessions/active")
        if running.status_code == 200:
            await self.athlete.post(f"/sessions/{running.json()['data']['id']}/abandon")


async def listed(person: Person, path: str) -> list[dict[str, Any]]:
    """Read a list."""
    answer = await person.get(path)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def made(person: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Create something and return it."""
    answer = await person.post(path, json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data
