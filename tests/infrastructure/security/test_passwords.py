"""Passwords are hashed by Argon2id, beside the event loop, behind a bounded queue."""

import asyncio

import pytest
from passlib.hash import argon2

from workout_domain.identity.errors import TooManyAttempts
from workout_infrastructure.security.passwords import LONGEST_QUEUE, Argon2PasswordHasher

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def hasher() -> Argon2PasswordHasher:
    """Return the real one."""
    return Argon2PasswordHasher()


@pytest.mark.requirement("IAM-08", "SEC-04")
async def test_a_hash_is_argon2id_with_salt_and_today_s_cost(hasher: Argon2PasswordHasher) -> None:
    one, other = await asyncio.gather(hasher.hash(PASSWORD), hasher.hash(PASSWORD))

    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert PASSWORD not in one


async def test_without_a_hash_not_even_the_decoy_s_password_passes(
    hasher: Argon2PasswordHasher,
) -> None:
    assert not await hasher.verify("nobody has this password", None)


@pytest.mark.parametrize("password", ["", "ä" * 1024, "💪" * 1024, "a\tb", "p\u00e4ss"])
async def test_any_password_a_body_can_hold_can_be_hashed(
    hasher: Argon2PasswordHasher, password: str
) -> None:
    assert await hasher.verify(password, await hasher.hash(password))


async def test_a_hash_of_weaker_settings_is_outdated(hasher: Argon2PasswordHasher) -> None:
    weak = argon2.using(type="ID", memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)

    assert hasher.is_outdated(weak)
    assert await hasher.verify(PASSWORD, weak)


async def test_beyond_the_queue_callers_are_refused_at_once(hasher: Argon2PasswordHasher) -> None:
    asked = [hasher.verify(PASSWORD, None) for _ in range(LONGEST_QUEUE + 3)]

    answers = await asyncio.gather(*asked, return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, TooManyAttempts)]
    assert len(refused) == 3
    assert refused[0].retry_after_seconds >= 1


async def test_the_queue_empties_again(hasher: Argon2PasswordHasher) -> None:
    crowd = [hasher.hash(PASSWORD) for _ in range(LONGEST_QUEUE + 1)]
    await asyncio.gather(*crowd, return_exceptions=True)

    assert await hasher.hash(PASSWORD)


async def test_callers_who_give_up_leave_the_queue(hasher: Argon2PasswordHasher) -> None:
    crowd = [asyncio.ensure_future(hasher.hash(PASSWORD)) for _ in range(LONGEST_QUEUE)]
    await asyncio.sleep(0)
    for one in crowd:
        one.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)

    assert await hasher.hash(PASSWORD)


async def test_the_event_loop_goes_on_while_passwords_are_hashed(
    hasher: Argon2PasswordHasher,
) -> None:
    hashing = asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(4)))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 50
