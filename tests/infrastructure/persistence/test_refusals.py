"""What the database refuses comes back as a refusal of the product, on both of its roads."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.builders.people import People
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.behaviours.transact import TransactionContended
from workout_domain.identity.errors import EmailTaken, InvalidCredentials, UsernameTaken
from workout_domain.kernel.errors import Invalid
from workout_infrastructure.persistence.database import DatabaseUnavailable, DriverPool
from workout_infrastructure.persistence.failures import (
    AlreadyExists,
    ConstraintViolated,
    translated,
)
from workout_infrastructure.persistence.unit_of_work import UnitOfWorkMissing, current_work
from workout_presentation.composition.container import Container

BOTH_ROADS = pytest.mark.parametrize("appends", [True, False], ids=["driver", "session"])


async def failure_of(container: Container, appends: bool, *statements: Any) -> BaseException | None:
    """Run statements in a unit of work of their own; return what came of them."""
    try:
        async with container.units_of_work().transaction(SYSTEM, appends=appends) as work:
            for sql, *arguments in statements:
                await work.execute(sql, *arguments)
    except Exception as error:  # noqa: BLE001 - the error is the result
        return error
    return None


@BOTH_ROADS
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "a\x00b"),
        ("text", "\ud800"),
        ("int", 2**31),
        ("int", "seven"),
        ("bigint", 2**63),
        ("smallint", 2**15),
        ("numeric(8,3)", Decimal(123456)),
        ("numeric", "abc"),
        ("varchar(3)", "abcd"),
        ("uuid", "no id"),
        ("jsonb", '{"a": "\\u0000"}'),
        ("jsonb", "NaN"),
        ("bytea", "text"),
        ("timestamptz", "today"),
    ],
)
async def test_a_value_that_cannot_be_stored_is_invalid(
    container: Container, appends: bool, kind: str, value: Any
) -> None:
    table = f"unstorable_{kind.partition('(')[0]}"
    make = (f"CREATE TEMP TABLE {table} (v {kind}) ON COMMIT DROP",)
    insert = (f"INSERT INTO {table} VALUES ($1)", value)

    error = await failure_of(container, appends, make, insert)

    assert type(error) is Invalid


A_USER = """
INSERT INTO users (id, revision, created_at, updated_at, username, email, first_name, last_name,
    gender, preferred_unit, time_zone, email_confirmed, two_factor_enabled)
