"""What follows every commit that stored events: the relay wakes, changed rights count."""

from typing import Final

from workout_infrastructure.jobs.bell import RelayBell
from workout_infrastructure.security.actors import RememberingActorDirectory

CHANGES_OF_RIGHTS: Final = frozenset(
    {"user.role.granted", "auth.session.ended", "user.profile.updated"}
)


class AfterCommit:
    """Called with the kinds of events a transaction stored."""

    def __init__(self, bell: RelayBell, actors: RememberingActorDirectory) -> None:
        self._bell, self._actors = bell, actors

    def __call__(self, kinds: frozenset[str]) -> None:
        """Ring the bell; where rights changed, ask the database again for everybody."""
        self._bell.ring()
        if kinds & CHANGES_OF_RIGHTS:
            self._actors.forget()
