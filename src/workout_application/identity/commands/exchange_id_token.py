"""Somebody signs in with an identity token of the configured external issuer."""

from dataclasses import dataclass

from workout_application.identity.newcomers import profile_of, usernames_for
from workout_application.identity.ports import (
    CredentialReader,
    ExternalIdentities,
    ExternalIdentity,
    IdentityProvider,
    Profiles,
)
from workout_application.identity.sign_in import OIDC, SignIn
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import (
    EmailNotVerified,
    EmailTaken,
    InvalidToken,
    UsernameTaken,
    UserNotFound,
)
from workout_domain.identity.repositories import UserRepository
from workout_domain.identity.user import User
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeIdToken(Command[TokenPair]):
    """Answers with a pair of our own tokens."""

    id_token: str


class ExchangeIdTokenHandler:
    """Finds the account by issuer and subject, links one by its address, or opens one."""

    def __init__(
        self,
        provider: IdentityProvider,
        identities: ExternalIdentities,
        accounts: CredentialReader,
        users: UserRepository,
        profiles: Profiles,
        sign_in: SignIn,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._provider, self._identities, self._accounts = provider, identities, accounts
        self._users, self._profiles, self._sign_in = users, profiles, sign_in
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: ExchangeIdToken, _actor: Actor) -> TokenPair:
        """Verify the token before anything is looked up, then sign its owner in."""
        identity = await self._provider.verify(command.id_token)
        user = await self._user_of(identity)
        return await self._sign_in.begin(user, method=OIDC)

    async def _user_of(self, identity: ExternalIdentity) -> User:
        known = await self._identities.user_of(identity.issuer, identity.subject)
        if known is not None:
            try:
                return await self._users.get(known)
            except UserNotFound:
                raise InvalidToken("The account of this identity is gone.") from None
        if identity.email is None:
            raise EmailNotVerified(
                "Your identity has no verified e-mail address, so no account can be opened for it."
            )
        now = self._clock.now()
        user = await self._holder_of(identity.email) or await self._open(identity, identity.email)
        user.link_external_identity(identity.issuer, at=now)
        await self._identities.link(identity.issuer, identity.subject, user.id, at=now)
        return user

    async def _holder_of(self, email: str) -> User | None:
        holder = await self._accounts.of(email)
        if holder is None:
            return None
        user = await self._users.get(holder.user_id)
        # Whoever opened it never showed that the address is theirs: they keep what is in it, and
        # whoever really has the address does not come in by their password.
        if not user.email_confirmed:
            raise EmailTaken(
                "An account with your e-mail address exists, but its address was never confirmed. "
                "Confirm it or reset its password first."
            )
        return user

    async def _open(self, identity: ExternalIdentity, email: str) -> User:
        now, user_id = self._clock.now(), self._identifiers.new()
        wished = usernames_for(identity, email, otherwise=user_id.hex[-8:])
        username = await self._identities.first_free(wished)
        if username is None:
            raise UsernameTaken("Every username made from your name is taken.")
        user = User.register(
            user_id=user_id,
            username=username,
            email=email,
            password_hash=None,
            profile=profile_of(identity, username),
            at=now,
        )
        user.confirm_email(at=now)
        user.grant(Role.ATHLETE, at=now)
        self._users.add(user)
        await self._profiles.open_athlete(user.id)
        return user
