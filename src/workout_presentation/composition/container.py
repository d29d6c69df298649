"""Wires the product: infrastructure here, one container per context beside it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers
from sqlalchemy.ext.asyncio import async_sessionmaker

from workout_application.messaging.behaviours.authorize import Authorize
from workout_application.messaging.behaviours.cache import Cache
from workout_application.messaging.behaviours.finish_job import FinishJob
from workout_application.messaging.behaviours.idempotency import Idempotency
from workout_application.messaging.behaviours.observe import Observe
from workout_application.messaging.behaviours.outdate import Outdate
from workout_application.messaging.behaviours.transact import Transact
from workout_application.messaging.behaviours.validate import Validate
from workout_application.messaging.coach_access import CoachGuard
from workout_application.messaging.keeping import Keeper
from workout_application.messaging.mediator import Mediator
from workout_application.messaging.reactions import Reaction
from workout_infrastructure.cache.queries import QueryCacheAdapter
from workout_infrastructure.cache.service import build_cache, key_prefix
from workout_infrastructure.clock import SystemClock, Uuid7Identifiers
from workout_infrastructure.jobs.after_commit import AfterCommit
from workout_infrastructure.jobs.bell import JOBS, OUTBOX, Bell
from workout_infrastructure.jobs.progress import ThrottledProgress
from workout_infrastructure.observability.event_log import EventLog
from workout_infrastructure.observability.health import (
    CircuitCheck,
    DatabaseCheck,
    HealthChecks,
    RedisCheck,
    SchemaCheck,
)
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.observability.observers import (
    LoggingHubObserver,
    LoggingObserver,
)
from workout_infrastructure.persistence.coaching.access import (
    SqlCoachAccess,
    SqlCoachAccessOfCommand,
)
from workout_infrastructure.persistence.coaching.access_log import SqlAccessLog
from workout_infrastructure.persistence.database import DriverPool, create_engine
from workout_infrastructure.persistence.idempotency import SqlIdempotencyStore
from workout_infrastructure.persistence.job_runs import SqlJobRuns
from workout_infrastructure.persistence.jobs import JobTypes, SqlJobs
from workout_infrastructure.persistence.mapping import map_everything
from workout_infrastructure.persistence.training.watch_rights import SqlWatchRights
from workout_infrastructure.persistence.unit_of_work import (
    SqlAnnouncements,
    SqlUnitsOfWork,
    current_work,
)
from workout_infrastructure.push.channel import HubChannel
from workout_infrastructure.security.actors import RememberingActorDirectory
from workout_infrastructure.security.codes import RandomApiKeys, RandomCodes
from workout_infrastructure.security.limits import FallbackRateLimiter
from workout_infrastructure.security.passwords import Argon2PasswordHasher
from workout_infrastructure.security.seal import Seal
from workout_infrastructure.security.second_factors import TotpCodes
from workout_infrastructure.security.tokens import JoseTokens
from workout_presentation.api.door import Doorman
from workout_presentation.api.middleware.origins import hub_origins
from workout_presentation.composition.catalogue import OUTDATED_BY, CatalogueContainer
from workout_presentation.composition.coaching import CoachingContainer
from workout_presentation.composition.identity import IdentityContainer
from workout_presentation.composition.jobs import JobsContainer
from workout_presentation.composition.mail import build_mailer
from workout_presentation.composition.notifications import JOBS as JOBS_OF_NOTIFICATIONS
from workout_presentation.composition.notifications import NotificationsContainer
from workout_presentation.composition.platform import PlatformContainer
from workout_presentation.composition.programs import ProgramsContainer
from workout_presentation.composition.reporting import JOBS as JOBS_OF_REPORTING
from workout_presentation.composition.reporting import ReportingContainer
from workout_presentation.composition.settings import Settings
from workout_presentation.composition.staleness import STALE_BY
from workout_presentation.composition.strength import StrengthContainer
from workout_presentation.composition.training import TrainingContainer
from workout_presentation.hub.clients import Clients
from workout_presentation.hub.rooms import Rooms
from workout_presentation.hub.server import Hub
from workout_presentation.hub.training_events import TrainingEvents
from workout_presentation.hub.warden import Warden


def joined(*of_contexts: Sequence[Reaction]) -> list[Reaction]:
    """List the reactions of all contexts."""
    return [reaction for reactions in of_contexts for reaction in reactions]


def merged(*of_contexts: Mapping[Any, Any]) -> dict[Any, Any]:
    """Join the handlers of all contexts; a message may be registered only once."""
    handlers: dict[Any, Any] = {}
    for registered in of_contexts:
        twice = handlers.keys() & registered.keys()
        if twice:
            raise ValueError(f"Registered twice: {', '.join(kind.__name__ for kind in twice)}.")
        handlers.update(registered)
    return handlers


class Container(containers.DeclarativeContainer):
    """Every process-wide thing is made once, on first use; tests override any provider."""

    settings: providers.Dependency[Settings] = providers.Dependency(instance_of=Settings)

    clock: providers.Provider[Any] = providers.Singleton(SystemClock)
    identifiers: providers.Provider[Any] = providers.Singleton(Uuid7Identifiers)
    metrics = providers.Singleton(Metrics)
    observer = providers.Singleton(
        LoggingObserver, metrics, slow_milliseconds=settings.provided.slow_milliseconds
    )

    engine = providers.Singleton(
        create_engine, settings.provided.database_url, size=settings.provided.pool_size
    )
    sessions = providers.Singleton(async_sessionmaker, engine, expire_on_commit=False)
    pool = providers.Singleton(
        DriverPool, settings.provided.database_url, size=settings.provided.pool_size
    )
    read_pool = providers.Singleton(
        lambda settings, primary: (
            DriverPool(settings.database_read_url, size=settings.pool_size)
            if settings.database_read_url
            else primary
        ),
        settings,
        pool,
    )
    cache: providers.Provider[Any] = providers.Singleton(
        build_cache,
        settings.provided.redis_url,
        settings.provided.environment,
        settings.provided.cache_entries,
    )
    query_cache = providers.Singleton(
        QueryCacheAdapter, cache, metrics, settings.provided.cache_policies
    )
    keeper = providers.Singleton(Keeper, query_cache)
    health = providers.Singleton(
        HealthChecks,
        providers.Dict(
            database=providers.Singleton(DatabaseCheck, pool),
            schema=providers.Singleton(SchemaCheck, pool),
            redis=providers.Singleton(RedisCheck, cache),
            redis_circuit=providers.Singleton(CircuitCheck, cache),
        ),
    )

    hub_observer = providers.Singleton(LoggingHubObserver, metrics)
    rooms = providers.Singleton(Rooms, hub_observer)
    live: providers.Provider[Any] = providers.Singleton(
        HubChannel, settings.provided.redis_url, rooms.provided.deliver
    )
    announcements = providers.Singleton(SqlAnnouncements)
    bell = providers.Singleton(Bell, pool, OUTBOX)
    job_bell = providers.Singleton(Bell, pool, JOBS)
    work: providers.Provider[Any] = providers.Object(current_work)
    tokens = providers.Singleton(
        JoseTokens,
        secret=settings.provided.jwt_secret.get_secret_value.call(),
        retired=settings.provided.retired_secrets,
        issuer=settings.provided.jwt_issuer,
        audience=settings.provided.jwt_audience,
        access_lifetime=providers.Factory(
            timedelta, minutes=settings.provided.access_token_minutes
        ),
        identifiers=identifiers,
        clock=clock,
    )
    answers = providers.Singleton(
        SqlIdempotencyStore,
        clock,
        providers.Singleton(
            Seal,
            settings.provided.jwt_secret.get_secret_value.call(),
            purpose="idempotency",
            retired=settings.provided.retired_secrets,
        ),
    )
    passwords: providers.Provider[Any] = providers.Singleton(Argon2PasswordHasher)
    codes = providers.Singleton(RandomCodes)
    api_keys = providers.Singleton(RandomApiKeys)
    second_factor_codes = providers.Singleton(
        TotpCodes,
        providers.Singleton(
            Seal,
            settings.provided.jwt_secret.get_secret_value.call(),
            purpose="second_factor",
            retired=settings.provided.retired_secrets,
        ),
        codes,
        issuer=settings.provided.jwt_issuer,
    )
    actors = providers.Singleton(RememberingActorDirectory, pool, api_keys, clock)
    limiter: providers.Provider[Any] = providers.Singleton(
        lambda settings, clock: FallbackRateLimiter(
            settings.quotas,
            clock,
            redis_url=settings.redis_url,
            prefix=key_prefix(settings.environment),
        ),
        settings,
        clock,
    )
    doorman = providers.Singleton(Doorman, tokens, actors)
    after_commit = providers.Singleton(
        AfterCommit, bell, actors, providers.Singleton(EventLog), cache, STALE_BY
    )
    units_of_work = providers.Singleton(
        SqlUnitsOfWork, sessions, pool, identifiers, live, after_commit, job_bell.provided.ring
    )
    job_types: providers.Provider[Any] = providers.Singleton(
        JobTypes, JOBS_OF_NOTIFICATIONS, JOBS_OF_REPORTING
    )
    background: providers.Provider[Any] = providers.Singleton(
        SqlJobs, work, job_types, identifiers, clock
    )
    job_runs = providers.Singleton(SqlJobRuns, pool, job_types, clock)
    progress = providers.Singleton(ThrottledProgress, job_runs)

    mailer: providers.Provider[Any] = providers.Singleton(
        build_mailer, settings, clock, identifiers, metrics
    )
    access_log = providers.Singleton(SqlAccessLog, units_of_work, work, identifiers, clock)
    coach_guard = providers.Singleton(
        CoachGuard, providers.Singleton(SqlCoachAccess, pool), access_log
    )
    coach_guard_of_commands = providers.Singleton(
        CoachGuard, providers.Singleton(SqlCoachAccessOfCommand, work), access_log
    )

    identity: providers.Container[IdentityContainer] = providers.Container(
        IdentityContainer,
        settings=settings,
        work=work,
        pool=pool,
        clock=clock,
        identifiers=identifiers,
        passwords=passwords,
        tokens=tokens,
        codes=codes,
        api_keys=api_keys,
        second_factor_codes=second_factor_codes,
        mailer=mailer,
    )

    catalogue: providers.Container[CatalogueContainer] = providers.Container(
        CatalogueContainer,
        cache=cache,
        work=work,
        pool=pool,
        clock=clock,
        identifiers=identifiers,
        guard=coach_guard,
    )

    coaching: providers.Container[CoachingContainer] = providers.Container(
        CoachingContainer,
        work=work,
        pool=pool,
        read_pool=read_pool,
        guard=coach_guard,
        access_log=access_log,
        clock=clock,
        identifiers=identifiers,
    )

    notifications: providers.Container[NotificationsContainer] = providers.Container(
        NotificationsContainer,
        work=work,
        pool=read_pool,
        announcements=announcements,
        background=background,
        clock=clock,
        identifiers=identifiers,
    )

    platform: providers.Container[PlatformContainer] = providers.Container(
        PlatformContainer,
        work=work,
        pool=pool,
        answers=answers,
        background=background,
        clock=clock,
    )

    reporting: providers.Container[ReportingContainer] = providers.Container(
        ReportingContainer,
        cache=cache,
        keeper=keeper,
        work=work,
        pool=pool,
        background=background,
        progress=progress,
        read_pool=read_pool,
        coach_guard=coach_guard,
        clock=clock,
        identifiers=identifiers,
    )

    training: providers.Container[TrainingContainer] = providers.Container(
        TrainingContainer,
        work=work,
        read_pool=read_pool,
        clock=clock,
        identifiers=identifiers,
        announcements=announcements,
        coach_guard=coach_guard,
        coach_guard_of_commands=coach_guard_of_commands,
    )

    strength: providers.Container[StrengthContainer] = providers.Container(
        StrengthContainer,
        settings=settings,
        work=work,
        units_of_work=units_of_work,
        pool=pool,
        read_pool=read_pool,
        clock=clock,
        identifiers=identifiers,
    )

    programs: providers.Container[ProgramsContainer] = providers.Container(
        ProgramsContainer,
        work=work,
        pool=pool,
        clock=clock,
        identifiers=identifiers,
        coach_guard=coach_guard,
        coach_guard_of_commands=coach_guard_of_commands,
    )

    reactions: providers.Provider[Any] = providers.Singleton(
        joined,
        identity.reactions,
        notifications.reactions,
        platform.reactions,
        catalogue.reactions,
        training.reactions,
        strength.reactions,
        reporting.reactions,
        programs.reactions,
    )

    handlers = providers.Singleton(
        merged,
        identity.handlers,
        catalogue.handlers,
        coaching.handlers,
        notifications.handlers,
        platform.handlers,
        training.handlers,
        strength.handlers,
        reporting.handlers,
        programs.handlers,
    )

    observe = providers.Singleton(Observe, observer)
    query_behaviours = providers.List(
        observe,
        providers.Singleton(Validate),
        providers.Singleton(Authorize),
        providers.Singleton(Cache, keeper),
    )
    # Up to the transaction the pipeline is one; inside it, a repeat is told from a first time by
    # the key of a request, or by the row of a job.
    outer_behaviours = (
        observe,
        providers.Singleton(Validate),
        providers.Singleton(Authorize),
        providers.Singleton(Outdate, cache, OUTDATED_BY),
        providers.Singleton(Transact, units_of_work),
    )
    mediator = providers.Singleton(
        Mediator,
        handlers,
        command_behaviours=providers.List(
            *outer_behaviours, providers.Singleton(Idempotency, answers)
        ),
        query_behaviours=query_behaviours,
    )
    mediator_of_jobs = providers.Singleton(
        Mediator,
        handlers,
        command_behaviours=providers.List(
            *outer_behaviours, providers.Singleton(FinishJob, job_runs)
        ),
        query_behaviours=query_behaviours,
    )

    jobs: providers.Container[JobsContainer] = providers.Container(
        JobsContainer,
        settings=settings,
        pool=pool,
        units_of_work=units_of_work,
        reactions=reactions,
        mediator=mediator_of_jobs,
        job_types=job_types,
        runs=job_runs,
        clock=clock,
        metrics=metrics,
    )

    clients = providers.Singleton(Clients)
    hub = providers.Singleton(
        Hub,
        doorman=doorman,
        rooms=rooms,
        clients=clients,
        observer=hub_observer,
        identifiers=identifiers,
        largest_message_bytes=settings.provided.largest_body_bytes,
        may_connect=providers.Singleton(
            hub_origins, settings.provided.origins, base_url=settings.provided.base_url
        ),
    )
    training_events = providers.Singleton(TrainingEvents, mediator, rooms, doorman)
    warden = providers.Singleton(
        Warden,
        hub=hub,
        clients=clients,
        rooms=rooms,
        logins=actors,
        rights=providers.Singleton(SqlWatchRights, pool),
        clock=clock,
    )


def build_container(settings: Settings) -> Container:
    """Wire the product for these settings; nothing connects yet."""
    map_everything()
    container = Container()
    container.settings.override(providers.Object(settings))
    return container
