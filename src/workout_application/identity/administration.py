"""Steps the commands of administrators share."""

from uuid import UUID

from workout_application.identity.ports import Administrators, Profiles
from workout_application.messaging.actor import Role
from workout_domain.identity.errors import LastAdmin
from workout_domain.identity.user import User


async def refuse_last_admin(user: User, administrators: Administrators) -> None:
    """
    Refuse to lose the last account that can administer.

    Raises:
        LastAdmin: there is no other.
    """
    if user.is_active_admin and not await administrators.are_others_than(user.id):
        raise LastAdmin("Nobody else could administer: make somebody else an administrator first.")


async def open_missing_profile(user_id: UUID, role: Role, profiles: Profiles) -> None:
    """Open the profile a role acts under, where the account never had it."""
    trainer_id, athlete_id = await profiles.ids_of(user_id)
    if role is Role.TRAINER and trainer_id is None:
        await profiles.open_trainer(user_id)
    if role is Role.ATHLETE and athlete_id is None:
        await profiles.open_athlete(user_id)
