"""Every change of training makes something stale, told at the commit or by the outbox."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, Final, get_type_hints
from uuid import UUID, uuid4

import pytest

from tests.architecture.registries import events
from workout_application.encoding import decode
from workout_application.reporting.staleness import (
    EXERCISES,
    body_of,
    exercise_of,
    plans_of,
    roster_of,
    sessions_of,
    sets_of,
)
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.cache.stamps import category_of
from workout_infrastructure.persistence.outbox import payload_of
from workout_presentation.composition.staleness import STALE_BY

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
HARMLESS: Final = {"workout.created": "nobody is to do it yet"}
KINDS: Final = {kind.kind: kind for kind in events()}


def an_event(kind: str, **fields: Any) -> Any:
    """Make an event of a kind; ids are new, and what may be missing is missing."""
    made: dict[str, Any] = {}
    for name, hint in get_type_hints(KINDS[kind]).items():
        if name in {"kind", "version", "audited"}:
            continue
        made[name] = {
            UUID: uuid4(),
            datetime: NOON,
            int: 1,
            Decimal: Decimal(1),
            str: "text",
            bool: True,
            tuple[UUID, ...]: (uuid4(), uuid4()),
        }.get(hint)
    return KINDS[kind](**{**made, **fields})


def stale(event: DomainEvent) -> set[str]:
    """Return the tags an event makes stale."""
    return set(STALE_BY[event.kind](event))


def test_every_change_of_workouts_and_sessions_makes_something_stale_or_is_known_not_to() -> None:
    of_training = {kind for kind, one in KINDS.items() if ".training." in one.__module__}

    assert of_training - set(STALE_BY) == set(HARMLESS)
    assert set(STALE_BY) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(STALE_BY))
def test_the_outbox_makes_the_same_stale_as_the_commit(kind: str) -> None:
    bare = an_event(kind)
    ids = [name for name, hint in get_type_hints(type(bare)).items() if hint == UUID | None]
    full = an_event(kind, **{name: uuid4() for name in ids})

    for event in (bare, full):
        received = SimpleNamespace(**decode(payload_of(event)))
        assert STALE_BY[kind](received) == STALE_BY[kind](event)
        assert stale(event)


@pytest.mark.parametrize(
    "kind", ["workout.set.logged", "workout.set.changed", "workout.set.removed"]
)
def test_a_set_makes_that_persons_reports_of_sets_and_of_its_exercise_stale(kind: str) -> None:
    event = an_event(kind, trainer_id=uuid4())

    assert stale(event) == {
        sets_of(event.user_id),
        exercise_of(event.user_id, event.exercise_id),
        roster_of(event.trainer_id),
    }


def test_a_session_makes_that_persons_sessions_stale() -> None:
    event = an_event("workout.completed")

    assert stale(event) == {sessions_of(event.user_id)}


def test_an_assigned_workout_makes_the_athletes_plans_and_the_coachs_roster_stale() -> None:
    event = an_event("workout.assigned")

    assert stale(event) == {plans_of(event.athlete_id), roster_of(event.trainer_id)}


def test_an_athlete_who_weighs_something_else_makes_reports_of_bodyweight_stale() -> None:
    event = an_event("coaching.athlete.updated")

    assert stale(event) == {body_of(event.user_id)}


def test_a_transfer_makes_the_rosters_of_both_coaches_stale() -> None:
    event = an_event("coaching.transfer.accepted")

    assert stale(event) == {roster_of(event.trainer_id), roster_of(event.new_trainer_id)}


def test_a_workout_that_goes_to_another_makes_the_plans_of_who_had_it_stale() -> None:
    event = an_event("workout.assigned", previous_athlete_id=uuid4())

    assert stale(event) == {
        plans_of(event.athlete_id),
        plans_of(event.previous_athlete_id),
        roster_of(event.trainer_id),
    }


def test_a_changed_exercise_makes_the_catalogue_and_what_reports_say_of_it_stale() -> None:
    assert stale(an_event("exercise.updated")) == {"catalogue", EXERCISES}


def test_an_event_of_two_contexts_makes_stale_what_both_name() -> None:
    event = an_event("workout.exercise.moved", user_ids=(uuid4(),), trainer_ids=(uuid4(),))

    assert stale(event) == {
        "catalogue",
        sessions_of(event.user_ids[0]),
        roster_of(event.trainer_ids[0]),
    }


@pytest.mark.parametrize("kind", sorted(STALE_BY))
def test_tags_begin_with_their_category(kind: str) -> None:
    assert {category_of(tag) for tag in stale(an_event(kind))} <= {"catalogue", "reports"}
