"""Every operation, asked by everybody: the table says what becomes of it, and so it does."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import asyncpg
import httpx2
import pytest

from tests.api.contract import conforming, document
from tests.api.test_every_route import CLOSED, ROUTES, ask, contents, refused
from tests.builders.administrators import administrator
from tests.builders.callers import (
    CALCULATORS,
    CALLERS,
    COLUMNS,
    ORDER,
    OUTCOMES,
    SPENDING,
    Caller,
    Site,
    expected,
)
from tests.builders.operations import OPERATIONS, Gym
from tests.builders.people import People, Person
from tests.conftest import fresh_database, running, settings_for
from workout_application.messaging.api_scopes import ApiScope
from workout_infrastructure.local import EmbeddedRedis
from workout_presentation.composition.container import build_container

REFUSALS: Final = {
    (401, "not_signed_in"): "unauthenticated",
    (403, "role_required"): "forbidden",
    (403, "scope_required"): "scope",
    (403, "athlete_not_coached"): "uncoached",
    (403, "wrong_side"): "side",
    (403, "scopes_not_granted"): "side",
    (403, "relation_paused_by_other_side"): "side",
    (403, "api_key_not_allowed"): "no_key",
    (403, "api_scope_required"): "key_scope",
    (403, "csrf_token_required"): "csrf",
}
ADMITTED: Final = {"ok", "own"}
OPEN_TO_KEYS: Final = {
    operation["operationId"]
    for methods in document()["paths"].values()
    for operation in methods.values()
    if {"api_key": []} in operation["security"]
}
# An API key's last use is noted, whether it was enough or not.
NOTED_ANYWAY: Final = {"api_keys"}


def wanted(kind: str) -> dict[str, str]:
    """Return what becomes of each operation for a kind of caller."""
    return {
        name: expected(kind, name, ROUTES[name][0], is_open_to_keys=name in OPEN_TO_KEYS)
        for name in OPERATIONS
    }


def outcome(answer: httpx2.Response) -> str:
    """Say in one word of the table what became of a request, as its document declares it."""
    if answer.is_success:
        conforming(answer)
        return "ok"
    code = refused(answer)
    by_status = {404: "absent", 409: "conflict"}
    default = by_status.get(answer.status_code, f"{answer.status_code} {code}")
    return REFUSALS.get((answer.status_code, code), default)


def told(answer: httpx2.Response, caller: Caller) -> list[str]:
    """Return what an answer tells a caller of others, beyond what they sent themselves."""
    sent = f"{answer.request.url} {answer.request.content.decode()}"
    said = f"{answer.headers} {answer.text}"
    return [
        text
        for text in caller.hidden()
        if text not in sent and re.search(rf"\b{re.escape(text)}\b", said)
    ]


@pytest.fixture(scope="module")
def url(worker_name: str) -> str:
    """Return a database in which there is nobody but the callers."""
    return fresh_database(f"callers_{worker_name}")


@pytest.fixture(scope="module")
async def site(url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Serve the product for the callers alone."""
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), durable=False) as redis:
        container = build_container(settings_for(url, redis.start()))
        database = await asyncpg.connect(url)
        async with (
            running(container) as server,
            httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as api,
        ):
            yield Site(api, container, database)
        await database.close()


@pytest.fixture(scope="module")
async def gym(site: Site) -> Gym:
    """Return a gym for those whose coming leaves its relation as it is."""
    return await site.gym()


def test_the_table_has_a_row_for_every_operation_and_a_word_for_every_caller() -> None:
    words = {*ADMITTED, *REFUSALS.values(), "absent", "conflict"}

    assert list(OUTCOMES) == list(OPERATIONS)
    assert set(OUTCOMES) == set(CLOSED)
    assert {name: len(row.split()) for name, row in OUTCOMES.items()} == dict.fromkeys(
        OUTCOMES, len(COLUMNS)
    )
    assert {word for row in OUTCOMES.values() for word in row.split()} <= words
    assert sorted(ORDER) == sorted(OUTCOMES)


