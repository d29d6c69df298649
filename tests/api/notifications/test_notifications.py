"""One's own notifications over HTTP."""

import json
from typing import Any, Self
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.builders.people import People, Person
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.live import LiveEvent
from workout_application.notifications.commands.send_notification import SendNotification
from workout_application.notifications.commands.send_progress_update import SendProgressUpdate
from workout_application.notifications.commands.send_workout_reminder import SendWorkoutReminder
from workout_domain.notifications.notification import NotificationType
from workout_presentation.composition.container import Container

pytestmark = pytest.mark.requirement("NTF-07")

PATH = "/notifications"


class Ears:
    """Hears what is pushed beside what the channel does with it."""

    def __init__(self, container: Container) -> None:
        self._channel = container.live()
        self._publish = self._channel.publish
        self.heard: list[LiveEvent] = []

    def __enter__(self) -> Self:
        self._channel.publish = self._hear
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.publish = self._publish

    def _hear(self, event: LiveEvent) -> None:
        self.heard.append(event)
        self._publish(event)


async def send(container: Container, *people: Person, message: str = "Hello.") -> None:
    ids = tuple(UUID(person.user["id"]) for person in people)
    command = SendNotification(user_ids=ids, message=message, data={"answer": 42})
    assert await container.mediator().send(command, actor=SYSTEM) == len(set(ids))


@pytest.mark.requirement("NTF-06")
async def test_a_group_is_told_each_stored_and_pushed(people: People, container: Container) -> None:
    ana, ben = await people.athlete(), await people.athlete()

    with Ears(container) as ears:
        await send(container, ana, ben, ana, message="Gym is closed.")

    stored = (await ana.get(PATH)).json()["data"]
    assert len(stored) == 1
    assert stored[0]["message"] == "Gym is closed."
    assert (stored[0]["type"], stored[0]["data"]) == ("info", {"answer": 42})
    assert stored[0]["read_at"] is None
    assert {event.room for event in ears.heard} == {
        f"user-{person.user['id']}" for person in (ana, ben)
    }
    pushed = next(event for event in ears.heard if ana.user["id"] in event.room)
    assert pushed.name == "ReceiveNotification"
    assert json.loads(pushed.payload) == {
        "id": stored[0]["id"],
        "message": "Gym is closed.",
        "type": "info",
        "timestamp": stored[0]["created_at"],
    }


@pytest.mark.requirement("NTF-06", "EVT-07")
async def test_what_is_rolled_back_is_neither_stored_nor_pushed(
    people: People, container: Container
) -> None:
    ana = await people.athlete()
    nobody = uuid4()
    command = SendNotification(user_ids=(UUID(ana.user["id"]), nobody), message="Lost.")

    with Ears(container) as ears, pytest.raises(Exception, match="not allowed"):
        await container.mediator().send(command, actor=SYSTEM)

    assert ears.heard == []
    assert (await ana.get(PATH)).json()["data"] == []


@pytest.mark.requirement("NTF-06")
async def test_an_athlete_is_reminded_of_a_workout(people: People, container: Container) -> None:
    trainer, athlete = await people.coached_pair()
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2026-03-02T12:00:00Z"}
    created = await trainer.post("/workouts", json={**body, "athlete_id": athlete.athlete_id})
    workout_id = UUID(created.json()["data"]["id"])
    reminder = SendWorkoutReminder(athlete_id=UUID(athlete.athlete_id), workout_id=workout_id)

    await container.mediator().send(reminder, actor=SYSTEM)

    told = (await athlete.get(PATH)).json()["data"][0]
    assert told["type"] == "workout_reminder"
    assert "Squats" in told["message"]
    assert told["data"]["workout_id"] == str(workout_id)
    for stranger in (uuid4(), UUID(trainer.trainer_id)):
        of_nobody = SendWorkoutReminder(athlete_id=stranger, workout_id=workout_id)
        assert await container.mediator().send(of_nobody, actor=SYSTEM) is None


@pytest.mark.requirement("NTF-06")
@pytest.mark.parametrize(
    ("scopes", "told"), [(["view_sessions"], True), (["message"], False)], ids=["may", "may-not"]
)
async def test_progress_is_for_trainers_who_may_see_it(
    people: People, container: Container, scopes: list[str], *, told: bool
) -> None:
    trainer, athlete = await people.coached_pair(scopes)
    update = SendProgressUpdate(
        trainer_id=UUID(trainer.trainer_id),
        athlete_id=UUID(athlete.athlete_id),
        summary="did 4 of 5 sets.",
    )

    sent = await container.mediator().send(update, actor=SYSTEM)

    messages = [one["message"] for one in (await trainer.get(f"{PATH}?limit=1")).json()["data"]]
    assert (sent is not None) is told
    assert (f"{athlete.user['name']} did 4 of 5 sets." in messages) is told


