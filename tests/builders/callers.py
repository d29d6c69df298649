"""Everybody who may call an operation, in gyms whose things are the callers' in different ways."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from tests.builders.administrators import administrator
from tests.builders.operations import Gym, a_gym
from tests.builders.people import PASSWORD, People, Person
from workout_application.messaging.api_scopes import ApiScope
from workout_presentation.api.cookies import ACCESS_COOKIE
from workout_presentation.composition.container import Container

READING: Final = [one for one in ApiScope if not one.endswith(":write")]
WRITING: Final = [one for one in ApiScope if one.endswith(":write")]


ATHLETES_OWN: Final = (
    *("user_id", "login_session_id", "api_key_id", "notification_id", "job_id"),
    *("session_id", "set_id", "rep_id", "inventory_id"),
    *("session_id", "set_id", "rep_id", "rule_id", "training_max_id"),
)
"""Ids of a gym that a coach learns by the athlete's leave only."""


@dataclass(frozen=True)
class Caller:
    """Somebody, how they say who they are, and the gym whose things they ask for."""

    gym: Gym
    headers: dict[str, str]
    person: Person | None = None

    def hidden(self) -> set[str]:
        """Return ids, names and addresses of others that are not this caller's to see."""
        people = [one for one in (self.gym.athlete, self.gym.trainer) if one is not self.person]
        texts = {str(one.user[field]) for one in people for field in ("id", "username", "email")}
        if self.person is self.gym.athlete:
            return texts
        if self.person is self.gym.trainer:
            return texts | {self.gym.ids[name] for name in ATHLETES_OWN}
        return texts | self.gym.private_ids


@dataclass(frozen=True)
class Site:
    """A server of its own, so that every row of its database is the callers'."""

    api: httpx2.AsyncClient
    container: Container
    database: Any

    async def gym(self) -> Gym:
        """Make a gym nobody has touched."""
        return await a_gym(People(self.api), self.container, self.database)

    async def caller(self, kind: str, gym: Gym) -> Caller:
        """Make a caller of a kind; for a coach whose relation changed, the gym changes with it."""
        return await CALLERS[kind](self, gym)


async def _anonymous(_site: Site, gym: Gym) -> Caller:
    return Caller(gym, {})


async def _athlete(_site: Site, gym: Gym) -> Caller:
    return Caller(gym, gym.athlete.headers, gym.athlete)


async def _other(site: Site, gym: Gym) -> Caller:
    other = await People(site.api).athlete()
    return Caller(gym, other.headers, other)


async def _admin(site: Site, gym: Gym) -> Caller:
    admin = await administrator(People(site.api), site.database)
    return Caller(gym, admin.headers, admin)


async def _coach(_site: Site, gym: Gym) -> Caller:
    return Caller(gym, gym.trainer.headers, gym.trainer)


async def _narrow(site: Site, gym: Gym) -> Caller:
    relation = f"/coaching/relations/{gym.ids['relation_id']}"
    changed = await gym.athlete.patch(relation, json={"scopes": ["use_templates"]})
    assert changed.status_code == 200, changed.text
    return await _coach(site, gym)


def _after(change: str) -> Callable[[Site, Gym], Awaitable[Caller]]:
    async def changed(site: Site, gym: Gym) -> Caller:
        path = f"/coaching/relations/{gym.ids['relation_id']}/{change}"
        answer = await gym.athlete.post(path)
        assert answer.status_code == 200, answer.text
        return await _coach(site, gym)

    return changed


def _program(scopes: list[ApiScope]) -> Callable[[Site, Gym], Awaitable[Caller]]:
    async def program(_site: Site, gym: Gym) -> Caller:
        body = {"name": "Program", "scopes": scopes}
        made = await gym.athlete.post("/me/api-keys", body)
        assert made.status_code == 201, made.text
        return Caller(gym, {"X-API-Key": made.json()["data"]["key"]}, gym.athlete)

    return program


async def _browser(site: Site, gym: Gym) -> Caller:
    credentials = {
        "username": gym.athlete.user["username"],
        "password": PASSWORD,
        "transport": "cookie",
    }
    answer = await site.api.post("/auth/login", json=credentials)
    site.api.cookies.clear()
    header = next(
        one for one in answer.headers.get_list("set-cookie") if one.startswith(ACCESS_COOKIE)
    )
    return Caller(gym, {"Cookie": header.partition(";")[0]}, gym.athlete)


