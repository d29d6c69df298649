"""Access tokens: what this server signed passes, everything else is one refusal."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fakes.clock import AdjustableClock
from workout_domain.identity.errors import InvalidToken
from workout_infrastructure.clock import Uuid7Identifiers
from workout_infrastructure.security.tokens import JoseTokens

SECRET: Final = "a secret of this test, and long enough"
PUBLIC_KEY: Final = """-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf
9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==
-----END PUBLIC KEY-----
"""
USER, LOGIN = uuid4(), uuid4()
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
Tokens = Callable[..., JoseTokens]


def made(clock: AdjustableClock | None = None, **options: Any) -> JoseTokens:
    """Make a checker of its own."""
    settings: dict[str, Any] = {
        "secret": SECRET,
        "issuer": "workout",
        "audience": "workout-api",
        "access_lifetime": timedelta(minutes=60),
        "identifiers": Uuid7Identifiers(),
        "clock": clock or AdjustableClock(),
    }
    return JoseTokens(**{**settings, **options})


def genuine(tokens: JoseTokens) -> str:
    """Issue a token."""
    return tokens.access_token(
        user_id=USER, username="ana", email="ana@example.com", roles=["trainer"], session_id=LOGIN
    )


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read header and claims without checking anything."""
    header, payload, _ = token.split(".")
    return _read(header), _read(payload)


