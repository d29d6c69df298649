"""The owner lets one exercise become another one; an administrator a shipped one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.policies import may_change
from workout_application.catalogue.ports import ExerciseMerges, NewMerge
from workout_application.catalogue.views import ExerciseMergeView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_domain.catalogue.exercise import Exercise
from workout_domain.catalogue.merging import refuse_unless_mergeable
from workout_domain.catalogue.repositories import ExerciseRepository
from workout_domain.kernel.errors import Invalid
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class MergeExercise(Command[ExerciseMergeView]):
    """Answers with the merge; sessions and plans follow in the background."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    exercise_id: UUID
    into_id: UUID
    expected_revision: int | None = None


class MergeExerciseHandler:
    """Merges two; a repeat answers with the merge that was made."""

    def __init__(
        self,
        exercises: ExerciseRepository,
        merges: ExerciseMerges,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._exercises, self._merges = exercises, merges
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: MergeExercise, actor: Actor) -> ExerciseMergeView:
        """Merge them; somebody else's is not found."""
        known = await self._merges.known(command.exercise_id, command.into_id, by=actor.id)
        if known is not None:
            return known
        source, target = await self._both(command, actor)
        may_change(actor, source)
        expect_revision(source, command.expected_revision)
        refuse_unless_mergeable(source, target)
        now, merge_id = self._clock.now(), self._identifiers.new()
        source.merge_into(target, merge_id=merge_id, at=now)
        if target.owner_id == source.owner_id:
            target.be_found_as([source.name, *source.aliases], at=now)
        return await self._merges.begin(
            NewMerge(
                id=merge_id,
                source_id=source.id,
                into_id=target.id,
                merged_by=actor.id,
                merged_at=now,
            )
        )

    async def _both(self, command: MergeExercise, actor: Actor) -> tuple[Exercise, Exercise]:
        if command.exercise_id == command.into_id:
            raise Invalid.field("/into_id", "same_exercise", "Name another exercise.")
        source, target = await self._exercises.both_of(
            actor.id, command.exercise_id, command.into_id
        )
        if target is None:
            raise Invalid.field("/into_id", "exercise_unknown", "There is no such exercise.")
        return source, target