@pytest.mark.requirement("IAM-17", "IAM-18", "SEC-02", "SEC-03", "IAM-28", "ARC-19")
@pytest.mark.parametrize("kind", CALLERS)
async def test_whoever_is_refused_changes_nothing_and_learns_nothing(
    kind: str, site: Site, gym: Gym
) -> None:
    own = await site.gym() if kind in {"narrow", "former", "paused"} else gym
    caller = await site.caller(kind, own)
    await site.container.access_log().flush()
    refusals = {name: word for name, word in wanted(kind).items() if word not in ADMITTED}
    ignored = NOTED_ANYWAY if "X-API-Key" in caller.headers else set()
    before = await contents(site.database)
    found: dict[str, str] = {}
    leaks: dict[str, list[str]] = {}

    for name in refusals:
        answer = await ask(site.api, name, caller.gym, caller.headers)
        found[name] = outcome(answer)
        leaks[name] = told(answer, caller)

    await site.container.access_log().flush()
    after = await contents(site.database)
    assert found == refusals
    assert {name: texts for name, texts in leaks.items() if texts} == {}
    assert {name for name in after if after[name] != before[name]} <= ignored


@pytest.mark.requirement("IAM-17", "IAM-18", "SEC-03", "IAM-28", "BEY-15")
@pytest.mark.parametrize("kind", [kind for kind in CALLERS if kind != "anonymous"])
async def test_whoever_is_admitted_gets_in_and_sees_no_more_than_their_own(
    kind: str, site: Site
) -> None:
    admitted = {name: word for name, word in wanted(kind).items() if word in ADMITTED}
    caller = await site.caller(kind, await site.gym())
    found: dict[str, str] = {}
    leaks: dict[str, list[str]] = {}

    for name in (one for one in ORDER if one in admitted):
        if name in SPENDING:
            caller = await site.caller(kind, await site.gym())
        answer = await ask(site.api, name, caller.gym, caller.headers)
        found[name] = outcome(answer)
        leaks[name] = told(answer, caller) if admitted[name] == "own" else []

    assert {name: word for name, word in found.items() if word != "ok"} == {}
    assert {name: texts for name, texts in leaks.items() if texts} == {}


# API keys, by each scope


@pytest.fixture(scope="module")
async def versatile(site: Site) -> Person:
    """Return somebody with every role there is."""
    person = await administrator(People(site.api), site.database)
    for profile in ("/trainers/me", "/athletes/me"):
        assert (await person.post(profile)).status_code in {201, 409}
    return person


async def a_key(person: Person, *scopes: str) -> dict[str, str]:
    """Return the header of a new API key."""
    made = await person.post("/me/api-keys", {"name": "Program", "scopes": list(scopes)})
    assert made.status_code == 201, made.text
    return {"X-API-Key": made.json()["data"]["key"]}


async def codes(site: Site, gym: Gym, names: list[str], headers: dict[str, str]) -> dict[str, Any]:
    """Return the code of each operation's answer, None where there was nothing to object to."""
    found = {}
    for name in names:
        answer = await ask(site.api, name, gym, headers)
        found[name] = None if answer.is_success else refused(answer)
    return found


@pytest.mark.requirement("BEY-15", "IAM-28")
async def test_the_document_lists_api_keys_exactly_where_one_may_come_in(
    site: Site, gym: Gym, versatile: Person
) -> None:
    found = await codes(site, gym, CLOSED, await a_key(versatile, *ApiScope))

    assert {name for name, code in found.items() if code == "api_key_not_allowed"} == (
        set(CLOSED) - OPEN_TO_KEYS
    )
    assert "api_scope_required" not in found.values()


@pytest.mark.requirement("BEY-15")
async def test_each_operation_opens_to_exactly_one_scope(
    site: Site, gym: Gym, versatile: Person
) -> None:
    names = sorted(OPEN_TO_KEYS)
    opening: dict[str, list[str]] = {name: [] for name in names}
    for scope in ApiScope:
        found = await codes(site, gym, names, await a_key(versatile, scope))
        for name in names:
            if found[name] != "api_scope_required":
                opening[name].append(scope)

    assert opening == {name: [scope_by_hand(name)] for name in names}
    assert {scope for scopes in opening.values() for scope in scopes} == set(ApiScope)


def scope_by_hand(name: str) -> str:
    """Return the scope of an operation as its address and method suggest it."""
    alone = {
        "get_me": "account:read",
        "get_job": "account:read",
        "export_me": "account:export",
        "save_one_rep_max": "training:write",
    }
    if name in alone:
        return alone[name]
    method, path = ROUTES[name]
    first = path.removeprefix("/api/v1/").partition("/")[0]
    context = {
        "exercises": "catalogue",
        "set-types": "catalogue",
        "workout-templates": "catalogue",
        "coaching": "coaching",
        "athletes": "coaching",
        "trainers": "coaching",
        "notifications": "notifications",
        "tools": "strength",
        "progression-rules": "programs",
        "training-maxes": "programs",
        "reports": "reporting",
    }.get(first, "training")
    reads = method == "GET" or name in CALCULATORS
    return f"{context}:{'read' if reads else 'write'}"
