"""Planned workouts."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from workout_application.training.commands.add_workout_exercise import (
    AddWorkoutExercise,
)
from workout_application.training.commands.assign_workout import AssignWorkout
from workout_application.training.commands.assign_workout_to_many import AssignWorkoutToMany
from workout_application.training.commands.cancel_workout import CancelWorkout
from workout_application.training.commands.change_workout_exercise import (
    ChangeWorkoutExercise,
)
from workout_application.training.commands.complete_workout import CompleteWorkout
from workout_application.training.commands.create_workout import CreateWorkout
from workout_application.training.commands.delete_workout import DeleteWorkout
from workout_application.training.commands.duplicate_workout import DuplicateWorkout
from workout_application.training.commands.remove_workout_exercise import (
    RemoveWorkoutExercise,
)
from workout_application.training.commands.start_session import StartSession
from workout_application.training.commands.update_workout import UpdateWorkout
from workout_application.training.plan_views import (
    GivenCopiesView,
    WorkoutDetail,
    WorkoutExerciseView,
    WorkoutView,
)
from workout_application.training.queries.get_workout import GetWorkout, WorkoutSnapshot
from workout_application.training.queries.get_workout_progress import GetWorkoutProgress
from workout_application.training.queries.list_workouts import ListWorkouts
from workout_application.training.starting import BegunSession
from workout_application.training.views import ProgressView, SessionView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.training.plan_models import PrescriptionBody
from workout_presentation.api.v1.training.session_models import StartSessionBody
from workout_presentation.api.v1.training.workout_models import (
    AssignBody,
    AssignToManyBody,
    CreateWorkoutBody,
    DuplicateWorkoutBody,
    UpdateWorkoutBody,
    WorkoutsQuery,
)

WORKOUT_SORTS = frozenset(
    {"scheduled_date", "-scheduled_date", "name", "-name", "created_at", "-created_at"}
)

workouts = router("/workouts", tag="Workouts")


@workouts.post("", **answers(201, Envelope[WorkoutView], 401, 403, 409, 422))
@sends(CreateWorkout)
async def create_workout(body: CreateWorkoutBody, door: FromDoor) -> Response:
    """Plan a workout, and give it to an athlete you coach where you name one."""
    return await door.tell(body.to_command(door.actor), _created)


@workouts.get("", **answers(200, PageEnvelope[WorkoutView], 401, query=WorkoutsQuery))
async def list_workouts(request: Request, door: FromDoor) -> Response:
    """List the workouts you planned and those given to you, newest scheduled first."""
    query = read_query(WorkoutsQuery, request)
    page = await door.ask(
        ListWorkouts(where=query.where(door.actor), request=query.request(WORKOUT_SORTS))
    )
    return page_envelope(request, page)


@workouts.get("/{workout_id}", **answers(200, Envelope[WorkoutDetail], 401, 404))
async def get_workout(workout_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one workout with its exercises and sessions."""
    return _detail(request, await door.ask(GetWorkout(workout_id=workout_id)))


@workouts.put("/{workout_id}", **answers(200, Envelope[WorkoutView], 401, 403, 404, 409, 412))
@sends(UpdateWorkout)
async def update_workout(workout_id: UUID, body: UpdateWorkoutBody, door: FromDoor) -> Response:
    """Change what a workout says; running sessions keep the plan they began with."""
    command = body.to_command(workout_id, door.actor, door.expected_revision())
    return await door.tell(command, lambda workout: envelope(workout, etag=workout.revision))


