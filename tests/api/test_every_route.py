"""Every operation, asked by those who must not have it: nobody gets in, and nothing changes."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import asyncpg
import httpx2
import pytest

from tests.api.contract import conforming, document
from tests.architecture.registries import messages
from tests.builders.operations import OPERATIONS, Gym, a_gym
from tests.builders.people import People, Person
from workout_application.messaging.actor import STRANGER, Actor, Role
from workout_application.messaging.messages import Message
from workout_domain.kernel.errors import DomainError, Forbidden, Unauthenticated
from workout_presentation.api.pages.problems import pages_by_code
from workout_presentation.composition.container import Container

PUBLIC: Final = {
    "register_user",
    "log_in",
    "refresh_tokens",
    "verify_second_factor",
    "log_out",
    "confirm_email",
    "resend_confirmation",
    "forget_password",
    "reset_password",
    "exchange_id_token",
    "get_openapi_document",
    "get_health",
    "get_liveness",
    "get_readiness",
    "get_startup",
}
ROUTES: Final = {
    operation["operationId"]: (method.upper(), path)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
}
CLOSED: Final = sorted(set(ROUTES) - PUBLIC)
OF_A_ROLE: Final = [name for name, asked in OPERATIONS.items() if asked.role]
OF_OTHERS: Final = [name for name, asked in OPERATIONS.items() if not asked.is_own]
WITH_IDS: Final = [name for name in CLOSED if "{" in ROUTES[name][1]]
POISON: Final = [
    "not-a-uuid",
    "0",
    "00000000-0000-0000-0000-000000000000",
    "01990000-0000-7000-8000-000000000000",
    "x" * 3000,
    "'; DROP TABLE workouts; --",
    "\x00",
    "💥",
    "%",
    "null",
]


def path_of(name: str, ids: dict[str, str]) -> str:
    """Write the address of an operation, below the version."""
    return ROUTES[name][1].removeprefix("/api/v1").format_map(ids)


async def ask(
    api: httpx2.AsyncClient,
    name: str,
    gym: Gym,
    headers: dict[str, str] | None = None,
    ids: dict[str, str] | None = None,
) -> httpx2.Response:
    """Send the request of an operation."""
    asked = OPERATIONS[name]
    options: dict[str, Any] = {} if asked.body is None else {"json": asked.body(gym)}
    method, path = ROUTES[name][0], path_of(name, ids or gym.ids)
    query = {key: value.format_map(gym.ids) for key, value in asked.query.items()}
    return await api.request(method, path, headers=headers or {}, params=query, **options)


def refused(response: httpx2.Response) -> str:
    """Check that a refusal is a declared problem with a page of its own; return its code."""
    conforming(response)
    body = response.json()
    assert response.headers["content-type"].startswith("application/problem+json")
    assert body["status"] == response.status_code
    assert body["success"] is False
    assert body["data"] is None
    assert body["message"] == body["detail"] != ""
    assert body["correlation_id"] == response.headers["x-correlation-id"]
    assert body["code"] in pages_by_code()
    return str(body["code"])


async def contents(database: Any) -> dict[str, str]:
    """Return a digest of every table, rows and revisions included."""
    tables = await database.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    )
    parts = [
        f'(SELECT md5(string_agg(t::text, \',\' ORDER BY t::text)) FROM "{name}" t) AS "{name}"'
        for (name,) in tables
        if not name.startswith("test_")
    ]
    return dict(await database.fetchrow(f"SELECT {', '.join(parts)}"))


@pytest.fixture(scope="module")
async def gym(people: People, container: Container, database_url: str) -> Gym:
    """Return what belongs to somebody else."""
    database = await asyncpg.connect(database_url)
    made = await a_gym(people, container, database)
    await database.close()
    return made


@pytest.fixture(scope="module")
async def stranger(people: People) -> Person:
    """Return somebody who is trainer and athlete, and related to nobody."""
    return await people.register("both")


@pytest.fixture(scope="module")
async def without(people: People) -> dict[str, Person]:
    """Return somebody without each role, by that role."""
    return {
        "trainer": await people.athlete(),
        "athlete": await people.trainer(),
        "admin": await people.register("both"),
    }


def test_the_table_asks_for_every_operation_that_is_not_public() -> None:
    assert set(OPERATIONS) == set(CLOSED)
    assert set(ROUTES) >= PUBLIC


@pytest.mark.requirement("SEC-02")
def test_only_the_listed_operations_are_declared_open() -> None:
    is_open = {
        operation["operationId"]
        for methods in document()["paths"].values()
        for operation in methods.values()
        if not operation["security"]
    }

    assert is_open == PUBLIC


@pytest.mark.requirement("SEC-02", "ARC-19")
@pytest.mark.parametrize("name", CLOSED)
async def test_without_a_token_nobody_gets_in(name: str, api: httpx2.AsyncClient, gym: Gym) -> None:
    answer = await ask(api, name, gym)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert refused(answer) == "not_signed_in"


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize("name", CLOSED)
async def test_with_a_token_that_is_none_nobody_gets_in(
    name: str, api: httpx2.AsyncClient, gym: Gym
) -> None:
    answer = await ask(api, name, gym, {"Authorization": "Bearer no.such.token"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert refused(answer) == "invalid_token"


@pytest.mark.requirement("IAM-17", "CAT-08", "ARC-19")
@pytest.mark.parametrize("name", OF_A_ROLE)
async def test_without_the_role_the_answer_is_forbidden(
    name: str, api: httpx2.AsyncClient, gym: Gym, without: dict[str, Person], database: Any
) -> None:
    person = without[OPERATIONS[name].role or ""]
    before = await contents(database)

    answer = await ask(api, name, gym, person.headers)

    assert answer.status_code == 403
    assert refused(answer) == "role_required"
    assert await contents(database) == before


@pytest.mark.requirement("IAM-17", "IAM-18", "SEC-03")
@pytest.mark.parametrize("name", OF_OTHERS)
async def test_what_is_somebody_elses_is_not_found_and_does_not_change(
    name: str, api: httpx2.AsyncClient, gym: Gym, stranger: Person, database: Any
) -> None:
    before = await contents(database)

    answer = await ask(api, name, gym, stranger.headers)

    assert answer.status_code in {403, 404}
    refused(answer)
    assert await contents(database) == before


@pytest.mark.requirement("SEC-03")
async def test_lists_show_a_stranger_nothing_of_others(gym: Gym, stranger: Person) -> None:
    for name, asked in OPERATIONS.items():
        if asked.is_own and ROUTES[name][0] == "GET":
            answer = await stranger.get(path_of(name, gym.ids))
            assert answer.status_code == 200, answer.text
            assert [one for one in gym.private_ids if one in answer.text] == [], name


@pytest.mark.requirement("IAM-18")
@pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))
@pytest.mark.parametrize("name", WITH_IDS)
async def test_an_id_that_is_none_is_refused_as_declared(
    name: str, poison: str, api: httpx2.AsyncClient, gym: Gym, stranger: Person
) -> None:
    ids = dict.fromkeys(gym.ids, quote(poison, safe=""))

    answer = await ask(api, name, gym, stranger.headers, ids)

    assert answer.status_code in {400, 403, 404}
    refused(answer)


ROLES: Final = [frozenset[Role](), *(frozenset({role}) for role in Role)]


def callers() -> Iterator[Actor]:
    """List a stranger, and people with no role and with each role."""
    yield STRANGER
    for roles in ROLES:
        yield Actor(user_id=UUID(int=7), roles=roles)


def empty(message: type[Message[Any]]) -> Message[Any]:
    """Make a message without its fields: whoever looks at one has come too far."""
    made = object.__new__(message)
    acceptable = {
        "password": "x" * 20,
        "new_password": "x" * 20,
        "code": "123456",
        "seconds": 1,
        "completed_sets": 1,
        "athlete_ids": (),
        "from_date": date(2026, 3, 1),
        "to_date": date(2026, 3, 31),
    }
    for name, value in acceptable.items():
        if name in message.__dataclass_fields__:  # type: ignore[attr-defined]  # all are dataclasses
            object.__setattr__(made, name, value)
    return made


@pytest.mark.requirement("ARC-19", "IAM-17")
@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
async def test_without_http_a_handler_is_closed_to_whom_the_policy_does_not_name(
    message: type[Message[Any]], container: Container
) -> None:
    for caller in callers():
        refusal = _refusal(message, caller)
        if refusal is not None:
            with pytest.raises(type(refusal)):
                await container.mediator().send(empty(message), actor=caller)


def _refusal(message: type[Message[Any]], caller: Actor) -> DomainError | None:
    assert message.policy is not None
    try:
        message.policy(caller)
    except (Forbidden, Unauthenticated) as refusal:
        return refusal
    return None
