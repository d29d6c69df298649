"""How many statements training needs: as many for much as for little."""

from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from dependency_injector import providers
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import selectinload

from tests.builders.people import People, Person
from tests.builders.workouts import a_plan, a_prescription, a_session, a_set
from tests.infrastructure.training.conftest import Adapters, actor_of
from workout_application.training.commands.assign_workout_to_many import AssignWorkoutToMany
from workout_application.training.commands.change_set import ChangeSet
from workout_application.training.commands.create_template import CreateTemplate
from workout_application.training.commands.create_workout import CreateWorkout
from workout_application.training.commands.describe_session import DescribeSession
from workout_application.training.commands.log_set import LogSet
from workout_application.training.commands.start_ad_hoc_session import StartAdHocSession
from workout_application.training.commands.start_session import StartSession
from workout_application.training.commands.substitute_exercise import SubstituteExercise
from workout_application.training.commands.update_template import UpdateTemplate
from workout_application.training.loads import LoadChange
from workout_application.training.plan_views import WorkoutView
from workout_application.training.ports import SessionFilter, TemplateFilter, WorkoutFilter
from workout_application.training.queries.get_active_session import GetActiveSession
from workout_application.training.queries.get_calendar import GetCalendar
from workout_application.training.queries.get_session import GetSession
from workout_application.training.queries.get_template import GetTemplate
from workout_application.training.queries.get_workout import GetWorkout
from workout_application.training.queries.get_workout_progress import GetWorkoutProgress
from workout_application.training.queries.list_session_events import ListSessionEvents
from workout_application.training.queries.list_sessions import ListSessions
from workout_application.training.queries.list_set_history import ListSetHistory
from workout_application.training.queries.list_templates import ListTemplates
from workout_application.training.queries.list_workouts import ListWorkouts
from workout_application.training.views import SessionListItem, SessionView
from workout_domain.kernel.load import Load
from workout_domain.training.performed_set import PerformedSet, SetDraft, successful_reps
from workout_domain.training.prescription import Prescription
from workout_domain.training.targets import SetTarget
from workout_domain.training.template import TemplateDetails
from workout_domain.training.workout import WorkoutType
from workout_domain.training.workout_session import WorkoutSession
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.registry import collection
from workout_infrastructure.persistence.training.sessions import workout_sessions
from workout_shared.pages import CursorRequest, PageRequest

TARGETS = (SetTarget(number=1, set_type="warm_up"), SetTarget(number=2), SetTarget(number=3))
LAST_SEQUENCE = 2**31 - 1
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Training:
    """A trainer and an athlete who send messages without a server."""

    def __init__(self, adapters: Adapters, trainer: Person, athlete: Person, lift: UUID) -> None:
        self.adapters, self.trainer, self.athlete, self.lift = adapters, trainer, athlete, lift

    async def end(self) -> None:
        """End whatever session is running."""
        async with self.adapters.container.pool().connection() as connection:
            await connection.execute(
                """UPDATE workout_sessions SET status = 'abandoned'
                WHERE user_id = $1::uuid AND status = 'in_progress'""",
                UUID(self.athlete.user["id"]),
            )

    async def session(self) -> UUID:
        """Begin a session, another one ended before."""
        await self.end()
        begun = await self.adapters.send(
            StartAdHocSession(name="Own", session_date=NOON), self.athlete
        )
        return UUID(str(begun.session_id))

    async def log(self, session_id: UUID, lift: UUID | None = None) -> int:
        """Log a set; return how many statements it took."""
        draft = SetDraft(load=Load(Decimal(100)), reps=successful_reps(5))
        command = LogSet(
            session_id=session_id, exercise_id=lift or self.lift, set_type="normal", draft=draft
        )
        await self.adapters.send(command, self.athlete)
        return len(self.adapters.statements.all)

    async def one_set(self, session_id: UUID) -> UUID:
        """Return the id of one of its sets."""
        async with self.adapters.container.pool().connection() as connection:
            row = await connection.fetchrow(
                "SELECT id FROM performed_sets WHERE session_id = $1::uuid LIMIT 1", session_id
            )
        return UUID(row["id"])

    async def workout(self, *, exercises: int = 3, assigned: bool = False) -> UUID:
        """Plan a workout."""
        asked = tuple(Prescription(exercise_id=self.lift, sets=3, reps=5) for _ in range(exercises))
        athlete_id = UUID(self.athlete.athlete_id) if assigned else None
        view = await self.adapters.send(
            CreateWorkout(plan=a_plan(), exercises=asked, athlete_id=athlete_id), self.trainer
        )
        return UUID(str(view.id))

    async def started(self, exercises: tuple[Prescription, ...]) -> UUID:
        """Start a session of a workout with these exercises, another one ended."""
        view = await self.adapters.send(
            CreateWorkout(
                plan=a_plan(), exercises=exercises, athlete_id=UUID(self.athlete.athlete_id)
            ),
            self.trainer,
        )
        await self.end()
        begun = await self.adapters.send(StartSession(workout_id=view.id), self.athlete)
        return UUID(str(begun.session_id))

    async def cost(self, message: Any, person: Person) -> int:
        """Return how many statements a message takes."""
        await self.adapters.send(message, person)
        return len(self.adapters.statements.all)


