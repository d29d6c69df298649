"""The calculators, which read at most an inventory or past sets, and the keeping of an estimate."""

from fastapi import Request
from starlette.responses import Response

from workout_application.strength.queries.calculate_plates import CalculatePlates
from workout_application.strength.queries.estimate_one_rep_max import EstimateOneRepMax
from workout_application.strength.queries.plan_warm_up import PlanWarmUp
from workout_application.strength.queries.score_points import ScorePoints
from workout_application.strength.views import (
    OneRepMaxView,
    PlatesView,
    PointsView,
    SuggestionView,
    WarmUpView,
)
from workout_application.training.commands.save_estimate_as_session import (
    SaveEstimateAsSession,
)
from workout_application.training.views import SessionView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.strength.calculator_models import (
    OneRepMaxBody,
    PointsBody,
    SaveEstimateBody,
    SuggestionsQuery,
)
from workout_presentation.api.v1.strength.gear_models import PlatesBody, WarmUpBody
from workout_presentation.api.v1.training.workouts import begun

calculators = router("/tools", tag="Strength")


@calculators.post("/one-rep-max", **answers(200, Envelope[OneRepMaxView], 401))
@sends(EstimateOneRepMax)
async def estimate_one_rep_max(body: OneRepMaxBody, door: FromDoor) -> Response:
    """Estimate what could be lifted once, by seven formulas."""
    found = await door.ask(body.to_query(door.actor))
    return envelope(found)


@calculators.get(
    "/one-rep-max/suggestions",
    **answers(200, Envelope[list[SuggestionView]], 401, query=SuggestionsQuery),
)
async def suggest_one_rep_maxes(request: Request, door: FromDoor) -> Response:
    """Estimate what you could lift once, by your best recent set of each exercise."""
    query = read_query(SuggestionsQuery, request)
    found = await door.ask(query.to_query(door.actor))
    return envelope(found)


@calculators.post("/one-rep-max/save", **answers(201, Envelope[SessionView], 401, 409, 422))
@sends(SaveEstimateAsSession)
async def save_one_rep_max(body: SaveEstimateBody, door: FromDoor) -> Response:
    """Keep an estimate as a completed session of one repetition; it counts nowhere as lifted."""
    return await door.tell(body.to_command(door.actor), begun)


@calculators.post("/points", **answers(200, Envelope[PointsView], 401))
@sends(ScorePoints)
async def score_points(body: PointsBody, door: FromDoor) -> Response:
    """Score a lift by DOTS, Wilks, Wilks-2 and IPF GL points."""
    found = await door.ask(body.to_query(door.actor))
    return envelope(found)


@calculators.post("/plates", **answers(200, Envelope[PlatesView], 401, 404))
@sends(CalculatePlates)
async def calculate_plates(body: PlatesBody, door: FromDoor) -> Response:
    """Tell which plates to load for a target, and what cannot be loaded."""
    found = await door.ask(body.to_query(door.actor))
    return envelope(found)


@calculators.post("/warm-up", **answers(200, Envelope[WarmUpView], 401, 404))
@sends(PlanWarmUp)
async def plan_warm_up(body: WarmUpBody, door: FromDoor) -> Response:
    """Plan warm-up sets to a working set that change few plates."""
    found = await door.ask(body.to_query(door.actor))
    return envelope(found)
