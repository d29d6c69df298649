"""Signing in with an identity token of an external issuer."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from jose import jws

from tests.api.contract import conforming
from tests.builders.issuer import (
    CLIENT_ID,
    DISCOVERY,
    KEYS,
    Issuer,
    SigningKey,
    hmac_signed,
    issuing,
    unsigned,
)
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import running, settings_for
from tests.fakes.clock import AdjustableClock
from workout_presentation.composition.container import build_container

PATH = "/auth/oidc/exchange"


@dataclass
class Site:
    """A product that trusts an issuer, and the issuer."""

    api: httpx2.AsyncClient
    issuer: Issuer

    async def exchange(self, token: str) -> httpx2.Response:
        """Ask for our tokens; every answer is as declared."""
        answer = await self.api.post(PATH, json={"id_token": token})
        conforming(answer)
        return answer

    async def sign_in(self, **claims: Any) -> Person:
        """Sign in with a good token that says this."""
        answer = await self.exchange(self.issuer.sign(self.issuer.claims(**claims)))
        assert answer.status_code == 200, answer.text
        tokens = answer.json()["data"]
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        me = await self.api.get("/me", headers=headers)
        return Person(self.api, me.json()["data"], tokens)

    async def refused(self, token: str) -> tuple[int, str]:
        """Fail to sign in; return status and code."""
        answer = await self.exchange(token)
        return answer.status_code, answer.json()["code"]


@asynccontextmanager
async def a_site(database_url: str, redis_url: str, clock: AdjustableClock) -> AsyncIterator[Site]:
    """Serve a product that trusts an issuer and wants confirmed addresses."""
    async with issuing() as issuer:
        settings = settings_for(
            database_url,
            redis_url,
            require_confirmed_email=True,
            oidc_issuer=issuer.url,
            oidc_client_id=CLIENT_ID,
            oidc_name="Gym Club",
        )
        container = build_container(settings)
        container.clock.override(clock)
        async with (
            running(container) as server,
            httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as api,
        ):
            yield Site(api, issuer)


@pytest.fixture
async def site(database_url: str, redis_url: str, clock: AdjustableClock) -> AsyncIterator[Site]:
    """Return a site whose issuer a test may change."""
    async with a_site(database_url, redis_url, clock) as fresh:
        yield fresh


@pytest.fixture(scope="module")
async def steady(database_url: str, redis_url: str, clock: AdjustableClock) -> AsyncIterator[Site]:
    """Return a site whose issuer stays as it is."""
    async with a_site(database_url, redis_url, clock) as shared:
        yield shared


async def confirm(database: Any, email: str) -> None:
    """Note that an address was confirmed."""
    await database.execute("UPDATE users SET email_confirmed = true WHERE email = $1", email)


@pytest.mark.requirement("IAM-25")
@pytest.mark.parametrize("number", [0, 1])
async def test_somebody_new_gets_an_account_and_our_tokens(steady: Site, number: int) -> None:
    claims = steady.issuer.claims()
    answer = await steady.exchange(steady.issuer.sign(claims, steady.issuer.keys[number]))

    assert answer.status_code == 200
    tokens = answer.json()["data"]
    me = (
        await steady.api.get("/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    ).json()["data"]
    assert tokens["expires_in"] == 3600
    assert (me["email"], me["email_confirmed"]) == (claims["email"], True)
    assert me["username"] == claims["preferred_username"]
    assert (me["first_name"], me["last_name"]) == ("Ána", "Łęcka")
    assert me["roles"] == ["athlete"]
    assert me["athlete_id"] is not None
    refreshed = await steady.api.post(
        "/auth/refresh", json={"refresh_token": tokens["refresh_token"]}
    )
    assert refreshed.status_code == 200


@pytest.mark.requirement("IAM-22", "IAM-27")
async def test_an_external_sign_in_is_in_the_history_and_told(steady: Site, database: Any) -> None:
    tokens = (await steady.exchange(steady.issuer.sign(steady.issuer.claims()))).json()["data"]
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}

    [entry] = (await steady.api.get("/me/login-history", headers=headers)).json()["data"]
    told = await database.fetchval(
        "SELECT payload::jsonb->>'method' FROM outbox_messages"
        " WHERE kind = 'auth.user.logged_in' AND aggregate_id = $1::uuid",
        entry["user_id"],
    )

    assert (entry["method"], entry["is_successful"], told) == ("oidc", True, "oidc")


@pytest.mark.requirement("IAM-25")
async def test_the_same_person_comes_back_to_the_same_account_whatever_else_changed(
    steady: Site, database: Any
) -> None:
    subject = uuid4().hex
    first = await steady.sign_in(sub=subject)

    again = await steady.sign_in(sub=subject, email=None, preferred_username="other")

    assert again.user["id"] == first.user["id"]
    assert again.user["username"] == first.user["username"]
    rows = await database.fetch(
        "SELECT kind, payload->>'method' AS method FROM outbox_messages "
        "WHERE payload->>'user_id' = $1 ORDER BY id",
        first.user["id"],
    )
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["auth.user.logged_in"] == 2
    assert kinds["user.external_identity.linked"] == kinds["user.registered"] == 1
    assert {row["method"] for row in rows if row["method"]} == {"oidc"}


@pytest.mark.requirement("IAM-25")
async def test_a_confirmed_account_is_linked_by_its_address(
    steady: Site, people: People, database: Any
) -> None:
    person = await people.trainer()
    await confirm(database, person.user["email"])

    linked = await steady.sign_in(email=person.user["email"].upper(), sub="mine-" + uuid4().hex)

    assert linked.user["id"] == person.user["id"]
    assert linked.user["roles"] == ["trainer"]
    with_password = {"username": person.user["username"], "password": PASSWORD}
    assert (await steady.api.post("/auth/login", json=with_password)).status_code == 200
    audited = await database.fetchval(
        "SELECT details->>'issuer' FROM audit_log WHERE subject_id = $1::uuid AND action = $2",
        person.user["id"],
        "user.external_identity.linked",
    )
    assert audited == steady.issuer.url


@pytest.mark.requirement("IAM-25")
async def test_an_unconfirmed_account_is_not_taken_over(
    steady: Site, people: People, database: Any
) -> None:
    person = await people.athlete()

    token = steady.issuer.sign(steady.issuer.claims(email=person.user["email"]))

    assert await steady.refused(token) == (409, "email_taken")
    await confirm(database, person.user["email"])
    assert (await steady.exchange(token)).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email": None},
        {"email": "nobody"},
        {"email": ["a@example.com"]},
    ],
)
async def test_without_a_verified_address_no_account_is_opened_or_linked(
    steady: Site, people: People, database: Any, claims: dict[str, Any]
) -> None:
    person = await people.athlete()
    await confirm(database, person.user["email"])
    said = {"email": person.user["email"], **claims}

    token = steady.issuer.sign(steady.issuer.claims(**said))

    assert await steady.refused(token) == (403, "email_not_verified")


@pytest.mark.requirement("IAM-25")
async def test_ten_first_sign_ins_at_once_open_one_account(steady: Site, database: Any) -> None:
    claims = steady.issuer.claims()

    answers = await asyncio.gather(
        *(steady.exchange(steady.issuer.sign({**claims, "jti": str(n)})) for n in range(10))
    )

    assert [answer.status_code for answer in answers] == [200] * 10
    count = "SELECT count(*) FROM users WHERE email = $1"
    assert await database.fetchval(count, claims["email"]) == 1


async def test_namesakes_get_names_of_their_own(steady: Site, people: People) -> None:
    person = await people.athlete()
    name = person.user["username"]

    newcomers = await asyncio.gather(
        *(steady.sign_in(preferred_username=name.upper()) for _ in range(4))
    )
    names = {one.user["username"] for one in newcomers}

    assert names == {name.upper() + ending for ending in ("2", "3", "4", "5")}


async def test_when_all_nice_names_are_taken_there_is_still_one(steady: Site) -> None:
    name = f"n{uuid4().hex}"
    people = [await steady.sign_in(preferred_username=name) for _ in range(11)]

    names = [one.user["username"] for one in people]
    assert len(set(names)) == 11
    assert all(one.startswith(name) for one in names)


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ({"preferred_username": "Zoë Müller!"}, ("Zoe.Muller", "Ána", "Łęcka")),
        ({"preferred_username": "ab", "email": "jo.{}@example.com"}, ("jo.", "Ána", "Łęcka")),
        ({"preferred_username": "名前", "email": "名.{}x@example.com"}, ("", "Ána", "Łęcka")),
        ({"preferred_username": ["x"], "email": "kim.{}@example.com"}, ("kim.", "Ána", "Łęcka")),
        ({"preferred_username": "p" * 300}, ("p" * 48, "Ána", "Łęcka")),
        # What names of deleted accounts begin with is nobody's to have.
        (
            {"preferred_username": "deleted-1", "email": "lee.{}@example.com"},
            ("lee.", "Ána", "Łęcka"),
        ),
        ({"given_name": "", "family_name": None, "name": "Jo van Dam"}, ("", "Jo", "van Dam")),
        ({"given_name": " \u200b", "family_name": "f" * 300}, ("", None, "f" * 100)),
        ({"given_name": {"a": 1}, "family_name": "\u0000L\ud800\n"}, ("", None, "L")),
    ],
)
async def test_whatever_somebody_is_called_the_account_has_acceptable_names(
    steady: Site, claims: dict[str, Any], shown: tuple[str, str | None, str]
) -> None:
    filled = {
        name: value.replace("{}", uuid4().hex[:8]) if isinstance(value, str) else value
        for name, value in claims.items()
    }

    user = (await steady.sign_in(**filled)).user

    assert user["username"].startswith(shown[0])
    assert user["first_name"] == (shown[1] or user["username"])
    assert user["last_name"] == shown[2]


WRONG: dict[str, dict[str, Any]] = {
    "no issuer": {"iss": None},
    "another issuer": {"iss": "https://elsewhere.example.com"},
    "an issuer with a slash": {"iss": "/"},
    "no audience": {"aud": None},
    "another audience": {"aud": "other-app"},
    "an empty audience": {"aud": []},
    "audiences without a party": {"aud": [CLIENT_ID, "other-app"]},
    "another party": {"aud": [CLIENT_ID, "other-app"], "azp": "other-app"},
    "another party alone": {"azp": "other-app"},
    "an audience of another type": {"aud": {CLIENT_ID: 1}},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is a number": {"sub": 7},
    "a subject that is too long": {"sub": "s" * 256},
    "a subject with a NUL": {"sub": "a\x00b"},
    "no expiry": {"exp": None},
    "an expiry that is text": {"exp": "2999"},
    "an expiry that is true": {"exp": True},
    "an endless expiry": {"exp": 1e300},
    "no instant of issue": {"iat": None},
    "an instant of issue that is a list": {"iat": []},
    "a beginning that is text": {"nbf": "now"},
}


@pytest.mark.requirement("IAM-25")
@pytest.mark.parametrize("wrong", WRONG)
async def test_a_claim_that_is_not_as_it_must_be_is_refused(steady: Site, wrong: str) -> None:
    changed = dict(WRONG[wrong])
    if changed.get("iss") == "/":
        changed["iss"] = steady.issuer.url + "/"
    claims = {**steady.issuer.claims(), **changed}
    said = {name: value for name, value in claims.items() if value is not None}

    assert await steady.refused(rough(steady.issuer, said)) == (401, "invalid_token")


def rough(issuer: Issuer, claims: dict[str, Any], **headers: Any) -> str:
    """Sign whatever it is, without the library's own checks of claims."""
    key = issuer.keys[0]
    told = {"kid": key.kid, **headers}
    token: str = jws.sign(
        json.dumps(claims).encode(), key.private, headers=told, algorithm=key.algorithm
    )
    return token