@workouts.delete("/{workout_id}", **answers(204, None, 401, 403, 404, 412))
async def delete_workout(workout_id: UUID, door: FromDoor) -> Response:
    """Take a workout out of every list; sessions of it stay."""
    command = DeleteWorkout(workout_id=workout_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@workouts.post(
    "/{workout_id}/exercises",
    **answers(201, Envelope[WorkoutExerciseView], 401, 403, 404, 409, 412, 422),
)
@sends(AddWorkoutExercise)
async def add_workout_exercise(
    workout_id: UUID, body: PrescriptionBody, door: FromDoor
) -> Response:
    """Ask for one more exercise."""
    command = AddWorkoutExercise(
        workout_id=workout_id,
        what=body.prescription(door.actor),
        expected_revision=door.expected_revision(),
    )
    return await door.tell(
        command,
        lambda added: envelope(
            added.exercise,
            status=201,
            etag=added.revision,
            location=f"{BASE}/workouts/{workout_id}/exercises/{added.exercise.id}",
        ),
    )


@workouts.put(
    "/{workout_id}/exercises/{workout_exercise_id}",
    **answers(200, Envelope[WorkoutExerciseView], 401, 403, 404, 409, 412),
)
@sends(ChangeWorkoutExercise)
async def change_workout_exercise(
    workout_id: UUID, workout_exercise_id: UUID, body: PrescriptionBody, door: FromDoor
) -> Response:
    """Ask for something else at the place of one exercise; without `block` it stays in its own."""
    command = ChangeWorkoutExercise(
        workout_id=workout_id,
        workout_exercise_id=workout_exercise_id,
        what=body.prescription(door.actor),
        moves="block" in body.model_fields_set,
        expected_revision=door.expected_revision(),
    )
    return await door.tell(
        command, lambda changed: envelope(changed.exercise, etag=changed.revision)
    )


@workouts.delete(
    "/{workout_id}/exercises/{workout_exercise_id}",
    **answers(204, None, 401, 403, 404, 409, 412),
)
async def remove_workout_exercise(
    workout_id: UUID, workout_exercise_id: UUID, door: FromDoor
) -> Response:
    """Ask for one exercise less."""
    command = RemoveWorkoutExercise(
        workout_id=workout_id,
        workout_exercise_id=workout_exercise_id,
        expected_revision=door.expected_revision(),
    )
    return await door.tell(command, lambda _: nothing())


@workouts.post(
    "/{workout_id}/assign", **answers(200, Envelope[WorkoutView], 401, 403, 404, 409, 412, 422)
)
@sends(AssignWorkout)
async def assign_workout(workout_id: UUID, body: AssignBody, door: FromDoor) -> Response:
    """Give one of your workouts to an athlete you coach."""
    command = AssignWorkout(
        workout_id=workout_id,
        athlete_id=body.athlete_id,
        expected_revision=door.expected_revision(),
    )
    return await door.tell(command, lambda workout: envelope(workout, etag=workout.revision))


@workouts.post(
    "/{workout_id}/duplicate", **answers(201, Envelope[WorkoutView], 401, 403, 404, 409, 422)
)
@sends(DuplicateWorkout)
async def duplicate_workout(
    workout_id: UUID, body: DuplicateWorkoutBody, door: FromDoor
) -> Response:
    """Make another workout like one of yours: a draft, or assigned where you name an athlete."""
    return await door.tell(body.to_command(workout_id), _created)


@workouts.post(
    "/{workout_id}/assign-many", **answers(200, Envelope[GivenCopiesView], 401, 403, 404, 409, 422)
)
@sends(AssignWorkoutToMany)
async def assign_workout_to_many(
    workout_id: UUID, body: AssignToManyBody, door: FromDoor
) -> Response:
    """Give a copy of one of your workouts to each of several athletes; the original stays."""
    return await door.tell(body.to_command(workout_id), envelope)


@workouts.post(
    "/{workout_id}/complete", **answers(200, Envelope[WorkoutView], 401, 404, 409, 412, 422)
)
async def complete_workout(workout_id: UUID, door: FromDoor) -> Response:
    """Mark a workout done; no session can start after that."""
    command = CompleteWorkout(workout_id=workout_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda workout: envelope(workout, etag=workout.revision))


@workouts.post(
    "/{workout_id}/cancel", **answers(200, Envelope[WorkoutView], 401, 403, 404, 409, 412, 422)
)
async def cancel_workout(workout_id: UUID, door: FromDoor) -> Response:
    """Call a workout off."""
    command = CancelWorkout(workout_id=workout_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda workout: envelope(workout, etag=workout.revision))


@workouts.post(
    "/{workout_id}/sessions", **answers(201, Envelope[SessionView], 401, 403, 404, 409, 422)
)
@sends(StartSession)
async def start_session(
    workout_id: UUID, door: FromDoor, body: StartSessionBody | None = None
) -> Response:
    """Start a session of a workout that was given to you."""
    return await door.tell((body or StartSessionBody()).to_command(workout_id, door.actor), begun)


@workouts.get("/{workout_id}/progress", **answers(200, Envelope[ProgressView], 401, 403, 404))
async def get_workout_progress(
    workout_id: UUID,
    door: FromDoor,
    athlete_id: Annotated[UUID | None, Query(description="An athlete; you, if left out.")] = None,
) -> Response:
    """Show how far an athlete has come with a workout, by their latest session."""
    progress = await door.ask(GetWorkoutProgress(workout_id=workout_id, athlete_id=athlete_id))
    return envelope(progress)


def begun(session: BegunSession) -> Response:
    """Answer with a session: 201 where it began, 200 where the client's id had begun it."""
    document = session.document
    if session.is_repeat:
        return envelope(document.data, etag=document.revision)
    location = f"{BASE}/sessions/{session.session_id}"
    return envelope(document.data, status=201, etag=document.revision, location=location)


def _created(workout: WorkoutView) -> Response:
    location = f"{BASE}/workouts/{workout.id}"
    return envelope(workout, status=201, etag=workout.revision, location=location)


def _detail(request: Request, workout: WorkoutSnapshot) -> Response:
    document = workout.document
    if workout.was_begun:
        return envelope(document.data, etag=document.revision)
    return unless_unchanged(request, document.data, document.revision)
