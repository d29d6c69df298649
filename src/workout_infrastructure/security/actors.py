"""What each caller may do now: read from the database, remembered for less than a second."""

from collections import OrderedDict
from typing import Any, Final
from uuid import UUID

from workout_application.identity.ports import ApiKeyCodes
from workout_application.messaging.actor import Actor, Role
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.identity.api_keys import SqlApiKeyUses
from workout_infrastructure.persistence.identity.rights import PROFILES, RIGHTS
from workout_shared.clock import Clock

REMEMBERED_SECONDS: Final = 0.8
KEPT_ACTORS: Final = 20_000

_FIND = f"""
SELECT {RIGHTS}, s.created_at AS signed_in_at
FROM users u
JOIN login_sessions s ON s.user_id = u.id AND s.id = $2 AND s.revoked_at IS NULL
{PROFILES}
WHERE u.id = $1 AND u.deleted_at IS NULL AND u.locked_at IS NULL
"""
_ENDED = """
SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
LEFT JOIN login_sessions s ON s.id = asked.id AND s.revoked_at IS NULL
LEFT JOIN users u ON u.id = s.user_id AND u.deleted_at IS NULL AND u.locked_at IS NULL
WHERE u.id IS NULL
"""


class RememberingActorDirectory:
    """
    Answers from the database, at most once per caller and 0.8 seconds.

    A new role or a revoked session therefore counts within a second in every process, with no
    message bus to depend on; in the process that made the change, ``forget`` makes it at once.
    """

    def __init__(self, pool: DriverPool, keys: ApiKeyCodes, clock: Clock) -> None:
        self._pool, self._uses = pool, SqlApiKeyUses(pool)
        self._keys, self._clock = keys, clock
        self._known: OrderedDict[UUID | str, tuple[float, Actor]] = OrderedDict()
        self._changes = 0

    async def find(self, user_id: UUID, login_session_id: UUID) -> Actor | None:
        """Return the actor, or None when account or login session no longer count."""
        now = self._clock.now().timestamp()
        known = self._known.get(login_session_id)
        if known is not None and known[1].user_id == user_id and _is_fresh(known[0], now):
            return known[1]
        changes = self._changes
        row = await self._pool.fetchrow(_FIND, user_id, login_session_id)
        if row is None:
            self._known.pop(login_session_id, None)
            return None
        actor = _actor(row, login_session_id=login_session_id, signed_in_at=row["signed_in_at"])
        self._remember(login_session_id, actor, changes=changes, until=now + REMEMBERED_SECONDS)
        return actor

    async def of_api_key(self, api_key: str) -> Actor | None:
        """Return the owner with the key's scopes, or None where the key does not count."""
        now, digest = self._clock.now(), self._keys.digest(api_key)
        known = self._known.get(digest)
        if known is not None and _is_fresh(known[0], now.timestamp()):
            return known[1]
        changes = self._changes
        row = await self._uses.of(digest, at=now)
        if row is None:
            self._known.pop(digest, None)
            return None
        actor = _actor(row, api_scopes=frozenset(row["scopes"]))
        until = now.timestamp() + REMEMBERED_SECONDS
        if row["expires_at"] is not None:
            until = min(until, row["expires_at"].timestamp())
        self._remember(digest, actor, changes=changes, until=until)
        return actor

    def _remember(self, key: UUID | str, actor: Actor, *, changes: int, until: float) -> None:
        if changes != self._changes:
            # Rights changed while the database was asked: right for this request, not for the next.
            return
        self._known[key] = (until, actor)
        self._known.move_to_end(key)
        if len(self._known) > KEPT_ACTORS:
            self._known.popitem(last=False)

    async def ended(self, login_session_ids: list[UUID]) -> set[UUID]:
        """Return those of the login sessions that no longer count, in one query."""
        rows = await self._pool.fetch(_ENDED, login_session_ids)
        return {UUID(row["id"]) for row in rows}

    def forget(self) -> None:
        """Drop everything remembered: rights have just changed in this process."""
        self._changes += 1
        self._known.clear()


def _actor(row: Any, **more: Any) -> Actor:  # noqa: ANN401 - asyncpg's record, fields of Actor
    roles = frozenset(Role(role) for role in row["roles"])
    # Without its role a profile gives no rights, so it is as if it were not there.
    return Actor(
        user_id=UUID(row["user_id"]),
        roles=roles,
        trainer_profile_id=_uuid(row["trainer_id"]) if Role.TRAINER in roles else None,
        athlete_profile_id=_uuid(row["athlete_id"]) if Role.ATHLETE in roles else None,
        preferred_unit=row["preferred_unit"],
        time_zone=row["time_zone"],
        **more,
    )


def _is_fresh(until: float, now: float) -> bool:
    # An entry that lasts longer than any can was made before the clock was set back.
    return now < until <= now + REMEMBERED_SECONDS


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