async def test_several_audiences_with_us_as_the_party_are_fine(steady: Site) -> None:
    await steady.sign_in(aud=["other-app", CLIENT_ID], azp=CLIENT_ID)


@pytest.mark.parametrize(
    ("claim", "seconds", "is_right"),
    [
        ("exp", -50, True),
        ("exp", -70, False),
        ("iat", 50, True),
        ("iat", 70, False),
        ("nbf", 50, True),
        ("nbf", 70, False),
    ],
)
async def test_clocks_may_differ_by_a_minute(
    steady: Site, claim: str, seconds: int, is_right: bool
) -> None:
    claims = steady.issuer.claims(**{claim: int(time.time()) + seconds})

    answer = await steady.exchange(steady.issuer.sign(claims))

    assert answer.status_code == (200 if is_right else 401)


@pytest.mark.requirement("IAM-25")
async def test_a_signature_that_is_not_the_issuers_is_refused(steady: Site) -> None:
    claims, key = steady.issuer.claims(), steady.issuer.keys[0]
    forger = SigningKey("RS256")
    forger.kid = key.kid
    good = steady.issuer.sign(claims)
    head, body, signature = good.split(".")
    other = steady.issuer.sign(steady.issuer.claims()).split(".")
    forged = {
        "another key of the same id": steady.issuer.sign(claims, forger),
        "another token's signature": f"{head}.{body}.{other[2]}",
        "no signature": f"{head}.{body}.",
        "alg none": unsigned(claims, kid=key.kid),
        "the public key as a secret": hmac_signed(claims, key.public.encode(), kid=key.kid),
        "the modulus as a secret": hmac_signed(
            claims, str(key.published["n"]).encode(), kid=key.kid
        ),
        "RS256 by the elliptic key's id": steady.issuer.sign(claims, kid=steady.issuer.keys[1].kid),
        "crit": steady.issuer.sign(claims, crit=["exp"]),
        "an access token": steady.issuer.sign(claims, typ="at+jwt"),
        "a number as id": steady.issuer.sign(claims, kid=7),
        "no id among several": rough(steady.issuer, claims, kid=None),
        "garbage": "a.b.c",
        "none": "none",
        "deep": "eyJhbGciOiJSUzI1NiJ9." + "W" * 9000 + "." + signature,
    }

    for name, token in forged.items():
        assert await steady.refused(token) == (401, "invalid_token"), name
    assert (await steady.exchange(good)).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"id_token": ""}, {"id_token": 7}, {"id_token": "x" * 16_385}]
)
async def test_what_can_be_no_token_is_refused_by_its_form(
    site: Site, body: dict[str, Any]
) -> None:
    answer = await site.api.post(PATH, json=body)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/id_token"]
    assert site.issuer.hits == {}


