"""The rules of accounts, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders.accounts import NOON, a_profile, a_user
from workout_domain.identity.events import (
    EmailConfirmed,
    ExternalIdentityLinked,
    PasswordChanged,
    RoleGranted,
    UserProfileUpdated,
    UserRegistered,
)
from workout_domain.identity.user import Gender, User
from workout_domain.kernel.errors import Invalid


def refusal_of(username: str = "ana", email: str = "ana@example.com", **profile: Any) -> str:
    """Return pointer and code of why such an account is refused."""
    with pytest.raises(Invalid) as refused:
        a_user(username, email, **profile)
    (error,) = refused.value.errors
    return f"{error.pointer} {error.code}"


@pytest.mark.requirement("IAM-01")
def test_a_new_account_is_unconfirmed_and_has_no_role() -> None:
    user = a_user()

    assert not user.email_confirmed
    assert not user.two_factor_enabled
    assert user.roles == frozenset()
    assert user.created_at == user.updated_at == NOON


@pytest.mark.requirement("ARC-24")
def test_registering_is_an_event() -> None:
    user = a_user()

    assert user.take_events() == (UserRegistered(occurred_at=NOON, user_id=user.id),)


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize("length", [3, 50])
def test_a_username_has_3_to_50_characters(length: int) -> None:
    assert a_user("a" * length).username == "a" * length


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize("length", [1, 2, 51])
def test_a_shorter_or_longer_username_is_refused(length: int) -> None:
    assert refusal_of("a" * length) == "/username length"


@pytest.mark.parametrize("username", ["аna", "ana berg", "ana@home", ".ana", "ána", "ana\u200b"])
def test_a_username_in_another_script_or_with_odd_characters_is_refused(username: str) -> None:
    assert refusal_of(username) == "/username characters"


@pytest.mark.requirement("IAM-02")
def test_an_address_may_have_254_characters() -> None:
    email = "a" * 242 + "@example.com"

    assert a_user(email=email).email == email


@pytest.mark.requirement("IAM-02")
def test_an_address_of_255_characters_is_refused() -> None:
    assert refusal_of(email="a" * 243 + "@example.com") == "/email length"


@pytest.mark.parametrize("email", ["ana", "@example.com", "ana@", "an a@example.com"])
def test_what_is_no_address_is_refused(email: str) -> None:
    assert refusal_of(email=email) == "/email email"


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_a_name_may_have_100_characters(field: str) -> None:
    assert getattr(a_user(**{field: "n" * 100}), field) == "n" * 100


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_a_name_of_101_characters_is_refused(field: str) -> None:
    assert refusal_of(**{field: "n" * 101}) == f"/{field} length"


@pytest.mark.requirement("IAM-02", "ARC-14")
@pytest.mark.parametrize("field", ["first_name", "last_name"])
@pytest.mark.parametrize("blank", ["", "   ", "\t\n", "\u200b\u200b", "\u2028"])
def test_a_name_that_shows_nothing_is_refused(field: str, blank: str) -> None:
    assert refusal_of(**{field: blank}) == f"/{field} blank"


@pytest.mark.requirement("IAM-02")
def test_a_phone_number_may_have_20_characters() -> None:
    assert a_user(phone_number="1" * 20).phone_number == "1" * 20


@pytest.mark.requirement("IAM-02")
def test_a_phone_number_of_21_characters_is_refused() -> None:
    assert refusal_of(phone_number="1" * 21) == "/phone_number length"


def test_a_picture_address_of_2049_characters_is_refused() -> None:
    assert refusal_of(profile_picture_url="u" * 2049) == "/profile_picture_url length"


@pytest.mark.requirement("IAM-01")
@pytest.mark.parametrize(
    "address",
    ["", "ana.png", "javascript:alert(1)", "data:image/png;base64,AA", "https://", "//e.com/a.png",
     "https://e.com/a b.png", "https://[e.com/a.png", "ftp://e.com/a.png"],
)  # fmt: skip
def test_a_picture_is_at_an_address_of_the_web(address: str) -> None:
    assert refusal_of(profile_picture_url=address) == "/profile_picture_url url"


@pytest.mark.parametrize("field", ["first_name", "last_name", "phone_number"])
def test_a_nul_character_is_refused(field: str) -> None:
    assert refusal_of(**{field: "a\x00b"}) == f"/{field} nul"


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_birthday_today_or_later_is_refused(days: int) -> None:
    day = NOON.date() + timedelta(days=days)

    assert refusal_of(date_of_birth=day) == "/date_of_birth past"


def test_yesterday_is_a_possible_birthday() -> None:
    day = NOON.date() - timedelta(days=1)

    assert a_user(date_of_birth=day).date_of_birth == day


@pytest.mark.parametrize(
    "zone",
    [
        *("", "Mars/Olympus", "../../etc/passwd", "Europe", "/etc/localtime", "UTC\x00"),
        *("localtime", "posix/UTC", "right/UTC", "posixrules", "\ud800", "x" * 5000),
    ],
)
def test_what_is_no_time_zone_of_the_whole_world_is_refused(zone: str) -> None:
    assert refusal_of(time_zone=zone) == "/time_zone time_zone"


def test_the_display_name_is_first_and_last_name() -> None:
    assert a_user(first_name="Ana", last_name="Berg").name == "Ana Berg"


@pytest.mark.requirement("IAM-03")
def test_gender_is_a_number() -> None:
    assert [int(gender) for gender in Gender] == [0, 1, 2, 3]
    assert issubclass(Gender, int)


@pytest.mark.requirement("IAM-05")
def test_updating_the_profile_changes_it_stamps_it_and_tells_of_it() -> None:
    user, later = a_user(), NOON + timedelta(hours=1)
    user.take_events()
    changed = a_profile(
        first_name="Eva", last_name="Fux", date_of_birth=date(1990, 4, 1), gender=Gender.FEMALE
    )

    user.update_profile(changed, at=later)

    assert (user.name, user.date_of_birth, user.gender) == (
        "Eva Fux",
        date(1990, 4, 1),
        Gender.FEMALE,
    )
    assert (user.created_at, user.updated_at) == (NOON, later)
    assert user.take_events() == (UserProfileUpdated(occurred_at=later, user_id=user.id),)


@pytest.mark.requirement("IAM-05")
def test_an_update_with_a_blank_name_is_refused_and_tells_of_nothing() -> None:
    user = a_user()
    user.take_events()

    with pytest.raises(Invalid):
        user.update_profile(a_profile(first_name=" "), at=NOON)

    assert user.take_events() == ()
    assert user.first_name == "Ana"


def test_a_role_is_granted_once(user: User) -> None:
    user.grant("trainer", at=NOON)
    user.grant("trainer", at=NOON)

    assert user.roles == {"trainer"}
    assert user.take_events() == (RoleGranted(occurred_at=NOON, user_id=user.id, role="trainer"),)


def test_confirming_the_address_twice_changes_nothing_more(user: User) -> None:
    user.confirm_email(at=NOON)
    revision = user.revision
    user.confirm_email(at=NOON)

    assert user.email_confirmed
    assert user.revision == revision


@pytest.fixture
def user() -> User:
    """Return an account that has told of its events."""
    user = a_user()
    user.take_events()
    return user


@pytest.mark.requirement("DBR-03")
def test_a_stronger_hash_raises_revision_and_stamp_and_is_no_event() -> None:
    user = a_user()
    user.take_events()
    revision, later = user.revision, NOON + timedelta(days=1)

    user.replace_password_hash("stronger", at=later)

    assert (user.password_hash, user.revision, user.updated_at) == (
        "stronger",
        revision + 1,
        later,
    )
    assert user.take_events() == ()


@pytest.mark.requirement("IAM-07")
def test_confirming_an_address_is_an_event_once() -> None:
    user = a_user()
    user.take_events()

    user.confirm_email(at=NOON)
    user.confirm_email(at=NOON + timedelta(hours=1))

    assert user.email_confirmed
    assert user.take_events() == (EmailConfirmed(occurred_at=NOON, user_id=user.id),)


@pytest.mark.requirement("IAM-30")
def test_a_changed_password_is_an_event_and_confirms_nothing() -> None:
    user = a_user()
    user.take_events()

    user.change_password("another hash", at=NOON)

    assert user.password_hash == "another hash"
    assert not user.email_confirmed
    assert user.take_events() == (
        PasswordChanged(occurred_at=NOON, user_id=user.id, by_reset=False),
    )


@pytest.mark.requirement("IAM-30")
def test_a_reset_password_shows_that_the_address_is_the_owner_s() -> None:
    user = a_user()
    user.take_events()

    user.change_password("another hash", by_reset=True, at=NOON)

    assert user.email_confirmed
    assert user.take_events() == (
        PasswordChanged(occurred_at=NOON, user_id=user.id, by_reset=True),
        EmailConfirmed(occurred_at=NOON, user_id=user.id),
    )


@pytest.mark.requirement("IAM-25")
def test_linking_an_identity_is_an_event() -> None:
    user = a_user()
    user.take_events()

    user.link_external_identity("https://issuer.example.com", at=NOON)

    assert user.take_events() == (
        ExternalIdentityLinked(
            occurred_at=NOON, user_id=user.id, issuer="https://issuer.example.com"
        ),
    )


def test_events_that_bear_on_who_may_do_what_are_audited() -> None:
    kinds = (EmailConfirmed, PasswordChanged, ExternalIdentityLinked)

    assert all(kind.audited for kind in kinds)


def kinds(user: User) -> list[str]:
    """Take the kinds of the events recorded."""
    return [event.kind for event in user.take_events()]


@pytest.mark.requirement("IAM-19")
def test_a_role_is_revoked_once() -> None:
    user = a_user()
    user.grant("trainer", at=NOON)
    user.take_events()

    user.revoke("trainer", at=NOON)
    user.revoke("trainer", at=NOON)

    assert user.roles == frozenset()
    assert kinds(user) == ["user.role.revoked"]


@pytest.mark.requirement("IAM-29")
def test_a_locked_account_lets_nobody_in_until_it_is_unlocked() -> None:
    user = a_user()
    user.grant("admin", at=NOON)
    user.take_events()

    user.lock("stolen", at=NOON)
    user.lock("again", at=NOON)

    assert user.is_locked
    assert not user.is_active_admin
    (locked,) = user.take_events()
    assert getattr(locked, "reason", None) == "stolen"

    user.unlock(at=NOON)

    assert (user.locked_at, user.reviewed_at, user.is_active_admin) == (None, NOON, True)
    assert kinds(user) == ["user.unlocked"]


@pytest.mark.requirement("IAM-29")
def test_a_reason_too_long_is_refused() -> None:
    with pytest.raises(Invalid):
        a_user().lock("x" * 501, at=NOON)


def test_a_deleted_account_tells_nothing_of_its_owner() -> None:
    user = a_user(phone_number="+43 1", profile_picture_url="https://example.com/a.png")
    user.grant("trainer", at=NOON)
    user.confirm_email(at=NOON)
    user.take_events()

    user.delete(trainer_id=user.id, athlete_id=None, at=NOON)

    (event,) = user.take_events()
    assert (event.kind, event.audited, event.aggregate_id) == ("user.deleted", True, user.id)
    assert user.is_deleted
    assert user.name == "Deleted user"
    assert user.username == f"deleted-{user.id.hex[-12:]}"
    assert user.email == f"{user.id}@deleted.invalid"
    assert (user.password_hash, user.phone_number, user.profile_picture_url) == (None, None, None)
    assert (user.roles, user.email_confirmed) == (frozenset(), False)
