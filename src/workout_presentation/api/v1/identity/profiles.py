"""Becoming a trainer or an athlete."""

from starlette.responses import Response

from workout_application.identity.commands.open_profile import OpenProfile
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Role
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope
from workout_presentation.api.operations import BASE, answers, router

trainers = router("/trainers", tag="Coaching")
athletes = router("/athletes", tag="Coaching")


@trainers.post("/me", **answers(201, Envelope[UserView], 401, 403, 409, 422))
@sends(OpenProfile)
async def open_trainer_profile(door: FromDoor) -> Response:
    """Become a trainer as well."""
    return await door.tell(
        OpenProfile(role=Role.TRAINER),
        lambda user: envelope(user, status=201, etag=user.revision, location=f"{BASE}/me"),
    )


@athletes.post("/me", **answers(201, Envelope[UserView], 401, 403, 409, 422))
@sends(OpenProfile)
async def open_athlete_profile(door: FromDoor) -> Response:
    """Become an athlete as well."""
    return await door.tell(
        OpenProfile(role=Role.ATHLETE),
        lambda user: envelope(user, status=201, etag=user.revision, location=f"{BASE}/me"),
    )
