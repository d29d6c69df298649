"""The one way in: whatever proves who somebody is, the same checks and the same history follow."""

from typing import Final
from uuid import UUID

from workout_application.identity.ports import (
    EventRecorder,
    Failure,
    OneTimeTokens,
    Purpose,
    SignInAttempt,
    SignInJournal,
    SignInRules,
    Standing,
    TokenIssuer,
)
from workout_application.identity.views import TokenPair
from workout_domain.identity.errors import (
    AccountLocked,
    EmailNotConfirmed,
    SecondFactorRequired,
)
from workout_domain.identity.events import SignInsLockedOut
from workout_domain.identity.login_session import LoginSession
from workout_domain.identity.repositories import LoginSessionRepository
from workout_domain.identity.user import User
from workout_domain.kernel.errors import DomainError
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

PASSWORD: Final = "password"  # noqa: S105 - names a way to sign in
TWO_FACTOR: Final = "two_factor"
OIDC: Final = "oidc"


class SignIn:
    """
    Admits and refuses, and writes each attempt down.

    Refusals it raises keep what was written; a handler that refuses by itself calls ``note``
    first and raises an error that does the same.
    """

    def __init__(
        self,
        journal: SignInJournal,
        sessions: LoginSessionRepository,
        one_time_tokens: OneTimeTokens,
        tokens: TokenIssuer,
        events: EventRecorder,
        rules: SignInRules,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._journal, self._sessions = journal, sessions
        self._one_time_tokens, self._tokens, self._events = one_time_tokens, tokens, events
        self._rules, self._identifiers, self._clock = rules, identifiers, clock

    async def note(self, user_id: UUID | None, failure: Failure, *, method: str) -> Standing:
        """Write a wrong proof down; one too many from this place locks it for a while."""
        now = self._clock.now()
        standing = await self._journal.standing(user_id, at=now)
        locks_until = None
        if user_id is not None and standing.locked_until is None:
            locks_until = self._rules.lock_out.after_failure(standing.failures, at=now)
        attempt = SignInAttempt(
            user_id=user_id,
            method=method,
            standing=standing,
            failure=failure,
            locks_until=locks_until,
        )
        await self._journal.write(attempt, at=now)
        if user_id is not None and locks_until is not None:
            self._events.record(
                SignInsLockedOut(
                    occurred_at=now,
                    user_id=user_id,
                    ip_address=standing.device.ip_address,
                    locked_until=locks_until,
                )
            )
        return standing

    async def begin(self, user: User, *, method: str) -> TokenPair:
        """
        Sign in somebody who has proved who they are, but for a second factor.

        Raises:
            AccountLocked: an administrator shut the account, or failures did for this place.
            EmailNotConfirmed: the address must be confirmed first.
            SecondFactorRequired: the account has one, and ``method`` did not prove it.
        """
        standing = await self._journal.standing(user.id, at=self._clock.now())
        if user.is_locked or standing.locked_until is not None:
            locked = AccountLocked("This account is locked.", locked_until=standing.locked_until)
            raise await self._refusal(user, Failure.LOCKED, standing, method, locked)
        if self._rules.require_confirmed_email and not user.email_confirmed:
            unconfirmed = EmailNotConfirmed("Confirm your e-mail address first.")
            raise await self._refusal(
                user, Failure.EMAIL_NOT_CONFIRMED, standing, method, unconfirmed
            )
        if user.two_factor_enabled and method != TWO_FACTOR:
            required = await self._challenge(user)
            raise await self._refusal(
                user, Failure.SECOND_FACTOR_REQUIRED, standing, method, required
            )
        return await self._admit(user, standing, method)

    async def refuse_while_locked(self, user_id: UUID) -> None:
        """
        Let nobody guess further who has guessed too often from this place.

        Raises:
            AccountLocked: they have.
        """
        standing = await self._journal.standing(user_id, at=self._clock.now())
        if standing.locked_until is not None:
            raise AccountLocked(
                "Too many failures; try again later.", locked_until=standing.locked_until
            )

    async def _refusal(
        self, user: User, failure: Failure, standing: Standing, method: str, refusal: DomainError
    ) -> DomainError:
        attempt = SignInAttempt(user_id=user.id, method=method, standing=standing, failure=failure)
        await self._journal.write(attempt, at=self._clock.now())
        return refusal

    async def _challenge(self, user: User) -> SecondFactorRequired:
        lifetime = self._rules.challenge_lifetime
        token = await self._one_time_tokens.issue(
            user.id, Purpose.SECOND_FACTOR, lifetime=lifetime, at=self._clock.now()
        )
        return SecondFactorRequired(
            "Send a code of your second factor with this challenge.",
            challenge_token=token,
            expires_in=int(lifetime.total_seconds()),
        )

    async def _admit(self, user: User, standing: Standing, method: str) -> TokenPair:
        now = self._clock.now()
        attempt = SignInAttempt(user_id=user.id, method=method, standing=standing)
        await self._journal.write(attempt, at=now)
        session = LoginSession.begin(
            session_id=self._identifiers.new(),
            user_id=user.id,
            device=standing.device,
            method=method,
            at=now,
        )
        refresh_token = self._tokens.refresh_token()
        lifetime = self._rules.refresh_lifetime
        first = session.issue(self._tokens.digest(refresh_token), lifetime=lifetime, at=now)
        self._sessions.add(session, first)
        return token_pair(user, session, refresh_token, self._tokens, self._rules)


def token_pair(
    user: User,
    session: LoginSession,
    refresh_token: str,
    tokens: TokenIssuer,
    rules: SignInRules,
) -> TokenPair:
    """Make the answer of a sign-in or a refresh."""
    access_token = tokens.access_token(
        user_id=user.id,
        username=user.username,
        email=user.email,
        roles=sorted(user.roles),
        session_id=session.id,
    )
    return TokenPair(
        access_token=access_token,
        refresh_token=refresh_token,
        token_type="bearer",  # noqa: S106 - the name of a scheme
        expires_in=int(rules.access_lifetime.total_seconds()),
        refresh_expires_in=int(rules.refresh_lifetime.total_seconds()),
    )
