"""Refresh tokens rotate; whatever is presented in whatever order, at most one is alive."""

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.accounts import NOON, a_login_session
from workout_domain.identity.errors import InvalidToken, RefreshTokenReused
from workout_domain.identity.events import LoginSessionEnded, UserLoggedIn
from workout_domain.identity.login_session import LoginSession, RefreshToken

WEEK = timedelta(days=7)
QUARTER = timedelta(days=90)
NONE = timedelta()
GRACE = timedelta(seconds=5)


def begun() -> tuple[LoginSession, RefreshToken]:
    """Sign somebody in and give out the first token."""
    session = a_login_session()
    return session, session.issue("0", lifetime=WEEK, at=NOON)


def exchange(
    session: LoginSession, token: RefreshToken, *, at: datetime = NOON, grace: timedelta = NONE
) -> RefreshToken | None:
    """Present a token; its one successor is called after it."""
    return session.rotate(
        token, token.token_hash + "+", lifetime=WEEK, grace=grace, longest=QUARTER, at=at
    )


def is_accepted(
    session: LoginSession, token: RefreshToken, at: datetime, grace: timedelta
) -> str | None:
    """Try a token on a copy; return the hash of the token it would lead to."""
    session, token = deepcopy((session, token))
    try:
        exchange(session, token, at=at, grace=grace)
    except (InvalidToken, RefreshTokenReused):
        return None
    return session.current_token_hash


presentations = st.lists(st.tuples(st.integers(0, 30), st.floats(0, 10)), min_size=1, max_size=30)


@pytest.mark.requirement("IAM-15")
@given(presentations)
def test_without_grace_there_are_never_two_living_tokens(order: list[tuple[int, float]]) -> None:
    session, first = begun()
    tokens, at = [first], NOON
    for choice, seconds in order:
        at += timedelta(seconds=seconds)
        try:
            issued = exchange(session, tokens[choice % len(tokens)], at=at)
        except (InvalidToken, RefreshTokenReused):
            issued = None
        tokens += [] if issued is None else [issued]

        assert sum(is_accepted(session, token, at, NONE) is not None for token in tokens) <= 1


@pytest.mark.requirement("IAM-15")
@given(presentations)
def test_with_grace_all_that_is_accepted_leads_to_one_token(order: list[tuple[int, float]]) -> None:
    session, first = begun()
    tokens, at = [first], NOON
    for choice, seconds in order:
        at += timedelta(seconds=seconds)
        try:
            issued = exchange(session, tokens[choice % len(tokens)], at=at, grace=GRACE)
        except (InvalidToken, RefreshTokenReused):
            issued = None
        tokens += [] if issued is None else [issued]
        current = session.current_token_hash
        others = [token for token in tokens if token.token_hash != current]

        assert {is_accepted(session, token, at, GRACE) for token in others} <= {None, current}
        assert len({token.token_hash for token in tokens}) == len(tokens)


@pytest.mark.requirement("IAM-15")
@given(presentations)
def test_a_family_that_has_ended_never_lives_again(order: list[tuple[int, float]]) -> None:
    session, first = begun()
    session.end("logged_out", at=NOON)
    for _, seconds in order:
        with pytest.raises(InvalidToken):
            exchange(session, first, at=NOON + timedelta(seconds=seconds), grace=GRACE)


@pytest.mark.requirement("IAM-15")
def test_an_old_token_ends_the_family_and_says_so() -> None:
    session, first = begun()
    session.take_events()
    exchange(session, first)

    with pytest.raises(RefreshTokenReused):
        exchange(session, first)

    assert session.revoked_at == NOON
    assert session.take_events() == (
        LoginSessionEnded(
            occurred_at=NOON,
            user_id=session.user_id,
            login_session_id=session.id,
            reason="refresh_token_reused",
        ),
    )


def test_within_the_grace_the_predecessor_leads_to_the_same_successor() -> None:
    session, first = begun()
    successor = exchange(session, first, grace=GRACE)

    again = exchange(session, first, at=NOON + timedelta(seconds=4.9), grace=GRACE)

    assert again is None
    assert successor is not None
    assert session.current_token_hash == successor.token_hash


def test_after_the_grace_the_predecessor_ends_the_family() -> None:
    session, first = begun()
    exchange(session, first, grace=GRACE)

    with pytest.raises(RefreshTokenReused):
        exchange(session, first, at=NOON + GRACE, grace=GRACE)


def test_once_the_successor_was_used_the_grace_is_over() -> None:
    session, first = begun()
    second = exchange(session, first, grace=GRACE)
    assert second is not None
    exchange(session, second, grace=GRACE)

    with pytest.raises(RefreshTokenReused):
        exchange(session, first, grace=GRACE)


@pytest.mark.requirement("IAM-11")
def test_a_token_is_refused_from_the_end_of_its_life_on() -> None:
    session, first = begun()

    with pytest.raises(InvalidToken):
        exchange(session, first, at=NOON + WEEK)

    assert session.revoked_at is None


def test_a_token_passes_just_before_its_end_and_its_successor_lives_a_whole_life() -> None:
    session, first = begun()
    at = NOON + WEEK - timedelta(microseconds=1)

    successor = exchange(session, first, at=at)

    assert successor is not None
    assert successor.expires_at == at + WEEK


def test_ending_a_session_twice_tells_of_it_once() -> None:
    session, _ = begun()
    session.take_events()
    session.end("logged_out", at=NOON)
    session.end("logged_out", at=NOON + WEEK)

    assert len(session.take_events()) == 1
    assert session.revoked_at == NOON


def test_signing_in_is_an_event() -> None:
    session = a_login_session(ip_address="192.0.2.1")

    assert session.take_events() == (
        UserLoggedIn(
            occurred_at=NOON,
            user_id=session.user_id,
            login_session_id=session.id,
            method="password",
            ip_address="192.0.2.1",
            device_type="other",
            platform="other",
            is_new_device=False,
            is_new_address=False,
            logged_in_at=NOON,
        ),
    )
