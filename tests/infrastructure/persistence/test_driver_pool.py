"""The pool of bare connections: never more than its size, never a broken or half-used one."""

import asyncio

import asyncpg
import pytest

from workout_infrastructure.persistence.database import DatabaseUnavailable, DriverPool


async def test_many_callers_share_few_connections(database_url: str) -> None:
    pool = DriverPool(database_url, size=3)
    most = 0

    async def ask(number: int) -> int:
        nonlocal most
        row = await pool.fetchrow("SELECT $1::int AS n, pg_sleep(0.001)", number)
        most = max(most, pool.in_use())
        return int(row["n"])

    answers = await asyncio.gather(*(ask(number) for number in range(60)))

    assert answers == list(range(60))
    assert most == 3
    assert pool.in_use() == 0
    await pool.close()


async def test_a_caller_is_refused_when_no_connection_comes_free(database_url: str) -> None:
    pool = DriverPool(database_url, size=1, acquire_seconds=0.05)
    held = await pool.acquire()

    with pytest.raises(DatabaseUnavailable):
        await pool.fetchrow("SELECT 1")

    pool.release(held)
    assert (await pool.fetchrow("SELECT 1 AS n"))["n"] == 1
    await pool.close()


async def test_a_connection_left_inside_a_transaction_is_thrown_away(database_url: str) -> None:
    pool = DriverPool(database_url, size=1)
    first = await pool.acquire()
    await first.execute("BEGIN")

    pool.release(first)

    second = await pool.acquire()
    assert second is not first
    assert not second.is_in_transaction()
    pool.release(second)
    await pool.close()


async def test_a_connection_the_server_ended_is_replaced(database_url: str) -> None:
    pool = DriverPool(database_url, size=1)
    broken = await pool.acquire()
    pid = broken.get_server_pid()
    pool.release(broken)
    other = await asyncpg.connect(database_url)
    await other.execute("SELECT pg_terminate_backend($1)", pid)
    async with asyncio.timeout(5):
        while not broken.is_closed():
            await other.execute("SELECT 1")

    assert (await pool.fetchrow("SELECT 1 AS n"))["n"] == 1
    await other.close()
    await pool.close()


async def test_a_cancelled_query_leaves_the_pool_usable(database_url: str) -> None:
    pool = DriverPool(database_url, size=1)
    slow = asyncio.create_task(pool.fetchrow("SELECT pg_sleep(30)"))
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slow, 0.1)

    async with asyncio.timeout(5):
        row = await pool.fetchrow("SELECT 1 AS n")

    assert row["n"] == 1
    assert pool.in_use() == 0
    await pool.close()


async def test_a_caller_that_gives_up_waiting_takes_no_place(database_url: str) -> None:
    pool = DriverPool(database_url, size=1)
    held = await pool.acquire()
    waiting = asyncio.create_task(pool.acquire())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    pool.release(held)

    assert pool.in_use() == 0
    assert (await pool.fetchrow("SELECT 1 AS n"))["n"] == 1
    await pool.close()
