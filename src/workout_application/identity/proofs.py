"""Somebody signed in proves once more who they are, by password or by a code."""

from workout_application.identity.ports import Failure, PasswordHasher
from workout_application.identity.second_factors import SecondFactorCheck
from workout_application.identity.sign_in import PASSWORD, TWO_FACTOR, SignIn
from workout_domain.identity.errors import WrongPassword, WrongSecondFactorCode
from workout_domain.identity.user import User


class Proofs:
    """Wrong ones count like failed sign-ins, so a stolen session cannot be used for guessing."""

    def __init__(
        self, passwords: PasswordHasher, check: SecondFactorCheck, sign_in: SignIn
    ) -> None:
        self._passwords, self._check, self._sign_in = passwords, check, sign_in

    async def require_password(self, user: User, password: str, *, pointer: str) -> None:
        """
        Check the account's password.

        Raises:
            WrongPassword: it is another one, or the account has none.
            AccountLocked: too many were wrong before.
        """
        await self._sign_in.refuse_while_locked(user.id)
        if not await self._passwords.verify(password, user.password_hash):
            await self._sign_in.note(user.id, Failure.WRONG_PASSWORD, method=PASSWORD)
            raise WrongPassword.field(pointer, "wrong", "The password is wrong.")

    async def require_code(self, user: User, code: str, *, pointer: str) -> None:
        """
        Check a code of the second factor, or a recovery code, and use it up.

        Raises:
            WrongSecondFactorCode: it does not pass.
            AccountLocked: too many were wrong before.
        """
        await self._sign_in.refuse_while_locked(user.id)
        if not await self._check.passes(user.id, code):
            await self._sign_in.note(user.id, Failure.WRONG_CODE, method=TWO_FACTOR)
            raise WrongSecondFactorCode.field(pointer, "wrong", "The code is wrong.")
