"""Why a coach is refused: the same sentences in every context."""

from workout_domain.kernel.errors import Forbidden, NotFound


class AthleteNotCoached(Forbidden):
    """The trainer has no active relation with this athlete."""

    code = "athlete_not_coached"


class ScopeRequired(Forbidden):
    """The relation is active, but the athlete did not give this scope."""

    code = "scope_required"


class AthleteNotFound(NotFound):
    """There is no such athlete, or the caller does not coach them."""

    code = "athlete_not_found"
