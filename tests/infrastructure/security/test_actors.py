"""What a caller may do counts at once in this process and within a second in all others."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from workout_application.messaging.actor import Actor, Role
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.security.actors import RememberingActorDirectory
from workout_infrastructure.security.codes import RandomApiKeys
from workout_infrastructure.security.tokens import JoseTokens
from workout_presentation.composition.container import Container

SECOND = timedelta(seconds=1)


@pytest.fixture
async def elsewhere(
    database_url: str, clock: AdjustableClock
) -> AsyncIterator[RememberingActorDirectory]:
    """Return the directory of another process on the same database."""
    pool = DriverPool(database_url, size=2)
    yield RememberingActorDirectory(pool, RandomApiKeys(), clock)
    await pool.close()


@pytest.fixture
def tokens(container: Container) -> JoseTokens:
    """Return what reads the tokens of the server."""
    found: JoseTokens = container.tokens()
    return found


def login_of(person: Person, tokens: JoseTokens) -> tuple[UUID, UUID]:
    """Return user and login session of somebody."""
    claims = tokens.verify(person.tokens["access_token"])
    return claims.user_id, claims.login_session_id


async def known(directory: RememberingActorDirectory, login: tuple[UUID, UUID]) -> Actor:
    """Look somebody up who must be there."""
    actor = await directory.find(*login)
    assert actor is not None
    return actor


@pytest.mark.requirement("IAM-31")
async def test_the_directory_tells_roles_and_profiles_of_the_user(
    people: People, tokens: JoseTokens, elsewhere: RememberingActorDirectory
) -> None:
    person = await people.register("both", preferred_unit="pounds", time_zone="Europe/Vienna")

    actor = await known(elsewhere, login_of(person, tokens))

    assert actor.roles == {Role.TRAINER, Role.ATHLETE}
    assert str(actor.trainer_id) == person.trainer_id
    assert str(actor.athlete_id) == person.athlete_id
    assert (actor.preferred_unit, actor.time_zone) == ("pounds", "Europe/Vienna")


async def test_a_new_role_counts_within_a_second_in_another_process(
    people: People,
    tokens: JoseTokens,
    elsewhere: RememberingActorDirectory,
    clock: AdjustableClock,
) -> None:
    person = await people.athlete()
    login = login_of(person, tokens)
    before = await known(elsewhere, login)
    await person.post("/trainers/me")
    clock.advance(SECOND)

    after = await known(elsewhere, login)

    assert before.roles == {Role.ATHLETE}
    assert after.roles == {Role.ATHLETE, Role.TRAINER}


@pytest.mark.requirement("IAM-08")
async def test_a_revoked_session_is_over_within_a_second_in_another_process(
    people: People,
    tokens: JoseTokens,
    elsewhere: RememberingActorDirectory,
    clock: AdjustableClock,
) -> None:
    person = await people.athlete()
    login = login_of(person, tokens)
    await known(elsewhere, login)
    await person.post("/auth/logout", {"refresh_token": person.tokens["refresh_token"]})
    clock.advance(SECOND)

    assert await elsewhere.find(*login) is None
    assert await elsewhere.ended([login[1]]) == {login[1]}


async def test_in_the_process_that_changed_it_a_new_role_counts_at_once(
    people: People, tokens: JoseTokens, container: Container
) -> None:
    person = await people.athlete()
    login = login_of(person, tokens)
    await known(container.actors(), login)
    await person.post("/trainers/me")

    actor = await known(container.actors(), login)

    assert Role.TRAINER in actor.roles


async def test_in_the_process_that_ended_it_a_session_is_over_at_once(
    people: People, tokens: JoseTokens, container: Container
) -> None:
    person = await people.athlete()
    login = login_of(person, tokens)
    await known(container.actors(), login)
    await person.post("/auth/logout", {"refresh_token": person.tokens["refresh_token"]})

    assert await container.actors().find(*login) is None


async def test_somebody_else_s_session_is_nobody_s(
    people: People, tokens: JoseTokens, elsewhere: RememberingActorDirectory
) -> None:
    ana, ben = await people.athlete(), await people.athlete()
    user_id, _ = login_of(ana, tokens)
    _, session_id = login_of(ben, tokens)
    await known(elsewhere, login_of(ben, tokens))

    assert await elsewhere.find(user_id, session_id) is None
    assert await elsewhere.find(uuid4(), session_id) is None
    assert await elsewhere.find(user_id, uuid4()) is None


class InterruptedPool(DriverPool):
    """Lets a test act between an answer of the database and its use."""

    interruption: Any = None

    async def fetchrow(self, sql: str, *arguments: object) -> Any:
        """Ask, then let the test act."""
        row = await super().fetchrow(sql, *arguments)
        if self.interruption is not None:
            await self.interruption()
        return row


async def test_an_answer_from_before_a_change_is_not_remembered_after_it(
    database_url: str, people: People, tokens: JoseTokens, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    pool = InterruptedPool(database_url, size=2)
    directory = RememberingActorDirectory(pool, RandomApiKeys(), clock)

    async def log_out() -> None:
        pool.interruption = None
        await person.post("/auth/logout", {"refresh_token": person.tokens["refresh_token"]})
        directory.forget()

    pool.interruption = log_out
    during = await directory.find(*login_of(person, tokens))
    after = await directory.find(*login_of(person, tokens))
    await pool.close()

    assert during is not None
    assert after is None


async def test_a_clock_set_back_does_not_keep_an_ended_session_alive(
    people: People,
    tokens: JoseTokens,
    elsewhere: RememberingActorDirectory,
    clock: AdjustableClock,
) -> None:
    person = await people.athlete()
    login = login_of(person, tokens)
    clock.advance(timedelta(minutes=30))
    await known(elsewhere, login)
    clock.reset()
    await person.post("/auth/logout", {"refresh_token": person.tokens["refresh_token"]})

    assert await elsewhere.find(*login) is None
