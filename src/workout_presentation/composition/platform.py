"""Upkeep, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.platform.commands.forget_old_answers import (
    ForgetOldAnswers,
    ForgetOldAnswersHandler,
)
from workout_infrastructure.persistence.idempotency import SqlIdempotencyStore


class PlatformContainer(containers.DeclarativeContainer):
    """One line per handler."""

    clock: providers.Dependency[Any] = providers.Dependency()

    handlers = providers.Dict(
        {
            ForgetOldAnswers: providers.Singleton(
                ForgetOldAnswersHandler, providers.Singleton(SqlIdempotencyStore, clock), clock
            ),
        }
    )
