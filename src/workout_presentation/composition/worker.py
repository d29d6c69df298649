"""Builds the worker process."""

import structlog

from workout_application.identity.commands.forget_old_logins import ForgetOldLogins
from workout_application.platform.commands.forget_old_audit_entries import (
    ForgetOldAuditEntries,
)
from workout_application.training.commands.abandon_idle_sessions import AbandonIdleSessions
from workout_domain.kernel.errors import Unavailable
from workout_presentation.composition.container import Container
from workout_presentation.composition.mail import can_send
from workout_presentation.composition.settings import Settings
from workout_presentation.worker.health import HealthServer, health_app
from workout_presentation.worker.process import WorkerProcess
from workout_presentation.worker.schedules import SCHEDULES, Schedule, Scheduler


def build_worker(container: Container, settings: Settings) -> WorkerProcess:
    """Build everything one worker process runs."""
    jobs = container.jobs

    async def checks() -> dict[str, bool]:
        return {
            "database": await _database_answers(container),
            "relay": jobs.relay().is_alive,
            "jobs": jobs.dispatcher().is_alive,
        }

    async def opening() -> None:
        if not can_send(settings):
            structlog.get_logger().warning(
                "mails cannot be sent: set WORKOUT_SMTP_URL or WORKOUT_MAIL_DIR"
            )
        await container.live().start(listening=False)

    async def closing() -> None:
        for direct in (jobs.direct(), jobs.direct_work()):
            await direct.finish()
        for arq in (jobs.arq(), jobs.tickets()):
            if arq is not None:
                await arq.close()
        await container.live().stop()
        await container.query_cache().close()
        await container.cache().close()
        await container.pool().close()
        await container.read_pool().close()
        await container.engine().dispose()

    return WorkerProcess(
        relay=jobs.relay(),
        dispatcher=jobs.dispatcher(),
        scheduler=Scheduler(
            container.mediator(),
            jobs.leadership(),
            [*SCHEDULES, _abandoning(settings), *_forgetting(settings)],
            container.identifiers(),
        ),
        jobs=jobs.workers(),
        health=HealthServer(
            health_app(checks, container.metrics().text),
            host=settings.host,
            port=settings.worker_port,
        ),
        opening=opening,
        closing=closing,
    )


def _abandoning(settings: Settings) -> Schedule:
    return Schedule(
        name="abandon_idle_sessions",
        seconds=60,
        command=lambda: AbandonIdleSessions(idle_hours=settings.session_idle_hours),
        until_nothing_left=True,
    )


def _forgetting(settings: Settings) -> list[Schedule]:
    return [
        Schedule(
            name="forget_old_audit_entries",
            seconds=3600,
            command=lambda: ForgetOldAuditEntries(kept_days=settings.audit_days),
            until_nothing_left=True,
        ),
        Schedule(
            name="forget_old_logins",
            seconds=3600,
            command=lambda: ForgetOldLogins(kept_days=settings.login_history_days),
            until_nothing_left=True,
        ),
    ]


async def _database_answers(container: Container) -> bool:
    try:
        await container.pool().fetchrow("SELECT 1")
    except (Unavailable, OSError):
        return False
    return True
