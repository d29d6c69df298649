"""Telemetry of the calculators: in the outbox where it is on, nowhere where it is off."""

from workout_application.messaging.actor import Actor
from workout_domain.strength.events import PlatesCalculated
from workout_infrastructure.persistence.unit_of_work import SqlUnitsOfWork


class SqlCalculatorTelemetry:
    """Stores each use in a transaction of its own, since a calculation changes nothing else."""

    def __init__(self, units_of_work: SqlUnitsOfWork) -> None:
        self._units_of_work = units_of_work

    async def plates_calculated(self, event: PlatesCalculated, actor: Actor) -> None:
        """Store the event."""
        async with self._units_of_work.transaction(actor, appends=True) as work:
            work.record(event)


class NoCalculatorTelemetry:
    """What an operator has who did not ask for telemetry."""

    async def plates_calculated(self, event: PlatesCalculated, actor: Actor) -> None:
        """Drop it."""
