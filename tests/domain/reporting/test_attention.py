"""When an athlete needs their coach's attention."""

import pytest

from workout_domain.reporting.attention import AttentionReason, Lately

NEVER, QUIET, MISSED, NOTHING = AttentionReason


@pytest.mark.requirement("BEY-13")
@pytest.mark.parametrize(
    ("days_since", "missed", "upcoming", "reasons"),
    [
        (0, 0, 1, ()),
        (6, 1, 1, ()),
        (7, 0, 1, (QUIET,)),
        (None, 0, 1, (NEVER,)),
        (0, 2, 1, (MISSED,)),
        (0, 0, 0, (NOTHING,)),
        (30, 5, 0, (QUIET, MISSED, NOTHING)),
    ],
)
def test_reasons_are_named_in_their_order(
    days_since: int | None, missed: int, upcoming: int, reasons: tuple[AttentionReason, ...]
) -> None:
    assert Lately(days_since=days_since, missed=missed, upcoming=upcoming).reasons == reasons
