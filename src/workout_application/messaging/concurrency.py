"""If-Match, in the application's words."""

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import StaleRevision


def expect_revision(aggregate: Aggregate, expected: int | None) -> None:
    """
    Let a command pass that names no revision, or the present one.

    Raises:
        StaleRevision: the caller read an older state.
    """
    if expected is not None and aggregate.revision != expected:
        raise StaleRevision(
            "Somebody changed this in the meantime; read it again.", revision=aggregate.revision
        )