async def test_the_newest_come_first_slice_by_slice(people: People, container: Container) -> None:
    ana = await people.athlete()
    for number in range(5):
        await send(container, ana, message=f"Number {number}")

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = (await ana.get(f"{PATH}?limit=2&cursor={cursor}")).json()
        seen += [one["message"] for one in answer["data"]]
        cursor = answer["pagination"]["next_cursor"]

    assert seen == [f"Number {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.requirement("NTF-08")
async def test_reading_one_and_all_lowers_the_count(people: People, container: Container) -> None:
    ana = await people.athlete()
    for _ in range(3):
        await send(container, ana)
    first = (await ana.get(PATH)).json()["data"][0]

    read = await ana.post(f"{PATH}/{first['id']}/read")
    after_one = (await ana.get(f"{PATH}/unread-count")).json()["data"]
    again = await ana.post(f"{PATH}/{first['id']}/read")
    unread = (await ana.get(f"{PATH}?unread=true")).json()["data"]
    everything = await ana.post(f"{PATH}/read-all")
    after_all = (await ana.get(f"{PATH}/unread-count")).json()["data"]

    assert read.status_code == 200
    assert read.json()["data"]["read_at"] is not None
    assert again.json()["data"] == read.json()["data"]
    assert after_one == {"count": 2}
    assert first["id"] not in [one["id"] for one in unread]
    assert len(unread) == 2
    assert everything.json()["data"] == {"count": 0, "marked": 2}
    assert after_all == {"count": 0}
    assert len((await ana.get(f"{PATH}?unread=false")).json()["data"]) == 3


@pytest.mark.requirement("NTF-08")
async def test_a_deleted_notification_is_gone_from_list_and_count(
    people: People, container: Container, database: Any
) -> None:
    ana, eve = await people.athlete(), await people.athlete()
    for _ in range(2):
        await send(container, ana)
    first, second = (await ana.get(PATH)).json()["data"]
    path = f"{PATH}/{first['id']}"

    foreign = await eve.delete(path)
    stale = await ana.delete(path, headers={"If-Match": '"99"'})
    deleted = await ana.delete(path)

    assert (foreign.status_code, foreign.json()["code"]) == (404, "notification_not_found")
    assert stale.status_code == 412
    assert deleted.status_code == 204
    assert (await ana.get(PATH)).json()["data"] == [second]
    assert (await ana.get(f"{PATH}/unread-count")).json()["data"] == {"count": 1}
    assert {(await ana.delete(path)).status_code, (await ana.post(f"{path}/read")).status_code} == {
        404
    }
    kept = "SELECT deleted_at IS NOT NULL FROM notifications WHERE id = $1::uuid"
    assert await database.fetchval(kept, first["id"])


async def test_a_stale_revision_is_not_read(people: People, container: Container) -> None:
    ana = await people.athlete()
    await send(container, ana)
    first = (await ana.get(PATH)).json()["data"][0]

    answer = await ana.post(f"{PATH}/{first['id']}/read", headers={"If-Match": '"99"'})

    assert answer.status_code == 412


async def test_somebody_elses_notification_does_not_exist(
    people: People, container: Container
) -> None:
    ana, eve = await people.athlete(), await people.athlete()
    await send(container, ana)
    first = (await ana.get(PATH)).json()["data"][0]

    assert (await eve.post(f"{PATH}/{first['id']}/read")).status_code == 404
    await eve.post(f"{PATH}/read-all")
    assert (await ana.get(f"{PATH}/unread-count")).json()["data"] == {"count": 1}


async def test_strangers_are_turned_away(api: httpx2.AsyncClient) -> None:
    answers = [
        await api.get(PATH),
        await api.get(f"{PATH}/unread-count"),
        await api.post(f"{PATH}/{uuid4()}/read"),
        await api.post(f"{PATH}/read-all"),
        await api.delete(f"{PATH}/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {401}


@pytest.mark.parametrize(
    "query", ["cursor=abc", "cursor=WyJhIiwiYiJd", "limit=0", "limit=101", "unread=x", "page=1"]
)
async def test_bad_queries_are_refused(people: People, query: str) -> None:
    assert (await (await people.athlete()).get(f"{PATH}?{query}")).status_code == 400


async def test_users_cannot_send_notifications_themselves(
    people: People, container: Container, database: Any
) -> None:
    ana = await people.athlete()
    before = await database.fetchval("SELECT count(*) FROM notifications")
    actor = await container.doorman().admit(ana.tokens["access_token"])
    command = SendNotification(
        user_ids=(UUID(ana.user["id"]),), message="Me", type=NotificationType.JOB
    )

    with pytest.raises(Exception, match="system"):
        await container.mediator().send(command, actor=actor[0])

    assert await database.fetchval("SELECT count(*) FROM notifications") == before
