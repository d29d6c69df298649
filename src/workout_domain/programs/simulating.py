"""A dry run: what a rule would ask for and decide, session by session."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workout_domain.programs.advancing import advance
from workout_domain.programs.performance import Performance
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import Advance, State, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """One supposed session: what was asked of it, and what it led to."""

    asked: Step
    advance: Advance


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """All of them, what would be asked after the last, and the training max by then."""

    sessions: tuple[Simulated, ...]
    next: Step
    training_max: Decimal | None


def simulated(
    scheme: Scheme,
    state: State,
    performances: Sequence[Performance],
    training_max: Decimal | None = None,
    *,
    accepts_proposals: bool = False,
) -> Simulation:
    """
    Let a rule go through sessions that are only supposed; of those without a set nothing follows.

    With ``accepts_proposals`` each training max that is proposed is taken at once; else none is.
    """
    sessions = []
    for performance in performances:
        asked = scheme.prescribe(state, training_max)
        moved = advance(scheme, state, performance, training_max)
        sessions.append(Simulated(asked=asked, advance=moved))
        state = moved.state
        if accepts_proposals and moved.proposed_training_max is not None:
            training_max = moved.proposed_training_max
    return Simulation(
        sessions=tuple(sessions),
        next=scheme.prescribe(state, training_max),
        training_max=training_max,
    )
