"""A personal API key: lets a program act for somebody, within scopes and until a date."""

from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.identity.events import ApiKeyCreated, ApiKeyRevoked
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import required_text

LONGEST_NAME: Final = 100


class ApiKey(Aggregate):
    """One key; only its hash is known, and the first characters, by which its owner tells it."""

    def __init__(
        self, *, key_id: UUID, user_id: UUID, name: str, prefix: str, key_hash: str, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = key_id
        self.user_id = user_id
        self.name = name
        self.prefix, self.key_hash = prefix, key_hash
        self.scopes: list[str] = []
        self.expires_at: datetime | None = None
        self.last_used_at: datetime | None = None
        self.revoked_at: datetime | None = None

    @classmethod
    def create(
        cls,
        *,
        key_id: UUID,
        user_id: UUID,
        name: str,
        prefix: str,
        key_hash: str,
        scopes: list[str],
        expires_at: datetime | None,
        at: datetime,
    ) -> "ApiKey":
        """
        Make a key.

        Raises:
            Invalid: the name is blank or too long, there is no scope, or it has expired already.
        """
        if not scopes:
            raise Invalid.field("/scopes", "too_short", "A key needs at least one scope.")
        if expires_at is not None and expires_at <= at:
            raise Invalid.field("/expires_at", "past", "expires_at must lie ahead.")
        key = cls(
            key_id=key_id,
            user_id=user_id,
            name=required_text(name, field="name", longest=LONGEST_NAME),
            prefix=prefix,
            key_hash=key_hash,
            at=at,
        )
        key.scopes = sorted(set(scopes))
        key.expires_at = expires_at
        key._record(
            ApiKeyCreated(
                occurred_at=at, user_id=user_id, api_key_id=key_id, scopes=tuple(key.scopes)
            )
        )
        return key

    def revoke(self, *, at: datetime) -> None:
        """Make it worthless; revoking it again changes nothing."""
        if self.revoked_at is not None:
            return
        self.revoked_at = at
        self._record(ApiKeyRevoked(occurred_at=at, user_id=self.user_id, api_key_id=self.id))
