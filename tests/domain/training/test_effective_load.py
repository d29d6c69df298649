"""What was really moved: bars, bodies and assistance, exact to the last decimal of a pound."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import a_draft, a_rep, a_session, a_set
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit, shown_in
from workout_domain.training.effective_load import LoadKind, LoadRule, volume_of
from workout_domain.training.performed_set import RepDraft

EIGHTY = Load(Decimal(80))
ONE = Decimal(1)
EPLEY = 1 + Decimal("0.0333") * 8

amounts = st.decimals(0, Decimal("9999.999"), places=3)
loads = st.builds(Load, amounts, st.sampled_from(MeasurementUnit))
bodies = st.builds(Load, st.decimals("0.001", 999, places=3), st.sampled_from(MeasurementUnit))
shares = st.decimals(0, 1, places=3)


@pytest.mark.requirement("BEY-08")
def test_a_pull_up_moves_the_body_and_what_hangs_on_it() -> None:
    """80 kg and 22 kg for eight: an estimate of 129.1728 in all, 49.1728 of it hanging."""
    rule = LoadRule.of(LoadKind.BODYWEIGHT, ONE, EIGHTY)

    moved = rule.effective_kg(Load(Decimal(22)))

    assert moved == 102
    assert moved * EPLEY == Decimal("129.1728")
    assert moved * EPLEY - 80 == Decimal("49.1728")


@pytest.mark.requirement("BEY-08")
def test_assistance_is_taken_off_the_body() -> None:
    """80 kg with 30 kg of help for eight: an estimate of 63.3200 in all, 16.6800 below the body."""
    rule = LoadRule.of(LoadKind.ASSISTED, ONE, EIGHTY)

    moved = rule.effective_kg(Load(Decimal(30)))

    assert moved == 50
    assert moved * EPLEY == Decimal("63.3200")
    assert moved * EPLEY - 80 == Decimal("-16.6800")


@pytest.mark.requirement("BEY-08")
@pytest.mark.parametrize(
    ("kind", "share", "bodyweight", "noted", "moved"),
    [
        ("external", "1", EIGHTY, Load(Decimal(100)), "100"),
        ("external", "1", None, Load(Decimal(225), MeasurementUnit.POUNDS), "102.05828325"),
        ("external", "1", EIGHTY, None, None),
        ("bodyweight", "1", EIGHTY, None, "80"),
        ("bodyweight", "0.64", EIGHTY, None, "51.20"),
        ("bodyweight", "0.64", EIGHTY, Load(Decimal(10)), "61.20"),
        ("bodyweight", "1", None, Load(Decimal(10)), None),
        ("assisted", "1", EIGHTY, None, "80"),
        ("assisted", "1", EIGHTY, Load(Decimal(90)), "0"),
        ("assisted", "1", None, Load(Decimal(30)), None),
    ],
)
def test_what_was_moved(
    kind: str, share: str, bodyweight: Load | None, noted: Load | None, moved: str | None
) -> None:
    found = LoadRule.of(kind, Decimal(share), bodyweight).effective_kg(noted)

    assert found == (None if moved is None else Decimal(moved))


@pytest.mark.requirement("BEY-08")
@given(bodies, shares, loads)
def test_added_weight_makes_a_lift_heavier_and_help_makes_it_lighter(
    body: Load, share: Decimal, noted: Load
) -> None:
    bare = LoadRule.of(LoadKind.BODYWEIGHT, share, body).effective_kg(None)
    added = LoadRule.of(LoadKind.BODYWEIGHT, share, body).effective_kg(noted)
    helped = LoadRule.of(LoadKind.ASSISTED, share, body).effective_kg(noted)

    assert bare is not None
    assert added is not None
    assert helped is not None
    assert bare == body.exact_kilograms * share
    assert added - bare == noted.exact_kilograms
    assert helped == max(bare - noted.exact_kilograms, Decimal(0))


@given(loads)
def test_a_weight_on_the_bar_is_shown_as_it_was_entered(noted: Load) -> None:
    moved = LoadRule.of(LoadKind.EXTERNAL, ONE, None).effective_kg(noted)

    assert moved is not None
    assert shown_in(noted.unit, moved) == noted.amount


@pytest.mark.requirement("TRN-22")
def test_failed_repetitions_are_no_volume() -> None:
    assert volume_of([(Decimal(100), True), (Decimal(100), False), (Decimal(100), True)]) == 200
    assert volume_of([(Decimal(100), False)]) == 0
    assert volume_of([(None, True), (None, False)]) is None
    assert volume_of([]) is None


@pytest.mark.requirement("TRN-22")
@given(st.lists(st.tuples(st.none() | loads, st.booleans()), max_size=12))
def test_the_volume_of_a_set_adds_up_its_successes(reps: list[tuple[Load | None, bool]]) -> None:
    drafts = tuple(
        RepDraft(rep_number=number, load=load, success=success)
        for number, (load, success) in enumerate(reps, start=1)
    )
    one = a_set(draft=a_draft(load=None, reps=drafts))

    weights = [load.exact_kilograms for load, success in reps if load is not None and success]
    known = any(load is not None for load, _ in reps)
    assert one.volume_kg == (sum(weights) if known else None)


@pytest.mark.requirement("BEY-08")
@given(loads, st.none() | bodies, st.none() | bodies)
def test_whatever_is_corrected_every_weight_follows(
    noted: Load, before: Load | None, after: Load | None
) -> None:
    rule = LoadRule.of(LoadKind.BODYWEIGHT, Decimal("0.64"), before)
    session = a_session(bodyweight=before)
    one = a_set(session.id, a_draft(load=noted), load_rule=rule)
    session._sets = [one]
    one.add_rep(a_rep(one, RepDraft(rep_number=9, load=Load(Decimal(5)))))

    session.weigh_in(after, at=session.started_at)

    assert one.load_rule == rule.weighing(after)
    assert one.effective_kg == one.load_rule.effective_kg(noted)
    assert [rep.effective_kg for rep in one.reps] == [
        one.load_rule.effective_kg(rep.load) for rep in one.reps
    ]
    assert (one.effective_kg is None) == (after is None)


def test_nobody_weighs_nothing() -> None:
    with pytest.raises(Invalid) as refused:
        a_session(bodyweight=Load(Decimal(0)))

    assert refused.value.errors[0].pointer == "/bodyweight"
