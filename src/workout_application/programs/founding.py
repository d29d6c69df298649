"""What setting a rule and setting a training max have in common: for whom, and of which lift."""

from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.programs.ports import LiftFacts, Lifts
from workout_domain.kernel.errors import Invalid
from workout_domain.programs.errors import LiftUnknown

_IN_REPETITIONS = frozenset({"weight_reps", "reps"})


def athlete_meant(actor: Actor, athlete_id: UUID | None) -> UUID:
    """
    Return the athlete something is for: whoever is named, or the caller.

    Raises:
        RoleRequired: nobody is named, and the caller is no athlete.
    """
    return actor.athlete_id if athlete_id is None else athlete_id


async def lift_in_repetitions(lifts: Lifts, actor: Actor, exercise_id: UUID) -> LiftFacts:
    """
    Return an exercise whose loads can progress.

    Raises:
        LiftUnknown: the caller cannot use it.
        Invalid: it is not measured in repetitions.
    """
    lift = await lifts.usable_by(actor, exercise_id)
    if lift is None:
        raise LiftUnknown.field("/exercise_id", "lift_unknown", "No such exercise.")
    if lift.measurement_type not in _IN_REPETITIONS:
        sentence = f"{lift.name} is not measured in repetitions."
        raise Invalid.field("/exercise_id", "not_in_repetitions", sentence)
    return lift
