"""Progression rules: table, mapping, repository, and where they stand."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Table, Uuid, select, text

from workout_application.programs.ports import RuleFacts
from workout_domain.programs.errors import ProgressionRuleExists, ProgressionRuleNotFound
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.rule import ProgressionRule
from workout_domain.programs.steps import State
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.programs.documents import (
    ParametersDocument,
    StateDocument,
    written,
)
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.training.performed import PERFORMED
from workout_infrastructure.persistence.unit_of_work import CurrentWork

progression_rules = Table(
    "progression_rules",
    metadata,
    *aggregate_columns(),
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
    Column("load_kind", text_enum(LoadKind, "load_kind"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("parameters", ParametersDocument, nullable=False),
    Column("state", StateDocument, nullable=False),
    Column("created_by", Uuid, reference("users.id"), nullable=False),
)
Index(
    "uq_progression_rules_athlete_id_exercise_id",
    progression_rules.c.athlete_id,
    progression_rules.c.exercise_id,
    unique=True,
    postgresql_where=text("deleted_at IS NULL"),
)
Index(
    "ix_progression_rules_athlete_id",
    progression_rules.c.athlete_id,
    progression_rules.c.created_at.desc(),
    progression_rules.c.id.desc(),
)
Index("ix_progression_rules_exercise_id", progression_rules.c.exercise_id)
Index("ix_progression_rules_created_by", progression_rules.c.created_by)

refuse_as(
    "uq_progression_rules_athlete_id_exercise_id",
    ProgressionRuleExists("The exercise progresses by a rule already; change that one."),
)


def map_rules() -> None:
    """Map rules."""
    mapper_registry.map_imperatively(
        ProgressionRule,
        progression_rules,
        version_id_col=progression_rules.c.revision,
        version_id_generator=False,
    )


class SqlProgressionRuleRepository:
    """Rules of the command in progress, locked as they are loaded."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, rule: ProgressionRule) -> None:
        """Add a new rule."""
        work = self._work()
        work.session.add(rule)
        work.watch(rule)

    async def one(self, rule_id: UUID) -> ProgressionRule:
        """Return a rule."""
        work = self._work()
        rule = await work.session.scalar(
            select(ProgressionRule).where(progression_rules.c.id == rule_id).with_for_update()
        )
        if rule is None:
            raise ProgressionRuleNotFound("No such progression rule.")
        work.watch(rule)
        return rule


# A session that is not completed bears only on rules whose history still names it.
_AFFECTED: Final = f"""
SELECT r.id::text, r.athlete_id::text, a.user_id::text, r.exercise_id::text, r.load_kind
FROM progression_rules r JOIN athletes a ON a.id = r.athlete_id AND a.deleted_at IS NULL
WHERE a.user_id = $1::uuid AND r.deleted_at IS NULL AND (
    EXISTS (SELECT 1 FROM progression_applications x
            WHERE x.rule_id = r.id AND x.session_id = $2::uuid AND x.superseded_at IS NULL)
    OR EXISTS (SELECT 1 FROM workout_sessions s
               JOIN performed_sets p ON p.session_id = s.id AND {PERFORMED.format("p")}
               WHERE s.id = $2::uuid AND s.status = 'completed' AND s.deleted_at IS NULL
               AND p.exercise_id = r.exercise_id))
ORDER BY r.id FOR UPDATE OF r
"""
_OF_EXERCISE: Final = """
SELECT r.id::text, r.athlete_id::text, a.user_id::text, r.exercise_id::text, r.load_kind
FROM progression_rules r JOIN athletes a ON a.id = r.athlete_id AND a.deleted_at IS NULL
WHERE a.user_id = ANY ($1::uuid[]) AND r.exercise_id = $2::uuid AND r.deleted_at IS NULL
ORDER BY r.id FOR UPDATE OF r
"""
_WRITE: Final = """
UPDATE progression_rules r
SET state = n.state::jsonb, revision = r.revision + 1, updated_at = $3::timestamptz
FROM unnest($1::uuid[], $2::text[]) AS n (id, state)
WHERE r.id = n.id AND r.deleted_at IS NULL
"""


class SqlRuleStates:
    """Where rules stand, on the bare driver."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def affected_by(self, user_id: UUID, session_id: UUID) -> list[RuleFacts]:
        """Return the rules a session bears on, locked."""
        return _facts(await self._work().fetch(_AFFECTED, user_id, session_id))

    async def of_exercise(self, user_ids: Collection[UUID], exercise_id: UUID) -> list[RuleFacts]:
        """Return the rules of these people for an exercise, locked."""
        return _facts(await self._work().fetch(_OF_EXERCISE, list(user_ids), exercise_id))

    async def write(self, states: Mapping[UUID, State], *, at: datetime) -> None:
        """Let rules stand elsewhere."""
        if states:
            documents = [written(state) for state in states.values()]
            await self._work().execute(_WRITE, list(states), documents, at)


def _facts(rows: list[Any]) -> list[RuleFacts]:
    return [
        RuleFacts(
            id=UUID(row["id"]),
            athlete_id=UUID(row["athlete_id"]),
            user_id=UUID(row["user_id"]),
            exercise_id=UUID(row["exercise_id"]),
            load_kind=LoadKind(row["load_kind"]),
        )
        for row in rows
    ]
