"""A coaching relation: who may do what to it, and that no history breaks its rules."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.coaching import NOON, a_relation, a_trainer, an_athlete
from workout_domain.coaching.errors import (
    CannotCoachOneself,
    RelationNotActive,
    RelationPausedByOtherSide,
    ScopesNotGranted,
)
from workout_domain.coaching.relation import CoachingRelation, RelationStatus, Side
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scope
from workout_domain.kernel.errors import DomainError

pytestmark = pytest.mark.requirement("COA-06", "BEY-01")

sides = st.sampled_from(Side)
scope_sets = st.frozensets(st.sampled_from(Scope))


@pytest.mark.parametrize("side", Side)
def test_either_side_pauses_and_resumes_its_own_pause(side: Side) -> None:
    relation = a_relation()

    relation.pause(by=side, at=NOON)
    relation.resume(by=side, at=NOON)

    assert relation.status is RelationStatus.ACTIVE
    assert [event.kind for event in relation.take_events()] == [
        "coaching.relation.paused",
        "coaching.relation.resumed",
    ]


def test_only_whoever_paused_resumes() -> None:
    relation = a_relation()
    relation.pause(by=Side.ATHLETE, at=NOON)

    with pytest.raises(RelationPausedByOtherSide):
        relation.resume(by=Side.TRAINER, at=NOON)


def test_the_other_side_cannot_take_over_a_pause() -> None:
    relation = a_relation()
    relation.pause(by=Side.ATHLETE, at=NOON)

    with pytest.raises(RelationNotActive):
        relation.pause(by=Side.TRAINER, at=NOON)


@pytest.mark.parametrize("paused_by", [None, *Side])
@pytest.mark.parametrize("side", Side)
def test_either_side_ends_even_a_paused_relation(side: Side, paused_by: Side | None) -> None:
    relation = a_relation()
    if paused_by is not None:
        relation.pause(by=paused_by, at=NOON)

    relation.end(by=side, at=NOON)

    assert (relation.status, relation.ended_at) == (RelationStatus.ENDED, NOON)


@pytest.mark.parametrize(
    "verb",
    [
        lambda relation: relation.pause(by=Side.ATHLETE, at=NOON),
        lambda relation: relation.resume(by=Side.ATHLETE, at=NOON),
        lambda relation: relation.change_scopes(frozenset(), by=Side.ATHLETE, at=NOON),
    ],
    ids=["pause", "resume", "change_scopes"],
)
def test_an_ended_relation_takes_no_change(verb: Callable[[CoachingRelation], None]) -> None:
    relation = a_relation()
    relation.end(by=Side.TRAINER, at=NOON)

    with pytest.raises(RelationNotActive):
        verb(relation)


def test_the_trainer_drops_scopes_but_adds_none() -> None:
    relation = a_relation()
    fewer = frozenset({Scope.VIEW_SESSIONS})

    relation.change_scopes(fewer, by=Side.TRAINER, at=NOON)

    assert relation.scopes == fewer
    with pytest.raises(ScopesNotGranted) as refused:
        relation.change_scopes(DEFAULT_SCOPES, by=Side.TRAINER, at=NOON)
    assert "view_workouts" in refused.value.facts["scopes"]


def test_nobody_coaches_oneself() -> None:
    trainer = a_trainer()

    with pytest.raises(CannotCoachOneself):
        CoachingRelation.begin(
            relation_id=trainer.id,
            trainer=trainer,
            athlete=an_athlete(trainer.user_id),
            scopes=DEFAULT_SCOPES,
            at=NOON,
        )


@given(st.lists(st.tuples(st.sampled_from(["pause", "resume", "end"]), sides), max_size=12))
def test_no_history_of_pauses_and_ends_breaks_the_rules(steps: list[tuple[str, Side]]) -> None:
    relation = a_relation()
    revision = relation.revision

    for verb, side in steps:
        before = (relation.status, relation.paused_by)
        try:
            getattr(relation, verb)(by=side, at=NOON)
        except DomainError:
            assert (relation.status, relation.paused_by) == before
        changed = (relation.status, relation.paused_by) != before
        events = relation.take_events()
        assert len(events) == int(changed)
        assert relation.revision == revision + int(changed)
        revision = relation.revision
        assert (relation.paused_by is not None) == (relation.status is RelationStatus.PAUSED)
        assert (relation.ended_at is not None) == relation.is_ended
        if before[0] is RelationStatus.ENDED:
            assert relation.is_ended
        if before[0] is RelationStatus.PAUSED and relation.status is RelationStatus.ACTIVE:
            assert before[1] is side


@given(st.lists(st.tuples(scope_sets, sides), max_size=12))
def test_only_the_athlete_ever_widens_what_the_coach_may_do(
    changes: list[tuple[frozenset[Scope], Side]],
) -> None:
    relation = a_relation(frozenset())
    granted_by_athlete: set[Scope] = set()

    for scopes, side in changes:
        try:
            relation.change_scopes(scopes, by=side, at=NOON)
        except ScopesNotGranted:
            assert side is Side.TRAINER
        if side is Side.ATHLETE:
            granted_by_athlete |= scopes
        assert relation.scopes <= granted_by_athlete