CALLERS: Final[dict[str, Callable[[Site, Gym], Awaitable[Caller]]]] = {
    "anonymous": _anonymous,
    "athlete": _athlete,
    "other": _other,
    "coach": _coach,
    "narrow": _narrow,
    "former": _after("end"),
    "paused": _after("pause"),
    "admin": _admin,
    "key": _program([*READING, *WRITING]),
    "reader": _program(READING),
    "writer": _program(WRITING),
    "browser": _browser,
}
"""How to make a caller of each kind in a gym nobody has touched."""

COLUMNS: Final = ("athlete", "other", "coach", "narrow", "former", "paused", "admin")
OWN: Final = "own own own own own own own"
CONFLICT: Final = "conflict conflict conflict conflict conflict conflict conflict"
OF_THE_ATHLETE: Final = "ok absent absent absent absent absent absent"
OF_TRAINERS: Final = "forbidden forbidden own own own own forbidden"
OF_ATHLETES: Final = "own own forbidden forbidden forbidden forbidden own"
OF_THE_COACH: Final = "forbidden forbidden ok ok ok ok forbidden"
OF_BOTH_SIDES: Final = "ok absent ok ok ok ok absent"
WRITTEN_TOGETHER: Final = "forbidden forbidden ok ok conflict conflict forbidden"
SHOWN_BY_SCOPE: Final = "ok absent ok scope absent absent ok"
PLANNED: Final = "forbidden forbidden ok scope uncoached uncoached forbidden"
MANAGED: Final = "ok absent scope scope absent absent absent"
OF_ADMINS: Final = "forbidden forbidden forbidden forbidden forbidden forbidden ok"