@pytest.mark.parametrize(
    ("algorithm", "options"),
    [
        ("RS256", {"use": "enc"}),
        ("RS256", {"alg": "RS512"}),
        ("RS256", {"key_ops": ["encrypt"]}),
        ("RS256", {"bits": 1024}),
        ("ES256", {"crv": "P-384"}),
    ],
    ids=["encrypts", "another algorithm", "another operation", "weak", "another curve"],
)
async def test_a_key_that_is_not_for_this_signs_nothing(
    site: Site, algorithm: str, options: dict[str, Any]
) -> None:
    key = SigningKey(algorithm, **options)
    site.issuer.keys.append(key)

    assert await site.refused(site.issuer.sign(site.issuer.claims(), key)) == (401, "invalid_token")


async def test_a_token_without_an_id_is_by_the_only_key(site: Site) -> None:
    del site.issuer.keys[1]

    assert (await site.exchange(rough(site.issuer, site.issuer.claims(), kid=None))).is_success


@pytest.mark.requirement("IAM-25")
async def test_keys_rotate_and_nobody_makes_us_hammer_the_issuer(
    site: Site, clock: AdjustableClock
) -> None:
    await site.sign_in()
    assert site.issuer.hits == {DISCOVERY: 1, KEYS: 1}

    site.issuer.keys.insert(0, SigningKey("RS256"))
    await site.sign_in()
    assert site.issuer.hits[KEYS] == 2

    strangers = [site.issuer.sign(site.issuer.claims(), kid=f"unknown-{n}") for n in range(10)]
    answers = await asyncio.gather(*(site.refused(one) for one in strangers))
    assert set(answers) == {(401, "invalid_token")}
    assert site.issuer.hits[KEYS] == 2

    clock.advance(timedelta(seconds=31))
    await asyncio.gather(*(site.refused(one) for one in strangers))
    assert site.issuer.hits[KEYS] == 3


