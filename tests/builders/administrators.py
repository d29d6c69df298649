"""Makes administrators: no request can, so the role is written into the database."""

from typing import Any

from tests.builders.people import PASSWORD, People, Person


async def administrator(people: People, database: Any) -> Person:
    """Register somebody, give them the role, and sign them in again."""
    person = await people.athlete()
    await database.execute(
        "INSERT INTO user_roles (user_id, role) VALUES ($1, 'admin')", person.user["id"]
    )
    credentials = {"username": person.user["username"], "password": PASSWORD}
    person.tokens = (await person.api.post("/auth/login", json=credentials)).json()["data"]
    return person
