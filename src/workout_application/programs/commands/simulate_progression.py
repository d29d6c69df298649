"""Anybody tries a rule that is not set, on sessions that are only supposed."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.simulations import simulation_view
from workout_application.programs.views import SimulationView
from workout_domain.kernel.load import Load
from workout_domain.programs.loading import LoadKind, converted
from workout_domain.programs.parameters import Parameters
from workout_domain.programs.performance import Performance
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.simulating import simulated


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateProgression(Command[SimulationView]):
    """Answers with the dry run; nothing is read and nothing is written."""

    parameters: Parameters
    performances: tuple[Performance, ...]
    load_kind: LoadKind = LoadKind.EXTERNAL
    training_max: Load | None = None
    accepts_proposals: bool = False


class SimulateProgressionHandler:
    """Calculates."""

    async def handle(self, command: SimulateProgression, _actor: Actor) -> SimulationView:
        """Calculate it."""
        command.parameters.refuse_for(command.load_kind)
        scheme = Scheme(parameters=command.parameters, load_kind=command.load_kind)
        given, unit = command.training_max, command.parameters.unit
        figure = None if given is None else converted(given.amount, given.unit, unit)
        run = simulated(
            scheme,
            scheme.begun(),
            command.performances,
            figure,
            accepts_proposals=command.accepts_proposals,
        )
        return simulation_view(run, scheme)
