"""Blocks: what each kind needs, and how exercises of a workout belong to them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import NOON, a_plan, a_prescription, a_workout
from workout_domain.kernel.errors import Invalid
from workout_domain.training.blocks import Block, BlockKind, broken_memberships, broken_rules
from workout_domain.training.prescription import Prescription
from workout_domain.training.workout import Workout

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
SUPERSET = Block(kind=BlockKind.SUPERSET)
CIRCUIT = Block(kind=BlockKind.CIRCUIT, rounds=3)
DROP = Block(kind=BlockKind.DROP)


def asking(block: int | None = None, exercise_id: UUID = A, **fields: Any) -> Prescription:
    """Ask for three sets of five as part of a block."""
    return a_prescription(exercise_id, block=block, **fields)


def workout(*exercises: Prescription, blocks: tuple[Block, ...] = ()) -> Workout:
    """Draft a workout; nothing is left to tell."""
    drafted = Workout.draft(
        workout_id=uuid4(),
        trainer_id=uuid4(),
        plan=a_plan(),
        exercises=[(uuid4(), one) for one in exercises],
        blocks=blocks,
        at=NOON,
    )
    drafted.take_events()
    return drafted


def told(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    """Return what the refusal points at, and why."""
    return [(error.pointer, error.code) for error in refused.value.errors]


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "circuit"}, [("/rounds", "required")]),
        ({"kind": "emom"}, [("/interval_seconds", "required")]),
        ({"kind": "amrap"}, [("/time_cap_seconds", "required")]),
        ({"kind": "amrap", "time_cap_seconds": 600, "rounds": 3}, [("/rounds", "not_for_kind")]),
        ({"kind": "drop", "rounds": 2}, [("/rounds", "not_for_kind")]),
        ({"kind": "straight", "interval_seconds": 60}, [("/interval_seconds", "not_for_kind")]),
        ({"kind": "superset", "time_cap_seconds": 60}, [("/time_cap_seconds", "not_for_kind")]),
        ({"kind": "circuit", "rounds": 0}, [("/rounds", "out_of_range")]),
        ({"kind": "superset", "rest_seconds": -1}, [("/rest_seconds", "out_of_range")]),
        (
            {"kind": "emom", "rounds": 0, "rest_seconds": -1},
            [
                ("/rounds", "out_of_range"),
                ("/rest_seconds", "out_of_range"),
                ("/interval_seconds", "required"),
            ],
        ),
    ],
)
def test_each_kind_says_what_it_needs_and_no_more(
    said: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as refused:
        Block(**{**said, "kind": BlockKind(said["kind"])})

    assert told(refused) == wrong


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("blocks", "exercises", "wrong"),
    [
        ((SUPERSET,), [asking(0), asking(0)], [("/blocks/0", "too_few_exercises")]),
        ((SUPERSET,), [], [("/blocks/0", "too_few_exercises")]),
        ((CIRCUIT,), [asking()], [("/blocks/0", "too_few_exercises")]),
        ((DROP,), [asking(0), asking(0, B)], [("/blocks/0", "too_many_exercises")]),
        ((DROP,), [asking(0, sets=1)], [("/exercises/0/sets", "too_few_sets")]),
        (
            (Block(kind=BlockKind.CLUSTER),),
            [asking(0, sets=1)],
            [("/exercises/0/sets", "too_few_sets")],
        ),
        ((), [asking(0)], [("/exercises/0/block", "block_unknown")]),
        (
            (SUPERSET,),
            [asking(0), asking(None, B), asking(0, C)],
            [("/exercises/2/block", "block_scattered")],
        ),
        (
            (SUPERSET, DROP),
            [asking(0), asking(2), asking(1, sets=1)],
            [
                ("/exercises/1/block", "block_unknown"),
                ("/blocks/0", "too_few_exercises"),
                ("/exercises/2/sets", "too_few_sets"),
            ],
        ),
    ],
)
def test_blocks_and_exercises_agree(
    blocks: tuple[Block, ...], exercises: list[Prescription], wrong: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as refused:
        workout(*exercises, blocks=blocks)

    assert told(refused) == wrong


@pytest.mark.requirement("BEY-06")
def test_rounds_repeat_what_a_block_asks_for_in_the_order_it_is_performed() -> None:
    planned = workout(
        asking(0, A, sets=2, reps=8),
        asking(0, B, sets=1, reps=12),
        asking(None, A, sets=1, reps=3),
        blocks=(CIRCUIT,),
    )

    targets = planned.planned_targets()

    assert [(one.number, one.reps) for one in targets[A]] == [
        *((number, 8) for number in range(1, 7)),
        (7, 3),
    ]
    assert [one.number for one in targets[B]] == [1, 2, 3]
    assert planned.planned_sets() == {A: 7, B: 3}


@pytest.mark.requirement("BEY-06")
def test_an_exercise_joins_its_block_after_the_others_of_it() -> None:
    planned = workout(asking(0, A), asking(0, B), asking(None, C), blocks=(SUPERSET,))

    added = planned.add_exercise(uuid4(), asking(0, C, reps=1), at=NOON)

    assert [one.exercise_id for one in planned.exercises] == [A, B, C, C]
    assert planned.exercises[2] is added
    assert [one.order_index for one in planned.exercises] == [0, 1, 2, 3]


@pytest.mark.requirement("BEY-06")
def test_what_is_wrong_with_one_exercise_points_into_that_exercise() -> None:
    planned = workout(asking(0, sets=2), asking(None, B), blocks=(DROP,))
    first, second = planned.exercises

    with pytest.raises(Invalid) as added:
        planned.add_exercise(uuid4(), asking(1), at=NOON)
    with pytest.raises(Invalid) as changed:
        planned.change_exercise(first.id, asking(0, sets=1), at=NOON)
    with pytest.raises(Invalid) as joined:
        planned.change_exercise(second.id, asking(0, B), at=NOON)

    assert told(added) == [("/block", "block_unknown")]
    assert told(changed) == [("/sets", "too_few_sets")]
    assert told(joined) == [("/block", "too_many_exercises")]
    assert planned.take_events() == ()


@pytest.mark.requirement("BEY-06")
def test_a_block_that_loses_what_it_needs_is_dissolved() -> None:
    planned = workout(asking(0, A), asking(0, B), asking(1, C, sets=2), blocks=(SUPERSET, DROP))

    planned.remove_exercise(planned.exercises[0].id, at=NOON)

    assert planned.blocks == (DROP,)
    assert [(one.exercise_id, one.block) for one in planned.exercises] == [(B, None), (C, 0)]


@pytest.mark.requirement("BEY-06")
def test_new_exercises_without_blocks_leave_none_behind() -> None:
    planned = workout(asking(0, A), asking(0, B), blocks=(SUPERSET,))

    planned.revise(a_plan(), exercises=[(uuid4(), asking(None, C))], at=NOON)

    assert planned.blocks == ()


@pytest.mark.requirement("BEY-06")
def test_blocks_are_replaced_alone_where_the_exercises_fit() -> None:
    planned = workout(asking(0, A), asking(0, B), blocks=(SUPERSET,))

    planned.revise(a_plan(), blocks=(CIRCUIT,), at=NOON)
    with pytest.raises(Invalid):
        planned.revise(a_plan(), blocks=(DROP,), at=NOON)

    assert planned.blocks == (CIRCUIT,)


def test_a_workout_asks_for_no_more_sets_than_a_session_can_hold() -> None:
    with pytest.raises(Invalid) as refused:
        workout(asking(0, A, sets=1000), blocks=(Block(kind=BlockKind.CIRCUIT, rounds=1000),))

    assert told(refused) == [("/exercises", "too_many_sets")]


json_values: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 1, 2.5, "drop", "superset", "?", [], {}]
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["kind", "rounds"]), json_values), max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["block", "sets"]), json_values), max_size=3),
)
def test_the_rules_bear_input_that_nobody_checked(
    blocks: list[dict[str, Any]], exercises: list[dict[str, Any]]
) -> None:
    for block in blocks:
        list(broken_rules(block))
    list(broken_memberships(blocks, exercises))


@given(st.lists(st.sampled_from([None, 0]), min_size=1, max_size=6), st.data())
def test_whatever_is_removed_blocks_and_exercises_still_agree(
    memberships: list[int | None], data: st.DataObject
) -> None:
    members = sorted(memberships, key=lambda block: block is None)
    ids = [UUID(int=number + 1) for number in range(len(members))]
    in_block = members.count(0)
    blocks = (SUPERSET,) if in_block > 1 else (Block(kind=BlockKind.STRAIGHT),) * bool(in_block)
    planned = workout(
        *(asking(block, id_) for block, id_ in zip(members, ids, strict=True)), blocks=blocks
    )

    while planned.exercises:
        removed = data.draw(st.sampled_from(planned.exercises))
        planned.remove_exercise(removed.id, at=NOON)
        planned.revise(a_plan(), blocks=planned.blocks, at=NOON)

    assert planned.blocks == ()
    assert a_workout().drafted().planned_targets() == {}
