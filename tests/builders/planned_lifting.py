"""Workouts a coach plans for a lifter, and the sessions that begin with them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.builders.lifting import RULES, Lifter, made
from tests.builders.people import Person


@dataclass
class Planner:
    """A coach who plans the lifter's exercise, and the lifter, who trains by the plan."""

    trainer: Person
    lifter: Lifter

    async def workout(self, *exercises: dict[str, Any], **fields: Any) -> str:
        """Plan and assign exercises: the lifter's, in fives, unless told otherwise."""
        asked = [{"exercise_id": self.lifter.exercise_id, "reps": 5, **one} for one in exercises]
        body = {
            "name": "Planned",
            "type": "strength",
            "scheduled_date": datetime.now(UTC).isoformat(),
            "athlete_id": self.lifter.athlete.athlete_id,
            "exercises": asked,
            **fields,
        }
        workout = await made(await self.trainer.post("/workouts", json=body))
        return str(workout["id"])

    async def begin(self, workout_id: str, **fields: Any) -> dict[str, Any]:
        """Let the lifter start a session of a workout."""
        path = f"/workouts/{workout_id}/sessions"
        session: dict[str, Any] = await made(await self.lifter.athlete.post(path, json=fields))
        return session

    async def begun(self, *exercises: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Plan exercises, start a session of them, end it; return it as it began."""
        session = await self.begin(await self.workout(*exercises), **fields)
        await self.lifter.ended(session["id"], "abandon")
        return session

    async def override(self, rule_id: str, load: float) -> None:
        """Say what is lifted next, whatever the rule."""
        body = {"load": load, "unit": "kilograms", "reason": "A better day"}
        await made(await self.trainer.post(f"{RULES}/{rule_id}/override", json=body))


def targets(session: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the targets of a session's first exercise."""
    found: list[dict[str, Any]] = session["exercise_logs"][0]["targets"]
    return found


def weights(session: dict[str, Any]) -> list[Any]:
    """Return the weights of the targets of a session's first exercise, None where left open."""
    return [one.get("weight") for one in targets(session)]
