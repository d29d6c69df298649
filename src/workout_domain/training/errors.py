"""Why training refuses."""

from workout_domain.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class WorkoutNotFound(NotFound):
    """There is no such workout, or it is somebody else's."""

    code = "workout_not_found"


class WorkoutExerciseNotFound(NotFound):
    """The workout has no such exercise."""

    code = "workout_exercise_not_found"


class WorkoutNotAssignable(Conflict):
    """The workout was started already, or is finished."""

    code = "workout_not_assignable"


class WorkoutNotEditable(Conflict):
    """A finished workout keeps what it says."""

    code = "workout_not_editable"


class WorkoutNotStartable(Conflict):
    """A session can be started only of an assigned or running workout."""

    code = "workout_not_startable"


class WorkoutNotClosable(Conflict):
    """The workout cannot be completed or cancelled from where it stands."""

    code = "workout_not_closable"


class SessionOfWorkoutRunning(Conflict):
    """A session of this workout is running."""

    code = "session_running"


class ExerciseUnknown(Invalid):
    """There is no such exercise among those the caller may use."""

    code = "exercise_unknown"


class SetTypeUnknown(Invalid):
    """There is no such set type."""

    code = "set_type_unknown"


class TemplateNotFound(NotFound):
    """There is no such workout template, or the caller does not see it."""

    code = "template_not_found"


class TemplateNameTaken(Conflict):
    """The owner, or the shipped catalogue, has a template of this name, in whatever case."""

    code = "template_name_taken"


class TemplateNotEditable(Forbidden):
    """A shipped template is changed by administrators only."""

    code = "template_not_editable"


class SessionNotFound(NotFound):
    """There is no such session, or it is somebody else's."""

    code = "session_not_found"


class SetNotFound(NotFound):
    """There is no such set, or it is somebody else's."""

    code = "set_not_found"


class RepNotFound(NotFound):
    """There is no such repetition, or it is somebody else's."""

    code = "rep_not_found"


class ExerciseNotInSession(NotFound):
    """The session neither plans nor holds this exercise."""

    code = "exercise_not_in_session"


class ExerciseNotPlanned(Conflict):
    """Only what a session plans can be substituted; anything else is just logged."""

    code = "exercise_not_planned"


class NoSetsLeft(Conflict):
    """All planned sets of the exercise are done, so that nothing is left to another one."""

    code = "no_sets_left"


class ExercisePlannedAlready(Conflict):
    """The session plans the other exercise by itself, with targets of its own."""

    code = "exercise_planned_already"


class ExerciseMeasuredOtherwise(Invalid):
    """What is left to do is not measured in what the other exercise is measured in."""

    code = "exercise_measured_otherwise"


class EventIdTaken(Conflict):
    """The client used this id for another event of the same session."""

    code = "event_id_taken"


class SessionNotInProgress(Conflict):
    """An ended session takes no changes until it is reopened."""

    code = "session_not_in_progress"


class SessionNotEnded(Conflict):
    """Only an ended session can be reopened."""

    code = "session_not_ended"


class SessionAlreadyRunning(Conflict):
    """One athlete runs one session at a time."""

    code = "session_already_running"


class RepNumberTaken(Conflict):
    """The set has a repetition of this number already."""

    code = "rep_number_taken"


class SessionRemoved(Conflict):
    """The client's id belongs to a session that was deleted since."""

    code = "session_removed"


class WorkoutClosedAlready(Conflict):
    """A session of a completed or cancelled workout stays as it ended."""

    code = "workout_closed"


class SetRemoved(Conflict):
    """The client's id belongs to a set that was removed since."""

    code = "set_removed"
