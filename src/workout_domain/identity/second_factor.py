"""A second factor: a time-based code, or one of the recovery codes kept for a lost phone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workout_domain.identity.errors import SecondFactorEnabled, SecondFactorMissing
from workout_domain.identity.events import (
    RecoveryCodeUsed,
    SecondFactorDisabled,
    SecondFactorTurnedOn,
)
from workout_domain.kernel.aggregate import Aggregate


@dataclass(eq=False)
class RecoveryCode:
    """One recovery code, known by its hash only; it passes once."""

    second_factor_id: UUID
    code_hash: str
    used_at: datetime | None = None


class SecondFactor(Aggregate):
    """
    What an account proves beside its password, at most one per account.

    A code belongs to a time step of 30 seconds; the last step that passed is kept, so neither
    that code nor an older one passes again. The secret is sealed; only the adapter that checks
    codes can open it.
    """

    def __init__(
        self, *, second_factor_id: UUID, user_id: UUID, sealed_secret: bytes, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = second_factor_id
        self.user_id = user_id
        self.sealed_secret = sealed_secret
        self.confirmed_at: datetime | None = None
        self.last_used_step: int | None = None
        self._recovery_codes: list[RecoveryCode] = []

    @classmethod
    def begin(
        cls, *, second_factor_id: UUID, user_id: UUID, sealed_secret: bytes, at: datetime
    ) -> "SecondFactor":
        """Prepare one; it counts once its owner has shown a code."""
        factor = cls(
            second_factor_id=second_factor_id, user_id=user_id, sealed_secret=sealed_secret, at=at
        )
        factor._touch(at=at)
        return factor

    @property
    def is_on(self) -> bool:
        """Whether signing in needs it."""
        return self.confirmed_at is not None

    @property
    def unused_recovery_codes(self) -> int:
        """How many recovery codes are left."""
        return sum(code.used_at is None for code in self._recovery_codes)

    def replace_secret(self, sealed_secret: bytes, *, at: datetime) -> None:
        """
        Start enrolling anew, for an owner who never finished.

        Raises:
            SecondFactorEnabled: it counts already; it must be disabled first.
        """
        if self.is_on:
            raise SecondFactorEnabled("Disable the second factor before enrolling another.")
        self.sealed_secret = sealed_secret
        self._touch(at=at)

    def keep_resealed(self, sealed_secret: bytes) -> None:
        """Keep the same secret under a newer key; its use is what counts as the change."""
        self.sealed_secret = sealed_secret

    def turn_on(self, step: int, code_hashes: list[str], *, at: datetime) -> None:
        """
        Count from now on: its owner has shown the code of ``step``.

        Raises:
            SecondFactorEnabled: it counts already.
        """
        if self.is_on:
            raise SecondFactorEnabled("The second factor is enabled already.")
        self.confirmed_at, self.last_used_step = at, step
        self._give_recovery_codes(code_hashes)
        self._record(SecondFactorTurnedOn(occurred_at=at, user_id=self.user_id))

    def replace_recovery_codes(self, code_hashes: list[str], *, at: datetime) -> None:
        """
        Give out new recovery codes; the old ones are worth nothing from then on.

        Raises:
            SecondFactorMissing: it does not count.
        """
        if not self.is_on:
            raise SecondFactorMissing("There is no second factor.")
        self._give_recovery_codes(code_hashes)
        self._touch(at=at)

    def use_step(self, step: int, *, at: datetime) -> bool:
        """Use the code of a time step; False where it or a later one was used before."""
        if self.last_used_step is not None and step <= self.last_used_step:
            return False
        self.last_used_step = step
        self._touch(at=at)
        return True

    def use_recovery_code(self, code_hash: str, *, at: datetime) -> bool:
        """Use a recovery code; False where there is none such left."""
        for code in self._recovery_codes:
            if code.code_hash == code_hash and code.used_at is None:
                code.used_at = at
                self._record(
                    RecoveryCodeUsed(
                        occurred_at=at, user_id=self.user_id, left=self.unused_recovery_codes
                    )
                )
                return True
        return False

    def turn_off(self, *, at: datetime) -> None:
        """Count no more; whoever holds it removes it from its collection."""
        self._record(SecondFactorDisabled(occurred_at=at, user_id=self.user_id))

    def _give_recovery_codes(self, code_hashes: list[str]) -> None:
        self._recovery_codes[:] = [
            RecoveryCode(second_factor_id=self.id, code_hash=code_hash) for code_hash in code_hashes
        ]
