"""Registers people through the front door and lets them make requests."""

import itertools
from dataclasses import dataclass
from typing import Any

import httpx2

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


@dataclass
class Person:
    """Somebody signed in."""

    api: httpx2.AsyncClient
    user: dict[str, Any]
    tokens: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        """The header that says who it is."""
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    def tokens_to_refresh(self) -> dict[str, str]:
        """Return the body that exchanges the refresh token."""
        return {"refresh_token": self.tokens["refresh_token"]}

    @property
    def trainer_id(self) -> str:
        """The trainer profile."""
        return str(self.user["trainer_id"])

    @property
    def athlete_id(self) -> str:
        """The athlete profile."""
        return str(self.user["athlete_id"])

    async def request(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """Send any request as this person."""
        headers = {**self.headers, **options.pop("headers", {})}
        return await self.api.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        """Send a GET."""
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        """Send a POST."""
        if json is not None:
            options["json"] = json
        return await self.request("POST", path, **options)

    async def put(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        """Send a PUT."""
        return await self.request("PUT", path, json=json, **options)

    async def patch(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        """Send a PATCH."""
        return await self.request("PATCH", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> httpx2.Response:
        """Send a DELETE."""
        return await self.request("DELETE", path, **options)


class People:
    """Makes people with names nobody has yet."""

    def __init__(self, api: httpx2.AsyncClient) -> None:
        self._api = api

    def registration(self, account_type: str = "athlete", **fields: Any) -> dict[str, Any]:
        """Return an acceptable registration."""
        number = next(_numbers)
        return {
            # Ends in a letter: what is made of it by appending digits is nobody else's.
            "username": f"person{number}a",
            "email": f"person{number}a@example.com",
            "password": PASSWORD,
            "first_name": "Pat",
            "last_name": f"Number {number}",
            "account_type": account_type,
            **fields,
        }

    async def register(self, account_type: str = "athlete", **fields: Any) -> Person:
        """Register somebody and sign them in."""
        registration = self.registration(account_type, **fields)
        created = await self._api.post("/auth/register", json=registration)
        assert created.status_code == 201, created.text
        credentials = {"username": registration["username"], "password": registration["password"]}
        signed_in = await self._api.post("/auth/login", json=credentials)
        assert signed_in.status_code == 200, signed_in.text
        return Person(self._api, created.json()["data"], signed_in.json()["data"])

    async def trainer(self) -> Person:
        """Register a trainer."""
        return await self.register("trainer")

    async def athlete(self) -> Person:
        """Register an athlete."""
        return await self.register("athlete")

    async def coached_pair(self, scopes: list[str] | None = None) -> tuple[Person, Person]:
        """Register a trainer and an athlete who accepted the trainer's invitation."""
        trainer, athlete = await self.trainer(), await self.athlete()
        await self.relate(trainer, athlete, scopes)
        return trainer, athlete

    async def relate(
        self, trainer: Person, athlete: Person, scopes: list[str] | None = None
    ) -> dict[str, Any]:
        """Let an athlete accept a trainer's invitation; returns the relation."""
        body = {} if scopes is None else {"scopes": scopes}
        invited = await trainer.post("/coaching/invitations", json=body)
        assert invited.status_code == 201, invited.text
        code = invited.json()["data"]["code"]
        accepted = await athlete.post("/coaching/invitations/accept", json={"code": code})
        assert accepted.status_code == 201, accepted.text
        relation: dict[str, Any] = accepted.json()["data"]
        return relation
