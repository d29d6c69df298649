"""A request for every operation of the API, in a gym where everything belongs to somebody else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from tests.builders.jobs import a_job
from tests.builders.live import planned_session
from tests.builders.people import PASSWORD, People, Person
from tests.builders.reports import a_monthly_report
from workout_application.messaging.actor import SYSTEM
from workout_application.notifications.commands.send_notification import SendNotification
from workout_infrastructure.clock import Uuid7Identifiers
from workout_presentation.composition.container import Container

Body = Callable[["Gym"], dict[str, Any]]

COMMONPLACE: Final = frozenset({"role", "set_type_id", "year", "month"})
"""Parts of addresses that are nobody's: they may stand in any answer."""


@dataclass
class Gym:
    """A trainer, an athlete they coach, and one thing of every kind that is theirs."""

    trainer: Person
    athlete: Person
    ids: dict[str, str]
    code: str
    shipped_exercise_id: str

    @property
    def private_ids(self) -> set[str]:
        """Return the ids that are somebody's: neither a role's name, a month nor a type of set."""
        return {id_ for name, id_ in self.ids.items() if name not in COMMONPLACE}


@dataclass(frozen=True)
class Asked:
    """
    How to ask for one operation.

    The values of ``query`` may name ids of the gym. ``role`` is the role it needs, if any;
    ``is_own`` tells that a stranger asking for it reaches only what is theirs (lists, their own
    profile), so that success is right.
    """

    body: Body | None = None
    query: dict[str, str] = field(default_factory=dict)
    role: str | None = None
    is_own: bool = False


def _plan(gym: Gym) -> dict[str, Any]:
    return {
        "name": "Deadlifts",
        "type": "strength",
        "scheduled_date": datetime.now(UTC).isoformat(),
        "athlete_id": gym.ids["athlete_id"],
    }


def _another_day(gym: Gym) -> dict[str, Any]:
    return {"scheduled_date": "2026-04-01T12:00:00Z", "athlete_id": gym.ids["athlete_id"]}


def _prescription(gym: Gym) -> dict[str, Any]:
    return {"exercise_id": gym.ids["exercise_id"], "sets": 3, "reps": 5}


def _exercise(gym: Gym) -> dict[str, Any]:
    return {"name": f"Belt Squat of {gym.trainer.user['username']}", "category": "strength"}


def _renamed(gym: Gym) -> dict[str, Any]:
    return {"name": f"Hack Squat of {gym.trainer.user['username']}", "category": "strength"}


def _into(gym: Gym) -> dict[str, Any]:
    return {"into_id": gym.ids["other_exercise_id"]}


def _set_type(gym: Gym) -> dict[str, Any]:
    return {"name": "Back-off set", "code": f"back_off_of_{gym.trainer.user['username']}"}


def _template(gym: Gym) -> dict[str, Any]:
    return {"name": f"Day of {gym.trainer.user['username']}", "type": "strength"}


def _set(gym: Gym) -> dict[str, Any]:
    return {
        "exercise_id": gym.ids["exercise_id"],
        "set_type": "normal",
        "weight": 100,
        "number_reps": 5,
    }


def _code(gym: Gym) -> dict[str, Any]:
    return {"code": gym.code}


def _profile(_gym: Gym) -> dict[str, Any]:
    return {"first_name": "Sam", "last_name": "Stranger"}


def _passwords(_gym: Gym) -> dict[str, Any]:
    return {"current_password": PASSWORD, "new_password": f"{PASSWORD} anew"}


def _calculated(_gym: Gym) -> dict[str, Any]:
    return {"weight": 100, "unit": "kilograms", "reps": 5}


def _estimate(gym: Gym) -> dict[str, Any]:
    return {**_calculated(gym), "exercise_id": gym.shipped_exercise_id}


def _scored(_gym: Gym) -> dict[str, Any]:
    return {"sex": "female", "bodyweight": 63, "total": 400, "unit": "kilograms"}