OUTCOMES: Final[dict[str, str]] = {
    "get_me": OWN,
    "update_me": OWN,
    "change_password": OWN,
    "list_login_sessions": OWN,
    "end_login_sessions": OWN,
    "end_login_session": OF_THE_ATHLETE,
    "enroll_second_factor": OWN,
    "confirm_second_factor": CONFLICT,
    "disable_second_factor": CONFLICT,
    "renew_recovery_codes": CONFLICT,
    "list_api_keys": OWN,
    "create_api_key": OWN,
    "revoke_api_key": OF_THE_ATHLETE,
    "open_trainer_profile": "own own conflict conflict conflict conflict own",
    "open_athlete_profile": "conflict conflict own own own own conflict",
    "get_trainer_profile": OF_TRAINERS,
    "update_trainer_profile": OF_TRAINERS,
    # Trainers show themselves to those they coach, also while a relation rests.
    "get_trainer": "ok absent ok ok ok ok absent",
    "get_athlete_profile": OF_ATHLETES,
    "update_athlete_profile": OF_ATHLETES,
    "list_exercises": OWN,
    "create_exercise": "forbidden forbidden own own own own own",
    # An exercise of a trainer's is theirs and their athletes'; administrators have the shipped.
    "get_exercise": OF_BOTH_SIDES,
    "update_exercise": "forbidden forbidden ok ok ok ok absent",
    "delete_exercise": "forbidden forbidden ok ok ok ok absent",
    "recommend_exercises": SHOWN_BY_SCOPE,
    "suggest_substitutes": OF_BOTH_SIDES,
    "archive_exercise": "forbidden forbidden ok ok ok ok absent",
    "unarchive_exercise": "forbidden forbidden ok ok ok ok absent",
    "merge_exercise": "forbidden forbidden ok ok ok ok absent",
    "list_exercise_merges": "forbidden forbidden own own own own absent",
    "list_set_types": OWN,
    "get_set_type": OWN,
    "create_set_type": OF_ADMINS,
    "update_set_type": OF_ADMINS,
    "delete_set_type": OF_ADMINS,
    "list_templates": OWN,
    "create_template": "forbidden forbidden own own own own own",
    # A template of a trainer's is theirs alone; administrators have the shipped.
    "get_template": "absent absent ok ok ok ok absent",
    "update_template": "forbidden forbidden ok ok ok ok absent",
    "delete_template": "forbidden forbidden ok ok ok ok absent",
    "create_invitation": OF_TRAINERS,
    "list_invitations": OF_TRAINERS,
    "get_invitation": OF_THE_COACH,
    "withdraw_invitation": OF_THE_COACH,
    # The code is somebody else's: it is bound to the address it was sent to.
    "accept_invitation": "absent absent forbidden forbidden forbidden forbidden absent",
    "decline_invitation": "absent absent forbidden forbidden forbidden forbidden absent",
    # Both sides know each other, by name, also after the end.
    "list_relations": "ok own ok ok ok ok own",
    "get_relation": OF_BOTH_SIDES,
    "change_relation": "ok absent ok side conflict ok absent",
    "pause_relation": "ok absent ok ok conflict conflict absent",
    "resume_relation": "ok absent ok ok conflict side absent",
    "end_relation": OF_BOTH_SIDES,
    "transfer_relation": "side absent ok ok conflict conflict absent",
    "accept_transfer": "ok absent forbidden forbidden forbidden forbidden absent",
    "decline_transfer": "ok absent side side side side absent",
    "withdraw_transfer": "forbidden forbidden ok ok conflict ok forbidden",
    "write_note": WRITTEN_TOGETHER,
    "list_notes": OF_BOTH_SIDES,
    "get_note": OF_BOTH_SIDES,
    "change_note": WRITTEN_TOGETHER,
    "remove_note": WRITTEN_TOGETHER,
    "create_group": OF_TRAINERS,
    "list_groups": OF_TRAINERS,
    "get_group": OF_THE_COACH,
    "update_group": OF_THE_COACH,
    "delete_group": OF_THE_COACH,
    "add_athlete_to_group": "forbidden forbidden ok ok conflict ok forbidden",
    "remove_athlete_from_group": "forbidden forbidden ok ok absent ok forbidden",
    "list_access_log": "ok own forbidden forbidden forbidden forbidden own",
    # While a relation rests its athlete is still listed, without any figures.
    "list_athletes": "forbidden forbidden ok ok own ok forbidden",
    "get_athlete": "forbidden forbidden ok scope absent absent forbidden",
    "list_notifications": OWN,
    "count_unread_notifications": OWN,
    "read_notification": OF_THE_ATHLETE,
    "read_all_notifications": OWN,
    "delete_notification": OF_THE_ATHLETE,
    "request_monthly_report": OF_TRAINERS,
    # It shows those athletes only who let the trainer see reports now.
    "get_monthly_report": "forbidden forbidden ok own own own forbidden",
    "get_job": OF_THE_ATHLETE,
    "create_workout": PLANNED,
    # Administrators are shown all workouts and sessions, by id and in lists.
    "list_workouts": "ok own ok own own own ok",
    # What a trainer planned stays theirs to read, without the sessions.
    "get_workout": "ok absent ok own own own ok",
    "update_workout": PLANNED,
    "delete_workout": PLANNED,
    "add_workout_exercise": PLANNED,
    "change_workout_exercise": PLANNED,
    "remove_workout_exercise": PLANNED,
    # The workout of the gym is being trained, so its state refuses whom nothing else does.
    "assign_workout": "forbidden forbidden conflict scope uncoached uncoached forbidden",
    "duplicate_workout": PLANNED,
    # Whether there is a copy, and why not, stands in the answer, athlete by athlete.
    "assign_workout_to_many": OF_THE_COACH,
    "complete_workout": "conflict absent conflict scope uncoached uncoached absent",
    "cancel_workout": "forbidden forbidden conflict scope uncoached uncoached forbidden",
    "start_session": "conflict absent forbidden forbidden forbidden forbidden absent",
    "get_workout_progress": SHOWN_BY_SCOPE,
    "get_calendar": SHOWN_BY_SCOPE,
    "get_overall_status": SHOWN_BY_SCOPE,
    "list_exercise_performance": SHOWN_BY_SCOPE,
    "get_weight_progression": SHOWN_BY_SCOPE,
    "list_exercise_history": SHOWN_BY_SCOPE,
    "list_personal_records": SHOWN_BY_SCOPE,
    # It shows those athletes only who let the trainer see reports now.
    "get_roster": "forbidden forbidden ok own own own forbidden",
    "get_recent_activity": SHOWN_BY_SCOPE,
    "get_muscle_volume": SHOWN_BY_SCOPE,
    "get_load_trend": SHOWN_BY_SCOPE,
    "get_adherence": SHOWN_BY_SCOPE,
    "start_ad_hoc_session": "conflict own own own own own own",
    "list_sessions": "ok own ok own own own ok",
    "get_active_session": OF_THE_ATHLETE,
    "get_session": SHOWN_BY_SCOPE,
    "describe_session": OF_THE_ATHLETE,
    "delete_session": OF_THE_ATHLETE,
    "log_set": OF_THE_ATHLETE,
    "update_exercise_progress": OF_THE_ATHLETE,
    # The exercise of the gym was trained without a plan.
    "substitute_exercise": "conflict absent absent absent absent absent absent",
    "set_rest_timer": OF_THE_ATHLETE,
    "clear_rest_timer": OF_THE_ATHLETE,
    "complete_session": OF_THE_ATHLETE,
    "reopen_session": "conflict absent absent absent absent absent absent",
    "abandon_session": OF_THE_ATHLETE,
    "list_session_events": SHOWN_BY_SCOPE,
    "change_set": OF_THE_ATHLETE,
    "list_set_history": SHOWN_BY_SCOPE,
    "remove_set": OF_THE_ATHLETE,
    "add_rep": OF_THE_ATHLETE,
    "change_rep": OF_THE_ATHLETE,
    "remove_rep": OF_THE_ATHLETE,
    "estimate_one_rep_max": OWN,
    # The athlete of the gym trained with an exercise that bears the trainer's name.
    "suggest_one_rep_maxes": "ok own own own own own own",
    "save_one_rep_max": OWN,
    "score_points": OWN,
    "calculate_plates": OWN,
    "plan_warm_up": OWN,
    "create_plate_inventory": OWN,
    "list_plate_inventories": OWN,
    "get_plate_inventory": OF_THE_ATHLETE,
    "replace_plate_inventory": OF_THE_ATHLETE,
    "delete_plate_inventory": OF_THE_ATHLETE,
    "delete_me": OWN,
    # To set what an athlete lifts next takes a scope that is not given by default.
    "set_training_max": "ok forbidden scope scope uncoached uncoached forbidden",
    "list_training_maxes": "ok own ok own own own ok",
    "list_current_training_maxes": SHOWN_BY_SCOPE,
    "get_training_max": SHOWN_BY_SCOPE,
    "set_progression_rule": "ok forbidden scope scope uncoached uncoached forbidden",
    "list_progression_rules": "ok own ok own own own ok",
    "simulate_progression": OWN,
    "get_progression_rule": SHOWN_BY_SCOPE,
    "change_progression_rule": MANAGED,
    "explain_progression": SHOWN_BY_SCOPE,
    "simulate_progression_rule": SHOWN_BY_SCOPE,
    "list_progression_applications": SHOWN_BY_SCOPE,
    "override_progression": MANAGED,
    "accept_training_max": "conflict absent scope scope absent absent absent",
    "delete_progression_rule": MANAGED,
    "list_own_logins": OWN,
    "export_me": "ok own ok ok ok ok own",
    "list_admin_sections": OF_ADMINS,
    "list_audit_entries": OF_ADMINS,
    "list_users": OF_ADMINS,
    "get_user": OF_ADMINS,
    "lock_user": OF_ADMINS,
    "unlock_user": OF_ADMINS,
    "drop_second_factor": "forbidden forbidden forbidden forbidden forbidden forbidden conflict",
    "get_user_roles": OF_ADMINS,
    "grant_user_role": OF_ADMINS,
    "replace_user_roles": OF_ADMINS,
    "revoke_user_role": OF_ADMINS,
    "list_logins": OF_ADMINS,
}
"""What becomes of each operation, for each of the columns, in a gym nobody has touched."""