def _read(part: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def encoded(part: object) -> str:
    """Write a part of a token; bytes are taken as they are."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: object, payload: object, *, key: str = SECRET, digest: str = "sha256") -> str:
    """Sign anything at all, by default with the right key."""
    signed = f"{encoded(header)}.{encoded(payload)}"
    return f"{signed}.{encoded(hmac.new(key.encode(), signed.encode(), digest).digest())}"


def forged_with(claims: dict[str, Any] | None = None, **header: Any) -> str:
    """Sign a token that is genuine but for these claims and headers."""
    real_header, real_claims = parts_of(genuine(made()))
    return forged({**real_header, **header}, {**real_claims, **(claims or {})})


def is_refused(token: str, tokens: JoseTokens | None = None) -> bool:
    """Check a token; a failure that is no refusal is a bug and comes through."""
    try:
        (tokens or made()).verify(token)
    except InvalidToken:
        return True
    return False


@pytest.mark.requirement("IAM-12", "IAM-16")
def test_a_genuine_token_says_who_and_in_which_session() -> None:
    tokens = made()

    claims = tokens.verify(genuine(tokens))

    assert (claims.user_id, claims.login_session_id) == (USER, LOGIN)


@pytest.mark.requirement("IAM-14")
def test_a_token_is_signed_by_hs256_and_carries_every_claim() -> None:
    header, claims = parts_of(genuine(made()))

    assert header["alg"] == "HS256"
    assert claims == {
        "iss": "workout",
        "aud": "workout-api",
        "sub": str(USER),
        "sid": str(LOGIN),
        "username": "ana",
        "email": "ana@example.com",
        "roles": ["trainer"],
        "iat": claims["iat"],
        "exp": claims["iat"] + 3600,
        "jti": str(UUID(claims["jti"])),
    }


def test_the_signature_is_over_the_bytes_of_the_secret() -> None:
    header, payload, signature = genuine(made()).split(".")
    expected = hmac.new(SECRET.encode(), f"{header}.{payload}".encode(), hashlib.sha256).digest()

    assert signature == encoded(expected)


def test_the_forger_of_these_tests_can_make_a_token_that_passes() -> None:
    assert not is_refused(forged_with())


@pytest.mark.requirement("IAM-16")
def test_a_token_signed_with_another_key_is_refused() -> None:
    assert is_refused(genuine(made(secret="another secret, and long enough too")))


@pytest.mark.requirement("IAM-16")
def test_a_token_of_another_issuer_is_refused() -> None:
    assert is_refused(genuine(made(issuer="elsewhere")))


@pytest.mark.requirement("IAM-16")
def test_a_token_for_another_audience_is_refused() -> None:
    assert is_refused(genuine(made(audience="elsewhere")))


@pytest.mark.requirement("IAM-16")
def test_a_token_is_refused_from_its_end_on(clock: AdjustableClock) -> None:
    tokens = made(clock)
    token = genuine(tokens)
    clock.advance(timedelta(minutes=59))
    passed = not is_refused(token, tokens)
    clock.advance(timedelta(minutes=1))

    assert passed
    assert is_refused(token, tokens)
    assert is_refused(token, made(clock))


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, 0, [], {}, "HS512", "RS256"])
def test_a_token_that_names_another_algorithm_is_refused(alg: object) -> None:
    assert is_refused(forged_with(alg=alg))


@pytest.mark.parametrize("signature", ["", "e30", "A" * 43])
def test_an_unsigned_token_is_refused(signature: str) -> None:
    header, claims = parts_of(genuine(made()))
    unsigned = f"{encoded({**header, 'alg': 'none'})}.{encoded(claims)}"

    assert is_refused(f"{unsigned}.{signature}")
    assert is_refused(f"{encoded(header)}.{encoded(claims)}.{signature}")
    assert is_refused(unsigned)


@pytest.mark.parametrize("digest", ["sha384", "sha512"])
def test_a_token_rightly_signed_by_a_longer_digest_is_refused(digest: str) -> None:
    header, claims = parts_of(genuine(made()))
    header["alg"] = f"HS{digest[3:]}"

    assert is_refused(forged(header, claims, digest=digest))


def test_a_public_key_taken_for_a_secret_is_refused() -> None:
    header, claims = parts_of(genuine(made()))

    assert is_refused(forged(header, claims, key=PUBLIC_KEY))
    assert is_refused(forged({**header, "alg": "RS256"}, claims, key=PUBLIC_KEY))


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "../../dev/null"},
        {"kid": None},
        {"kid": ["a"]},
        {"jku": "https://example.com/keys"},
        {"jwk": {"kty": "oct", "k": "AA"}},
        {"x5u": "https://example.com/chain"},
        {"x5c": ["AA"]},
        {"crit": ["exp"], "exp": 1},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "JWT"},
        {"typ": "refresh"},
        {"typ": []},
    ],
)
def test_a_header_this_server_does_not_write_is_refused(header: dict[str, Any]) -> None:
    assert is_refused(forged_with(**header))


DEEP = b'{"a":' * 3000 + b"1" + b"}" * 3000


@pytest.mark.parametrize(
    "part",
    [DEEP, b"[" * 3000, b"", b"{", b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b"\x00", b"NaN"],
)
def test_a_header_or_payload_that_is_no_flat_object_is_refused(part: bytes) -> None:
    header, claims = parts_of(genuine(made()))

    assert is_refused(forged(part, claims))
    assert is_refused(forged(header, part))


def test_a_deep_header_is_refused_without_any_key() -> None:
    assert is_refused(f"{encoded(DEEP)}.e30.{'A' * 43}")


CLAIMS = ["iss", "aud", "sub", "sid", "roles", "exp", "iat", "jti"]


@pytest.mark.requirement("IAM-16")
@pytest.mark.parametrize("claim", CLAIMS)
def test_a_token_that_lacks_a_claim_is_refused(claim: str) -> None:
    header, claims = parts_of(genuine(made()))
    del claims[claim]

    assert is_refused(forged(header, claims))


ODD = [None, [], [1], {}, {"a": 1}, True, False, "9999999999", "", -1, 10**30, 10**400, 1.5e300]


RIGHTLY_SO = [("roles", []), ("jti", "9999999999"), ("jti", "")]
PAIRS = [(c, v) for c in [*CLAIMS, "nbf"] for v in ODD if (c, v) not in RIGHTLY_SO]


@pytest.mark.parametrize(("claim", "value"), PAIRS, ids=lambda value: repr(value)[:12])
def test_a_claim_that_is_not_of_its_type_is_refused(claim: str, value: object) -> None:
    assert is_refused(forged_with({claim: value}))


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e400", "9" * 5000])
def test_a_moment_that_is_no_number_of_seconds_is_refused(claim: str, number: str) -> None:
    header, claims = parts_of(genuine(made()))
    text = json.dumps({**claims, claim: "here"}).replace('"here"', number)

    assert is_refused(forged(header, text.encode()))


@pytest.mark.requirement("IAM-16")
@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "elsewhere"},
        {"aud": "elsewhere"},
        {"aud": ["workout-api"]},
        {"aud": ["elsewhere", "workout-api"]},
        {"exp": 1},
        {"sub": "ana"},
        {"sid": "ana"},
        {"roles": "trainer"},
        {"roles": [1]},
    ],
)
def test_a_claim_with_a_wrong_value_is_refused(claims: dict[str, Any]) -> None:
    assert is_refused(forged_with(claims))


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_of_the_future_is_refused(claim: str) -> None:
    _, claims = parts_of(genuine(made()))

    assert is_refused(forged_with({claim: claims["iat"] + 60}))


@pytest.mark.parametrize(
    "junk", ["=", "==", " ", "\n", "\t", "!", "!!", "%", "+", "/", "\x00", "é"]
)
@pytest.mark.parametrize("part", [0, 1, 2])
def test_junk_or_padding_in_any_part_is_refused(part: int, junk: str) -> None:
    parts = genuine(made()).split(".")
    for changed in (
        parts[part] + junk,
        junk + parts[part],
        parts[part][:9] + junk + parts[part][9:],
    ):
        spelled = [*parts]
        spelled[part] = changed

        assert is_refused(".".join(spelled))


def test_a_signature_has_one_spelling() -> None:
    token = genuine(made())

    passing = [last for last in ALPHABET if not is_refused(token[:-1] + last)]

    assert passing == [token[-1]]


@pytest.mark.parametrize("change", ["{}.", ".{}", "{}.e30", " {}", "{} ", "{}\n", "{0}{0}"])
def test_a_token_with_more_or_fewer_parts_is_refused(change: str) -> None:
    assert is_refused(change.format(genuine(made())))


def test_a_token_of_five_megabytes_is_refused() -> None:
    header, claims = parts_of(genuine(made()))

    assert is_refused("A" * 5_000_000)
    assert is_refused(forged(header, {**claims, "username": "a" * 5_000_000}))


@pytest.mark.parametrize("token", ["", ".", "..", "\ud800", "тoкeн.e30.e30", "\x00", "💪" * 5000])
def test_text_that_is_no_token_is_refused(token: str) -> None:
    assert is_refused(token)


@given(st.text())
@example("\ud800.\ud800.\ud800")
def test_whatever_the_text_nothing_but_a_refusal_comes_back(text: str) -> None:
    assert is_refused(text)


@given(header=st.binary(max_size=200), payload=st.binary(max_size=200))
def test_whatever_was_signed_nothing_but_a_refusal_comes_back(
    header: bytes, payload: bytes
) -> None:
    assert is_refused(forged(header, payload))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(claims=st.dictionaries(st.sampled_from([*CLAIMS, "nbf"]), json_values, min_size=1))
def test_whatever_the_claims_a_token_is_either_refused_or_read(claims: dict[str, Any]) -> None:
    is_refused(forged_with(claims))


def test_a_refusal_is_not_remembered_as_valid() -> None:
    tokens = made()
    token = forged_with({"aud": "elsewhere"})

    assert is_refused(token, tokens)
    assert is_refused(token, tokens)


@pytest.mark.requirement("IAM-15")
def test_refresh_tokens_are_random_and_their_successors_depend_on_the_key() -> None:
    tokens, others = made(), made(secret="another secret, and long enough too")
    fresh = {tokens.refresh_token() for _ in range(100)}
    token = fresh.pop()

    assert len(fresh) == 99
    assert len(token) >= 43
    assert tokens.successor_of(token) == made().successor_of(token)
    assert tokens.successor_of(token) != others.successor_of(token)
    assert tokens.digest(token) == hashlib.sha256(token.encode()).hexdigest()


# rotation of the secret

NEW: Final = "the secret that comes after, long enough"
OLDER: Final = "the secret before that, and long enough"


def rotated(clock: AdjustableClock | None = None) -> JoseTokens:
    """Make a checker whose present secret is new, and the one of the other tests retired."""
    return made(clock, secret=NEW, retired=(SECRET, OLDER))


@pytest.mark.requirement("IAM-14", "SEC-05")
@pytest.mark.parametrize("secret", [SECRET, OLDER])
def test_a_token_of_a_retired_secret_still_passes(secret: str) -> None:
    assert rotated().verify(genuine(made(secret=secret))).user_id == USER


@pytest.mark.requirement("IAM-14", "SEC-05")
def test_new_tokens_are_signed_with_the_new_secret_only() -> None:
    token = genuine(rotated())

    assert not is_refused(token, made(secret=NEW))
    assert is_refused(token, made())
    assert not is_refused(token, rotated())


def test_once_it_is_dropped_a_secret_counts_no_more() -> None:
    assert is_refused(genuine(made()), made(secret=NEW))


def test_a_retired_secret_does_not_sign_in_the_name_of_the_new_one() -> None:
    header, claims = parts_of(genuine(rotated()))

    assert is_refused(forged(header, claims, key=SECRET), rotated())


def test_the_new_secret_does_not_sign_in_the_name_of_a_retired_one() -> None:
    header, claims = parts_of(genuine(made()))

    assert is_refused(forged(header, claims, key=NEW), rotated())
    assert is_refused(forged(header, claims, key=OLDER), rotated())


@pytest.mark.parametrize(
    "kid", ["", "0" * 12, "none", None, 0, True, [], {}, ["x"], "../../dev/null", "x" * 2000]
)
@pytest.mark.parametrize("key", [NEW, SECRET])
def test_an_unknown_key_is_refused_whoever_signed(kid: object, key: str) -> None:
    header, claims = parts_of(genuine(rotated()))

    assert is_refused(forged({**header, "kid": kid}, claims, key=key), rotated())


def test_without_the_name_of_a_key_only_the_present_one_counts() -> None:
    header, claims = parts_of(genuine(rotated()))
    del header["kid"]

    assert not is_refused(forged(header, claims, key=NEW), rotated())
    assert is_refused(forged(header, claims, key=SECRET), rotated())


def test_a_token_that_was_checked_before_is_not_remembered_for_another_spelling() -> None:
    tokens, token = rotated(), genuine(made())
    tokens.verify(token)
    header, payload, signature = token.split(".")
    renamed = encoded({**parts_of(token)[0], "kid": parts_of(genuine(tokens))[0]["kid"]})

    assert is_refused(f"{renamed}.{payload}.{signature}", tokens)
    assert is_refused(f"{header}.{payload}.{signature}=", tokens)


def test_a_token_of_a_retired_secret_ends_when_it_said(clock: AdjustableClock) -> None:
    token, tokens = genuine(made(clock)), rotated(clock)
    clock.advance(timedelta(minutes=61))

    assert is_refused(token, tokens)


@pytest.mark.requirement("IAM-15")
def test_the_successor_of_a_refresh_token_is_the_one_given_before_the_rotation() -> None:
    tokens = rotated()
    token = tokens.refresh_token()
    before = made().successor_of(token)

    assert tokens.successor_of(token, known_as=tokens.digest(before)) == before
    assert tokens.successor_of(token) == made(secret=NEW).successor_of(token) != before
    assert tokens.successor_of(token, known_as="x") == tokens.successor_of(token)


@pytest.mark.requirement("IAM-26", "SEC-05")
def test_the_csrf_token_of_a_retired_secret_still_counts_and_of_another_session_never() -> None:
    session, other = UUID(int=1), UUID(int=2)
    before = made().csrf_token(session)

    assert rotated().is_csrf_token(before, session)
    assert rotated().is_csrf_token(rotated().csrf_token(session), session)
    assert rotated().csrf_token(session) != before
    assert not rotated().is_csrf_token(before, other)
    assert not made(secret=NEW).is_csrf_token(before, session)
    assert not any(rotated().is_csrf_token(text, session) for text in ("", "x", "\udc80", "0" * 64))