@pytest.fixture(scope="module")
async def training(adapters: Adapters, people: People, database_url: str) -> Training:
    """Return a pair with a lift of the catalogue."""
    connection = await asyncpg.connect(database_url)
    lift = await connection.fetchval(
        """SELECT id FROM exercises
        WHERE measurement_type = 'weight_reps' AND owner_id IS NULL LIMIT 1"""
    )
    await connection.close()
    return Training(adapters, *await people.coached_pair(), UUID(str(lift)))


@pytest.mark.requirement("TRN-24", "DBR-23")
async def test_a_session_of_fifty_sets_costs_what_one_of_ten_does(training: Training) -> None:
    session_id = await training.session()
    for _ in range(10):
        await training.log(session_id)
    ten = await training.cost(GetSession(session_id=session_id), training.athlete)
    of_coach = await training.cost(GetSession(session_id=session_id), training.trainer)
    for _ in range(40):
        await training.log(session_id)

    fifty = await training.cost(GetSession(session_id=session_id), training.athlete)

    assert fifty == ten <= 2
    assert await training.cost(GetSession(session_id=session_id), training.trainer) == of_coach <= 3


@pytest.mark.requirement("DBR-23")
async def test_the_hundredth_set_costs_what_the_first_did(training: Training) -> None:
    session_id = await training.session()
    first = await training.log(session_id)
    for _ in range(98):
        await training.log(session_id)

    hundredth = await training.log(session_id)

    assert hundredth == first
    # begin, place, append, outbox, commit
    assert first == 5


@pytest.mark.requirement("DBR-23")
async def test_a_page_of_fifty_workouts_costs_what_one_of_five_does(training: Training) -> None:
    for _ in range(5):
        await training.workout()
    page = ListWorkouts(where=WorkoutFilter(), request=PageRequest(page_size=100))
    run = ListWorkouts(where=WorkoutFilter(), request=CursorRequest(limit=100))
    of_five = [await training.cost(one, training.trainer) for one in (page, run)]
    for _ in range(45):
        await training.workout()

    of_fifty = [await training.cost(one, training.trainer) for one in (page, run)]

    assert of_fifty == of_five == [2, 1]


@pytest.mark.requirement("DBR-23", "CAT-06")
async def test_templates_cost_the_same_however_much_is_in_them(training: Training) -> None:
    reading, listing, copying, creating, changing = [], [], [], [], []
    for count in (1, 40):
        asked = tuple(a_prescription(training.lift, targets=TARGETS) for _ in range(count))
        details: dict[str, Any] = {"name": str(uuid4()), "type": WorkoutType.STRENGTH}
        creating.append(
            await training.cost(CreateTemplate(details=details, exercises=asked), training.trainer)
        )
        template = await training.adapters.send(
            CreateTemplate(details={**details, "name": str(uuid4())}, exercises=asked),
            training.trainer,
        )
        get = GetTemplate(template_id=template.id)
        # The page's size differs from those asked for before, so that no kept answer serves.
        page = ListTemplates(where=TemplateFilter(), request=PageRequest(page_size=60 + count))
        reading.append(await training.cost(get, training.trainer))
        listing.append(await training.cost(page, training.trainer))
        copy = CreateWorkout(plan=a_plan(), template_id=template.id)
        copying.append(await training.cost(copy, training.trainer))
        change = UpdateTemplate(
            template_id=template.id,
            details=TemplateDetails(name=template.name, type=WorkoutType.HIIT),
            exercises=asked,
        )
        changing.append(await training.cost(change, training.trainer))

    assert (reading, listing) == ([1, 1], [2, 2])
    assert [len(set(costs)) for costs in (copying, creating, changing)] == [1, 1, 1]