def _loaded(_gym: Gym) -> dict[str, Any]:
    return {"target": 100, "unit": "kilograms"}


def _inventory(_gym: Gym) -> dict[str, Any]:
    return {"name": "Garage", "unit": "kilograms"}


def _parameters() -> dict[str, Any]:
    return {"kind": "linear", "start": 80, "sets": 5, "reps": 5, "increment": 2.5}


def _supposed(_gym: Gym) -> list[dict[str, Any]]:
    return [{"sets": [{"weight": 80, "reps": 5}] * 5}]


def _lift(gym: Gym) -> dict[str, Any]:
    return {name: gym.ids[name] for name in ("athlete_id", "exercise_id")}


def _rule(gym: Gym) -> dict[str, Any]:
    return {**_lift(gym), "parameters": _parameters()}


def _training_max(gym: Gym) -> dict[str, Any]:
    return {**_lift(gym), "value": 140}


OPERATIONS: Final[dict[str, Asked]] = {
    "get_me": Asked(is_own=True),
    "update_me": Asked(_profile, is_own=True),
    "change_password": Asked(_passwords, is_own=True),
    "list_login_sessions": Asked(is_own=True),
    "end_login_sessions": Asked(is_own=True),
    "end_login_session": Asked(),
    "enroll_second_factor": Asked(is_own=True),
    "confirm_second_factor": Asked(lambda _: {"code": "123456"}, is_own=True),
    "disable_second_factor": Asked(lambda _: {"code": "123456"}, is_own=True),
    "renew_recovery_codes": Asked(lambda _: {"code": "123456"}, is_own=True),
    "list_api_keys": Asked(is_own=True),
    "create_api_key": Asked(lambda _: {"name": "Watch", "scopes": ["training:read"]}, is_own=True),
    "revoke_api_key": Asked(),
    "open_trainer_profile": Asked(is_own=True),
    "open_athlete_profile": Asked(is_own=True),
    "get_trainer_profile": Asked(role="trainer", is_own=True),
    "update_trainer_profile": Asked(lambda _: {"bio": "New"}, role="trainer", is_own=True),
    "get_trainer": Asked(),
    "get_athlete_profile": Asked(role="athlete", is_own=True),
    "update_athlete_profile": Asked(lambda _: {"height": 170}, role="athlete", is_own=True),
    "list_exercises": Asked(is_own=True),
    "create_exercise": Asked(_exercise, role="trainer", is_own=True),
    "get_exercise": Asked(),
    "update_exercise": Asked(_renamed, role="trainer"),
    "delete_exercise": Asked(role="trainer"),
    "recommend_exercises": Asked(query={"workout_type": "strength", "athlete_id": "{athlete_id}"}),
    "suggest_substitutes": Asked(),
    "archive_exercise": Asked(role="trainer"),
    "unarchive_exercise": Asked(role="trainer"),
    "merge_exercise": Asked(_into, role="trainer"),
    "list_exercise_merges": Asked(role="trainer"),
    "list_set_types": Asked(is_own=True),
    "get_set_type": Asked(is_own=True),
    "create_set_type": Asked(_set_type, role="admin"),
    "update_set_type": Asked(lambda _: {"name": "Ours now"}, role="admin"),
    "delete_set_type": Asked(role="admin"),
    "list_templates": Asked(is_own=True),
    "create_template": Asked(_template, role="trainer", is_own=True),
    "get_template": Asked(),
    "update_template": Asked(lambda _: {"name": "Other day", "type": "hiit"}, role="trainer"),
    "delete_template": Asked(role="trainer"),
    "create_invitation": Asked(lambda _: {}, role="trainer", is_own=True),
    "list_invitations": Asked(role="trainer", is_own=True),
    "get_invitation": Asked(role="trainer"),
    "withdraw_invitation": Asked(role="trainer"),
    "accept_invitation": Asked(_code, role="athlete"),
    "decline_invitation": Asked(_code, role="athlete"),
    "list_relations": Asked(is_own=True),
    "get_relation": Asked(),
    "change_relation": Asked(lambda _: {"scopes": ["view_workouts"]}),
    "pause_relation": Asked(),
    "resume_relation": Asked(),
    "end_relation": Asked(),
    "transfer_relation": Asked(lambda gym: {"trainer_id": gym.ids["new_trainer_id"]}),
    "accept_transfer": Asked(role="athlete"),
    "decline_transfer": Asked(),
    "withdraw_transfer": Asked(role="trainer"),
    "write_note": Asked(lambda _: {"text": "Knees cave in."}, role="trainer"),
    "list_notes": Asked(),
    "get_note": Asked(),
    "change_note": Asked(lambda _: {"text": "Mine now"}, role="trainer"),
    "remove_note": Asked(role="trainer"),
    "create_group": Asked(lambda _: {"name": "Walkers"}, role="trainer", is_own=True),
    "list_groups": Asked(role="trainer", is_own=True),
    "get_group": Asked(role="trainer"),
    "update_group": Asked(lambda _: {"name": "Mine now"}, role="trainer"),
    "delete_group": Asked(role="trainer"),
    "add_athlete_to_group": Asked(role="trainer"),
    "remove_athlete_from_group": Asked(role="trainer"),
    "list_access_log": Asked(role="athlete", is_own=True),
    "list_athletes": Asked(role="trainer", is_own=True),
    "get_athlete": Asked(role="trainer"),
    "list_notifications": Asked(is_own=True),
    "count_unread_notifications": Asked(is_own=True),
    "read_notification": Asked(),
    "read_all_notifications": Asked(is_own=True),
    "delete_notification": Asked(),
    "request_monthly_report": Asked(
        lambda _: {"year": 2026, "month": 3}, role="trainer", is_own=True
    ),
    "get_monthly_report": Asked(role="trainer"),
    "get_job": Asked(),
    "create_workout": Asked(_plan, role="trainer"),
    "list_workouts": Asked(is_own=True),
    "get_workout": Asked(),
    "update_workout": Asked(lambda _: {"name": "Mine now"}, role="trainer"),
    "delete_workout": Asked(role="trainer"),
    "add_workout_exercise": Asked(_prescription, role="trainer"),
    "change_workout_exercise": Asked(_prescription, role="trainer"),
    "remove_workout_exercise": Asked(role="trainer"),
    "assign_workout": Asked(lambda gym: {"athlete_id": gym.ids["athlete_id"]}, role="trainer"),
    "duplicate_workout": Asked(_another_day, role="trainer"),
    "assign_workout_to_many": Asked(
        lambda gym: {"athlete_ids": [gym.ids["athlete_id"]]}, role="trainer"
    ),
    "complete_workout": Asked(),
    "cancel_workout": Asked(role="trainer"),
    "start_session": Asked(lambda _: {}, role="athlete"),
    "get_workout_progress": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_calendar": Asked(
        query={
            "from_date": "2026-03-01",
            "to_date": "2026-03-31",
            "athlete_id": "{athlete_id}",
        }
    ),
    "get_overall_status": Asked(query={"athlete_id": "{athlete_id}"}),
    "list_exercise_performance": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_weight_progression": Asked(
        query={"athlete_id": "{athlete_id}", "exercise_id": "{exercise_id}"}
    ),
    "list_exercise_history": Asked(
        query={"athlete_id": "{athlete_id}", "exercise_id": "{exercise_id}"}
    ),
    "list_personal_records": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_roster": Asked(role="trainer", is_own=True),
    "get_recent_activity": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_muscle_volume": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_load_trend": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_adherence": Asked(query={"athlete_id": "{athlete_id}"}),
    "start_ad_hoc_session": Asked(
        lambda _: {"name": "Alone", "session_date": datetime.now(UTC).isoformat()}, is_own=True
    ),
    "list_sessions": Asked(is_own=True),
    "get_active_session": Asked(),
    "get_session": Asked(),
    "describe_session": Asked(lambda _: {"name": "Mine now"}),
    "delete_session": Asked(),
    "log_set": Asked(_set),
    "update_exercise_progress": Asked(lambda _: {"completed_sets": 1}),
    "substitute_exercise": Asked(lambda gym: {"exercise_id": gym.ids["other_exercise_id"]}),
    "set_rest_timer": Asked(lambda _: {"seconds": 90}),
    "clear_rest_timer": Asked(),
    "complete_session": Asked(lambda _: {}),
    "reopen_session": Asked(),
    "abandon_session": Asked(),
    "list_session_events": Asked(),
    "change_set": Asked(lambda _: {"weight": 105}),
    "list_set_history": Asked(),
    "remove_set": Asked(),
    "add_rep": Asked(lambda _: {"rep_number": 9}),
    "change_rep": Asked(lambda _: {"success": False}),
    "remove_rep": Asked(),
    "estimate_one_rep_max": Asked(_calculated, is_own=True),
    "suggest_one_rep_maxes": Asked(is_own=True),
    "save_one_rep_max": Asked(_estimate, is_own=True),
    "score_points": Asked(_scored, is_own=True),
    "calculate_plates": Asked(_loaded, is_own=True),
    "plan_warm_up": Asked(lambda gym: {**_loaded(gym), "reps": 5}, is_own=True),
    "create_plate_inventory": Asked(_inventory, is_own=True),
    "list_plate_inventories": Asked(is_own=True),
    "get_plate_inventory": Asked(),
    "replace_plate_inventory": Asked(lambda _: {"name": "Mine now", "unit": "pounds"}),
    "delete_plate_inventory": Asked(),
    "delete_me": Asked(is_own=True),
    "set_training_max": Asked(_training_max),
    "list_training_maxes": Asked(is_own=True),
    "list_current_training_maxes": Asked(query={"athlete_id": "{athlete_id}"}),
    "get_training_max": Asked(),
    "set_progression_rule": Asked(_rule),
    "list_progression_rules": Asked(is_own=True),
    "simulate_progression": Asked(
        lambda gym: {"parameters": _parameters(), "performances": _supposed(gym)}, is_own=True
    ),
    "get_progression_rule": Asked(),
    "change_progression_rule": Asked(lambda _: {"parameters": _parameters()}),
    "explain_progression": Asked(),
    "simulate_progression_rule": Asked(lambda gym: {"performances": _supposed(gym)}),
    "list_progression_applications": Asked(),
    "override_progression": Asked(lambda _: {"load": 60, "reason": "A bad night."}),
    "accept_training_max": Asked(),
    "delete_progression_rule": Asked(),
    "list_own_logins": Asked(is_own=True),
    "export_me": Asked(is_own=True),
    "list_admin_sections": Asked(role="admin"),
    "list_audit_entries": Asked(role="admin"),
    "list_users": Asked(role="admin"),
    "get_user": Asked(role="admin"),
    "lock_user": Asked(lambda _: {}, role="admin"),
    "unlock_user": Asked(role="admin"),
    "drop_second_factor": Asked(role="admin"),
    "get_user_roles": Asked(role="admin"),
    "grant_user_role": Asked(lambda _: {"role": "admin"}, role="admin"),
    "replace_user_roles": Asked(lambda _: {"roles": []}, role="admin"),
    "revoke_user_role": Asked(role="admin"),
    "list_logins": Asked(role="admin"),
}
"""Every operation that needs a token, by its `operationId`."""