LAST: Final = (
    *("transfer_relation", "withdraw_transfer", "decline_transfer"),
    *("remove_rep", "remove_set", "complete_session", "delete_session"),
    *("remove_athlete_from_group", "delete_group", "remove_note", "delete_notification"),
    "delete_plate_inventory",
    *("withdraw_invitation", "revoke_api_key", "remove_workout_exercise", "delete_workout"),
    *("delete_progression_rule", "delete_exercise", "delete_set_type"),
    *("change_relation", "end_relation"),
)
"""These take something away that others need: they come after those, in this order."""

SPENDING: Final = (
    *("change_password", "end_login_sessions", "end_login_session", "delete_me"),
    "merge_exercise",
    *("open_trainer_profile", "open_athlete_profile", "pause_relation", "accept_transfer"),
    *("abandon_session", "lock_user", "replace_user_roles", "grant_user_role", "revoke_user_role"),
)
"""After these the caller or the gym is another one: whoever may do them has a gym for each."""

CALCULATORS: Final = {"estimate_one_rep_max", "score_points", "calculate_plates", "plan_warm_up"}
"""These only read, though they are asked by POST."""

ORDER: Final = (*(name for name in OUTCOMES if name not in {*LAST, *SPENDING}), *LAST, *SPENDING)
"""In this order everything can be done that somebody may do."""


def expected(kind: str, name: str, method: str, *, is_open_to_keys: bool) -> str:
    """Return what becomes of an operation for any kind of caller."""
    row = dict(zip(COLUMNS, OUTCOMES[name].split(), strict=True))
    if kind in row:
        return row[kind]
    if kind == "anonymous":
        return "unauthenticated"
    # All others are the athlete, by another way.
    if kind == "browser":
        return row["athlete"] if method == "GET" else "csrf"
    if row["athlete"] == "forbidden":
        return "forbidden"
    if not is_open_to_keys:
        return "no_key"
    reads = method == "GET" or name in CALCULATORS
    missing = {"reader": not reads, "writer": reads, "key": False}
    return "key_scope" if missing[kind] else row["athlete"]
