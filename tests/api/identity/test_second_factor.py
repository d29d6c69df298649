"""A second factor: enrolled, needed, used once, lost and given up."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import httpx2
import pyotp
import pytest

from tests.api.contract import conforming
from tests.builders.people import PASSWORD, People, Person
from tests.fakes.clock import AdjustableClock

Api = httpx2.AsyncClient
STEP = timedelta(seconds=30)


class Protected:
    """Somebody with a second factor, and their authenticator app."""

    def __init__(self, person: Person, clock: AdjustableClock, secret: str) -> None:
        self.person, self._clock = person, clock
        self._totp = pyotp.TOTP(secret)
        self.recovery_codes: list[str] = []

    def code(self) -> str:
        """Show what the app shows now."""
        return self._totp.at(self._clock.now())

    def next_code(self) -> str:
        """Wait until the app shows another code."""
        self._clock.advance(STEP)
        return self.code()

    async def challenge(self, api: Api) -> str:
        """Give the password; returns the challenge."""
        answer = await log_in(api, self.person)
        assert answer.json()["code"] == "second_factor_required", answer.text
        return str(answer.json()["challenge_token"])


async def log_in(api: Api, person: Person) -> httpx2.Response:
    """Give name and password."""
    body = {"username": person.user["username"], "password": PASSWORD}
    return await api.post("/auth/login", json=body)


async def verify(api: Api, challenge: str, code: str) -> httpx2.Response:
    """Answer a challenge."""
    body = {"challenge_token": challenge, "code": code}
    return await api.post("/auth/second-factor/verify", json=body)


async def protected(people: People, clock: AdjustableClock) -> Protected:
    """Register somebody and turn a second factor on."""
    person = await people.athlete()
    enrolled = await person.post("/auth/second-factor/enroll")
    conforming(enrolled)
    protected = Protected(person, clock, enrolled.json()["data"]["secret"])
    confirmed = await person.post("/auth/second-factor/confirm", {"code": protected.code()})
    conforming(confirmed)
    protected.recovery_codes = confirmed.json()["data"]["recovery_codes"]
    return protected


@pytest.mark.requirement("IAM-10", "IAM-09")
async def test_with_a_second_factor_the_password_alone_leads_to_a_challenge(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)

    answer = await log_in(api, one.person)
    conforming(answer)
    verified = await verify(api, answer.json()["challenge_token"], one.next_code())
    conforming(verified)

    assert answer.status_code == 401
    assert "access_token" not in answer.text
    assert verified.status_code == 200
    assert verified.json()["data"]["access_token"]
    assert (await one.person.get("/me")).json()["data"]["two_factor_enabled"] is True


@pytest.mark.requirement("IAM-10")
async def test_enrolling_shows_a_secret_an_address_and_a_picture(people: People) -> None:
    person = await people.athlete()

    answer = await person.post("/auth/second-factor/enroll")

    enrolled = answer.json()["data"]
    assert set(enrolled) == {"secret", "otpauth_uri", "qr_svg"}
    assert enrolled["otpauth_uri"].startswith("otpauth://totp/workout:")
    assert enrolled["secret"] in enrolled["otpauth_uri"]
    assert enrolled["qr_svg"].startswith("<svg")
    assert (await person.get("/me")).json()["data"]["two_factor_enabled"] is False


async def test_what_was_enrolled_and_never_confirmed_is_not_needed(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    await person.post("/auth/second-factor/enroll")
    wrong = await person.post("/auth/second-factor/confirm", {"code": "000000"})

    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_second_factor_code")
    assert (await log_in(api, person)).status_code == 200


async def test_a_code_passes_once_also_where_it_is_sent_twenty_times_at_once(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    challenges = [await one.challenge(api) for _ in range(4)]
    code = one.next_code()

    answers = await asyncio.gather(*(verify(api, challenge, code) for challenge in challenges))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 401, 401, 401]


async def test_a_code_shown_before_the_last_one_used_does_not_pass(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    older = one.next_code()
    newer = one.next_code()

    first = await verify(api, await one.challenge(api), newer)
    second = await verify(api, await one.challenge(api), older)
    third = await verify(api, await one.challenge(api), newer)

    assert [first.status_code, second.status_code, third.status_code] == [200, 401, 401]


@pytest.mark.requirement("IAM-10")
async def test_each_recovery_code_passes_once_also_in_a_race(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    code = one.recovery_codes[3]
    challenges = [await one.challenge(api) for _ in range(4)]

    answers = await asyncio.gather(*(verify(api, challenge, code) for challenge in challenges))
    other = await verify(api, await one.challenge(api), one.recovery_codes[4].upper())
    again = await verify(api, await one.challenge(api), code)

    assert len(set(one.recovery_codes)) == 10
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert other.status_code == 200
    assert again.json()["code"] == "invalid_second_factor_code"


async def test_a_challenge_is_good_for_nothing_else(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    challenge = await one.challenge(api)

    as_access = await api.get("/me", headers={"Authorization": f"Bearer {challenge}"})
    as_refresh = await api.post("/auth/refresh", json={"refresh_token": challenge})
    as_key = await api.get("/me", headers={"X-API-Key": challenge})

    assert [as_access.status_code, as_refresh.status_code, as_key.status_code] == [401, 401, 401]


async def test_a_challenge_is_used_once_expires_and_takes_five_tries(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    used = await one.challenge(api)
    assert (await verify(api, used, one.next_code())).status_code == 200
    late = await one.challenge(api)
    clock.advance(timedelta(minutes=5, seconds=1))
    tried = await one.challenge(api)
    tries = [(await verify(api, tried, "000000")).json()["code"] for _ in range(4)]

    assert (await verify(api, used, one.next_code())).json()["code"] == "invalid_challenge"
    assert (await verify(api, late, one.next_code())).json()["code"] == "invalid_challenge"
    assert tries == ["invalid_second_factor_code"] * 4
    assert (await verify(api, "no such challenge", "000000")).status_code == 401


@pytest.mark.requirement("IAM-24")
async def test_wrong_codes_lock_like_wrong_passwords(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    challenge = await one.challenge(api)
    spare = await one.challenge(api)
    for _ in range(5):
        await verify(api, challenge, "000000")

    locked = await verify(api, spare, one.next_code())

    assert (locked.status_code, locked.json()["code"]) == (403, "locked")


@pytest.mark.requirement("IAM-10", "IAM-09")
@pytest.mark.parametrize("proof", ["code", "recovery_code", "password"])
async def test_it_is_given_up_by_proving_once_more_who_one_is(
    proof: str, api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)
    body = {
        "code": lambda: {"code": one.next_code()},
        "recovery_code": lambda: {"code": one.recovery_codes[0]},
        "password": lambda: {"password": PASSWORD},
    }[proof]()

    nothing = await one.person.post("/auth/second-factor/disable", {})
    wrong = await one.person.post("/auth/second-factor/disable", {"password": "wrong guess"})
    answer = await one.person.post("/auth/second-factor/disable", body)

    assert (nothing.status_code, wrong.status_code) == (400, 400)
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["two_factor_enabled"] is False
    assert (await log_in(api, one.person)).status_code == 200
    again = await one.person.post("/auth/second-factor/disable", body)
    assert again.json()["code"] == "second_factor_missing"


async def test_enrolling_twice_needs_disabling_first(
    people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)

    answer = await one.person.post("/auth/second-factor/enroll")

    assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_enabled")


async def test_new_recovery_codes_replace_the_old(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    one = await protected(people, clock)

    body = {"code": one.next_code()}
    answer = await one.person.post("/auth/second-factor/recovery-codes", body)
    fresh = answer.json()["data"]["recovery_codes"]

    assert answer.status_code == 200
    assert not set(fresh) & set(one.recovery_codes)
    old = await verify(api, await one.challenge(api), one.recovery_codes[0])
    new = await verify(api, await one.challenge(api), fresh[0])
    assert [old.status_code, new.status_code] == [401, 200]


@pytest.mark.requirement("SEC-04")
async def test_neither_secret_nor_codes_are_anywhere_in_the_database(
    people: People, clock: AdjustableClock, database: Any
) -> None:
    one = await protected(people, clock)

    for table in ("second_factors", "recovery_codes", "one_time_tokens", "outbox_messages"):
        texts = await database.fetchval(f"SELECT string_agg(t::text, ' ') FROM {table} t")
        assert one._totp.secret not in texts
        assert not [code for code in one.recovery_codes if code.replace("-", "") in texts]


async def test_turning_it_on_needs_a_sign_in_of_today(
    people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    clock.advance(timedelta(minutes=59, seconds=50))
    started = time.monotonic()
    in_time = await person.post("/auth/second-factor/enroll")
    assert time.monotonic() - started < 9
    person.tokens = (await person.post("/auth/refresh", person.tokens_to_refresh())).json()["data"]
    clock.advance(timedelta(seconds=20))

    late = await person.post("/auth/second-factor/enroll")

    assert in_time.status_code == 200
    assert (late.status_code, late.json()["code"]) == (403, "recent_sign_in_required")


@pytest.mark.requirement("IAM-10", "IAM-30")
async def test_a_challenge_does_not_outlive_the_password_it_was_given_for(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    owner = await protected(people, clock)
    challenge = await owner.challenge(api)
    body = {"current_password": PASSWORD, "new_password": "another horse battery staple"}
    assert (await owner.person.put("/me/password", body)).status_code == 200

    answer = await verify(api, challenge, owner.next_code())

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_challenge")
