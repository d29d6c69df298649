"""Somebody makes an API key for a program of theirs; the key is shown this once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workout_application.identity.ports import ApiKeyCodes
from workout_application.identity.recency import Recency
from workout_application.identity.views import NewApiKeyView
from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.api_key import ApiKey
from workout_domain.identity.repositories import ApiKeyRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

SHOWN_CHARACTERS: Final = 10


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey(Command[NewApiKeyView]):
    """Answers with the key itself; without ``expires_at`` it lives until it is revoked."""

    name: str
    scopes: list[ApiScope]
    expires_at: datetime | None = None


class CreateApiKeyHandler:
    """Keeps the key's hash only."""

    def __init__(
        self,
        keys: ApiKeyRepository,
        codes: ApiKeyCodes,
        recency: Recency,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._keys, self._codes, self._recency = keys, codes, recency
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: CreateApiKey, actor: Actor) -> NewApiKeyView:
        """Make it."""
        self._recency.refuse_unless_recent(actor)
        secret = self._codes.fresh_key()
        key = ApiKey.create(
            key_id=self._identifiers.new(),
            user_id=actor.id,
            name=command.name,
            prefix=secret[:SHOWN_CHARACTERS],
            key_hash=self._codes.digest(secret),
            scopes=[scope.value for scope in command.scopes],
            expires_at=command.expires_at,
            at=self._clock.now(),
        )
        self._keys.add(key)
        return NewApiKeyView(
            id=key.id,
            name=key.name,
            prefix=key.prefix,
            scopes=key.scopes,
            expires_at=key.expires_at,
            last_used_at=None,
            created_at=key.created_at,
            key=secret,
        )
