"""Why programs refuse."""

from workout_domain.kernel.errors import Conflict, Invalid, NotFound


class ProgressionRuleNotFound(NotFound):
    """There is no such progression rule, or it is somebody else's."""

    code = "progression_rule_not_found"


class ProgressionRuleExists(Conflict):
    """An athlete has one progression rule for an exercise; change it or delete it."""

    code = "progression_rule_exists"


class LiftUnknown(Invalid):
    """There is no such exercise among those the caller may use."""

    code = "lift_unknown"


class NothingProposed(Conflict):
    """No training max waits to be accepted, or another one was set since."""

    code = "nothing_proposed"


class TrainingMaxNotFound(NotFound):
    """There is no such training max, or it is somebody else's."""

    code = "training_max_not_found"


class ProgramAthleteNotFound(NotFound):
    """There is no such athlete, or it is none of the caller's business."""

    code = "program_athlete_not_found"
