"""What the fake hasher and Argon2 both promise."""

import pytest

from tests.fakes.passwords import ReversingPasswordHasher
from workout_application.identity.ports import PasswordHasher
from workout_infrastructure.security.passwords import Argon2PasswordHasher

PASSWORD = "correct horse battery staple"


@pytest.fixture(params=[ReversingPasswordHasher, Argon2PasswordHasher])
def hasher(request: pytest.FixtureRequest) -> PasswordHasher:
    """Return one of the two."""
    made: PasswordHasher = request.param()
    return made


async def test_the_right_password_matches(hasher: PasswordHasher) -> None:
    assert await hasher.verify(PASSWORD, await hasher.hash(PASSWORD))


@pytest.mark.parametrize("wrong", ["", "Correct horse battery staple", PASSWORD + " ", "\x00"])
async def test_another_password_does_not_match(hasher: PasswordHasher, wrong: str) -> None:
    assert not await hasher.verify(wrong, await hasher.hash(PASSWORD))


async def test_nothing_matches_where_there_is_no_hash(hasher: PasswordHasher) -> None:
    assert not await hasher.verify("nobody has this password", None)


async def test_a_hash_does_not_show_the_password(hasher: PasswordHasher) -> None:
    assert PASSWORD not in await hasher.hash(PASSWORD)


async def test_a_fresh_hash_is_up_to_date(hasher: PasswordHasher) -> None:
    assert not hasher.is_outdated(await hasher.hash(PASSWORD))


async def test_with_a_place_in_the_queue_a_password_is_checked_the_same(
    hasher: PasswordHasher,
) -> None:
    made = await hasher.hash(PASSWORD)

    with hasher.turn():
        right = await hasher.verify_in_turn(PASSWORD, made)
        wrong = await hasher.verify_in_turn(PASSWORD + " ", made)

    assert (right, wrong) == (True, False)
