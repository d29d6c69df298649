"""What follows every commit that stored events: the relay wakes, rights and answers are new."""

from typing import Final, Protocol

from workout_application.messaging.staleness import Rule, StaleBy
from workout_infrastructure.jobs.bell import Bell
from workout_infrastructure.observability.event_log import EventLog
from workout_infrastructure.persistence.outbox import Recorded
from workout_infrastructure.security.actors import RememberingActorDirectory

CHANGES_OF_RIGHTS: Final = frozenset(
    {
        "user.role.granted",
        "user.role.revoked",
        "user.locked",
        "user.unlocked",
        "user.deleted",
        "user.profile.updated",
        "auth.session.ended",
        "auth.api_key.revoked",
    }
)


class Outdates(Protocol):
    """The cache, towards those who cannot wait."""

    def outdate_soon(self, tags_of: Rule, happened: object, /) -> None:
        """Make stale what the rule names, without waiting."""
        ...


class AfterCommit:
    """Called with the events a transaction stored."""

    def __init__(
        self,
        bell: Bell,
        actors: RememberingActorDirectory,
        event_log: EventLog,
        cache: Outdates,
        stale_by: StaleBy,
    ) -> None:
        self._bell, self._actors, self._event_log = bell, actors, event_log
        self._cache, self._stale_by = cache, stale_by

    def __call__(self, records: list[Recorded]) -> None:
        """
        Wake the relay, outdate answers and write lines.

        Where rights changed, the database is asked for everybody. Nothing here may wait: it stands
        between every commit and its answer.
        """
        self._bell.ring()
        if any(record.event.kind in CHANGES_OF_RIGHTS for record in records):
            self._actors.forget()
        for record in records:
            rule = self._stale_by.get(record.event.kind)
            if rule is not None:
                self._cache.outdate_soon(rule, record.event)
            self._event_log.committed(record.event, correlation_id=record.correlation_id)
