"""Who may send identity's messages, where no single role says it."""

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import admin


def administration(actor: Actor) -> None:
    """Open to administrators, and to the operator at the command line."""
    if not actor.is_system:
        admin(actor)
