"""The hub's contract, generated from the very models that check its messages."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from workout_application.training.views import RepView, SessionView, SetView
from workout_domain.notifications.notification import NotificationType
from workout_presentation.hub import messages
from workout_presentation.hub.server import PATH


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_UUID: Final[dict[str, Any]] = {"type": "string", "format": "uuid"}
_INSTANT: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}
_SEQUENCE: Final[dict[str, Any]] = {"type": "integer", "minimum": 1}
_HEAD: Final[dict[str, Any]] = {
    "session_id": _UUID,
    "sequence": _SEQUENCE,
    "event_id": _UUID,
    "occurred_at": _INSTANT,
}
_SET: Final[dict[str, Any]] = {"$ref": "#/components/schemas/SetView"}
_REP: Final[dict[str, Any]] = {"$ref": "#/components/schemas/RepView"}
_LOG: Final[dict[str, Any]] = {"$ref": "#/components/schemas/PerformedExerciseView"}
_TEXT: Final[dict[str, Any]] = {"type": "string"}

_SNAPSHOT: Final[dict[str, Any]] = {
    "session": {"$ref": "#/components/schemas/SessionView"},
    "sequence": _SEQUENCE,
}
_REPLAY: Final[dict[str, Any]] = {
    "events": {"type": "array", "items": {"$ref": "#/components/schemas/SessionEvent"}},
    "sequence": _SEQUENCE,
}
_ENDS_AT: Final = _nullable(_INSTANT)
_REASON: Final[dict[str, Any]] = {"enum": ["abandoned", "idle", "deleted"]}
_NOTIFICATION_TYPE: Final[dict[str, Any]] = {"enum": [one.value for one in NotificationType]}


@dataclass(frozen=True, slots=True)
class Said:
    """What a client may say, and the forms its ``data`` is acknowledged with; none: no data."""

    model: type[BaseModel]
    summary: str
    answers: tuple[dict[str, Any], ...] = ()


SAID_BY_CLIENTS: Final[dict[str, Said]] = {
    "JoinWorkoutSession": Said(
        messages.SessionMessage,
        "Enter a session's room; the ack holds the session as it stands.",
        (_SNAPSHOT,),
    ),
    "LeaveWorkoutSession": Said(messages.SessionMessage, "Leave a session's room."),
    "UpdateExerciseProgress": Said(
        messages.ProgressMessage,
        "Report how many sets of an exercise are done.",
        ({"sequence": _SEQUENCE},),
    ),
    "LogSet": Said(
        messages.LogSetMessage,
        "Log a set of your running session.",
        ({"set": _SET, "sequence": _SEQUENCE},),
    ),
    "SetRestTimer": Said(
        messages.RestTimerMessage,
        "Start the rest timer, or clear it with 0 seconds.",
        ({"ends_at": _ENDS_AT, "sequence": _SEQUENCE},),
    ),
    "Resume": Said(
        messages.ResumeMessage,
        "Ask for missed events; too many of them come as the whole session.",
        (_REPLAY, _SNAPSHOT),
    ),
    "RefreshAuth": Said(
        messages.RefreshAuthMessage,
        "Go on under a fresh access token of the same user.",
        ({"expires_at": {"type": "integer"}},),
    ),
}

TOLD_BY_SERVER: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "SessionStarted": (
        "A session began.",
        {
            **_HEAD,
            "user_id": _UUID,
            "athlete_id": _nullable(_UUID),
            "workout_id": _nullable(_UUID),
            "name": _TEXT,
            "started_at": _INSTANT,
        },
    ),
    "SessionChanged": (
        "A session was described anew; with another body weight, its sets moved another weight.",
        {
            **_HEAD,
            "name": _TEXT,
            "session_date": _INSTANT,
            "time_zone": _TEXT,
            "local_date": {"type": "string", "format": "date"},
            "bodyweight": _nullable({"type": "number", "exclusiveMinimum": 0}),
            "bodyweight_unit": _nullable({"enum": ["kilograms", "pounds"]}),
            "notes": _nullable(_TEXT),
        },
    ),
    "SessionCompleted": (
        "A session was finished.",
        {
            **_HEAD,
            "completed_at": _INSTANT,
            "duration_minutes": _nullable({"type": "number", "minimum": 0}),
            "session_rpe": _nullable({"type": "number", "minimum": 1, "maximum": 10}),
            "notes": _nullable(_TEXT),
            "exercises_summary": {"description": "Whatever the athlete's client sent, or null."},
        },
    ),
    "SessionReopened": ("An ended session takes changes again.", _HEAD),
    "SessionAbandoned": ("A session was given up.", {**_HEAD, "reason": _REASON}),
    "SetLogged": ("A set was performed.", {**_HEAD, "set": _SET}),
    "SetChanged": ("A set was corrected.", {**_HEAD, "set": _SET}),
    "SetRemoved": ("A set was taken out.", {**_HEAD, "set_id": _UUID}),
    "RepLogged": ("A repetition was added.", {**_HEAD, "rep": _REP}),
    "RepChanged": ("A repetition was corrected.", {**_HEAD, "rep": _REP}),
    "RepRemoved": ("A repetition was taken out.", {**_HEAD, "rep_id": _UUID, "set_id": _UUID}),
    "ExerciseProgressUpdated": (
        "Progress of an exercise was reported.",
        {
            **_HEAD,
            "exercise_id": _UUID,
            "completed_sets": {"type": "integer", "minimum": 0},
            "is_completed": {"type": "boolean"},
        },
    ),
    "ExerciseSubstituted": (
        "Another exercise took what was left to do of a planned one; all logs of the session.",
        {
            **_HEAD,
            "exercise_id": _UUID,
            "substitute_id": _UUID,
            "exercise_logs": {"type": "array", "items": _LOG},
        },
    ),
    "RestTimer": (
        "The rest timer was started or cleared.",
        {
            **_HEAD,
            "seconds": {"type": "integer", "minimum": 0},
            "ends_at": _ENDS_AT,
        },
    ),
    "ReceiveNotification": (
        "A notification arrived, on every device of the user.",
        {"id": _UUID, "message": _TEXT, "type": _NOTIFICATION_TYPE, "timestamp": _INSTANT},
    ),
    "Error": (
        "Something ended: the token (`token_expired`) or a right (`access_ended`).",
        {
            "code": {"enum": ["token_expired", "access_ended"]},
            "message": _TEXT,
            "session_id": _UUID,
        },
    ),
}
_OPTIONAL: Final = {"Error": {"session_id"}}


def asyncapi_document() -> dict[str, Any]:
    """Build the AsyncAPI 3.0 document of the hub."""
    document: dict[str, Any] = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Workout live hub",
            "version": "1.0.0",
            "description": (
                "Socket.IO 5 on the default namespace. Every message of a client is acknowledged "
                "with `{success: true, data}` or with a refusal `{success: false, code, message, "
                "errors, retryable}` that carries the codes of the HTTP side."
            ),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "hub": {
                "host": "{host}",
                "pathname": PATH,
                "protocol": "wss",
                "variables": {"host": {"default": "127.0.0.1:8000"}},
                "security": [{"$ref": "#/components/securitySchemes/accessToken"}],
            }
        },
        "channels": {"hub": {"address": "/", "messages": {}}},
        "operations": {},
        "components": {
            "messages": {},
            "schemas": _schemas(),
            "securitySchemes": {
                "accessToken": {
                    "type": "httpApiKey",
                    "name": "token",
                    "in": "query",
                    "description": "Handshake: `auth: {token}`, or `{csrf_token}` with cookies.",
                }
            },
        },
    }
    for name, said in SAID_BY_CLIENTS.items():
        schema = {"$ref": f"#/components/schemas/{said.model.__name__}"}
        _add(document, name, "receive", said.summary, schema)
        _add_ack(document, name, said.answers)
    for name, (summary, properties) in TOLD_BY_SERVER.items():
        _add(document, name, "send", summary, _object(properties, _OPTIONAL.get(name, ())))
    return document


def write_asyncapi(path: Path) -> None:
    """Write the document as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(asyncapi_text(), encoding="utf-8")


