"""Upkeep, wired."""

from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.platform.commands.forget_old_answers import (
    ForgetOldAnswers,
    ForgetOldAnswersHandler,
)
from workout_application.platform.commands.forget_old_audit_entries import (
    ForgetOldAuditEntries,
    ForgetOldAuditEntriesHandler,
)
from workout_application.platform.commands.forget_old_events import (
    ForgetOldEvents,
    ForgetOldEventsHandler,
)
from workout_application.platform.commands.forget_old_jobs import (
    ForgetOldJobs,
    ForgetOldJobsHandler,
)
from workout_application.platform.commands.replay_parked_events import (
    ReplayParkedEvents,
    ReplayParkedEventsHandler,
)
from workout_application.platform.queries.get_job import GetJob, GetJobHandler
from workout_application.platform.queries.list_admin_sections import (
    ListAdminSections,
    ListAdminSectionsHandler,
)
from workout_application.platform.queries.list_audit_entries import (
    ListAuditEntries,
    ListAuditEntriesHandler,
)
from workout_application.platform.queries.list_parked_events import (
    ListParkedEvents,
    ListParkedEventsHandler,
)
from workout_application.platform.reactions.when_user_deleted_forget_answers import (
    WhenUserDeletedForgetAnswers,
)
from workout_application.platform.reactions.when_user_deleted_forget_jobs import (
    WhenUserDeletedForgetJobs,
)
from workout_application.platform.views import AdminSectionView
from workout_infrastructure.persistence.audit_reading import SqlAuditLog
from workout_infrastructure.persistence.inbox import SqlEventKeeping
from workout_infrastructure.persistence.jobs import SqlJobReader

ADMIN_SECTIONS: Final = [
    AdminSectionView(
        name="Users",
        path="/api/v1/admin/users",
        description="Find accounts, lock and unlock them, give and take roles.",
    ),
    AdminSectionView(
        name="Login history",
        path="/api/v1/admin/login-history",
        description="Who signed in, or tried to, from where.",
    ),
    AdminSectionView(
        name="Audit log",
        path="/api/v1/admin/audit-log",
        description="Who changed who may do what.",
    ),
]


class PlatformContainer(containers.DeclarativeContainer):
    """One line per handler."""

    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    answers: providers.Dependency[Any] = providers.Dependency()
    background: providers.Dependency[Any] = providers.Dependency()

    events = providers.Singleton(SqlEventKeeping, pool)
    audit_log = providers.Singleton(SqlAuditLog, work, pool)

    handlers = providers.Dict(
        {
            ForgetOldAnswers: providers.Singleton(ForgetOldAnswersHandler, answers, clock),
            ForgetOldEvents: providers.Singleton(ForgetOldEventsHandler, events, clock),
            ForgetOldJobs: providers.Singleton(ForgetOldJobsHandler, background, clock),
            GetJob: providers.Singleton(GetJobHandler, providers.Singleton(SqlJobReader, pool)),
            ListAdminSections: providers.Singleton(
                ListAdminSectionsHandler, providers.Object(ADMIN_SECTIONS)
            ),
            ListAuditEntries: providers.Singleton(ListAuditEntriesHandler, audit_log),
            ForgetOldAuditEntries: providers.Singleton(
                ForgetOldAuditEntriesHandler, audit_log, clock
            ),
            ListParkedEvents: providers.Singleton(ListParkedEventsHandler, events),
            ReplayParkedEvents: providers.Singleton(ReplayParkedEventsHandler, events, clock),
        }
    )

    reactions = providers.List(
        providers.Singleton(WhenUserDeletedForgetAnswers, answers),
        providers.Singleton(WhenUserDeletedForgetJobs, background),
    )
