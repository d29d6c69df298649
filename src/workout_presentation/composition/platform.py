"""Upkeep, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.platform.commands.forget_old_answers import (
    ForgetOldAnswers,
    ForgetOldAnswersHandler,
)
from workout_application.platform.commands.forget_old_events import (
    ForgetOldEvents,
    ForgetOldEventsHandler,
)
from workout_application.platform.commands.replay_parked_events import (
    ReplayParkedEvents,
    ReplayParkedEventsHandler,
)
from workout_application.platform.queries.list_parked_events import (
    ListParkedEvents,
    ListParkedEventsHandler,
)
from workout_infrastructure.persistence.inbox import SqlEventKeeping


class PlatformContainer(containers.DeclarativeContainer):
    """One line per handler."""

    pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    answers: providers.Dependency[Any] = providers.Dependency()

    events = providers.Singleton(SqlEventKeeping, pool)

    handlers = providers.Dict(
        {
            ForgetOldAnswers: providers.Singleton(ForgetOldAnswersHandler, answers, clock),
            ForgetOldEvents: providers.Singleton(ForgetOldEventsHandler, events, clock),
            ListParkedEvents: providers.Singleton(ListParkedEventsHandler, events),
            ReplayParkedEvents: providers.Singleton(ReplayParkedEventsHandler, events, clock),
        }
    )
