"""Reports are kept per person and component, until something they show changes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import pytest
from dependency_injector import providers
from redis.asyncio import Redis

from tests.api.reporting.test_personal_records import day
from tests.builders.catalogue import an_exercise_body, an_exercise_of
from tests.builders.figures import look_ups
from tests.builders.gym import Gym
from tests.builders.people import People, Person
from tests.builders.statements import CountingPool, Statements
from tests.conftest import settings_for
from workout_application.messaging.actor import Actor
from workout_application.reporting.queries.list_personal_records import ListPersonalRecords
from workout_application.reporting.questions import Question, ReportFormat
from workout_presentation.composition.container import Container, build_container

COMPONENTS: Final = (
    "overall_status",
    "exercise_performance",
    "recent_activity",
    "weight_progression",
    "exercise_history",
    "personal_records",
)
OF_ONE_EXERCISE: Final = ("weight_progression", "exercise_history", "personal_records")


@pytest.fixture
async def trained(gym: Gym) -> Gym:
    """Return an athlete who trained once."""
    await day(gym, "2026-03-01", {"weight": 100})
    return gym


async def read(gym: Gym, component: str, by: Person | None = None, **asked: Any) -> Any:
    """Read a report of the first exercise in March."""
    path = f"/reports/{component.replace('_', '-')}"
    march = {"from_date": "2026-03-01", "to_date": "2026-03-31"}
    params = {"exercise_id": gym.lifts[0], **march, **asked}
    answer = await (by or gym.athlete).get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer


@dataclass
class Counts:
    """What became of look-ups of one component since it was made."""

    container: Container
    component: str

    def __post_init__(self) -> None:
        self._before = self._now()

    def since(self) -> tuple[float, float]:
        """Return hits and misses, and begin anew."""
        now, before = self._now(), self._before
        self._before = now
        return now[0] - before[0], now[1] - before[1]

    def _now(self) -> tuple[float, float]:
        hit, miss = (
            look_ups(self.container, "reports", result, self.component)
            for result in ("hit", "miss")
        )
        return hit, miss


@pytest.mark.requirement("REP-06", "CAC-05", "CAC-06")
@pytest.mark.parametrize("component", COMPONENTS)
async def test_a_second_read_is_a_hit_and_a_new_repetition_makes_the_next_fresh(
    gym: Gym, container: Container, component: str
) -> None:
    session = await gym.begun()
    logged = await gym.logged(session, number_reps=2)
    counts = Counts(container, component)

    first = await read(gym, component)
    made = counts.since()
    second = await read(gym, component)
    kept = counts.since()
    added = await gym.athlete.post(f"/sets/{logged['id']}/reps", {"weight": 101})
    third = await read(gym, component)

    assert (made, kept) == ((0, 1), (1, 0))
    assert second.json()["data"] == first.json()["data"]
    assert second.json()["meta"] == first.json()["meta"]
    assert added.status_code == 201, added.text
    assert third.json()["data"] != first.json()["data"]
    assert counts.since() == (0, 1)


@pytest.mark.requirement("REP-06", "CAC-06")
@pytest.mark.parametrize("component", OF_ONE_EXERCISE)
async def test_a_set_of_another_exercise_leaves_what_is_kept_of_this_one(
    gym: Gym, container: Container, component: str
) -> None:
    session = await gym.begun()
    await gym.logged(session)
    await read(gym, component)
    counts = Counts(container, component)

    await gym.logged(session, exercise_id=gym.lifts[1])
    await read(gym, component)
    other = counts.since()
    await gym.logged(session)
    await read(gym, component)

    assert other == (1, 0)
    assert counts.since() == (0, 1)


@pytest.mark.requirement("REP-06", "CAC-26")
async def test_reports_follow_what_an_exercise_is_called_and_what_it_trains(gym: Gym) -> None:
    lift = await an_exercise_of(gym.trainer, primary_muscles=["lats"])
    gym.lifts = [lift["id"]]
    await day(gym, "2026-03-01", {"weight": 100})
    shown = ("exercise_performance", "recent_activity", "personal_records", "muscle_volume")
    forms = [("json", one) for one in shown] + [("series", "weight_progression")]
    for form, component in forms:
        await read(gym, component, format=form)
    changed = an_exercise_body(name=f"{lift['name']} anew", primary_muscles=["calves"])

    answer = await gym.trainer.put(f"/exercises/{lift['id']}", changed)

    assert answer.is_success, answer.text
    for form, component in forms:
        said = (await read(gym, component, format=form)).text
        assert ("calves" if component == "muscle_volume" else changed["name"]) in said, component


@pytest.mark.requirement("REP-06", "CAC-06")
async def test_records_of_all_exercises_follow_every_set(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session)
    before = (await gym.athlete.get("/reports/personal-records")).json()["pagination"]

    await gym.logged(session, exercise_id=gym.lifts[1])

    after = (await gym.athlete.get("/reports/personal-records")).json()["pagination"]
    assert after["total_items"] == 2 * before["total_items"]


@pytest.mark.requirement("REP-06", "CAC-05")
@pytest.mark.parametrize("component", COMPONENTS)
async def test_athlete_and_coach_share_an_answer_and_forms_do_not(
    trained: Gym, container: Container, component: str
) -> None:
    own = await read(trained, component)
    counts = Counts(container, component)

    shared = await read(trained, component, trained.trainer, athlete_id=trained.athlete.athlete_id)
    by_coach = counts.since()
    await read(trained, component, format="series")
    await read(trained, component, unit="pounds")

    assert shared.json()["data"] == own.json()["data"]
    assert by_coach == (1, 0)
    assert counts.since() == (0, 2)


@pytest.mark.requirement("REP-06", "CAC-09")
@pytest.mark.parametrize("component", COMPONENTS)
async def test_two_people_never_get_one_anothers_answer(
    people: People, catalogue: dict[str, list[str]], component: str
) -> None:
    of_each = []
    for kg in (100, 60):
        gym = Gym(*await people.coached_pair(), lifts=catalogue["weight_reps"], measured_in={})
        await day(gym, "2026-03-01", {"weight": kg})
        of_each.append(gym)

    first = [(await read(gym, component)).json()["data"] for gym in of_each]
    second = [(await read(gym, component)).json()["data"] for gym in reversed(of_each)][::-1]

    assert first == second
    assert first[0] != first[1]


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Any]:
    """Return a bare client, to look at what was really written."""
    client = Redis.from_url(redis_url, decode_responses=True)
    yield client
    await client.aclose()


@pytest.mark.requirement("CAC-09", "CAC-10")
async def test_each_component_has_keys_of_its_own_with_its_owner(trained: Gym, redis: Any) -> None:
    for component in COMPONENTS:
        await read(trained, component)
    for page in (1, 2, 3):
        await read(trained, "personal_records", page=page, page_size=2)

    owner = trained.athlete.user["id"]
    found = redis.scan_iter(f"workout:test:main:reports:{owner}:*", count=10_000)
    names = [key.split(":")[5] async for key in found]

    assert set(names) == set(COMPONENTS)
    assert names.count("personal_records") == 4


@dataclass
class Counted:
    """The product beside the server, its statements counted."""

    container: Container
    statements: Statements

    async def ask(self, gym: Gym, form: ReportFormat) -> tuple[bytes, int, float]:
        """Read records; return them, how many statements it took, and how long."""
        athlete = UUID(str(gym.athlete.athlete_id))
        actor = Actor(user_id=UUID(gym.athlete.user["id"]), athlete_profile_id=athlete)
        query = ListPersonalRecords(question=Question(unit="kilograms", format=form))
        self.statements.forget()
        begun = perf_counter()
        answer = await self.container.mediator().send(query, actor=actor)
        return answer.body, len(self.statements.all), perf_counter() - begun


@pytest.fixture
async def counted(database_url: str, redis_url: str) -> AsyncIterator[Counted]:
    """Wire the product once more against the same database and Redis."""
    statements = Statements()
    container = build_container(settings_for(database_url, redis_url))
    pool = CountingPool(database_url, statements)
    container.read_pool.override(providers.Object(pool))
    await container.cache().probe()
    yield Counted(container, statements)
    await container.cache().close()
    await pool.close()


@pytest.mark.requirement("CAC-07")
async def test_a_hit_takes_no_statements_and_less_time(trained: Gym, counted: Counted) -> None:
    of_misses, of_hits = [], []
    for _ in range(5):
        await counted.container.cache().purge("reports")
        of_misses.append(await counted.ask(trained, ReportFormat.SVG))
        of_hits.append(await counted.ask(trained, ReportFormat.SVG))

    assert {body for body, _, _ in of_misses} == {body for body, _, _ in of_hits}
    assert {statements for _, statements, _ in of_hits} == {0}
    assert min(statements for _, statements, _ in of_misses) >= 1
    assert median(time for *_, time in of_hits) < median(time for *_, time in of_misses)
