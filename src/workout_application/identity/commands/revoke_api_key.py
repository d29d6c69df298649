"""Somebody makes an API key of theirs worthless."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import ApiKeyRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey(Command[None]):
    """Programs that use it are refused from then on."""

    api_key_id: UUID


class RevokeApiKeyHandler:
    """Revokes the caller's own keys."""

    def __init__(self, keys: ApiKeyRepository, clock: Clock) -> None:
        self._keys, self._clock = keys, clock

    async def handle(self, command: RevokeApiKey, actor: Actor) -> None:
        """Revoke it; doing so again changes nothing."""
        key = await self._keys.of_user(actor.id, command.api_key_id)
        key.revoke(at=self._clock.now())
