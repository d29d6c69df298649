"""Why the catalogue refuses."""

from workout_domain.kernel.errors import Conflict, Forbidden, NotFound


class ExerciseNotFound(NotFound):
    """There is no such exercise, or the caller does not see it."""

    code = "exercise_not_found"


class ExerciseWasMerged(NotFound):
    """The exercise was merged into another one, which ``merged_into_id`` names."""

    code = "exercise_merged"


class ExercisesNotMergeable(Conflict):
    """What was noted with one exercise would mean something else with the other."""

    code = "exercises_not_mergeable"


class ExerciseNameTaken(Conflict):
    """The owner, or the shipped catalogue, has an exercise of this name, in whatever case."""

    code = "exercise_name_taken"


class SetTypeNotFound(NotFound):
    """There is no such type of set."""

    code = "set_type_not_found"


class SetTypeCodeTaken(Conflict):
    """There is, or was, a type of set of this code; a code never changes its meaning."""

    code = "set_type_code_taken"


class SetTypeNeeded(Conflict):
    """The type of set is one that clients rely on, or sets of it were performed."""

    code = "set_type_needed"


class ExerciseNotEditable(Forbidden):
    """A shipped exercise is changed by administrators only."""

    code = "exercise_not_editable"
