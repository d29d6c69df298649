"""The step all uses of a second factor share: a code passes or does not, and passes once."""

from uuid import UUID

from workout_application.identity.ports import SecondFactorCodes
from workout_domain.identity.repositories import SecondFactorRepository
from workout_shared.clock import Clock


class SecondFactorCheck:
    """Takes codes of the authenticator app and recovery codes alike."""

    def __init__(
        self, factors: SecondFactorRepository, codes: SecondFactorCodes, clock: Clock
    ) -> None:
        self._factors, self._codes, self._clock = factors, codes, clock

    async def passes(self, user_id: UUID, code: str) -> bool:
        """Tell whether a code passes, and use it up; the factor stays locked until the commit."""
        now = self._clock.now()
        factor = await self._factors.of_user(user_id)
        if factor is None or not factor.is_on:
            return False
        step = self._codes.step_of(factor.sealed_secret, code, at=now)
        if step is not None:
            resealed = self._codes.resealed(factor.sealed_secret)
            if resealed is not None:
                factor.keep_resealed(resealed)
            return factor.use_step(step, at=now)
        return factor.use_recovery_code(self._codes.recovery_hash(code), at=now)