@pytest.mark.requirement("DBR-23")
async def test_a_full_calendar_costs_what_an_empty_one_does(training: Training) -> None:
    athlete_id = UUID(training.athlete.athlete_id)
    other_year = GetCalendar(from_date=date(2020, 3, 1), to_date=date(2020, 3, 31))
    march = GetCalendar(from_date=date(2026, 3, 1), to_date=date(2026, 3, 31))
    for _ in range(5):
        await training.workout(assigned=True)
        await training.session()

    own = [await training.cost(one, training.athlete) for one in (other_year, march)]
    of_athlete = [
        await training.cost(replace(one, athlete_id=athlete_id), training.trainer)
        for one in (other_year, march)
    ]

    assert (own, of_athlete) == ([2, 2], [5, 5])


@pytest.mark.requirement("DBR-23", "COA-03")
async def test_thirty_copies_cost_what_three_do(training: Training, people: People) -> None:
    athletes = [await people.athlete() for _ in range(30)]
    for athlete in athletes:
        invited = await training.trainer.post("/coaching/invitations", json={})
        code = invited.json()["data"]["code"]
        await athlete.post("/coaching/invitations/accept", json={"code": code})
    ids = tuple(UUID(athlete.athlete_id) for athlete in athletes)
    workout_id = await training.workout(exercises=5)

    costs = [
        await training.cost(
            AssignWorkoutToMany(workout_id=workout_id, athlete_ids=some), training.trainer
        )
        for some in (ids[:3], ids)
    ]

    assert costs[0] == costs[1] <= 10


@pytest.mark.requirement("DBR-25")
async def test_a_hundred_sessions_with_sets_load_in_three_statements(training: Training) -> None:
    costs = []
    for count in (10, 100):
        async with training.adapters.container.sessions()() as session:
            made = [a_session() for _ in range(count)]
            for one in made:
                # One running session per account is the rule of another test.
                one._sets = [a_set(one.id), a_set(one.id)]
            session.add_all(made)
            await session.flush()
            ids = [one.id for one in made]
            session.expunge_all()
            training.adapters.statements.forget()
            wanted = select(WorkoutSession).where(workout_sessions.c.id.in_(ids))
            of_sets = selectinload(collection(WorkoutSession, "_sets"))
            of_reps = of_sets.selectinload(collection(PerformedSet, "_reps"))
            found = (await session.scalars(wanted.options(of_reps))).all()
            reps = sum(len(one.reps) for loaded in found for one in loaded.sets)
            costs.append((len(found), reps, len(training.adapters.statements.all)))
            session.expunge_all()
            await session.rollback()

    assert costs == [(10, 100, 3), (100, 1000, 3)]


@pytest.mark.requirement("DBR-23")
async def test_a_change_of_one_of_many_sets_costs_the_same(training: Training) -> None:
    costs = []
    for count in (1, 30):
        session_id = await training.session()
        for _ in range(count):
            await training.log(session_id)
        shown = await training.adapters.send(GetSession(session_id=session_id), training.athlete)
        command = ChangeSet(set_id=await training.one_set(session_id), changes={"rpe": Decimal(8)})
        costs.append(await training.cost(command, training.athlete))
        assert shown.sequence == count + 1

    assert costs[0] == costs[1]


@pytest.mark.requirement("BEY-10", "TRN-24")
async def test_a_long_history_of_a_set_costs_what_a_short_one_does(training: Training) -> None:
    session_id = await training.session()
    await training.log(session_id)
    set_id = await training.one_set(session_id)
    costs = []
    for count in (2, 20):
        for weight in range(count):
            load = LoadChange(weight=Decimal(weight))
            await training.adapters.send(
                ChangeSet(set_id=set_id, changes={}, load=load), training.athlete
            )
        query = ListSetHistory(set_id=set_id, before=LAST_SEQUENCE, limit=100)
        costs.append(
            [await training.cost(query, one) for one in (training.athlete, training.trainer)]
        )

    assert costs[0] == costs[1] == [2, 3]


