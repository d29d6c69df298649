"""A session: how it runs and ends, and that no history breaks its rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.builders.workouts import NOON, a_session, a_set
from workout_domain.kernel.errors import Invalid
from workout_domain.training.errors import SessionNotEnded, SessionNotInProgress, SetNotFound
from workout_domain.training.exercise_log import completes
from workout_domain.training.workout_session import (
    SessionOwner,
    SessionStatus,
    SessionSummary,
    WorkoutSession,
    refuse_unless_running,
)

LATER = NOON + timedelta(minutes=90)
PLAIN = SessionSummary()

SQUAT = uuid4()
CHANGES: dict[str, Callable[[WorkoutSession], Any]] = {
    "describe": lambda session: session.describe(
        name="B", session_date=NOON, time_zone="UTC", notes=None, at=LATER
    ),
    "complete": lambda session: session.complete(PLAIN, at=LATER),
    "abandon": lambda session: session.abandon("abandoned", at=LATER),
    "change_set": lambda session: session.change_set(session.sets[0].id, at=LATER),
    "remove_set": lambda session: session.remove_set(session.sets[0].id, at=LATER),
    "substitute": lambda session: session.substitute(SQUAT, by=uuid4(), log_id=uuid4(), at=LATER),
}


def with_a_set() -> WorkoutSession:
    """Make a running session with a planned exercise and one set, nothing left to tell."""
    session = a_session(planned=[(SQUAT, 3)])
    session._sets = [a_set(session.id)]
    session.take_events()
    return session


@pytest.mark.requirement("TRN-06", "TRN-20")
def test_a_session_begins_with_its_plan_and_tells_of_it() -> None:
    squat, bench = uuid4(), uuid4()
    owner = SessionOwner(
        user_id=uuid4(), athlete_id=uuid4(), workout_id=uuid4(), trainer_id=uuid4()
    )

    session = a_session(owner, [(squat, 5), (bench, 3)])

    [event] = session.take_events()
    assert (session.status, session.sequence) == (SessionStatus.IN_PROGRESS, 1)
    assert [(log.exercise_id, log.planned_sets) for log in session.exercise_logs] == [
        (squat, 5),
        (bench, 3),
    ]
    assert event.kind == "workout.started"
    assert (event.workout_id, event.session_id, event.athlete_id) == (  # type: ignore[attr-defined]
        owner.workout_id,
        session.id,
        owner.athlete_id,
    )


@pytest.mark.requirement("TRN-26")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("end", ["complete", "abandon"])
def test_an_ended_session_takes_no_change(change: str, end: str) -> None:
    session = with_a_set()
    CHANGES[end](session)
    session.take_events()

    with pytest.raises(SessionNotInProgress):
        CHANGES[change](session)

    assert session.take_events() == ()


@pytest.mark.requirement("TRN-26")
@pytest.mark.parametrize("change", CHANGES)
def test_a_running_or_reopened_session_takes_every_change(change: str) -> None:
    running, reopened = with_a_set(), with_a_set()
    reopened.complete(PLAIN, at=LATER)
    reopened.reopen(at=LATER)

    CHANGES[change](running)
    CHANGES[change](reopened)

    assert running.updated_at == reopened.updated_at == LATER


@pytest.mark.requirement("TRN-20", "TRN-26")
def test_completing_stamps_time_duration_summary_and_notes() -> None:
    session = a_session()
    session.take_events()
    summary = SessionSummary(
        duration_minutes=Decimal("62.5"), exercises_summary={"sets": 9}, notes="Strong"
    )

    session.complete(summary, at=LATER)

    [event] = session.take_events()
    assert (session.completed_at, session.duration_minutes) == (LATER, Decimal("62.5"))
    assert (session.exercises_summary, session.notes) == ({"sets": 9}, "Strong")
    assert (event.kind, event.notes) == ("workout.completed", "Strong")  # type: ignore[attr-defined]


@pytest.mark.requirement("TRN-20")
@given(st.integers(min_value=0, max_value=86_400_000))
def test_without_a_duration_it_is_the_time_since_the_start(milliseconds: int) -> None:
    session = a_session()

    session.complete(PLAIN, at=NOON + timedelta(milliseconds=milliseconds))

    assert session.duration_minutes is not None
    assert abs(session.duration_minutes - Decimal(milliseconds) / 60_000) <= Decimal("0.01")


def test_notes_made_before_stay_when_the_summary_has_none() -> None:
    session = a_session()
    session.describe(name="A", session_date=NOON, time_zone="UTC", notes="before", at=LATER)

    session.complete(PLAIN, at=LATER)

    assert session.notes == "before"


def test_a_running_session_is_not_reopened() -> None:
    with pytest.raises(SessionNotEnded):
        a_session().reopen(at=LATER)


@pytest.mark.requirement("TRN-26", "BEY-10")
@pytest.mark.parametrize(("said", "kept"), [(None, "62.5"), (Decimal(70), "70")])
def test_completing_again_keeps_the_duration_unless_another_is_given(
    said: Decimal | None, kept: str
) -> None:
    session = a_session()
    session.complete(SessionSummary(duration_minutes=Decimal("62.5")), at=LATER)

    session.reopen(at=LATER)

    assert (session.status, session.completed_at) == (SessionStatus.IN_PROGRESS, None)

    session.complete(SessionSummary(duration_minutes=said), at=LATER + timedelta(days=30))

    assert session.duration_minutes == Decimal(kept)
    assert session.completed_at == LATER + timedelta(days=30)


@pytest.mark.requirement("BEY-10")
@pytest.mark.parametrize("days", [-4000, -1, 0, 1])
def test_a_session_may_be_of_long_ago_and_a_little_ahead(days: int) -> None:
    assert a_session(session_date=NOON + timedelta(days=days)).session_date


@pytest.mark.requirement("BEY-10")
def test_a_session_of_the_future_is_refused() -> None:
    ahead = NOON + timedelta(days=1, seconds=1)
    session = a_session()

    with pytest.raises(Invalid) as begun:
        a_session(session_date=ahead)
    with pytest.raises(Invalid) as described:
        session.describe(name="A", session_date=ahead, time_zone="UTC", notes=None, at=NOON)

    for refused in (begun, described):
        [error] = refused.value.errors
        assert (error.pointer, error.code) == ("/session_date", "future")
    assert session.session_date == NOON


def test_ending_clears_the_rest_timer() -> None:
    session = a_session()
    session.rest_seconds, session.rest_ends_at = 90, LATER

    session.complete(PLAIN, at=LATER)

    assert (session.rest_seconds, session.rest_ends_at) == (None, None)


@pytest.mark.requirement("TRN-28")
def test_a_removed_set_is_neither_shown_nor_found() -> None:
    session = with_a_set()
    one = session.sets[0]

    session.remove_set(one.id, at=LATER)

    assert session.sets == ()
    with pytest.raises(SetNotFound):
        session.performed_set(one.id)


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x00b"])
def test_a_session_has_a_name(name: str) -> None:
    with pytest.raises(Invalid):
        a_session(name=name)


@pytest.mark.requirement("TRN-17")
@pytest.mark.parametrize(
    ("completed", "planned", "expected"),
    [(0, 3, False), (2, 3, False), (3, 3, True), (4, 3, True), (0, None, False), (9, None, False)],
)
def test_an_exercise_is_done_once_all_planned_sets_are(
    completed: int, planned: int | None, expected: bool
) -> None:
    assert completes(completed, planned) is expected


@pytest.mark.parametrize("status", SessionStatus)
def test_only_a_running_session_passes_the_guard(status: SessionStatus) -> None:
    if status is SessionStatus.IN_PROGRESS:
        refuse_unless_running(status)
        return

    with pytest.raises(SessionNotInProgress):
        refuse_unless_running(status)


class AnyHistory(RuleBasedStateMachine):
    """A session under arbitrary verbs."""

    def __init__(self) -> None:
        super().__init__()
        self.session = a_session()
        self.session._sets = [a_set(self.session.id, sequence=n) for n in (2, 3, 4)]
        self.events = list(self.session.take_events())
        self.at = NOON

    @property
    def is_running(self) -> bool:
        """Whether changes pass."""
        return self.session.status is SessionStatus.IN_PROGRESS

    def act(self, verb: Callable[[], Any], refusal: type[Exception], *, allowed: bool) -> None:
        """Use a verb; it works or is refused as predicted, and a refusal leaves no trace."""
        before = (self.session.status, self.session.revision, self.session.sequence)
        self.at += timedelta(minutes=1)
        if allowed:
            verb()
        else:
            with pytest.raises(refusal):
                verb()
            assert (self.session.status, self.session.revision, self.session.sequence) == before

    @rule(minutes=st.none() | st.decimals(0, 1000, places=2))
    def complete(self, minutes: Decimal | None) -> None:
        """Finish it."""
        summary = SessionSummary(duration_minutes=minutes)
        self.act(
            lambda: self.session.complete(summary, at=self.at),
            SessionNotInProgress,
            allowed=self.is_running,
        )

    @rule(reason=st.sampled_from(["abandoned", "idle"]))
    def abandon(self, reason: str) -> None:
        """Give it up."""
        self.act(
            lambda: self.session.abandon(reason, at=self.at),
            SessionNotInProgress,
            allowed=self.is_running,
        )

    @rule()
    def reopen(self) -> None:
        """Take it up again."""
        self.act(
            lambda: self.session.reopen(at=self.at), SessionNotEnded, allowed=not self.is_running
        )

    @rule(notes=st.none() | st.text(alphabet="abc", max_size=5))
    def describe(self, notes: str | None) -> None:
        """Describe it."""
        self.act(
            lambda: self.session.describe(
                name="A", session_date=NOON, time_zone="UTC", notes=notes, at=self.at
            ),
            SessionNotInProgress,
            allowed=self.is_running,
        )

    @precondition(lambda self: self.session.sets)
    @rule(verb=st.sampled_from(["change_set", "remove_set"]))
    def correct(self, verb: str) -> None:
        """Correct or remove its first set."""
        one = self.session.sets[0]
        self.act(
            lambda: getattr(self.session, verb)(one.id, at=self.at),
            SessionNotInProgress,
            allowed=self.is_running,
        )

    @invariant()
    def its_events_are_numbered_without_a_gap(self) -> None:
        """Whoever misses a number knows it."""
        self.events += self.session.take_events()
        numbers = [event.sequence for event in self.events]  # type: ignore[attr-defined]
        assert numbers == list(range(1, self.session.sequence + 1))

    @invariant()
    def the_revision_grows_with_every_change(self) -> None:
        """By one with each event."""
        assert self.session.revision == self.session.sequence

    @invariant()
    def only_a_completed_session_says_when_it_was(self) -> None:
        """A reopened one has not been completed."""
        is_completed = self.session.status is SessionStatus.COMPLETED
        assert (self.session.completed_at is not None) == is_completed


TestAnyHistoryOfASession = AnyHistory.TestCase


@pytest.mark.requirement("BEY-09")
def test_the_day_of_a_session_is_that_of_its_own_zone() -> None:
    late = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    session = a_session(session_date=late, time_zone="Pacific/Auckland")

    assert session.local_date == date(2026, 3, 2)

    session.describe(
        name="A",
        session_date=late + timedelta(hours=1),
        time_zone="Pacific/Auckland",
        notes=None,
        at=LATER,
    )
    assert session.local_date == date(2026, 3, 3)
    session.move_to("UTC", at=LATER)
    assert session.local_date == date(2026, 3, 2)


@pytest.mark.requirement("BEY-08")
@given(st.lists(st.integers(0, 5), min_size=2, max_size=12))
def test_a_chain_of_drops_never_comes_back_to_itself(wishes: list[int]) -> None:
    session, exercise_id = a_session(), uuid4()
    session._sets = [a_set(session.id, exercise_id=exercise_id, sequence=n) for n in range(2, 8)]

    for number, wish in enumerate(wishes):
        one, parent = session.sets[number % 6], session.sets[wish]
        try:
            session.follow(one, parent.id)
        except Invalid:
            continue

    by_id = {one.id: one for one in session.sets}
    for one in session.sets:
        seen = [one.id]
        while (following := by_id[seen[-1]].parent_set_id) is not None:
            assert following not in seen
            seen.append(following)


@pytest.mark.requirement("BEY-08")
def test_a_set_follows_only_one_of_its_exercise() -> None:
    session, exercise_id = a_session(), uuid4()
    session._sets = [
        a_set(session.id, exercise_id=exercise_id, sequence=2),
        a_set(session.id, exercise_id=exercise_id, sequence=3),
        a_set(session.id, sequence=4),
    ]
    head, drop, other = session.sets

    for parent_id in (other.id, drop.id, uuid4()):
        with pytest.raises(Invalid):
            session.follow(drop, parent_id)
    session.follow(drop, head.id)

    assert drop.parent_set_id == head.id
    session.follow(drop, None)
    assert drop.parent_set_id is None


@pytest.mark.requirement("BEY-08")
def test_when_a_set_of_a_chain_is_removed_the_chain_closes() -> None:
    session, exercise_id = a_session(), uuid4()
    session._sets = [a_set(session.id, exercise_id=exercise_id, sequence=n) for n in (2, 3, 4)]
    head, middle, last = session.sets
    session.follow(middle, head.id)
    session.follow(last, middle.id)

    session.remove_set(middle.id, at=LATER)

    assert last.parent_set_id == head.id
