"""Who may change which exercise."""

from workout_application.messaging.actor import Actor
from workout_domain.catalogue.errors import ExerciseNotEditable
from workout_domain.catalogue.exercise import Exercise


def may_change(actor: Actor, exercise: Exercise) -> None:
    """
    Let owners pass, and administrators where the exercise is shipped.

    Raises:
        ExerciseNotEditable: a trainer tries to change what everybody sees.
    """
    if exercise.is_shipped and not actor.is_admin:
        raise ExerciseNotEditable("Shipped exercises are changed by administrators only.")
