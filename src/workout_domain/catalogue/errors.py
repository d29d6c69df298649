"""Why the catalogue refuses."""

from workout_domain.kernel.errors import Conflict, Forbidden, NotFound


class ExerciseNotFound(NotFound):
    """There is no such exercise, or the caller does not see it."""

    code = "exercise_not_found"


class ExerciseNameTaken(Conflict):
    """The owner, or the shipped catalogue, has an exercise of this name, in whatever case."""

    code = "exercise_name_taken"


class ExerciseNotEditable(Forbidden):
    """A shipped exercise is changed by administrators only."""

    code = "exercise_not_editable"
