"""Maps every aggregate once; importing this module registers every table."""

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from workout_infrastructure.persistence import audit, idempotency, jobs, outbox
from workout_infrastructure.persistence.catalogue import merges
from workout_infrastructure.persistence.catalogue.exercises import map_exercises
from workout_infrastructure.persistence.catalogue.set_types import map_set_types
from workout_infrastructure.persistence.coaching import access_log
from workout_infrastructure.persistence.coaching.groups import map_groups
from workout_infrastructure.persistence.coaching.invitations import map_invitations
from workout_infrastructure.persistence.coaching.notes import map_notes
from workout_infrastructure.persistence.coaching.profiles import map_profiles
from workout_infrastructure.persistence.coaching.relations import map_relations
from workout_infrastructure.persistence.identity import (
    external_identities,
    login_history,
    one_time_tokens,
)
from workout_infrastructure.persistence.identity.api_keys import map_api_keys
from workout_infrastructure.persistence.identity.login_sessions import (
    map_login_sessions,
)
from workout_infrastructure.persistence.identity.second_factors import map_second_factors
from workout_infrastructure.persistence.identity.users import map_users
from workout_infrastructure.persistence.notifications import notifications
from workout_infrastructure.persistence.programs import histories
from workout_infrastructure.persistence.programs.rules import map_rules
from workout_infrastructure.persistence.programs.training_maxes import map_training_maxes
from workout_infrastructure.persistence.registry import mapper_registry, metadata
from workout_infrastructure.persistence.reporting import athlete_analytics, monthly_reports
from workout_infrastructure.persistence.reporting import tables as rollups
from workout_infrastructure.persistence.strength.plate_inventories import map_plate_inventories
from workout_infrastructure.persistence.training import set_history
from workout_infrastructure.persistence.training.sessions import map_sessions
from workout_infrastructure.persistence.training.templates import map_templates
from workout_infrastructure.persistence.training.workouts import map_workouts

__all__ = [
    "access_log",
    "athlete_analytics",
    "audit",
    "external_identities",
    "histories",
    "idempotency",
    "jobs",
    "login_history",
    "map_everything",
    "merges",
    "metadata",
    "monthly_reports",
    "notifications",
    "one_time_tokens",
    "outbox",
    "rollups",
    "set_history",
]

_MAPS = (
    map_users,
    map_login_sessions,
    map_second_factors,
    map_api_keys,
    map_profiles,
    map_invitations,
    map_relations,
    map_notes,
    map_groups,
    map_exercises,
    map_set_types,
    map_sessions,
    map_workouts,
    map_plate_inventories,
    map_templates,
    map_training_maxes,
    map_rules,
)


def map_everything() -> None:
    """Map all aggregates; calling it again changes nothing."""
    if any(True for _ in mapper_registry.mappers):
        return
    for map_one in _MAPS:
        map_one()
    mapper_registry.configure()
    hide_deleted = [
        with_loader_criteria(mapper.class_, mapper.c.deleted_at.is_(None), include_aliases=True)
        for mapper in mapper_registry.mappers
        if "deleted_at" in mapper.c
    ]

    def leave_deleted_out(state: ORMExecuteState) -> None:
        """Hide deleted aggregates from every query, wherever it is written."""
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.statement = state.statement.options(*hide_deleted)

    event.listen(Session, "do_orm_execute", leave_deleted_out)
