"""Shows dry runs."""

from workout_application.programs.views import (
    FindingView,
    SimulatedView,
    SimulationView,
    StateView,
    StepView,
    chain_of,
)
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.simulating import Simulated, Simulation


def simulation_view(simulation: Simulation, scheme: Scheme) -> SimulationView:
    """Show a dry run of a rule."""
    return SimulationView(
        sessions=[
            _shown(number, one, scheme) for number, one in enumerate(simulation.sessions, start=1)
        ],
        next=StepView.of(simulation.next),
        training_max=simulation.training_max,
    )


def _shown(number: int, session: Simulated, scheme: Scheme) -> SimulatedView:
    moved = session.advance
    return SimulatedView(
        number=number,
        asked=StepView.of(session.asked),
        outcome=moved.outcome.value,
        reason=moved.reason.value,
        sentence=moved.sentence,
        sets=[FindingView.of(one) for one in moved.findings],
        chain=chain_of(moved.reckoning),
        after=StateView.of(moved.state, scheme.parameters),
        proposed_training_max=moved.proposed_training_max,
    )
