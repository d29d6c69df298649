"""Handing an athlete over: nothing happens without the athlete."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.coaching import NOON, a_relation, a_trainer
from workout_domain.coaching.errors import (
    CannotCoachOneself,
    NoTransferProposed,
    RelationNotActive,
    ScopesNotOffered,
    TransferToSameTrainer,
)
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import NEW_TRAINER, CoachingRelation, RelationStatus, Side
from workout_domain.coaching.scopes import Scope, Scopes
from workout_domain.kernel.errors import Invalid

pytestmark = pytest.mark.requirement("BEY-01")


def proposed() -> tuple[CoachingRelation, Trainer]:
    """Make a relation whose coach proposes another trainer."""
    relation, to = a_relation(), a_trainer()
    relation.propose_transfer(to, message="Please.", at=NOON)
    return relation, to


def accepted(relation: CoachingRelation, to: Trainer, scopes: Scopes | None) -> CoachingRelation:
    athlete = Athlete(athlete_id=relation.athlete_id, user_id=relation.athlete_user_id, at=NOON)
    return relation.accept_transfer(to, athlete, scopes=scopes, relation_id=uuid4(), at=NOON)


def kinds(relation: CoachingRelation) -> list[str]:
    return [event.kind for event in relation.take_events()]


def test_a_proposal_is_noted_once() -> None:
    relation, to = proposed()
    revision = relation.revision

    relation.propose_transfer(to, message="Please.", at=NOON)

    assert relation.revision == revision
    assert relation.status is RelationStatus.ACTIVE
    assert kinds(relation) == ["coaching.transfer.proposed"]


@given(st.frozensets(st.sampled_from(Scope)))
def test_accepting_begins_another_relation_with_no_more_scopes(scopes: Scopes) -> None:
    relation, to = proposed()

    if not scopes <= relation.scopes:
        with pytest.raises(ScopesNotOffered):
            accepted(relation, to, scopes)
        assert relation.status is RelationStatus.ACTIVE
        return
    begun = accepted(relation, to, scopes)

    assert (begun.trainer_id, begun.athlete_id) == (to.id, relation.athlete_id)
    assert (begun.scopes, begun.status) == (scopes, RelationStatus.ACTIVE)
    assert (relation.status, relation.transfer) == (RelationStatus.ENDED, None)
    assert kinds(relation) == [
        "coaching.transfer.proposed",
        "coaching.relation.ended",
        "coaching.transfer.accepted",
    ]


@pytest.mark.parametrize("by", [Side.ATHLETE.value, NEW_TRAINER])
def test_declining_leaves_the_relation(by: str) -> None:
    relation, to = proposed()

    relation.decline_transfer(by=by, at=NOON)

    assert (relation.status, relation.transfer) == (RelationStatus.ACTIVE, None)
    with pytest.raises(NoTransferProposed):
        accepted(relation, to, None)


def test_withdrawing_leaves_nothing_to_accept_or_decline() -> None:
    relation, _ = proposed()

    relation.withdraw_transfer(at=NOON)

    with pytest.raises(NoTransferProposed):
        relation.withdraw_transfer(at=NOON)
    with pytest.raises(NoTransferProposed):
        relation.decline_transfer(by=Side.ATHLETE, at=NOON)


def test_only_the_proposed_trainer_takes_over() -> None:
    relation, _ = proposed()

    with pytest.raises(NoTransferProposed):
        accepted(relation, a_trainer(), None)


def test_an_end_drops_the_proposal() -> None:
    relation, _ = proposed()

    relation.end(by=Side.TRAINER, at=NOON)

    assert relation.transfer is None


def test_nobody_is_handed_to_whom_they_have_or_are() -> None:
    relation = a_relation()
    same = Trainer(trainer_id=relation.trainer_id, user_id=relation.trainer_user_id, at=NOON)

    with pytest.raises(TransferToSameTrainer):
        relation.propose_transfer(same, message=None, at=NOON)
    with pytest.raises(TransferToSameTrainer):
        relation.move_to(relation.trainer_id, at=NOON)
    with pytest.raises(CannotCoachOneself):
        relation.propose_transfer(a_trainer(relation.athlete_user_id), message=None, at=NOON)


def test_only_an_active_relation_is_handed_over() -> None:
    relation, to = proposed()
    relation.pause(by=Side.ATHLETE, at=NOON)

    with pytest.raises(RelationNotActive):
        accepted(relation, to, None)
    with pytest.raises(RelationNotActive):
        relation.propose_transfer(to, message=None, at=NOON)
    with pytest.raises(RelationNotActive):
        relation.move_to(to.id, at=NOON)


def test_a_message_too_long_is_refused() -> None:
    with pytest.raises(Invalid):
        a_relation().propose_transfer(a_trainer(), message="x" * 1001, at=NOON)


def test_an_athlete_moves_by_their_own_will() -> None:
    relation = a_relation()

    relation.move_to(uuid4(), at=NOON)

    (ended,) = relation.take_events()
    assert (ended.kind, getattr(ended, "by", None)) == ("coaching.relation.ended", "athlete")
    assert getattr(ended, "transferred_to", 0) is None
