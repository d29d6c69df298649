"""The rules of types of sets."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from workout_domain.catalogue.errors import SetTypeNeeded
from workout_domain.catalogue.events import SetTypeCreated, SetTypeDeleted, SetTypeUpdated
from workout_domain.catalogue.set_type import PROMISED, SetType, SetTypeDetails
from workout_domain.kernel.errors import Invalid

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ID = UUID(int=1)


def a_set_type(code: str = "back_off", *, is_warm_up: bool = False) -> SetType:
    """Make a type of set whose first event is still to be told."""
    details = SetTypeDetails(name=" Back-off set ", is_warm_up=is_warm_up)
    return SetType.create(set_type_id=ID, code=code, details=details, at=NOON)


@pytest.mark.requirement("CAT-02")
def test_a_type_of_set_has_a_code_and_a_name_and_tells_of_itself() -> None:
    made = a_set_type()

    assert (made.code, made.name, made.is_warm_up) == ("back_off", "Back-off set", False)
    assert made.take_events() == (
        SetTypeCreated(occurred_at=NOON, set_type_id=ID, code="back_off", is_warm_up=False),
    )


@pytest.mark.parametrize("code", ["", " ", "Back", "back-off", "1st", "a" * 51, "back off", "ä"])
def test_a_code_is_a_lower_case_word(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_set_type(code)

    assert refusal.value.errors[0].pointer == "/code"


@pytest.mark.requirement("CAT-03")
@pytest.mark.parametrize(("before", "after"), [(False, True), (True, False), (True, True)])
def test_a_change_says_whether_sets_count_anew(before: bool, after: bool) -> None:
    changed = a_set_type(is_warm_up=before)
    changed.take_events()

    changed.update(SetTypeDetails(name="Other", is_warm_up=after), at=LATER)

    assert (changed.code, changed.name, changed.revision) == ("back_off", "Other", 2)
    assert changed.take_events() == (
        SetTypeUpdated(
            occurred_at=LATER,
            set_type_id=ID,
            code="back_off",
            is_warm_up=after,
            warm_up_changed=before is not after,
        ),
    )


def test_a_type_nobody_used_can_be_deleted() -> None:
    unused = a_set_type()
    unused.take_events()

    unused.delete(is_used=False, at=LATER)

    assert unused.deleted_at == LATER
    assert unused.take_events() == (
        SetTypeDeleted(occurred_at=LATER, set_type_id=ID, code="back_off"),
    )


def test_a_type_of_performed_sets_stays() -> None:
    with pytest.raises(SetTypeNeeded):
        a_set_type().delete(is_used=True, at=LATER)


@pytest.mark.requirement("CAT-02")
@pytest.mark.parametrize("code", sorted(PROMISED))
def test_a_type_clients_count_on_stays(code: str) -> None:
    with pytest.raises(SetTypeNeeded):
        a_set_type(code).delete(is_used=False, at=LATER)