async def a_gym(people: People, container: Container, database: Any) -> Gym:
    """Let a trainer and an athlete make one thing of every kind."""
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    workout_id = training.session["workout_id"]
    logged = await training.log(weight=100)
    rep = await athlete.post(f"/sets/{logged['id']}/reps", json={})
    name = f"Squat of {trainer.user['username']}"
    exercise = await trainer.post("/exercises", json={"name": name, "category": "strength"})
    other = await trainer.post("/exercises", json={"name": f"{name}, too", "category": "strength"})
    await training.log(exercise_id=exercise.json()["data"]["id"])
    invited = await trainer.post("/coaching/invitations", json={"email": "ben@example.com"})
    relations = await trainer.get("/coaching/relations")
    workout = await trainer.get(f"/workouts/{workout_id}")
    places = await athlete.get("/auth/sessions")
    key = await athlete.post("/me/api-keys", {"name": "Watch", "scopes": ["training:read"]})
    relation_id = relations.json()["data"][0]["id"]
    of_relation = f"/coaching/relations/{relation_id}"
    template = await trainer.post("/workout-templates", json={"name": "Day", "type": "strength"})
    note = await trainer.post(
        f"{of_relation}/notes", json={"text": "Knees", "visibility": "shared"}
    )
    grouped = {"name": "Juniors", "athlete_ids": [athlete.athlete_id]}
    group = await trainer.post("/coaching/groups", json=grouped)
    new_trainer = await people.trainer()
    proposed = {"trainer_id": new_trainer.trainer_id}
    transfer = await trainer.post(f"{of_relation}/transfer", json=proposed)
    inventory = await athlete.post(
        "/tools/plate-inventories", json={"name": "Home gym", "unit": "kilograms"}
    )
    made = [rep, exercise, invited, relations, workout, places, key, note, group, transfer]
    of_lift = {"exercise_id": training.exercise_id}
    rule = await athlete.post("/progression-rules", json={**of_lift, "parameters": _parameters()})
    training_max = await athlete.post("/training-maxes", json={**of_lift, "value": 140})
    made += [inventory, template, rule, training_max]
    for answer in made:
        assert answer.is_success, answer.text
    await a_monthly_report(database, trainer.trainer_id, athlete.athlete_id)
    ids = {
        "year": "2026",
        "month": "3",
        "athlete_id": athlete.athlete_id,
        "login_session_id": places.json()["data"][0]["id"],
        "api_key_id": key.json()["data"]["id"],
        "user_id": athlete.user["id"],
        "role": "athlete",
        "exercise_id": exercise.json()["data"]["id"],
        "other_exercise_id": other.json()["data"]["id"],
        "set_type_id": await _set_type_id(database),
        "template_id": template.json()["data"]["id"],
        "invitation_id": invited.json()["data"]["id"],
        "relation_id": relation_id,
        "note_id": note.json()["data"]["id"],
        "group_id": group.json()["data"]["id"],
        "trainer_id": trainer.trainer_id,
        "new_trainer_id": new_trainer.trainer_id,
        "notification_id": await _notification(container, database, athlete),
        "job_id": await a_job(database, athlete.user["id"]),
        "workout_id": workout_id,
        "workout_exercise_id": workout.json()["data"]["exercises"][0]["id"],
        "session_id": training.id,
        "set_id": logged["id"],
        "rep_id": rep.json()["data"]["id"],
        "inventory_id": inventory.json()["data"]["id"],
        "rule_id": rule.json()["data"]["id"],
        "training_max_id": training_max.json()["data"]["id"],
    }
    # What the trainer was shown is written now, not in the middle of a test that counts rows.
    await container.access_log().flush()
    return Gym(trainer, athlete, ids, invited.json()["data"]["code"], training.exercise_id)


async def _set_type_id(database: Any) -> str:
    made = await database.fetchval(
        """INSERT INTO set_types (id, revision, created_at, updated_at, code, name, is_warm_up)
        VALUES ($1, 1, now(), now(), $2, 'Cluster', false) RETURNING id""",
        Uuid7Identifiers().new(),
        f"cluster_{uuid4().hex}",
    )
    return str(made)


async def _notification(container: Container, database: Any, to: Person) -> str:
    command = SendNotification(user_ids=(UUID(to.user["id"]),), message="A new workout")
    await container.mediator().send(command, actor=SYSTEM)
    found = await database.fetchval(
        "SELECT id FROM notifications WHERE user_id = $1::uuid LIMIT 1", to.user["id"]
    )
    return str(found)