def asyncapi_text() -> str:
    """Return the document as it is committed."""
    text: str = yaml.safe_dump(asyncapi_document(), sort_keys=False, width=100, allow_unicode=True)
    return text


def _add(
    document: dict[str, Any], name: str, action: str, summary: str, payload: dict[str, Any]
) -> None:
    document["components"]["messages"][name] = {
        "name": name,
        "summary": summary,
        "payload": payload,
    }
    document["channels"]["hub"]["messages"][name] = {"$ref": f"#/components/messages/{name}"}
    document["operations"][f"{action}{name}"] = {
        "action": action,
        "channel": {"$ref": "#/channels/hub"},
        "summary": summary,
        "messages": [{"$ref": f"#/channels/hub/messages/{name}"}],
    }


def _add_ack(document: dict[str, Any], name: str, answers: tuple[dict[str, Any], ...]) -> None:
    success: dict[str, Any] = {"success": {"const": True}}
    accepted = [_object({**success, "data": _object(answer)}) for answer in answers]
    document["components"]["messages"][f"{name}Ack"] = {
        "name": f"{name}Ack",
        "summary": f"What `{name}` is acknowledged with.",
        "payload": {
            "oneOf": [
                *(accepted or [_object(success)]),
                {"$ref": "#/components/schemas/Refusal"},
            ]
        },
    }
    channel = document["channels"]["hub"]["messages"]
    channel[f"{name}Ack"] = {"$ref": f"#/components/messages/{name}Ack"}
    document["operations"][f"receive{name}"]["reply"] = {
        "channel": {"$ref": "#/channels/hub"},
        "messages": [{"$ref": f"#/channels/hub/messages/{name}Ack"}],
    }


