"""Before a retired key is dropped, secrets sealed with it are sealed anew."""

from dataclasses import dataclass

from workout_application.identity.ports import SecondFactorCodes
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_domain.identity.repositories import SecondFactorRepository


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ResealSecondFactors(Command[int]):
    """Answers with how many were sealed anew; one that nobody can open any more is left alone."""


class ResealSecondFactorsHandler:
    """Goes through all of them: each is a few hundred bytes, and this is done once a rotation."""

    def __init__(self, factors: SecondFactorRepository, codes: SecondFactorCodes) -> None:
        self._factors, self._codes = factors, codes

    async def handle(self, _command: ResealSecondFactors, _actor: Actor) -> int:
        """Reseal them."""
        count = 0
        for factor in await self._factors.all_locked():
            resealed = self._codes.resealed(factor.sealed_secret)
            if resealed is not None:
                factor.keep_resealed(resealed)
                count += 1
        return count
