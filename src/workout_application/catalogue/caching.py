"""How answers from the catalogue are kept, and who shares them."""

from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import CachePolicy

CATALOGUE: Final = "catalogue"
KEPT: Final = CachePolicy(category=CATALOGUE, tags=(CATALOGUE,))


def audience_of(actor: Actor) -> str:
    """Name who sees the same exercises: those without a profile see the shipped ones only."""
    if actor.trainer_profile_id is None and actor.athlete_profile_id is None:
        return "shipped"
    return str(actor.user_id)
