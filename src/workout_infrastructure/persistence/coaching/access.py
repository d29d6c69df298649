"""
Which relation allows what: the only place that knows.

Everything a coach reads or writes of an athlete's is decided by a condition made here, or by
``standing``. Others name neither the table of relations nor its status and scopes.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from workout_application.messaging.coach_access import Standing
from workout_domain.coaching.scopes import Scope
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_ACTIVE: Final = "{relation}.status = 'active' AND {relation}.deleted_at IS NULL"
_STANDS: Final = "{relation}.status <> 'ended' AND {relation}.deleted_at IS NULL"
_GRANTS: Final = f"{_ACTIVE} AND {{relation}}.scopes @> ARRAY[{{scopes}}]::text[]"
_ATHLETES: Final = f"""
SELECT r.athlete_id FROM coaching_relations r
WHERE r.trainer_id = {{trainer}} AND {_GRANTS.replace("{relation}", "r")}
"""
_MAY: Final = f"""
EXISTS (SELECT 1 FROM coaching_relations r
WHERE r.trainer_user_id = {{user}} AND r.athlete_id = {{athlete}}
AND {_GRANTS.replace("{relation}", "r")})
"""
_COACHES: Final = f"""
SELECT r.trainer_user_id FROM coaching_relations r
WHERE r.athlete_user_id = {{user}} AND {_STANDS.format(relation="r")}
"""
PAIR: Final = f"""
SELECT r.trainer_user_id, r.athlete_user_id,
       CASE WHEN {_ACTIVE.format(relation="r")} THEN r.scopes ELSE ARRAY[]::text[] END AS scopes
FROM coaching_relations r
WHERE r.trainer_id = $1::uuid AND r.athlete_id = $2::uuid AND {_STANDS.format(relation="r")}
"""
"""SQL for the two of a relation that has not ended, and what its coach may do now."""


# In all of these the arguments are SQL expressions, never values of a client.
def grants(relation: str, *scopes: Scope) -> str:
    """Return the condition under which a relation gives its coach all these scopes now."""
    return _GRANTS.format(relation=relation, scopes=_written(scopes))


def stands(relation: str) -> str:
    """Return the condition under which a relation has not ended."""
    return _STANDS.format(relation=relation)


def athletes_open_to(trainer: str, *scopes: Scope) -> str:
    """Return a query of the athletes who give a trainer all these scopes now."""
    return _ATHLETES.format(trainer=trainer, scopes=_written(scopes))


def coach_may(user: str, athlete: str, *scopes: Scope) -> str:
    """Return the condition under which an athlete gives an account all these scopes now."""
    return _MAY.format(user=user, athlete=athlete, scopes=_written(scopes))


def coaches_of(user: str) -> str:
    """Return a query of the accounts that coach an account, in relations not ended."""
    return _COACHES.format(user=user)


def _written(scopes: tuple[Scope, ...]) -> str:
    return ", ".join(f"'{scope.value}'" for scope in scopes)


_STANDING: Final = f"""
SELECT $3::text = ANY (r.scopes) AS has_scope FROM coaching_relations r
WHERE r.trainer_id = $1::uuid AND r.athlete_id = $2::uuid AND {_ACTIVE.format(relation="r")}
"""
_STANDINGS: Final = f"""
SELECT r.athlete_id::text, $3::text = ANY (r.scopes) AS has_scope FROM coaching_relations r
WHERE r.trainer_id = $1::uuid AND r.athlete_id = ANY ($2::uuid[])
AND {_ACTIVE.format(relation="r")}
"""
# Whoever would end or narrow the relation waits until this command has committed.
_STANDING_HELD: Final = f"{_STANDING} FOR SHARE"
# In one order, so that two commands that hold several wait for each other, never both.
_STANDINGS_HELD: Final = f"{_STANDINGS} ORDER BY r.id FOR SHARE"


class SqlCoachAccess:
    """Asks the primary, for queries: a right that was just withdrawn is gone."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def standing(self, trainer_id: UUID, athlete_id: UUID, scope: str) -> Standing:
        """Tell how the trainer stands to the athlete now."""
        return _told(await self._pool.fetchrow(_STANDING, trainer_id, athlete_id, scope))

    async def standings(
        self, trainer_id: UUID, athlete_ids: Sequence[UUID], scope: str
    ) -> dict[UUID, Standing]:
        """Tell how the trainer stands to each athlete now."""
        return _each(await self._pool.fetch(_STANDINGS, trainer_id, list(athlete_ids), scope))


class SqlCoachAccessOfCommand:
    """Asks inside the command in progress, and holds the answer until it has committed."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def standing(self, trainer_id: UUID, athlete_id: UUID, scope: str) -> Standing:
        """Tell how the trainer stands to the athlete, until the command has ended."""
        return _told(await self._work().fetchrow(_STANDING_HELD, trainer_id, athlete_id, scope))

    async def standings(
        self, trainer_id: UUID, athlete_ids: Sequence[UUID], scope: str
    ) -> dict[UUID, Standing]:
        """Tell how the trainer stands to each athlete, until the command has ended."""
        asked = (trainer_id, list(athlete_ids), scope)
        return _each(await self._work().fetch(_STANDINGS_HELD, *asked))


def _each(rows: list[Any]) -> dict[UUID, Standing]:
    return {UUID(row["athlete_id"]): _told(row) for row in rows}


def _told(row: Any) -> Standing:  # noqa: ANN401 - a row or None
    if row is None:
        return Standing.STRANGER
    return Standing.ALLOWED if row["has_scope"] else Standing.WITHOUT_SCOPE
