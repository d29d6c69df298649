"""What was really moved: body weight, assistance, sides, drops and volume over HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_set_body, made
from tests.builders.people import People, Person

PULL_UP = {"name": "Weighted pull-up", "load_kind": "bodyweight"}
ASSISTED_DIP = {"name": "Assisted dip", "load_kind": "assisted"}


async def an_exercise(gym: Gym, **fields: Any) -> str:
    """Let the trainer describe an exercise; return its id."""
    found = await gym.trainer.get("/exercises", params={"search": fields["name"]})
    for one in found.json()["data"]:
        if one["name"] == fields["name"] and one["owner_id"] is not None:
            return str(one["id"])
    body = {
        "category": "strength",
        "equipment": "bodyweight",
        "measurement_type": "weight_reps",
        "primary_muscles": ["lats"],
        **fields,
    }
    return str((await made(gym.trainer, "/exercises", body))["id"])


async def moved(gym: Gym, session: dict[str, Any], exercise_id: str, **fields: Any) -> Any:
    """Log a set of an exercise."""
    return await gym.logged(session, exercise_id=exercise_id, **fields)


async def stored(database: Any, one: dict[str, Any]) -> list[Decimal | None]:
    """Return the exact kilograms of a set and of its repetitions."""
    of_set = await database.fetchval(
        "SELECT effective_kg FROM performed_sets WHERE id=$1", one["id"]
    )
    rows = await database.fetch(
        "SELECT effective_kg FROM performed_reps WHERE set_id = $1 ORDER BY rep_number", one["id"]
    )
    return [of_set, *(row["effective_kg"] for row in rows)]


@pytest.mark.requirement("BEY-08")
async def test_a_pull_up_counts_the_body(gym: Gym, database: Any) -> None:
    pull_up = await an_exercise(gym, **PULL_UP)
    session = await gym.begun(bodyweight=80, bodyweight_unit="kilograms")

    one = await moved(gym, session, pull_up, weight=22, number_reps=8)

    assert (session["bodyweight"], session["bodyweight_unit"]) == (80, "kilograms")
    assert one["load_kind"] == "bodyweight"
    assert (one["weight"], one["bodyweight"], one["bodyweight_share"]) == (22, 80, 1)
    assert (one["effective_load"], one["effective_load_unit"]) == (102, "kilograms")
    assert (one["volume"], one["volume_unit"]) == (816, "kilograms")
    assert await stored(database, one) == [Decimal(102)] * 9


@pytest.mark.requirement("BEY-08")
async def test_help_is_taken_off_the_body(gym: Gym, database: Any) -> None:
    dip = await an_exercise(gym, **ASSISTED_DIP)
    session = await gym.begun(bodyweight=80, bodyweight_unit="kilograms")

    helped = await moved(gym, session, dip, weight=30, number_reps=8)
    carried = await moved(gym, session, dip, weight=100, number_reps=1)

    assert (helped["load_kind"], helped["effective_load"]) == ("assisted", 50)
    assert carried["effective_load"] == 0
    assert await stored(database, helped) == [Decimal(50)] * 9


@pytest.mark.requirement("BEY-08")
async def test_pounds_are_exact_inside_and_short_outside(gym: Gym, database: Any) -> None:
    pull_up = await an_exercise(gym, **PULL_UP)
    session = await gym.begun(bodyweight=80, bodyweight_unit="kilograms")

    bar = await gym.logged(session, weight=225, unit="pounds", number_reps=1)
    hanging = await moved(gym, session, pull_up, weight=45, unit="pounds", number_reps=1)

    assert (bar["effective_load"], bar["effective_load_unit"]) == (225, "pounds")
    assert await stored(database, bar) == [Decimal("102.05828325")] * 2
    assert bar["volume"] == 102.058
    assert (hanging["effective_load"], hanging["effective_load_unit"]) == (221.37, "pounds")
    assert hanging["bodyweight"] == 176.37
    assert await stored(database, hanging) == [Decimal("100.41165665")] * 2


@pytest.mark.requirement("BEY-08")
async def test_without_a_body_weight_nobody_knows_what_a_body_moved(people: People) -> None:
    gym = await alone(people)
    pull_up = await an_exercise(gym, **PULL_UP)
    session = await gym.begun()

    one = await moved(gym, session, pull_up, weight=22, number_reps=8)

    assert (session["bodyweight"], session["bodyweight_unit"]) == (None, None)
    assert (one["effective_load"], one["volume"], one["bodyweight"]) == (None, None, None)
    assert (await gym.seen(f"/sessions/{session['id']}"))["volume"] == 0


async def alone(people: People) -> Gym:
    """Let a new pair train, of whose weight nobody knows."""
    trainer, athlete = await people.coached_pair()
    lifts = await trainer.get("/exercises", params={"search": "back squat"})
    return Gym(trainer, athlete, lifts=[lifts.json()["data"][0]["id"]], measured_in={})


@pytest.mark.requirement("BEY-08")
async def test_the_profile_tells_the_body_weight_where_the_request_does_not(
    people: People,
) -> None:
    gym = await alone(people)
    body = {"weight": 176.37, "unit": "pounds"}
    assert (await gym.athlete.put("/athletes/me", json=body)).status_code == 200

    session = await gym.started()

    assert (session["bodyweight"], session["bodyweight_unit"]) == (176.37, "pounds")


@pytest.mark.requirement("BEY-08")
@pytest.mark.parametrize("how", ["patch", "complete"])
async def test_a_body_weight_told_later_counts_for_every_set(
    gym: Gym, database: Any, how: str
) -> None:
    pull_up = await an_exercise(gym, **PULL_UP)
    session = await gym.begun(bodyweight=70, bodyweight_unit="kilograms")
    before = [await moved(gym, session, pull_up, weight=10, number_reps=2) for _ in range(2)]
    bar = await gym.logged(session)
    path, said = f"/sessions/{session['id']}", {"bodyweight": 81.5}

    if how == "patch":
        answer = await gym.athlete.patch(path, json=said)
    else:
        answer = await gym.athlete.post(f"{path}/complete", json=said)

    after = conforming(answer)
    assert (after["bodyweight"], after["bodyweight_unit"]) == (81.5, "kilograms")
    assert [one["effective_load"] for one in before] == [80, 80]
    assert [one["effective_load"] for one in after["sets"]] == [91.5, 91.5, 100]
    assert after["sets"][2] == bar
    assert await stored(database, before[0]) == [Decimal("91.5")] * 3


@pytest.mark.requirement("BEY-08")
async def test_a_body_weight_may_be_taken_away_or_read_in_another_unit(gym: Gym) -> None:
    session = await gym.begun(bodyweight=80)
    path = f"/sessions/{session['id']}"

    pounds = await gym.athlete.patch(path, json={"bodyweight_unit": "pounds"})
    gone = await gym.athlete.patch(path, json={"bodyweight": None})

    assert pounds.json()["data"]["bodyweight"] == 80
    assert pounds.json()["data"]["bodyweight_unit"] == "pounds"
    assert (gone.json()["data"]["bodyweight"], gone.json()["data"]["bodyweight_unit"]) == (
        None,
        None,
    )


@pytest.mark.requirement("BEY-08")
async def test_corrections_compute_anew_what_was_moved(gym: Gym, database: Any) -> None:
    pull_up = await an_exercise(gym, **PULL_UP)
    session = await gym.begun(bodyweight=80)
    one = await moved(gym, session, pull_up, weight=22, number_reps=2)

    added = await made(gym.athlete, f"/sets/{one['id']}/reps", {"weight": 10})
    after_added = await stored(database, one)
    await gym.athlete.put(f"/reps/{added['id']}", json={"weight": 5})
    after_rep = await stored(database, one)
    corrected = await gym.athlete.put(f"/sets/{one['id']}", json={"weight": 20})

    assert after_added == [102, 102, 102, 90]
    assert after_rep == [102, 102, 102, 85]
    assert await stored(database, one) == [100, 100, 100, 85]
    assert corrected.json()["data"]["effective_load"] == 100
    assert corrected.json()["data"]["volume"] == 285
    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert shown == corrected.json()["data"]


@pytest.mark.requirement("TRN-22")
async def test_a_failed_repetition_is_no_volume(gym: Gym) -> None:
    """The example of the requirement: three repetitions of 100 kg, one failed."""
    session = await gym.begun()
    reps = [{"success": True}, {"success": False}, {"success": True}]

    one = await gym.logged(session, number_reps=None, reps=reps)

    shown = await gym.seen(f"/sessions/{session['id']}")
    assert (one["volume"], one["volume_unit"]) == (200, "kilograms")
    assert (shown["volume"], shown["volume_unit"]) == (200, "kilograms")
    [log] = shown["exercise_logs"]
    assert (log["volume"], log["volume_unit"]) == (200, "kilograms")


@pytest.mark.requirement("TRN-22")
async def test_volume_is_told_per_set_exercise_and_session_without_warm_ups(gym: Gym) -> None:
    session = await gym.begun()
    warm_up = await gym.logged(session, weight=60, set_type="warm_up")
    work = await gym.logged(session, weight=100, number_reps=3)
    other = await gym.logged(session, exercise_id=gym.lifts[1], weight=50, number_reps=2)
    gone = await gym.logged(session, weight=500)
    await gym.athlete.delete(f"/sets/{gone['id']}")

    shown = await gym.seen(f"/sessions/{session['id']}")

    assert [one["volume"] for one in (warm_up, work, other)] == [300, 300, 100]
    volumes = {log["exercise_id"]: log["volume"] for log in shown["exercise_logs"]}
    assert volumes == {gym.lifts[0]: 300, gym.lifts[1]: 100}
    assert shown["volume"] == 400


@pytest.mark.requirement("BEY-08")
async def test_a_set_says_which_side_worked(gym: Gym) -> None:
    session = await gym.begun()

    left = await gym.logged(session, side="left")
    both = await gym.logged(session)
    wrong = await gym.athlete.post(
        f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[0], side="middle")
    )
    turned = await gym.athlete.put(f"/sets/{left['id']}", json={"side": "right"})
    cleared = await gym.athlete.put(f"/sets/{left['id']}", json={"side": None})

    assert (left["side"], both["side"]) == ("left", None)
    assert wrong.status_code == 400
    assert turned.json()["data"]["side"] == "right"
    assert cleared.json()["data"]["side"] is None


@pytest.mark.requirement("BEY-08")
async def test_a_drop_set_follows_the_one_before_it(gym: Gym) -> None:
    session = await gym.begun()
    head = await gym.logged(session)
    drop = await gym.logged(session, set_type="drop_set", weight=80, parent_set_id=head["id"])
    other = await gym.logged(session, exercise_id=gym.lifts[1])

    path = f"/sessions/{session['id']}/sets"
    elsewhere = a_set_body(gym.lifts[0], parent_set_id=other["id"])
    refused = [
        await gym.athlete.post(path, json=elsewhere),
        await gym.athlete.put(f"/sets/{head['id']}", json={"parent_set_id": drop["id"]}),
        await gym.athlete.put(f"/sets/{head['id']}", json={"parent_set_id": head["id"]}),
    ]
    undone = await gym.athlete.put(f"/sets/{drop['id']}", json={"parent_set_id": None})

    assert (head["parent_set_id"], drop["parent_set_id"]) == (None, head["id"])
    errors = [(answer.status_code, answer.json()["errors"][0]["code"]) for answer in refused]
    assert errors == [(400, "parent_set")] * 3
    assert undone.json()["data"]["parent_set_id"] is None


async def test_a_set_of_a_removed_one_follows_nothing(gym: Gym) -> None:
    session = await gym.begun()
    head = await gym.logged(session)
    drop = await gym.logged(session, parent_set_id=head["id"])
    await gym.athlete.delete(f"/sets/{head['id']}")

    late = await gym.athlete.post(
        f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[0], parent_set_id=head["id"])
    )

    assert late.status_code == 400
    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert (shown["id"], shown["parent_set_id"]) == (drop["id"], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bodyweight": 0},
        {"bodyweight": -1},
        {"bodyweight": 10_000},
        {"bodyweight": "heavy"},
        {"bodyweight_unit": "stone"},
        {"time_zone": "Mars/Base"},
        {"time_zone": 5},
    ],
    ids=str,
)
async def test_a_session_of_nonsense_is_400_wherever_it_is_said(
    gym: Gym, wrong: dict[str, Any]
) -> None:
    workout = await gym.assigned()
    refused = [
        await gym.athlete.post(f"/workouts/{workout['id']}/sessions", json=wrong),
        await gym.athlete.post(
            "/sessions", json={"name": "A", "session_date": "2026-03-02T12:00:00Z", **wrong}
        ),
    ]
    session = await gym.begun()
    path = f"/sessions/{session['id']}"
    refused += [
        await gym.athlete.patch(path, json=wrong),
        await gym.athlete.post(f"{path}/complete", json=wrong),
    ]

    assert [answer.status_code for answer in refused] == [400] * 4
    pointers = {answer.json()["errors"][0]["pointer"] for answer in refused}
    assert pointers == {f"/{next(iter(wrong))}"}


@pytest.mark.parametrize("wrong", [0.5, 10.5, 7.3, "hard", True])
async def test_an_effort_of_nonsense_is_400(gym: Gym, wrong: Any) -> None:
    session = await gym.begun()

    answer = await gym.athlete.post(
        f"/sessions/{session['id']}/complete", json={"session_rpe": wrong}
    )

    assert answer.status_code == 400


@pytest.mark.requirement("BEY-08")
async def test_the_effort_of_a_session_is_kept(gym: Gym) -> None:
    session = await gym.begun()

    done = await gym.completed(session, session_rpe=7.5)

    assert (session["session_rpe"], done["session_rpe"]) == (None, 7.5)


class Lifter:
    """A pair with a running session, for many sets in a row."""

    def __init__(self, athlete: Person, session: dict[str, Any], exercises: list[str]) -> None:
        self.athlete, self.session, self.exercises = athlete, session, exercises


@pytest.fixture
async def lifter(gym: Gym) -> Lifter:
    """Return an athlete who trains bar, body and help."""
    exercises = [
        gym.lifts[0],
        await an_exercise(gym, **PULL_UP),
        await an_exercise(gym, **ASSISTED_DIP),
    ]
    session = await gym.begun(bodyweight=81.375, bodyweight_unit="kilograms")
    return Lifter(gym.athlete, session, exercises)


weights = st.decimals(0, 400, places=3)
reported = st.fixed_dictionaries(
    {
        "weight": st.none() | weights,
        "unit": st.sampled_from(["kilograms", "pounds"]),
        "reps": st.lists(
            st.fixed_dictionaries({"success": st.booleans()}, optional={"weight": weights}),
            min_size=1,
            max_size=4,
        ),
        "rpe": st.none() | st.sampled_from([6, 7.5, 10]),
        "side": st.none() | st.sampled_from(["left", "right"]),
    }
)


@pytest.mark.requirement("BEY-08", "TRN-22")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(which=st.integers(0, 2), logged=reported, corrected=reported)
async def test_a_set_is_the_same_however_it_is_read(
    lifter: Lifter, which: int, logged: dict[str, Any], corrected: dict[str, Any]
) -> None:
    """Answers of writes are made of objects, those of reads of rows."""
    path = f"/sessions/{lifter.session['id']}"
    body = {"exercise_id": lifter.exercises[which], "set_type": "normal", **plain(logged)}

    one = await made(lifter.athlete, f"{path}/sets", body)
    read = await lifter.athlete.get(path)
    changed = await lifter.athlete.put(f"/sets/{one['id']}", json=plain(corrected))
    reread = await lifter.athlete.get(path)

    assert read.json()["data"]["sets"][-1] == one
    assert changed.status_code == 200
    assert reread.json()["data"]["sets"][-1] == changed.json()["data"]


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """Write decimals as JSON numbers."""
    reps = [
        {k: float(v) if isinstance(v, Decimal) else v for k, v in rep.items()}
        for rep in body["reps"]
    ]
    weight = body["weight"]
    return {**body, "weight": None if weight is None else float(weight), "reps": reps}