class RefusedField(BaseModel):
    """What is wrong with one field of a message."""

    pointer: str
    code: str
    message: str


class Refusal(BaseModel):
    """Why a message was refused; some codes add facts beside these fields."""

    model_config = ConfigDict(extra="allow")

    success: Literal[False]
    code: str
    message: str
    errors: list[RefusedField]
    retryable: bool


class _OnTheWire(GenerateJsonSchema):
    """Describes decimals as the JSON numbers they travel as."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002
        return {"type": "number"}


# What pydantic writes of bounds behind a validator function is not JSON Schema.
_KEYWORDS: Final = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "multiple_of": "multipleOf",
}
_NO_KEYWORDS: Final = frozenset({"max_digits", "decimal_places"})


def _as_json_schema(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _as_json_schema(item) for key, item in value.items() if key not in _NO_KEYWORDS}
    for name, keyword in _KEYWORDS.items():
        if name in plain and "type" in plain:
            bound = float(plain.pop(name))
            plain[keyword] = int(bound) if bound.is_integer() else bound
    return plain


def _object(properties: dict[str, Any], optional: Collection[str] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _schemas() -> dict[str, Any]:
    models = [said.model for said in SAID_BY_CLIENTS.values()] + [Refusal]
    _, said = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)],
        ref_template="#/components/schemas/{model}",
        schema_generator=_OnTheWire,
    )
    schemas: dict[str, Any] = _as_json_schema(said["$defs"])
    for view in (SessionView, SetView, RepView):
        shown = TypeAdapter(view).json_schema(
            mode="serialization",
            ref_template="#/components/schemas/{model}",
            schema_generator=_OnTheWire,
        )
        schemas |= shown.pop("$defs", {})
        schemas[view.__name__] = shown
    schemas["SessionEvent"] = {
        "description": "An event of a session as it was pushed, with its name.",
        "oneOf": [
            _object({"event": {"const": name}, **properties})
            for name, (_, properties) in TOLD_BY_SERVER.items()
            if properties.keys() >= _HEAD.keys()
        ],
    }
    return schemas
