"""Somebody new, without any trainer: register, begin, add sets, record repetitions."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from tests.builders.people import PASSWORD


@pytest.mark.requirement("COA-09")
async def test_a_new_athlete_trains_alone(api: httpx2.AsyncClient) -> None:
    async def sent(method: str, path: str, status: int, body: Any = None) -> Any:
        answer = await api.request(method, path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()["data"]

    headers: dict[str, str] = {}
    newcomer = {
        "username": "walker_through",
        "email": "walker.through@example.com",
        "password": PASSWORD,
        "first_name": "Wanda",
        "last_name": "Walker",
    }
    user = await sent("POST", "/auth/register", 201, newcomer)
    login = {"username": newcomer["username"], "password": PASSWORD}
    tokens = await sent("POST", "/auth/login", 200, login)
    headers["Authorization"] = f"Bearer {tokens['access_token']}"

    when = datetime.now(UTC).isoformat()
    begun = await sent("POST", "/sessions", 201, {"name": "Evening", "session_date": when})
    exercise = (await sent("GET", "/exercises?search=back squat&page_size=1", 200))[0]
    codes = [one["code"] for one in await sent("GET", "/set-types", 200)]
    logged = []
    for code in ("warm_up", "normal"):
        assert code in codes
        body = {
            "exercise_id": exercise["id"],
            "set_type": code,
            "weight": 60,
            "unit": "kilograms",
            "reps": [{"rep_number": 1, "success": True}],
        }
        logged.append(await sent("POST", f"/sessions/{begun['id']}/sets", 201, body))
    rep = await sent(
        "POST", f"/sets/{logged[1]['id']}/reps", 201, {"weight": 62.5, "success": True}
    )
    missed = await sent("PUT", f"/reps/{rep['id']}", 200, {"success": False})

    assert (user["roles"], user["trainer_id"]) == (["athlete"], None)
    assert begun["workout_id"] is None
    assert (missed["weight"], missed["success"]) == (62.5, False)
    shown = await sent("GET", f"/sessions/{begun['id']}", 200)
    assert [one["set_type"] for one in shown["sets"]] == ["warm_up", "normal"]
    assert [
        [(rep["rep_number"], rep["weight"], rep["success"]) for rep in one["reps"]]
        for one in shown["sets"]
    ] == [[(1, 60, True)], [(1, 60, True), (2, 62.5, False)]]
    assert (await sent("POST", f"/sessions/{begun['id']}/complete", 200))["status"] == "completed"