VALUES ($1::uuid, 1, now(), now(), $2::text, $3::text, 'a', 'b', 0, $4::text, 'UTC', false, false)
"""


def a_row(username: str, email: str, unit: str = "kilograms") -> tuple[Any, ...]:
    """Return the statement that writes an account."""
    return A_USER, uuid4(), username, email, unit


@BOTH_ROADS
async def test_a_known_constraint_comes_back_as_its_own_refusal(
    container: Container, people: People, appends: bool
) -> None:
    user = (await people.athlete()).user

    name = await failure_of(container, appends, a_row(user["username"].upper(), "x@y.at"))
    address = await failure_of(container, appends, a_row("somebody_else", user["email"].title()))

    assert type(name) is UsernameTaken
    assert type(address) is EmailTaken


@BOTH_ROADS
async def test_any_other_duplicate_exists_already(container: Container, appends: bool) -> None:
    make = ("CREATE TEMP TABLE t (v int CONSTRAINT one_of_each UNIQUE) ON COMMIT DROP",)

    error = await failure_of(container, appends, make, ("INSERT INTO t VALUES (1), (1)",))

    assert isinstance(error, AlreadyExists)
    assert error.facts == {}  # an index is nobody's business outside


@BOTH_ROADS
async def test_a_check_refuses_what_no_rule_refused(container: Container, appends: bool) -> None:
    short = await failure_of(container, appends, a_row("ab", "ab@c.at"))
    unit = await failure_of(container, appends, a_row("somebody", "s@c.at", "stone"))

    assert type(short) is type(unit) is ConstraintViolated


@BOTH_ROADS
async def test_a_missing_value_and_a_missing_owner_are_refused_too(
    container: Container, appends: bool
) -> None:
    missing = await failure_of(container, appends, ("INSERT INTO user_roles (role) VALUES ('x')",))
    orphan = await failure_of(
        container, appends, ("INSERT INTO user_roles VALUES ($1::uuid, 'admin')", uuid4())
    )

    assert type(missing) is type(orphan) is ConstraintViolated


@BOTH_ROADS
@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_contention_asks_for_another_try(
    container: Container, appends: bool, state: str
) -> None:
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"

    assert type(await failure_of(container, appends, (raising,))) is TransactionContended


@BOTH_ROADS
async def test_a_lost_connection_is_unavailability_and_the_next_one_is_good(
    container: Container, appends: bool
) -> None:
    cut = ("SELECT pg_terminate_backend(pg_backend_pid())",)

    lost = await failure_of(container, appends, cut)
    after = await failure_of(container, appends, ("SELECT 1",))

    assert type(lost) is DatabaseUnavailable
    assert after is None


@BOTH_ROADS
async def test_a_connection_lost_before_the_commit_is_unavailability(
    container: Container, database: Any, appends: bool
) -> None:
    error: BaseException | None = None
    try:
        async with container.units_of_work().transaction(SYSTEM, appends=appends) as work:
            row = await work.fetchrow("SELECT pg_backend_pid() AS id")
            # The second argument waits, in milliseconds, until it has really ended.
            await database.fetchval("SELECT pg_terminate_backend($1, 5000)", row["id"])
    except Exception as raised:  # noqa: BLE001 - the error is the result
        error = raised

    assert type(error) is DatabaseUnavailable


@BOTH_ROADS
async def test_a_refusal_that_cannot_keep_its_changes_is_unavailability(
    container: Container, database: Any, appends: bool
) -> None:
    error: BaseException | None = None
    try:
        async with container.units_of_work().transaction(SYSTEM, appends=appends) as work:
            row = await work.fetchrow("SELECT pg_backend_pid() AS id")
            await database.fetchval("SELECT pg_terminate_backend($1, 5000)", row["id"])
            raise InvalidCredentials("Wrong.")  # noqa: TRY301 - as a handler does
    except Exception as raised:  # noqa: BLE001 - the error is the result
        error = raised

    assert type(error) is DatabaseUnavailable


async def test_a_database_that_is_away_is_unavailability() -> None:
    pool = DriverPool("postgresql://nobody@127.0.0.1:1/nothing", size=2)

    with pytest.raises(DatabaseUnavailable):
        await pool.fetchrow("SELECT 1")


async def test_two_writers_of_one_account_follow_one_another(
    container: Container, people: People
) -> None:
    user_id = UUID((await people.athlete()).user["id"])
    users, units = container.identity.users(), container.units_of_work()

    async def grant(role: str) -> None:
        async with units.transaction(SYSTEM, appends=False):
            (await users.get(user_id)).grant(role, at=datetime.now(UTC))

    await asyncio.gather(grant("trainer"), grant("admin"))

    async with units.transaction(SYSTEM, appends=False):
        assert (await users.get(user_id)).roles == {"athlete", "trainer", "admin"}


async def test_a_bug_comes_back_as_it_is(container: Container) -> None:
    wrong = await failure_of(container, True, ("SELECT no_such_column",))

    assert "no_such_column" in str(wrong)
    assert translated(ZeroDivisionError()).__class__ is ZeroDivisionError


async def test_what_failed_left_nothing_behind(container: Container, database: Any) -> None:
    name = f"user{uuid4().hex[:12]}"

    await failure_of(container, False, a_row(name, f"{name}@c.at"), ("SELECT 1 / 0",))

    assert await database.fetchval("SELECT count(*) FROM users WHERE username = $1", name) == 0


async def test_a_repository_outside_a_command_is_a_bug() -> None:
    with pytest.raises(UnitOfWorkMissing):
        current_work()


async def test_deleted_aggregates_are_hidden_from_every_query(
    container: Container, people: People, database: Any
) -> None:
    from workout_domain.identity.user import User

    user_id = UUID((await people.athlete()).user["id"])
    await database.execute("UPDATE users SET deleted_at = now() WHERE id = $1", user_id)
    async with container.sessions()() as session:
        found = await session.get(User, user_id)
        kept = await session.scalar(text(f"SELECT count(*) FROM users WHERE id = '{user_id}'"))

    assert found is None
    assert kept == 1
