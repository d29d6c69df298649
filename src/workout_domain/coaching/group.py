"""A trainer's group of athletes: a name to find them by, without rights of its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.coaching.errors import AthleteNotInGroup
from workout_domain.coaching.events import GroupChanged, GroupCreated, GroupDeleted
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import optional_text, required_text

LONGEST_NAME: Final = 100
LONGEST_DESCRIPTION: Final = 1000
MOST_ATHLETES: Final = 500


class GroupMember:
    """An athlete in a group, by the relation that makes them the trainer's."""

    def __init__(self, *, relation_id: UUID, athlete_id: UUID) -> None:
        self.relation_id = relation_id
        self.athlete_id = athlete_id


class AthleteGroup(Aggregate):
    """Athletes of one trainer under one name."""

    def __init__(self, *, group_id: UUID, trainer_id: UUID, name: str, at: datetime) -> None:
        super().__init__(at=at)
        self.id = group_id
        self.trainer_id = trainer_id
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self.description: str | None = None
        self._members: list[GroupMember] = []

    @classmethod
    def create(
        cls,
        *,
        group_id: UUID,
        trainer_id: UUID,
        name: str,
        description: str | None,
        members: Iterable[GroupMember],
        at: datetime,
    ) -> "AthleteGroup":
        """
        Make a group.

        Raises:
            Invalid: the name is blank or too long, or there are too many athletes.
        """
        group = cls(group_id=group_id, trainer_id=trainer_id, name=name, at=at)
        group._describe(description)
        group._hold(members)
        group._record(
            GroupCreated(
                occurred_at=at,
                group_id=group_id,
                trainer_id=trainer_id,
                athlete_ids=group.athlete_ids,
            )
        )
        return group

    @property
    def athlete_ids(self) -> tuple[UUID, ...]:
        """Who is in it."""
        return tuple(sorted(member.athlete_id for member in self._members))

    def revise(
        self,
        *,
        name: str,
        description: str | None,
        members: Iterable[GroupMember] | None,
        at: datetime,
    ) -> None:
        """
        Call it otherwise; ``members`` replaces all of them, None leaves them.

        Raises:
            Invalid: the name is blank or too long, or there are too many athletes.
        """
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self._describe(description)
        if members is not None:
            self._hold(members)
        self._changed(at=at)

    def take_in(self, member: GroupMember, *, at: datetime) -> None:
        """Add an athlete; one who is in it already stays."""
        if member.athlete_id in self.athlete_ids:
            return
        self._hold([*self._members, member])
        self._changed(at=at)

    def let_go(self, athlete_id: UUID, *, at: datetime) -> None:
        """
        Take an athlete out.

        Raises:
            AthleteNotInGroup: they are not in it.
        """
        kept = [member for member in self._members if member.athlete_id != athlete_id]
        if len(kept) == len(self._members):
            raise AthleteNotInGroup("The group does not hold this athlete.")
        self._hold(kept)
        self._changed(at=at)

    def delete(self, *, at: datetime) -> None:
        """Give it up; its athletes stay coached."""
        self.deleted_at = at
        self._record(GroupDeleted(occurred_at=at, group_id=self.id, trainer_id=self.trainer_id))

    def _describe(self, description: str | None) -> None:
        self.description = optional_text(
            description, field="description", longest=LONGEST_DESCRIPTION
        )

    def _hold(self, members: Iterable[GroupMember]) -> None:
        present = {member.relation_id: member for member in self._members}
        wanted = {member.relation_id: member for member in members}
        if len(wanted) > MOST_ATHLETES:
            raise Invalid.field(
                "/athlete_ids", "too_long", f"A group has at most {MOST_ATHLETES} athletes."
            )
        # Rows that stay are kept, so that the same athlete is not written anew.
        self._members[:] = [present.get(key, member) for key, member in wanted.items()]

    def _changed(self, *, at: datetime) -> None:
        self._record(
            GroupChanged(
                occurred_at=at,
                group_id=self.id,
                trainer_id=self.trainer_id,
                athlete_ids=self.athlete_ids,
            )
        )
