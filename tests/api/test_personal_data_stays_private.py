"""No answer to anybody but an administrator holds somebody else's address or telephone number."""

from typing import Any

import asyncpg
import pytest

from tests.api.test_every_route import ROUTES, ask
from tests.builders.administrators import administrator
from tests.builders.operations import OPERATIONS, Gym, a_gym
from tests.builders.people import People, Person
from workout_presentation.composition.container import Container

PHONES = {"trainer": "+43 660 1110001", "athlete": "+43 660 2220002"}
# What ends things comes last, so that everything before it has something to show.
ENDING = {"delete_me": 3, "end_relation": 2, "pause_relation": 1}


def in_order() -> list[str]:
    """List all operations: reading first, then changing, then ending."""
    return sorted(
        OPERATIONS,
        key=lambda name: (
            ENDING.get(name, 0),
            ROUTES[name][0] == "DELETE",
            ROUTES[name][0] != "GET",
        ),
    )


async def private_gym(people: People, container: Container, database: Any) -> Gym:
    """Let two people who train together have telephone numbers."""
    gym = await a_gym(people, container, database)
    for role, person in (("trainer", gym.trainer), ("athlete", gym.athlete)):
        body = {"first_name": "Pat", "last_name": role, "phone_number": PHONES[role]}
        assert (await person.put("/me", json=body)).status_code == 200
    return gym


@pytest.mark.requirement("SEC-10")
@pytest.mark.parametrize("role", ["trainer", "athlete"])
async def test_no_answer_holds_the_other_s_address_or_number(
    role: str, people: People, container: Container, database_url: str
) -> None:
    database = await asyncpg.connect(database_url)
    gym = await private_gym(people, container, database)
    await database.close()
    one, other, number = (
        (gym.trainer, gym.athlete, PHONES["athlete"])
        if role == "trainer"
        else (gym.athlete, gym.trainer, PHONES["trainer"])
    )
    succeeded = set()

    for name in in_order():
        answer = await ask(one.api, name, gym, one.headers)
        assert other.user["email"] not in answer.text, name
        assert number not in answer.text, name
        if answer.is_success:
            succeeded.add(name)

    shared = {"get_session", "get_workout", "list_relations", "export_me", "list_notifications"}
    assert succeeded >= shared
    assert len(succeeded) > 25


@pytest.mark.requirement("SEC-10", "IAM-28")
async def test_an_administrator_sees_the_address_and_no_number(
    people: People, database: Any
) -> None:
    admin: Person = await administrator(people, database)
    person = await people.register(phone_number="+43 660 3330003")

    shown = await admin.get(f"/admin/users/{person.user['id']}")

    assert shown.json()["data"]["email"] == person.user["email"]
    assert "3330003" not in shown.text