async def test_many_at_once_fetch_the_keys_once(site: Site) -> None:
    await asyncio.gather(*(site.sign_in() for _ in range(8)))

    assert site.issuer.hits == {DISCOVERY: 1, KEYS: 1}


async def test_keys_are_fetched_anew_after_an_hour_and_withdrawn_ones_are_gone(
    site: Site, clock: AdjustableClock
) -> None:
    withdrawn = site.issuer.keys[0]
    await site.sign_in()
    site.issuer.keys[0] = SigningKey("RS256")
    clock.advance(timedelta(hours=1, seconds=1))
    now = int(clock.now().timestamp())

    token = site.issuer.sign(site.issuer.claims(iat=now, exp=now + 300), withdrawn)

    assert await site.refused(token) == (401, "invalid_token")


@pytest.mark.requirement("IAM-25")
@pytest.mark.parametrize("mood", ["down", "garbage", "odd", "huge", "elsewhere"])
async def test_an_issuer_that_is_away_is_told_and_works_again_when_it_is_back(
    site: Site, clock: AdjustableClock, mood: str
) -> None:
    token = site.issuer.sign(site.issuer.claims())
    site.issuer.mood = mood

    answer = await site.exchange(token)
    assert (answer.status_code, answer.json()["code"]) == (503, "auth_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    assert "Gym Club" in answer.json()["detail"]
    before = site.issuer.hits.total()
    await asyncio.gather(*(site.refused(token) for _ in range(5)))
    assert site.issuer.hits.total() == before

    site.issuer.mood = "fine"
    clock.advance(timedelta(seconds=3))
    assert (await site.exchange(token)).status_code == 200


async def test_discovery_of_another_issuer_is_not_believed(site: Site) -> None:
    site.issuer.said_issuer = site.issuer.url + "/"

    token = site.issuer.sign(site.issuer.claims())

    assert await site.refused(token) == (503, "auth_unavailable")


@pytest.mark.requirement("IAM-25")
async def test_while_the_issuer_is_away_known_keys_still_count(
    site: Site, clock: AdjustableClock
) -> None:
    await site.sign_in()
    site.issuer.mood = "down"
    clock.advance(timedelta(hours=2))
    now = int(clock.now().timestamp())

    await site.sign_in(iat=now, exp=now + 300)

    before = site.issuer.hits.total()
    await site.sign_in(iat=now, exp=now + 300)
    assert site.issuer.hits.total() == before
    strange = site.issuer.sign(site.issuer.claims(iat=now, exp=now + 300), kid="unknown")
    assert await site.refused(strange) == (503, "auth_unavailable")


async def test_the_rule_about_confirmed_addresses_holds_for_every_way_in(
    steady: Site, database: Any
) -> None:
    subject = uuid4().hex
    person = await steady.sign_in(sub=subject)
    await database.execute(
        "UPDATE users SET email_confirmed = false WHERE id = $1::uuid", person.user["id"]
    )

    token = steady.issuer.sign(steady.issuer.claims(sub=subject))
    old = {"refresh_token": person.tokens["refresh_token"]}
    refreshed = await steady.api.post("/auth/refresh", json=old)

    assert await steady.refused(token) == (403, "email_not_confirmed")
    conforming(refreshed)
    assert (refreshed.status_code, refreshed.json()["code"]) == (403, "email_not_confirmed")
    await confirm(database, person.user["email"])
    assert (await steady.api.post("/auth/refresh", json=old)).status_code == 200


async def test_a_deleted_account_is_not_opened_by_its_link(steady: Site, database: Any) -> None:
    subject = uuid4().hex
    person = await steady.sign_in(sub=subject)
    await database.execute(
        "UPDATE users SET deleted_at = now() WHERE id = $1::uuid", person.user["id"]
    )

    token = steady.issuer.sign(steady.issuer.claims(sub=subject))

    assert await steady.refused(token) == (401, "invalid_token")


@pytest.mark.requirement("IAM-25")
async def test_without_an_issuer_there_is_no_external_sign_in(api: httpx2.AsyncClient) -> None:
    answer = await api.post(PATH, json={"id_token": "a.b.c"})

    conforming(answer)
    assert (answer.status_code, answer.json()["code"]) == (404, "oidc_not_configured")
