"""How answers about workout templates are kept: they are catalogue data, as exercises are."""

from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import CachePolicy

CATALOGUE: Final = "catalogue"
KEPT: Final = CachePolicy(category=CATALOGUE, tags=(CATALOGUE,))


def audience_of(actor: Actor) -> str:
    """Name who sees the same templates: who is no trainer sees the shipped ones only."""
    return "shipped" if actor.trainer_profile_id is None else str(actor.user_id)
