"""Athletes with a lift, whose rules follow what they do."""

from collections.abc import Awaitable, Callable

import pytest

from tests.builders.lifting import Lifter
from tests.builders.live import squat
from tests.builders.people import People, Person
from tests.worker.conftest import Workers, workers
from tests.worker.test_delivery import delivered

__all__ = ["workers"]

EVERYTHING = ["view_workouts", "view_sessions", "assign_workouts", "manage_programs"]


@pytest.fixture
def follow(workers: Workers) -> Callable[[], Awaitable[None]]:
    """Return what lets the product's reactions catch up."""
    container = workers(redis="")
    return lambda: delivered(container)


@pytest.fixture
async def lifter(people: People, follow: Callable[[], Awaitable[None]]) -> Lifter:
    """Return an athlete nobody coaches."""
    athlete = await people.athlete()
    return Lifter(athlete, await squat(athlete), follow)


@pytest.fixture
async def coached(people: People, follow: Callable[[], Awaitable[None]]) -> tuple[Person, Lifter]:
    """Return a coach who may manage programs, and their athlete."""
    trainer, athlete = await people.trainer(), await people.athlete()
    invited = await trainer.post("/coaching/invitations", json={"scopes": EVERYTHING})
    code = invited.json()["data"]["code"]
    accepted = await athlete.post("/coaching/invitations/accept", json={"code": code})
    assert accepted.status_code == 201, accepted.text
    return trainer, Lifter(athlete, await squat(athlete), follow)