@pytest.mark.requirement("BEY-08", "TRN-24")
async def test_another_body_weight_costs_the_same_for_few_sets_and_for_many(
    training: Training,
) -> None:
    costs = []
    for number, count in enumerate((2, 30)):
        session_id = await training.session()
        for _ in range(count):
            await training.log(session_id)
        weight = LoadChange(weight=Decimal(80 + number))
        command = DescribeSession(session_id=session_id, bodyweight=weight)
        costs.append(await training.cost(command, training.athlete))

    assert costs[0] == costs[1]


@pytest.mark.requirement("BEY-06", "TRN-24")
async def test_a_planned_set_costs_what_an_unplanned_one_does(training: Training) -> None:
    workout_id = await training.workout(assigned=True)
    await training.session()
    async with training.adapters.container.pool().connection() as connection:
        await connection.execute(
            "UPDATE workout_sessions SET status = 'abandoned' WHERE user_id = $1::uuid",
            UUID(training.athlete.user["id"]),
        )
    begun = await training.adapters.send(StartSession(workout_id=workout_id), training.athlete)

    costs = {await training.log(begun.session_id) for _ in range(12)}

    assert costs == {5}


@pytest.mark.requirement("BEY-14", "DBR-23")
async def test_a_substitution_costs_the_same_however_much_is_planned_and_done(
    training: Training, catalogue: dict[str, list[str]]
) -> None:
    lifts = [UUID(one) for one in catalogue["weight_reps"][:17]]
    costs = []
    for planned, done in ((2, 1), (16, 4)):
        asked = tuple(Prescription(exercise_id=one, sets=5, reps=5) for one in lifts[:planned])
        session_id = await training.started(asked)
        for _ in range(done):
            await training.log(session_id, lifts[0])
        command = SubstituteExercise(
            session_id=session_id, exercise_id=lifts[0], substitute_id=lifts[-1]
        )
        costs.append(await training.cost(command, training.athlete))

    assert costs[0] == costs[1]


async def every_query(training: Training) -> AsyncIterator[tuple[Any, Person]]:
    """Go through all queries of training."""
    workout_id = await training.workout(assigned=True)
    await training.session()
    async with training.adapters.container.pool().connection() as connection:
        await connection.execute(
            "UPDATE workout_sessions SET status = 'abandoned' WHERE user_id = $1::uuid",
            UUID(training.athlete.user["id"]),
        )
    begun = await training.adapters.send(StartSession(workout_id=workout_id), training.athlete)
    sent = PageRequest(), CursorRequest()
    template = await training.adapters.send(
        CreateTemplate(details={"name": str(workout_id)}, workout_id=workout_id), training.trainer
    )
    where = TemplateFilter()
    yield ListTemplates(where=where, request=PageRequest(page_size=7)), training.trainer
    yield GetTemplate(template_id=template.id), training.trainer
    yield GetCalendar(from_date=date(2026, 3, 1), to_date=date(2026, 3, 2)), training.athlete
    yield GetWorkout(workout_id=workout_id), training.trainer
    yield GetWorkoutProgress(workout_id=workout_id), training.athlete
    yield GetSession(session_id=begun.session_id), training.trainer
    yield GetActiveSession(), training.athlete
    await training.log(begun.session_id)
    set_id = await training.one_set(begun.session_id)
    yield ListSetHistory(set_id=set_id, before=LAST_SEQUENCE, limit=10), training.trainer
    yield ListSessionEvents(session_id=begun.session_id, after=0, limit=10), training.trainer
    for request in sent:
        yield ListWorkouts(where=WorkoutFilter(), request=request), training.trainer
        yield ListSessions(where=SessionFilter(), request=request), training.trainer


