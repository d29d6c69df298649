"""An invitation: one code, one answer, by the right person, in time."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.coaching import NOON, a_trainer, an_athlete, an_invitation
from workout_domain.coaching.errors import (
    CannotCoachOneself,
    InvitationNotFound,
    InvitationNotPending,
    ScopesNotOffered,
)
from workout_domain.coaching.invitation import LIFETIME, Invitation, InvitationStatus
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scope, Scopes
from workout_domain.kernel.errors import Invalid

pytestmark = pytest.mark.requirement("COA-06", "BEY-01")

ADDRESS = "ben@example.com"


def accepted(
    invitation: Invitation,
    *,
    email: str = ADDRESS,
    scopes: Scopes | None = None,
    after: timedelta = timedelta(),
) -> Scopes:
    return invitation.accept(
        an_athlete(), email=email, scopes=scopes, relation_id=uuid4(), at=NOON + after
    )


def test_accepting_grants_what_was_offered_unless_less_is_asked_for() -> None:
    assert accepted(an_invitation()) == DEFAULT_SCOPES

    fewer = frozenset({Scope.MESSAGE})
    assert accepted(an_invitation(), scopes=fewer) == fewer


def test_more_than_was_offered_cannot_be_granted() -> None:
    with pytest.raises(ScopesNotOffered) as refused:
        accepted(an_invitation(), scopes=frozenset({Scope.MANAGE_PROGRAMS}))

    assert refused.value.errors[0].pointer == "/scopes"


def test_a_code_is_good_for_fourteen_days() -> None:
    accepted(an_invitation(), after=LIFETIME - timedelta(seconds=1))

    late = an_invitation()
    assert late.status_at(NOON + LIFETIME) is InvitationStatus.EXPIRED
    with pytest.raises(InvitationNotPending):
        accepted(late, after=LIFETIME)


def test_an_address_is_compared_without_regard_to_case() -> None:
    accepted(an_invitation(email="BEN@Example.com"), email="ben@example.COM")


def test_to_any_other_address_the_invitation_does_not_exist() -> None:
    with pytest.raises(InvitationNotFound):
        accepted(an_invitation(email=ADDRESS), email="eve@example.com")
    with pytest.raises(InvitationNotFound):
        an_invitation(email=ADDRESS).decline(uuid4(), email="eve@example.com", at=NOON)


def test_a_trainer_cannot_answer_their_own_invitation() -> None:
    trainer = a_trainer()

    with pytest.raises(CannotCoachOneself):
        an_invitation(trainer=trainer).accept(
            an_athlete(trainer.user_id),
            email=ADDRESS,
            scopes=None,
            relation_id=uuid4(),
            at=NOON,
        )


def test_too_long_a_message_is_refused() -> None:
    with pytest.raises(Invalid):
        Invitation.offer(
            invitation_id=uuid4(),
            trainer=a_trainer(),
            code_hash="hash",
            email=None,
            message="x" * 1001,
            scopes=DEFAULT_SCOPES,
            at=NOON,
        )


@given(st.lists(st.sampled_from(["accept", "decline", "withdraw"]), min_size=1, max_size=6))
def test_only_the_first_answer_counts(answers: list[str]) -> None:
    invitation = an_invitation()

    for answer in answers:
        with suppress(InvitationNotPending):
            if answer == "accept":
                accepted(invitation)
            elif answer == "decline":
                invitation.decline(uuid4(), email=ADDRESS, at=NOON)
            else:
                invitation.withdraw(at=NOON)

    past = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}[answers[0]]
    assert invitation.status == past
    assert [event.kind for event in invitation.take_events()] == [f"coaching.invitation.{past}"]
