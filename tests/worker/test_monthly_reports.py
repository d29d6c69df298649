"""A trainer's month: asked for over HTTP, made by a worker, read as figures and as files."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import httpx2
import pytest
from dependency_injector import providers

from tests.api.contract import conforming
from tests.builders.people import People, Person
from tests.builders.statements import CountingPool, Statements
from tests.builders.training_days import assigned, trained
from tests.fakes.clock import AdjustableClock
from tests.waiting import until
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from tests.worker.test_process import PATIENCE_SECONDS, working
from tests.worker.workshop import worked
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.commands.generate_monthly_report import GenerateMonthlyReport
from workout_application.reporting.commands.request_due_monthly_reports import (
    RequestDueMonthlyReports,
)
from workout_presentation.composition.container import Container

MARCH: Final = {"year": 2026, "month": 3}
OF_MARCH: Final = "/reports/monthly/2026/3"


@pytest.fixture
def container(workers: Workers) -> Container:
    return workers(redis="")


async def asked(trainer: Person, body: dict[str, int] | None = None) -> dict[str, Any]:
    """Ask for a report; return the job."""
    answer = await trainer.post("/reports/monthly", body or MARCH)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = conforming(answer)
    assert answer.headers["location"] == f"/api/v1/jobs/{job['id']}"
    return job


async def report(container: Container, trainer: Person) -> dict[str, Any]:
    """Let the report of March be made and read it."""
    await asked(trainer)
    await worked(container)
    answer = await trainer.get(OF_MARCH)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = conforming(answer)
    return shown


@pytest.mark.requirement("COA-08", "REP-10", "JOB-22")
async def test_a_trainer_asks_for_a_month_and_a_worker_makes_its_report(
    people: People, workers: Workers
) -> None:
    trainer, athlete = await people.coached_pair()
    await trained(athlete, "2026-03-02T12:00:00Z", {"weight": 100, "number_reps": 5}, minutes=45)
    job = await asked(trainer)
    assert (job["type"], job["state"]) == ("generate_monthly_report", "queued")
    assert (await trainer.get(OF_MARCH)).status_code == 404

    async with working(workers()):
        await until(lambda: succeeded(trainer, job), within=PATIENCE_SECONDS)

    done = (await trainer.get(f"/jobs/{job['id']}")).json()["data"]
    assert (done["percent_complete"], done["result"]) == (100, {"athletes": 1})
    assert done["result_link"] == f"/api/v1{OF_MARCH}"
    assert done["message"] == "Writing the report."
    answer = await trainer.get(OF_MARCH)
    shown = conforming(answer)
    (one,) = shown["athletes"]
    assert (shown["year"], shown["month"]) == (2026, 3)
    assert (one["athlete_id"], one["name"]) == (athlete.athlete_id, athlete.user["name"])
    assert (one["sessions"], one["completed_sessions"], one["minutes"]) == (1, 1, 45)
    assert (one["volume_kg"], one["working_sets"], one["repetitions"]) == (500, 1, 5)
    assert (one["planned_workouts"], one["completion"], one["personal_records"]) == (0, None, 0)
    assert {name: shown["totals"][name] for name in shown["totals"]} == {
        name: one[name] for name in shown["totals"]
    }
    assert (await athlete.get(f"/jobs/{job['id']}")).status_code == 404


async def succeeded(trainer: Person, job: dict[str, Any]) -> bool:
    shown = (await trainer.get(f"/jobs/{job['id']}")).json()["data"]
    return bool(shown["state"] == "succeeded")


@pytest.mark.requirement("COA-08", "REP-10")
async def test_figures_are_of_working_sets_that_succeeded_exact_to_the_pound(
    people: People, container: Container, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    await trained(
        athlete,
        "2026-03-02T12:00:00Z",
        {"weight": 225, "unit": "pounds", "number_reps": 3},
        {"weight": 60, "number_reps": 10, "set_type": "warm_up"},
        {"weight": 82.5, "number_reps": 4, "reps": [{"success": True}] * 3 + [{"success": False}]},
        minutes=45.5,
    )
    await trained(athlete, "2026-03-20T12:00:00Z", {"weight": 100}, how="abandon")

    (one,) = (await report(container, trainer))["athletes"]

    volume = Decimal(225) * Decimal("0.45359237") * 3 + Decimal("82.5") * 3 + 500
    stored = await database.fetchval(
        "SELECT volume_kg FROM monthly_report_athletes WHERE athlete_id = $1::uuid",
        athlete.athlete_id,
    )
    assert stored == volume
    assert Decimal(str(one["volume_kg"])) == round(volume, 4)
    assert (one["working_sets"], one["repetitions"]) == (3, 11)
    assert (one["sessions"], one["completed_sessions"]) == (2, 1)


@pytest.mark.requirement("COA-08")
async def test_a_session_belongs_to_the_month_its_athlete_lived(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    kiritimati, niue = "Pacific/Kiritimati", "Pacific/Niue"
    await trained(athlete, "2026-02-28T10:30:00Z", {}, time_zone=kiritimati)  # already March
    await trained(athlete, "2026-03-01T10:30:00Z", {}, time_zone=niue)  # still February
    await trained(athlete, "2026-04-01T10:30:00Z", {}, time_zone=niue)  # still March
    await trained(athlete, "2026-03-31T10:30:00Z", {}, time_zone=kiritimati)  # already April

    (one,) = (await report(container, trainer))["athletes"]

    assert (one["sessions"], one["volume_kg"]) == (2, 1000)


@pytest.mark.requirement("COA-08")
async def test_completion_is_of_what_the_trainer_planned_for_the_month(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    other = await people.trainer()
    await people.relate(other, athlete)
    done = await assigned(trainer, athlete, "2026-03-05T12:00:00Z")
    for at in ("2026-03-12T12:00:00Z", "2026-03-19T12:00:00Z", "2026-04-02T12:00:00Z"):
        await assigned(trainer, athlete, at)
    await assigned(other, athlete, "2026-03-07T12:00:00Z")
    cancelled = await assigned(trainer, athlete, "2026-03-26T12:00:00Z")
    assert (await trainer.post(f"/workouts/{cancelled}/cancel")).status_code == 200
    await trained(athlete, "2026-03-06T12:00:00Z", {}, workout_id=done)

    (one,) = (await report(container, trainer))["athletes"]

    assert (one["planned_workouts"], one["completed_workouts"]) == (3, 1)
    assert one["completion"] == 0.3333


@pytest.mark.requirement("COA-08")
async def test_a_record_beats_what_came_before_the_month(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    found = (await athlete.get("/exercises?page_size=100")).json()["data"]
    lifts = [one["id"] for one in found if one["measurement_type"] == "weight_reps"]
    usual, equalled, first = lifts[:3]
    await trained(
        athlete,
        "2026-02-10T12:00:00Z",
        {"exercise_id": usual, "weight": 100},
        {"exercise_id": equalled, "weight": 80},
        {"exercise_id": usual, "weight": 150, "set_type": "warm_up"},
        {"exercise_id": usual, "weight": 140, "number_reps": 1, "reps": [{"success": False}]},
    )
    await trained(
        athlete,
        "2026-03-10T12:00:00Z",
        {"exercise_id": usual, "weight": 102.5},
        {"exercise_id": equalled, "weight": 80},
        {"exercise_id": first, "weight": 50},
    )

    (one,) = (await report(container, trainer))["athletes"]

    assert one["personal_records"] == 1


@pytest.mark.requirement("COA-08", "SEC-03", "BEY-01")
async def test_only_those_who_let_the_trainer_see_reports_are_in_it(
    people: People, container: Container
) -> None:
    trainer, shown = await people.coached_pair()
    secretive, paused, former, later = [await people.athlete() for _ in range(4)]
    await people.relate(trainer, secretive, ["view_sessions"])
    relations = {
        name: await people.relate(trainer, person)
        for name, person in (("pause", paused), ("end", former), ("later", later))
    }
    stranger = await people.athlete()
    for person in (shown, secretive, paused, former, later, stranger):
        await trained(person, "2026-03-02T12:00:00Z", {})
    for how in ("pause", "end"):
        path = f"/coaching/relations/{relations[how]['id']}/{how}"
        assert (await trainer.post(path)).status_code == 200

    first = await report(container, trainer)
    ids = {one["athlete_id"] for one in first["athletes"]}
    assert ids == {shown.athlete_id, later.athlete_id}
    assert first["totals"]["sessions"] == 2

    withdrawn = f"/coaching/relations/{relations['later']['id']}"
    scopes = {"scopes": ["view_sessions"]}
    assert (await later.patch(withdrawn, json=scopes)).status_code == 200
    again = await trainer.get(OF_MARCH)
    assert [one["athlete_id"] for one in again.json()["data"]["athletes"]] == [shown.athlete_id]
    assert again.json()["data"]["totals"]["sessions"] == 1
    assert "Number" in again.text
    assert later.user["name"] not in (await trainer.get(f"{OF_MARCH}?format=csv")).text


@pytest.mark.requirement("REP-10", "JOB-22")
async def test_a_rerun_replaces_the_report(
    people: People, container: Container, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    await trained(athlete, "2026-03-02T12:00:00Z", {})
    first = await report(container, trainer)
    tag = (await trainer.get(OF_MARCH)).headers["etag"]
    same = await trainer.get(OF_MARCH, headers={"If-None-Match": tag})
    await trained(athlete, "2026-03-03T12:00:00Z", {})

    second = await report(container, trainer)

    changed = await trainer.get(OF_MARCH, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)
    assert [one["totals"]["sessions"] for one in (first, second)] == [1, 2]
    assert second["generated_at"] > first["generated_at"]
    kept = await database.fetch(
        "SELECT id FROM monthly_reports WHERE trainer_id = $1::uuid", trainer.trainer_id
    )
    assert len(kept) == 1


async def test_an_older_run_that_ends_later_changes_nothing(
    people: People, container: Container, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    await trained(athlete, "2026-03-02T12:00:00Z", {})
    newest = await report(container, trainer)
    clock.advance(timedelta(minutes=-5))
    command = GenerateMonthlyReport(trainer_id=UUID(trainer.trainer_id), year=2026, month=3)

    await container.mediator().send(command, actor=SYSTEM)
    clock.reset()

    assert (await trainer.get(OF_MARCH)).json()["data"] == newest


@pytest.mark.requirement("JOB-04")
async def test_asking_twice_before_it_is_made_is_one_job(
    people: People, container: Container
) -> None:
    trainer, _ = await people.coached_pair()

    first, second = await asked(trainer), await asked(trainer)
    other_month = await asked(trainer, {"year": 2026, "month": 2})
    await worked(container)
    third = await asked(trainer)

    assert first["id"] == second["id"]
    assert len({first["id"], other_month["id"], third["id"]}) == 3


async def test_a_trainer_without_athletes_has_an_empty_report(
    people: People, container: Container
) -> None:
    shown = await report(container, await people.trainer())

    assert shown["athletes"] == []
    assert (shown["totals"]["sessions"], shown["totals"]["volume_kg"]) == (0, 0)


async def drawn(trainer: Person) -> httpx2.Response | None:
    """Ask for the PDF; a process that reads its libraries on a busy machine says: try again."""
    answer = await trainer.get(f"{OF_MARCH}?format=pdf")
    return None if answer.status_code == 503 else answer


@pytest.mark.requirement("REP-10")
async def test_the_report_can_be_downloaded(people: People, container: Container) -> None:
    trainer, athlete = await people.coached_pair()
    await trained(athlete, "2026-03-02T12:00:00Z", {"weight": 100, "number_reps": 5}, minutes=40)
    await report(container, trainer)

    as_csv = await trainer.get(f"{OF_MARCH}?format=csv")
    as_pdf = await until(lambda: drawn(trainer), within=60, what="the document")

    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["content-disposition"] == (
        'attachment; filename="monthly-report-2026-03.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert [row["Athlete"] for row in rows] == [athlete.user["name"], "All"]
    assert (rows[0]["Sessions"], rows[0]["Volume (kg)"], rows[0]["Minutes"]) == ("1", "500.0", "40")
    assert as_pdf.headers["content-type"] == "application/pdf"
    assert as_pdf.headers["content-disposition"].endswith('filename="monthly-report-2026-03.pdf"')
    assert as_pdf.content.startswith(b"%PDF-")
    assert as_pdf.content == (await trainer.get(f"{OF_MARCH}?format=pdf")).content
    for answer in (as_csv, as_pdf):
        assert answer.headers["cache-control"] == "private, no-cache"
        tag = {"If-None-Match": answer.headers["etag"]}
        again = await trainer.get(str(answer.request.url), headers=tag)
        assert (again.status_code, again.content) == (304, b"")
    assert (await trainer.get(f"{OF_MARCH}?format=docx")).status_code == 400


@pytest.mark.requirement("REP-10")
@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"year": 2026, "month": 13}, ["/month"]),
        ({"year": 2026, "month": 0}, ["/month"]),
        ({"year": 0, "month": 13}, ["/month", "/year"]),
        ({"year": 2026}, ["/month"]),
        ({"year": "soon", "month": 3.5}, ["/month", "/year"]),
        ({"year": 2026, "month": 3, "day": 1}, ["/day"]),
        ({"year": 9998, "month": 1}, ["/month"]),
    ],
)
async def test_what_is_no_month_of_the_past_or_present_is_400(
    people: People, body: dict[str, Any], wrong: list[str]
) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/reports/monthly", body)

    assert answer.status_code == 400
    assert sorted(one["pointer"] for one in answer.json()["errors"]) == wrong


@pytest.mark.requirement("REP-10")
async def test_months_that_are_none_and_reports_not_made_yet(
    people: People, api: httpx2.AsyncClient
) -> None:
    trainer, athlete = await people.coached_pair()

    for path in ("/reports/monthly/2026/13", "/reports/monthly/2026/0", "/reports/monthly/1/1"):
        assert (await trainer.get(path)).status_code == 400
    absent = await trainer.get("/reports/monthly/2026/4")
    assert (absent.status_code, absent.json()["code"]) == (404, "monthly_report_not_found")
    assert (await athlete.get(OF_MARCH)).status_code == 403
    assert (await athlete.post("/reports/monthly", MARCH)).status_code == 403
    assert (await api.get(OF_MARCH)).status_code == 401
    assert (await api.post("/reports/monthly", json=MARCH)).status_code == 401


async def test_a_repeat_by_key_is_answered_with_the_same_job(people: People) -> None:
    trainer = await people.trainer()
    key = {"Idempotency-Key": "march"}

    first = await trainer.post("/reports/monthly", MARCH, headers=key)
    again = await trainer.post("/reports/monthly", MARCH, headers=key)

    assert again.status_code == 202
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]


@pytest.mark.requirement("DBR-23")
async def test_a_roster_of_four_costs_what_one_athlete_does(
    people: People, workers: Workers, database_url: str
) -> None:
    statements = Statements()
    container = workers(redis="")
    container.pool.override(providers.Object(CountingPool(database_url, statements)))
    trainer, athlete = await people.coached_pair()
    await trained(athlete, "2026-03-02T12:00:00Z", {})
    command = GenerateMonthlyReport(trainer_id=UUID(trainer.trainer_id), year=2026, month=3)

    async def cost() -> int:
        statements.forget()
        assert await container.mediator().send(command, actor=SYSTEM)
        return len(statements.all)

    one = await cost()
    for _ in range(3):
        another = await people.athlete()
        await people.relate(trainer, another)
        await trained(another, "2026-03-02T12:00:00Z", {}, {}, {})

    assert await cost() == one <= 6


@pytest.mark.requirement("JOB-22")
async def test_when_a_month_is_over_its_reports_are_asked_for_once(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    lonely = await people.trainer()
    now = clock.now()
    first_of_next = (now.replace(day=1) + timedelta(days=32)).replace(
        day=1, hour=12, minute=0, second=0, microsecond=0
    )
    await trained(athlete, now.isoformat(), {}, time_zone="UTC")

    async def ask() -> None:
        while await container.mediator().send(RequestDueMonthlyReports(), actor=SYSTEM):
            pass

    await ask()
    await database.execute(
        "UPDATE jobs SET state = 'cancelled' WHERE type = 'generate_monthly_report'"
    )
    clock.advance(first_of_next - clock.now())
    await ask()
    await ask()

    rows = await database.fetch(
        """SELECT arguments->>'year' AS year, arguments->>'month' AS month, state, owner_user_id
        FROM jobs WHERE type = 'generate_monthly_report' AND state <> 'cancelled'
        AND arguments->>'trainer_id' = ANY ($1::text[])""",
        [trainer.trainer_id, lonely.trainer_id],
    )
    assert [tuple(row) for row in rows] == [
        (str(now.year), str(now.month), "queued", UUID(trainer.user["id"]))
    ]
    await worked(container)
    clock.reset()
    made = await trainer.get(f"/reports/monthly/{now.year}/{now.month}")
    assert made.json()["data"]["totals"]["sessions"] == 1


@pytest.mark.requirement("SEC-08")
async def test_reports_go_with_their_trainer_and_figures_with_their_athlete(
    people: People, container: Container, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    staying = await people.athlete()
    await people.relate(trainer, staying)
    for person in (athlete, staying):
        await trained(person, "2026-03-02T12:00:00Z", {})
    await report(container, trainer)
    copies = [(await one.get("/me/export")).json()["data"] for one in (trainer, athlete)]
    count = "SELECT count(*) FROM monthly_report_athletes WHERE athlete_id = $1::uuid"

    assert (await athlete.delete("/me")).status_code == 204
    await delivered(container)
    left = [await database.fetchval(count, one.athlete_id) for one in (athlete, staying)]
    shown = (await trainer.get(OF_MARCH)).json()["data"]
    assert (await trainer.delete("/me")).status_code == 204
    await delivered(container)

    of_trainer, of_athlete = copies
    assert len(of_trainer["monthly_reports"][0]["athletes"]) == 2
    assert of_athlete["reported_months"][0]["volume_kg"] == 500
    assert of_athlete["monthly_reports"] == []
    assert left == [0, 1]
    assert [one["athlete_id"] for one in shown["athletes"]] == [staying.athlete_id]
    for table in ("monthly_reports", "monthly_report_athletes"):
        rows = await database.fetchval(
            f"SELECT count(*) FROM {table} t WHERE t::text LIKE $1", f"%{trainer.trainer_id}%"
        )
        assert rows == 0
    assert await database.fetchval(count, staying.athlete_id) == 0
