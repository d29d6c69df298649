"""The catalogue of exercises: what there is, what suits, what can stand in."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.catalogue.commands.archive_exercise import ArchiveExercise
from workout_application.catalogue.commands.create_exercise import CreateExercise
from workout_application.catalogue.commands.delete_exercise import DeleteExercise
from workout_application.catalogue.commands.merge_exercise import MergeExercise
from workout_application.catalogue.commands.unarchive_exercise import UnarchiveExercise
from workout_application.catalogue.commands.update_exercise import UpdateExercise
from workout_application.catalogue.queries.get_exercise import GetExercise
from workout_application.catalogue.queries.list_exercise_merges import ListExerciseMerges
from workout_application.catalogue.queries.list_exercises import ListExercises
from workout_application.catalogue.queries.recommend_exercises import RecommendExercises
from workout_application.catalogue.queries.suggest_substitutes import SuggestSubstitutes
from workout_application.catalogue.views import (
    ExerciseMergeView,
    ExerciseView,
    RecommendedExerciseView,
    SubstituteView,
)
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
from workout_presentation.api.v1.catalogue.models import (
    ExerciseBody,
    ExerciseListQuery,
    MergeBody,
    MergesQuery,
    RecommendedQuery,
    SubstitutesQuery,
)

exercises = router("/exercises", tag="Catalogue")


@exercises.get("", **answers(200, PageEnvelope[ExerciseView], 401, query=ExerciseListQuery))
async def list_exercises(request: Request, door: FromDoor) -> Response:
    """List the exercises you may use: shipped ones, your own and those of your trainers."""
    query = read_query(ExerciseListQuery, request)
    page = await door.ask(ListExercises(wanted=query.wanted(), page=query.page_request()))
    return page_envelope(request, page)


@exercises.get(
    "/recommended",
    **answers(200, Envelope[list[RecommendedExerciseView]], 401, 403, 404, query=RecommendedQuery),
)
async def recommend_exercises(request: Request, door: FromDoor) -> Response:
    """Recommend exercises for a type of workout, by what you or your athlete did lately."""
    query = read_query(RecommendedQuery, request)
    found = await door.ask(
        RecommendExercises(goal=query.workout_type, athlete_id=query.athlete_id, limit=query.limit)
    )
    return envelope(found)


@exercises.get("/{exercise_id}", **answers(200, Envelope[ExerciseView], 401, 404))
async def get_exercise(exercise_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one exercise."""
    exercise = await door.ask(GetExercise(exercise_id=exercise_id))
    return unless_unchanged(request, exercise.data, exercise.revision)


@exercises.post("", **answers(201, Envelope[ExerciseView], 401, 403, 409, 422))
@sends(CreateExercise)
async def create_exercise(body: ExerciseBody, door: FromDoor) -> Response:
    """Add an exercise: trainers for themselves and their athletes, administrators for all."""
    return await door.tell(
        CreateExercise(details=body.details()),
        lambda exercise: envelope(
            exercise, status=201, etag=exercise.revision, location=f"{BASE}/exercises/{exercise.id}"
        ),
    )


@exercises.put("/{exercise_id}", **answers(200, Envelope[ExerciseView], 401, 403, 404, 409, 412))
@sends(UpdateExercise)
async def update_exercise(exercise_id: UUID, body: ExerciseBody, door: FromDoor) -> Response:
    """Replace an exercise of your own; administrators replace shipped ones."""
    command = UpdateExercise(
        exercise_id=exercise_id, details=body.details(), expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda exercise: envelope(exercise, etag=exercise.revision))


@exercises.delete("/{exercise_id}", **answers(204, None, 401, 403, 404, 412))
async def delete_exercise(exercise_id: UUID, door: FromDoor) -> Response:
    """Take an exercise of your own out of the catalogue; what was logged with it stays."""
    command = DeleteExercise(exercise_id=exercise_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@exercises.get(
    "/{exercise_id}/substitutes",
    **answers(200, Envelope[list[SubstituteView]], 401, 404, query=SubstitutesQuery),
)
async def suggest_substitutes(exercise_id: UUID, request: Request, door: FromDoor) -> Response:
    """Suggest what can stand in for an exercise, with the equipment at hand."""
    query = read_query(SubstitutesQuery, request)
    found = await door.ask(
        SuggestSubstitutes(exercise_id=exercise_id, at_hand=query.at_hand(), limit=query.limit)
    )
    return envelope(found)


@exercises.post(
    "/{exercise_id}/archive", **answers(200, Envelope[ExerciseView], 401, 403, 404, 412, 422)
)
@sends(ArchiveExercise)
async def archive_exercise(exercise_id: UUID, door: FromDoor) -> Response:
    """Offer an exercise of your own no more; plans and sessions keep it."""
    command = ArchiveExercise(exercise_id=exercise_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda exercise: envelope(exercise, etag=exercise.revision))


@exercises.post(
    "/{exercise_id}/unarchive", **answers(200, Envelope[ExerciseView], 401, 403, 404, 412, 422)
)
@sends(UnarchiveExercise)
async def unarchive_exercise(exercise_id: UUID, door: FromDoor) -> Response:
    """Offer an archived exercise of your own again."""
    command = UnarchiveExercise(exercise_id=exercise_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda exercise: envelope(exercise, etag=exercise.revision))


@exercises.post(
    "/{exercise_id}/merge",
    **answers(200, Envelope[ExerciseMergeView], 401, 403, 404, 409, 412, 422),
)
@sends(MergeExercise)
async def merge_exercise(exercise_id: UUID, body: MergeBody, door: FromDoor) -> Response:
    """Let an exercise of your own become another one; sessions and plans follow."""
    command = MergeExercise(
        exercise_id=exercise_id,
        into_id=body.into_id,
        expected_revision=door.expected_revision(),
    )
    return await door.tell(command, envelope)


@exercises.get(
    "/{exercise_id}/merges",
    **answers(200, PageEnvelope[ExerciseMergeView], 401, 403, 404, query=MergesQuery),
)
async def list_exercise_merges(exercise_id: UUID, request: Request, door: FromDoor) -> Response:
    """List the exercises you merged into this one, and how much has followed."""
    query = read_query(MergesQuery, request)
    page = await door.ask(ListExerciseMerges(exercise_id=exercise_id, page=query.page_request()))
    return page_envelope(request, page)