@pytest.mark.requirement("DBR-19")
async def test_queries_open_no_session(training: Training) -> None:
    adapters = training.adapters
    opened = []
    original = adapters.container.sessions()

    def refuse() -> Any:
        opened.append(True)
        return original()

    asked = []
    async for query, person in every_query(training):
        adapters.statements.forget()
        with adapters.container.sessions.override(providers.Object(refuse)):
            assert await adapters.container.mediator().send(query, actor=actor_of(person))
        asked.append((type(query).__name__, len(adapters.statements.mapped)))

    assert opened == []
    assert asked == [(name, 0) for name, _ in asked]
    assert len({name for name, _ in asked}) == 11


@pytest.mark.requirement("DBR-21")
async def test_each_method_loads_what_it_names_and_nothing_else(training: Training) -> None:
    container = training.adapters.container
    sessions, workouts = container.training.sessions(), container.training.workouts()
    workout_id = await training.workout()
    session_id = await training.session()
    await training.log(session_id)
    user_id, trainer_id = UUID(training.athlete.user["id"]), UUID(training.trainer.trainer_id)
    async with container.pool().connection() as connection:
        row = await connection.fetchrow(
            """SELECT s.id AS set_id, r.id AS rep_id FROM performed_sets s
            JOIN performed_reps r ON r.set_id = s.id WHERE s.session_id = $1::uuid LIMIT 1""",
            session_id,
        )
    unloaded: dict[str, set[str]] = {}

    async def note(name: str, loading: Any) -> None:
        async with container.units_of_work().transaction(actor_of(None), appends=False):
            found = await loading()
            aggregate = found[0] if isinstance(found, (tuple, list)) else found
            mapper = inspect(type(aggregate))
            missing = set(inspect(aggregate).unloaded)
            unloaded[name] = {one.key for one in mapper.relationships} & missing

    await note("of_trainer", lambda: workouts.of_trainer(trainer_id, workout_id))
    await note("own", lambda: sessions.own(user_id, session_id))
    await note("own_with_logs", lambda: sessions.own_with_logs(user_id, session_id))
    await note("own_with_sets", lambda: sessions.own_with_sets(user_id, session_id))
    await note("own_with_set", lambda: sessions.own_with_set(user_id, UUID(row["set_id"])))
    await note("own_with_rep", lambda: sessions.own_with_rep(user_id, UUID(row["rep_id"])))

    assert unloaded == {
        "of_trainer": set(),
        "own": {"_logs", "_sets"},
        "own_with_logs": set(),
        "own_with_sets": {"_logs"},
        "own_with_set": {"_logs"},
        "own_with_rep": {"_logs"},
    }


@pytest.mark.requirement("DBR-26")
async def test_a_mapped_statement_is_compiled_once(training: Training) -> None:
    container = training.adapters.container
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, _sql: str, _p: Any, context: Any, _many: bool) -> None:
        seen.append(context.cache_hit.name)

    engine = container.engine().sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for _ in range(2):
            async with container.units_of_work().transaction(actor_of(None), appends=False):
                await container.training.sessions().running_of(UUID(training.athlete.user["id"]))
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert seen[-1] == "CACHE_HIT"


@pytest.mark.requirement("DBR-26")
async def test_a_repeated_read_is_prepared_by_the_driver(
    training: Training, database_url: str
) -> None:
    pool = DriverPool(database_url, size=1)
    reader = type(training.adapters.container.training.session_reader())(pool)
    for _ in range(3):
        await reader.access(UUID(int=1))

    prepared = await pool.fetch("SELECT statement FROM pg_prepared_statements")

    await pool.close()
    assert sum("FROM workout_sessions" in row["statement"] for row in prepared) == 1


@pytest.mark.requirement("DBR-27")
@pytest.mark.parametrize(
    ("query", "view"),
    [
        (ListWorkouts(where=WorkoutFilter(), request=PageRequest()), WorkoutView),
        (ListSessions(where=SessionFilter(), request=PageRequest()), SessionListItem),
        (GetActiveSession(), SessionView),
    ],
    ids=["workouts", "sessions", "active session"],
)
async def test_a_read_selects_the_columns_it_shows(
    training: Training, query: Any, view: type[Any], database: Any
) -> None:
    await training.session()
    await training.adapters.send(query, training.athlete)
    statement = await database.prepare(training.adapters.statements.all[-1])

    columns = {one.name.removesuffix("_json") for one in statement.get_attributes()}

    assert columns == {one.name for one in fields(view)}
