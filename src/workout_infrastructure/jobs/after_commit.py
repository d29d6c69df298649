"""What follows every commit that stored events: the relay wakes, changed rights count."""

from typing import Final

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


class AfterCommit:
    """Called with the events a transaction stored."""

    def __init__(self, bell: Bell, actors: RememberingActorDirectory, event_log: EventLog) -> None:
        self._bell, self._actors, self._event_log = bell, actors, event_log

    def __call__(self, records: list[Recorded]) -> None:
        """Wake the relay and write lines; where rights changed, ask the database for everybody."""
        self._bell.ring()
        if any(record.event.kind in CHANGES_OF_RIGHTS for record in records):
            self._actors.forget()
        for record in records:
            self._event_log.committed(record.event, correlation_id=record.correlation_id)
