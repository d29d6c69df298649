"""Which changes make answers of the catalogue stale, whoever made them."""

from typing import Any, Final

from workout_application.catalogue.caching import CATALOGUE
from workout_application.messaging.staleness import StaleBy


def _everything(_event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    return (CATALOGUE,)


STALE_BY: Final[StaleBy] = dict.fromkeys(
    (
        "exercise.created",
        "exercise.updated",
        "exercise.archived",
        "exercise.unarchived",
        "exercise.deleted",
        "exercise.merged",
        # Templates have other exercises.
        "workout.exercise.moved",
        "set_type.created",
        "set_type.updated",
        "set_type.deleted",
    ),
    _everything,
)
