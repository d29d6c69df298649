"""Two people nobody has met before: a coach and an athlete, registered for one replay."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any, Self

import httpx2

from workout_presentation.demo.answers import answer_of


class Person:
    """Somebody signed in, who makes requests."""

    def __init__(
        self, http: httpx2.AsyncClient, user: Mapping[str, Any], tokens: Mapping[str, Any]
    ) -> None:
        self._http, self._user = http, user
        self._take(tokens)

    @classmethod
    async def registered(
        cls, http: httpx2.AsyncClient, *, username: str, password: str, account_type: str
    ) -> Self:
        """Open an account and sign in."""
        registration = {
            "username": username,
            "email": f"{username}@example.com",
            "password": password,
            "first_name": account_type.capitalize(),
            "last_name": "of the demo",
            "account_type": account_type,
        }
        created = await http.post("/auth/register", json=registration)
        user = answer_of("Registration", created)["data"]
        credentials = {"username": username, "password": password}
        signed_in = await http.post("/auth/login", json=credentials)
        return cls(http, user, answer_of("Login", signed_in)["data"])

    @property
    def username(self) -> str:
        """What they sign in with."""
        return str(self._user["username"])

    @property
    def athlete_id(self) -> str:
        """Their profile as an athlete."""
        return str(self._user["athlete_id"])

    def handshake(self) -> dict[str, str]:
        """Say who connects to the hub, with the token of this moment."""
        return {"token": self._access_token}

    async def get(self, path: str, **query: Any) -> Any:  # noqa: ANN401 - JSON is untyped
        """Read; answers with the whole body, pagination included."""
        return await self._request("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON is untyped
        """Do something; answers with what came of it."""
        options = {} if body is None else {"json": body}
        return (await self._request("POST", path, **options))["data"]

    async def renew(self) -> bool:
        """Take fresh tokens when half of the present one's life is over; say whether it was."""
        if perf_counter() < self._renew_at:
            return False
        body = {"refresh_token": self._refresh_token}
        renewed = await self._http.post("/auth/refresh", json=body)
        self._take(answer_of("Renewal of a login", renewed)["data"])
        return True

    async def _request(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON is untyped
        headers = {"Authorization": f"Bearer {self._access_token}"}
        response = await self._http.request(method, path, headers=headers, **options)
        return answer_of(f"{method} {path}", response)

    def _take(self, tokens: Mapping[str, Any]) -> None:
        self._access_token = str(tokens["access_token"])
        self._refresh_token = str(tokens["refresh_token"])
        self._renew_at = perf_counter() + float(tokens["expires_in"]) / 2


async def coach_and_athlete(
    http: httpx2.AsyncClient, *, name: str, password: str
) -> tuple[Person, Person]:
    """Register both; the athlete accepts the coach's invitation."""
    coach = await Person.registered(
        http, username=f"coach-{name}", password=password, account_type="trainer"
    )
    athlete = await Person.registered(
        http, username=f"athlete-{name}", password=password, account_type="athlete"
    )
    invited = await coach.post("/coaching/invitations")
    await athlete.post("/coaching/invitations/accept", {"code": invited["code"]})
    return coach, athlete
