"""Why a coach is refused: the same two sentences in every context."""

from workout_domain.kernel.errors import Forbidden


class AthleteNotCoached(Forbidden):
    """The trainer has no active relation with this athlete."""

    code = "athlete_not_coached"


class ScopeRequired(Forbidden):
    """The relation is active, but the athlete did not give this scope."""

    code = "scope_required"
