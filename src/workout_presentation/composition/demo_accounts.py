"""The two accounts local mode starts with: a coach and the athlete they coach."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workout_application.coaching.commands.accept_invitation import AcceptInvitation
from workout_application.coaching.commands.invite_athlete import InviteAthlete
from workout_application.identity.commands.register_user import AccountType, RegisterUser
from workout_application.messaging.actor import Actor, Role
from workout_application.training.commands.create_workout import CreateWorkout
from workout_domain.identity.errors import EmailTaken, UsernameTaken
from workout_domain.identity.user import Profile
from workout_domain.training.workout import Plan, WorkoutType
from workout_presentation.composition.container import Container

PASSWORD: Final = "training-demo"  # noqa: S105 - the printed password of local demo accounts


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login that local mode prints."""

    username: str
    first_name: str
    account_type: AccountType


COACH: Final = DemoAccount("coach", "Carla", AccountType.TRAINER)
ATHLETE: Final = DemoAccount("athlete", "Alex", AccountType.ATHLETE)


async def make_demo_accounts(container: Container) -> None:
    """Make both, related, with one workout to start; existing accounts are left as they are."""
    try:
        coach, athlete = await _register(container, COACH), await _register(container, ATHLETE)
    except (UsernameTaken, EmailTaken):
        return
    mediator = container.mediator()
    invited = await mediator.send(InviteAthlete(), actor=coach)
    await mediator.send(AcceptInvitation(code=invited.code or ""), actor=athlete)
    await mediator.send(
        CreateWorkout(
            plan=Plan(
                name="First session",
                type=WorkoutType.STRENGTH,
                scheduled_date=container.clock().now() + timedelta(hours=1),
            ),
            athlete_id=athlete.athlete_id,
        ),
        actor=coach,
    )


async def _register(container: Container, account: DemoAccount) -> Actor:
    user = await container.mediator().send(
        RegisterUser(
            username=account.username,
            email=f"{account.username}@example.com",
            password=PASSWORD,
            profile=Profile(first_name=account.first_name, last_name="Demo"),
            account_type=account.account_type,
        ),
        actor=Actor(),
    )
    return Actor(
        user_id=user.id,
        roles=frozenset(Role(role) for role in user.roles),
        trainer_profile_id=user.trainer_id,
        athlete_profile_id=user.athlete_id,
    )
