"""Somebody prepares a second factor: a secret for their authenticator app."""

from dataclasses import dataclass

from workout_application.identity.ports import SecondFactorCodes
from workout_application.identity.recency import Recency
from workout_application.identity.views import EnrolmentView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import SecondFactorRepository, UserRepository
from workout_domain.identity.second_factor import SecondFactor
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolSecondFactor(Command[EnrolmentView]):
    """Answers with the secret; asking again replaces one that was never confirmed."""


class EnrolSecondFactorHandler:
    """Keeps the secret sealed; signing in does not need it before it was confirmed."""

    def __init__(
        self,
        users: UserRepository,
        factors: SecondFactorRepository,
        codes: SecondFactorCodes,
        recency: Recency,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._users, self._factors, self._codes = users, factors, codes
        self._recency, self._identifiers, self._clock = recency, identifiers, clock

    async def handle(self, _command: EnrolSecondFactor, actor: Actor) -> EnrolmentView:
        """Enrol."""
        self._recency.refuse_unless_recent(actor)
        now = self._clock.now()
        user = await self._users.get(actor.id)
        enrolment = self._codes.enrol(user.username)
        factor = await self._factors.of_user(user.id)
        if factor is not None:
            factor.replace_secret(enrolment.sealed_secret, at=now)
        else:
            self._factors.add(
                SecondFactor.begin(
                    second_factor_id=self._identifiers.new(),
                    user_id=user.id,
                    sealed_secret=enrolment.sealed_secret,
                    at=now,
                )
            )
        return EnrolmentView(
            secret=enrolment.secret, otpauth_uri=enrolment.otpauth_uri, qr_svg=enrolment.qr_svg
        )
