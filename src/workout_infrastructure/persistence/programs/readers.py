"""Progression rules and their histories for display, on the bare driver."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.programs.ports import LatestEntries, ReadEntry, ReadRule, RuleFilter
from workout_application.programs.views import (
    ApplicationView,
    ParametersView,
    RuleView,
    StateView,
)
from workout_domain.coaching.scopes import Scope
from workout_domain.programs.history import Entry
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.parameters import Parameters
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import State
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.programs.documents import read
from workout_infrastructure.persistence.programs.histories import LATEST_FIRST, OPEN_PROPOSAL
from workout_infrastructure.persistence.programs.training_maxes import narrowed, visible
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_COLUMNS: Final = """
r.id, r.athlete_id, r.exercise_id,
(SELECT e.name FROM exercises e WHERE e.id = r.exercise_id) AS exercise_name,
r.load_kind, r.version, r.parameters::text AS parameters, r.state::text AS state, r.created_by,
r.created_at, r.updated_at, r.revision
"""
_CONDITIONS: Final = {
    "athlete_id": "r.athlete_id = {0}::uuid",
    "exercise_id": "r.exercise_id = {0}::uuid",
    "id": "r.id = {0}::uuid",
    "own": "r.athlete_id = {0}::uuid",
    "coached": (
        "(r.athlete_id = {0}::uuid OR r.athlete_id IN ("
        + athletes_open_to("{1}::uuid", Scope.VIEW_WORKOUTS)
        + "))"
    ),
}
_SORTS: Final = {
    "created_at": "r.created_at, r.id",
    "-created_at": "r.created_at DESC, r.id DESC",
    "updated_at": "r.updated_at, r.id",
    "-updated_at": "r.updated_at DESC, r.id DESC",
}
_ZONE: Final = """
(SELECT u.time_zone FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
 WHERE a.id = r.athlete_id AND a.deleted_at IS NULL) AS time_zone
"""
_OF_APPLICATION: Final = """
x.id, x.rule_id, x.entry::text AS entry, x.accepted_training_max_id, x.created_at, x.superseded_at
"""
_LATEST: Final = f"""
(SELECT 'last' AS which, {_OF_APPLICATION} FROM progression_applications x
 WHERE x.rule_id = $1::uuid AND x.superseded_at IS NULL ORDER BY {LATEST_FIRST} LIMIT 1)
UNION ALL
(SELECT 'last_session', {_OF_APPLICATION} FROM progression_applications x
 WHERE x.rule_id = $1::uuid AND x.superseded_at IS NULL AND x.cause = 'session'
 ORDER BY x.at DESC LIMIT 1)
UNION ALL
(SELECT 'proposal', {_OF_APPLICATION} FROM (
    SELECT p.* FROM progression_applications p
    WHERE p.rule_id = $1::uuid AND p.superseded_at IS NULL AND p.proposed_training_max IS NOT NULL
    ORDER BY p.at DESC LIMIT 1) x
 WHERE {OPEN_PROPOSAL})
"""


class SqlRuleReader:
    """Reads rules; who may see one is decided after ``one`` and before its history."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool
        self._rules = SqlList(
            pool,
            columns=_COLUMNS,
            table="progression_rules",
            alias="r",
            newest_by="created_at",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=_shown,
        )
        self._applications = SqlList(
            pool,
            columns=_OF_APPLICATION,
            table="progression_applications",
            alias="x",
            newest_by="created_at",
            sorts={},
            conditions={"rule": "x.rule_id = {0}::uuid", "in_force": "x.superseded_at IS NULL"},
            shown=lambda row: encode(_application(row).shown),
            can_be_deleted=False,
        )

    async def page(
        self, where: RuleFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        narrowing = (*visible("own", "coached", visible_to), *narrowed(where))
        return await self._rules.page(narrowing, request)

    async def one(self, rule_id: UUID) -> ReadRule | None:
        """Return a rule."""
        row = await self._rules.one((("id", (rule_id,)),), f"{_COLUMNS}, {_ZONE}")
        if row is None or row["time_zone"] is None:
            return None
        return ReadRule(
            document=Document(_shown(row), row["revision"]),
            athlete_id=UUID(row["athlete_id"]),
            exercise_id=UUID(row["exercise_id"]),
            exercise_name=row["exercise_name"],
            time_zone=row["time_zone"],
            version=row["version"],
            scheme=Scheme(
                parameters=read(Parameters, row["parameters"]),
                load_kind=LoadKind(row["load_kind"]),
            ),
            state=read(State, row["state"]),
        )

    async def applications(
        self, rule_id: UUID, request: CursorRequest, *, with_superseded: bool
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor."""
        narrowing: Narrowing = (("rule", (rule_id,)),)
        if not with_superseded:
            narrowing = (*narrowing, ("in_force", ()))
        return await self._applications.run(narrowing, request)

    async def latest(self, rule_id: UUID) -> LatestEntries:
        """Return what an explanation begins with, read in one statement."""
        rows = {row["which"]: row for row in await self._pool.fetch(_LATEST, rule_id)}
        found = {which: _application(row) for which, row in rows.items()}
        return LatestEntries(
            last=found.get("last"),
            last_session=found.get("last_session"),
            proposal=found.get("proposal"),
        )


def _shown(row: Mapping[str, Any]) -> bytes:
    parameters = read(Parameters, row["parameters"])
    return encode(
        RuleView(
            id=row["id"],
            athlete_id=row["athlete_id"],
            exercise_id=row["exercise_id"],
            exercise_name=row["exercise_name"],
            load_kind=row["load_kind"],
            version=row["version"],
            parameters=ParametersView.of(parameters),
            state=StateView.of(read(State, row["state"]), parameters),
            created_by=row["created_by"],
            created_at=row["created_at"],
            updated_at=row["updated_at"],
            revision=row["revision"],
        )
    )


def _application(row: Mapping[str, Any]) -> ReadEntry:
    entry = read(Entry, row["entry"])
    shown = ApplicationView.of(
        entry,
        application_id=row["id"],
        rule_id=row["rule_id"],
        accepted_training_max_id=row["accepted_training_max_id"],
        created_at=row["created_at"],
        superseded_at=row["superseded_at"],
    )
    return ReadEntry(entry=entry, shown=shown)
