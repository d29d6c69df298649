"""People who train by rules, over HTTP: sessions are done, rules follow."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tests.builders.people import Person

RULES: Final = "/progression-rules"
MAXES: Final = "/training-maxes"
LINEAR: Final[dict[str, Any]] = {
    "kind": "linear",
    "unit": "kilograms",
    "start": 80,
    "sets": 3,
    "reps": 5,
    "increment": 2.5,
    "deload": {"after_failures": 2, "percent": 10},
}
WEEKS: Final[list[dict[str, Any]]] = [
    {"days": [{"sets": [{"percent": p, "reps": r} for p, r in sets]}]}
    for sets in ([(65, 5), (75, 5), (85, 5)], [(70, 3), (80, 3), (90, 3)])
]
PERCENTAGES: Final[dict[str, Any]] = {
    "kind": "training_max_percentage",
    "unit": "kilograms",
    "weeks": WEEKS,
    "training_max_increment": 2.5,
}
Sets = Sequence[tuple[float | None, int]]


@dataclass
class Lifter:
    """An athlete with one exercise, and what makes rules follow."""

    athlete: Person
    exercise_id: str
    follow: Callable[[], Awaitable[None]]

    async def rule(self, parameters: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Set a rule for the exercise."""
        body = {"exercise_id": self.exercise_id, "parameters": parameters, **fields}
        return await made(await self.athlete.post(RULES, json=body))

    async def maximum(self, value: float, **fields: Any) -> dict[str, Any]:
        """Set a training max for the exercise."""
        body = {"exercise_id": self.exercise_id, "value": value, "unit": "kilograms", **fields}
        return await made(await self.athlete.post(MAXES, json=body))

    async def begin(self, **fields: Any) -> str:
        """Begin a session of one's own."""
        body = {"name": "Own", "session_date": datetime.now(UTC).isoformat(), **fields}
        session = await made(await self.athlete.post("/sessions", json=body))
        return str(session["id"])

    async def log(self, session_id: str, sets: Sets, **fields: Any) -> list[dict[str, Any]]:
        """Log sets of so many successful repetitions."""
        return [
            await made(
                await self.athlete.post(
                    f"/sessions/{session_id}/sets",
                    json={
                        "exercise_id": self.exercise_id,
                        "set_type": "normal",
                        "weight": weight,
                        "unit": "kilograms",
                        "number_reps": reps,
                        **fields,
                    },
                )
            )
            for weight, reps in sets
        ]

    async def train(self, sets: Sets, **fields: Any) -> str:
        """Do a whole session, and let the rules follow it."""
        session_id = await self.begin()
        await self.log(session_id, sets, **fields)
        await self.complete(session_id)
        return session_id

    async def complete(self, session_id: str) -> None:
        """Complete a session, and let the rules follow it."""
        await self.ended(session_id, "complete")
        await self.follow()

    async def ended(self, session_id: str, how: str) -> None:
        """Complete, reopen or abandon a session."""
        answer = await self.athlete.post(f"/sessions/{session_id}/{how}")
        assert answer.status_code == 200, answer.text

    async def explained(self, rule_id: str) -> dict[str, Any]:
        """Return why this load."""
        return await made(await self.athlete.get(f"{RULES}/{rule_id}/explain"))

    async def next_load(self, rule_id: str) -> Any:
        """Return what is lifted next."""
        return (await self.explained(rule_id))["next"]["load"]

    async def history(self, rule_id: str, **query: Any) -> list[dict[str, Any]]:
        """Return the entries of a rule, the latest first."""
        params = {"limit": 100, **query}
        answer = await self.athlete.get(f"{RULES}/{rule_id}/applications", params=params)
        listed: list[dict[str, Any]] = await made(answer)
        return listed


async def made(answer: Any) -> Any:
    """Return what a request that must succeed answers with."""
    assert answer.is_success, answer.text
    return answer.json()["data"]
