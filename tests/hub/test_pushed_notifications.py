"""Notifications reach every device of a user, and nobody else."""

from uuid import UUID

import pytest

from tests.builders.live import assigned_workout
from tests.builders.people import People
from tests.conftest import RunningServer
from tests.hub.devices import Connect
from tests.waiting import until
from tests.worker.conftest import Workers
from tests.worker.test_process import working
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.live import user_room
from workout_application.notifications.commands.send_notification import SendNotification
from workout_domain.notifications.notification import NotificationType


@pytest.mark.requirement("NTF-05", "NTF-06", "NTF-07")
async def test_a_notification_reaches_every_device(
    connect: Connect, people: People, server: RunningServer
) -> None:
    athlete, stranger = await people.athlete(), await people.athlete()
    devices = [await connect(athlete), await connect(athlete, transports=("polling",))]
    other = await connect(stranger)
    gone = await connect(athlete)
    await gone.close()
    await server.container.mediator().send(
        SendNotification(
            user_ids=(athlete.user["id"],), message="Drink!", type=NotificationType.WARNING
        ),
        actor=SYSTEM,
    )
    stored = (await athlete.get("/notifications")).json()["data"][0]

    for device in devices:
        ((_, pushed),) = await device.hears(1, "ReceiveNotification")
        assert pushed == {
            "id": stored["id"],
            "message": "Drink!",
            "type": "warning",
            "timestamp": stored["created_at"],
        }
    await other.settle()
    assert other.heard == gone.heard == []


@pytest.mark.requirement("NTF-05")
async def test_a_connection_is_in_the_room_of_its_user_until_it_ends(
    connect: Connect, people: People, server: RunningServer
) -> None:
    athlete = await people.athlete()
    room, rooms = user_room(UUID(athlete.user["id"])), server.container.rooms()
    assert room == f"user-{athlete.user['id']}"

    first, second = await connect(athlete), await connect(athlete, transports=("polling",))
    assert len(rooms.members(room)) == 2
    await first.close()
    await until(lambda: len(rooms.members(room)) == 1, what="the first to leave")
    await second.close()
    await until(lambda: not rooms.members(room), what="the second to leave")


@pytest.mark.requirement("NTF-07", "EVT-03")
async def test_what_the_worker_tells_is_pushed_by_the_api(
    connect: Connect, people: People, workers: Workers
) -> None:
    """The reaction runs in a worker; Redis carries its push to the API."""
    trainer, athlete = await people.coached_pair()
    device = await connect(athlete)
    async with working(workers()):
        workout = await assigned_workout(trainer, athlete, name="Squats")
        ((_, pushed),) = await device.hears(1, "ReceiveNotification")

    assert pushed["type"] == "workout_assigned"
    assert workout["name"] in pushed["message"]


@pytest.mark.requirement("NTF-07")
async def test_whoever_was_away_finds_the_notification_later(
    people: People, server: RunningServer
) -> None:
    athlete = await people.athlete()
    await server.container.mediator().send(
        SendNotification(user_ids=(athlete.user["id"],), message="Drink!"), actor=SYSTEM
    )

    listed = (await athlete.get("/notifications")).json()["data"]
    assert [one["message"] for one in listed] == ["Drink!"]
