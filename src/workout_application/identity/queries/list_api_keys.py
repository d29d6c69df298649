"""Somebody looks through their API keys."""

from dataclasses import dataclass, field

from workout_application.identity.ports import ApiKeyReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListApiKeys(Query[Page[bytes]]):
    """Answers with ``ApiKeyView`` items, newest first; revoked keys are gone."""

    page: PageRequest = field(default_factory=PageRequest)


class ListApiKeysHandler:
    """Reads the caller's own keys."""

    def __init__(self, keys: ApiKeyReader) -> None:
        self._keys = keys

    async def handle(self, query: ListApiKeys, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._keys.page(query.page, visible_to=actor)
