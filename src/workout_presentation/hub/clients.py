"""Who is connected to this process."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.ports import AccessClaims
from workout_application.messaging.actor import Actor
from workout_application.messaging.origin import Origin
from workout_presentation.hub.rooms import Connection


@dataclass(slots=True)
class Client:
    """One connection and the account behind it."""

    connection: Connection
    actor: Actor
    claims: AccessClaims
    origin: Origin

    @property
    def user_id(self) -> UUID:
        """The account."""
        return self.claims.user_id


class Clients:
    """All clients of this process, by connection."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Client] = {}

    def add(self, client: Client) -> None:
        """Note a new client."""
        self._by_sid[client.connection.sid] = client

    def get(self, sid: str) -> Client | None:
        """Return the client of a connection."""
        return self._by_sid.get(sid)

    def remove(self, sid: str) -> Client | None:
        """Forget a client."""
        return self._by_sid.pop(sid, None)

    def all(self) -> list[Client]:
        """Return everybody connected now."""
        return list(self._by_sid.values())
