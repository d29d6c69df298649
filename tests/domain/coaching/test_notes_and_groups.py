"""Notes belong to an active relation; groups hold each athlete once."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.coaching import NOON, a_relation
from workout_domain.coaching.errors import AthleteNotInGroup, RelationNotActive
from workout_domain.coaching.group import MOST_ATHLETES, AthleteGroup, GroupMember
from workout_domain.coaching.note import LONGEST_NOTE, CoachingNote, NoteVisibility
from workout_domain.coaching.relation import CoachingRelation, Side
from workout_domain.kernel.errors import Invalid

pytestmark = pytest.mark.requirement("BEY-01")


def a_note(relation: CoachingRelation, text: str = "Knees cave in") -> CoachingNote:
    return CoachingNote.write(
        note_id=uuid4(),
        relation=relation,
        text=text,
        visibility=NoteVisibility.COACH_ONLY,
        at=NOON,
    )


def a_member(athlete_id: UUID | None = None) -> GroupMember:
    return GroupMember(relation_id=uuid4(), athlete_id=athlete_id or uuid4())


def a_group(*members: GroupMember, name: str = "Juniors") -> AthleteGroup:
    return AthleteGroup.create(
        group_id=uuid4(),
        trainer_id=uuid4(),
        name=name,
        description=None,
        members=members,
        at=NOON,
    )


def test_what_a_note_says_is_in_no_event() -> None:
    relation = a_relation()
    note = a_note(relation, "Nobody's business")
    note.change(relation, text="Still nobody's", visibility=NoteVisibility.SHARED, at=NOON)
    note.remove(relation, at=NOON)

    events = note.take_events()

    assert [event.kind for event in events] == [
        "coaching.note.written",
        "coaching.note.changed",
        "coaching.note.removed",
    ]
    assert "nobody" not in str(events).casefold()
    assert getattr(events[1], "was_shared", None) is False


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_NOTE + 1), "a\x00b"])
def test_a_note_says_something_of_bearable_length(text: str) -> None:
    with pytest.raises(Invalid):
        a_note(a_relation(), text)


@pytest.mark.parametrize("how", ["pause", "end"])
def test_without_an_active_relation_no_note_changes(how: str) -> None:
    relation = a_relation()
    note = a_note(relation)
    getattr(relation, how)(by=Side.ATHLETE, at=NOON)

    with pytest.raises(RelationNotActive):
        a_note(relation)
    with pytest.raises(RelationNotActive):
        note.change(relation, text="x", visibility=None, at=NOON)
    with pytest.raises(RelationNotActive):
        note.remove(relation, at=NOON)
    assert not note.is_deleted


@given(st.lists(st.integers(0, 4), max_size=12))
def test_taking_in_and_letting_go_ends_where_a_set_would(steps: list[int]) -> None:
    athletes = [a_member() for _ in range(5)]
    group, expected = a_group(), set[UUID]()

    for step in steps:
        member = athletes[step]
        if member.athlete_id in expected:
            group.let_go(member.athlete_id, at=NOON)
        else:
            group.take_in(member, at=NOON)
        expected ^= {member.athlete_id}

    assert set(group.athlete_ids) == expected
    assert group.revision == 1 + len(steps)


def test_taking_somebody_in_again_changes_nothing() -> None:
    member = a_member()
    group = a_group(member)

    group.take_in(a_member(member.athlete_id), at=NOON)

    assert (group.revision, group.athlete_ids) == (1, (member.athlete_id,))


def test_nobody_is_let_go_who_is_not_there() -> None:
    with pytest.raises(AthleteNotInGroup):
        a_group(a_member()).let_go(uuid4(), at=NOON)


def test_a_group_has_bounds() -> None:
    with pytest.raises(Invalid):
        a_group(*(a_member() for _ in range(MOST_ATHLETES + 1)))
    with pytest.raises(Invalid):
        a_group(name=" ")
