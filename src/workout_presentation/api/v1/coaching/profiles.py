"""What the profiles of a trainer and an athlete say."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.commands.update_athlete_profile import UpdateAthleteProfile
from workout_application.coaching.commands.update_trainer_profile import UpdateTrainerProfile
from workout_application.coaching.queries.get_athlete_profile import GetAthleteProfile
from workout_application.coaching.queries.get_trainer import GetTrainer
from workout_application.coaching.queries.get_trainer_profile import GetTrainerProfile
from workout_application.coaching.views import AthleteView, TrainerProfileView, TrainerView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope, unless_unchanged
from workout_presentation.api.operations import answers, router
from workout_presentation.api.v1.coaching.models import AthleteProfileBody, TrainerProfileBody

trainer_profiles = router("/trainers", tag="Coaching")
athlete_profiles = router("/athletes", tag="Coaching")


@trainer_profiles.get("/me", **answers(200, Envelope[TrainerView], 401, 403))
async def get_trainer_profile(request: Request, door: FromDoor) -> Response:
    """Show your own profile as a trainer."""
    profile = await door.ask(GetTrainerProfile())
    return unless_unchanged(request, profile.data, profile.revision)


@trainer_profiles.put("/me", **answers(200, Envelope[TrainerView], 401, 403, 412))
@sends(UpdateTrainerProfile)
async def update_trainer_profile(body: TrainerProfileBody, door: FromDoor) -> Response:
    """Say who you are as a trainer, and what you are good at."""
    command = body.to_command(door.expected_revision())
    return await door.tell(command, lambda profile: envelope(profile, etag=profile.revision))


@trainer_profiles.get("/{trainer_id}", **answers(200, Envelope[TrainerProfileView], 401, 403, 404))
async def get_trainer(trainer_id: UUID, door: FromDoor) -> Response:
    """Show the profile of a trainer who coaches you."""
    profile = await door.ask(GetTrainer(trainer_id=trainer_id))
    return envelope(profile)


@athlete_profiles.get("/me", **answers(200, Envelope[AthleteView], 401, 403))
async def get_athlete_profile(request: Request, door: FromDoor) -> Response:
    """Show your own profile as an athlete."""
    profile = await door.ask(GetAthleteProfile())
    return unless_unchanged(request, profile.data, profile.revision)


@athlete_profiles.put("/me", **answers(200, Envelope[AthleteView], 401, 403, 412))
@sends(UpdateAthleteProfile)
async def update_athlete_profile(body: AthleteProfileBody, door: FromDoor) -> Response:
    """Say how tall and how heavy you are."""
    command = body.to_command(door.expected_revision(), door.actor)
    return await door.tell(command, lambda profile: envelope(profile, etag=profile.revision))
