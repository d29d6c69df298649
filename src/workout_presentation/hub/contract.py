"""The hub's contract, generated from the very models that check its messages."""

from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.json_schema import models_json_schema

from workout_application.training.views import RepView, SessionView, SetView
from workout_presentation.hub import messages
from workout_presentation.hub.server import PATH

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
_TEXT: Final[dict[str, Any]] = {"type": "string"}

SAID_BY_CLIENTS: Final[dict[str, tuple[type[BaseModel], str, dict[str, Any]]]] = {
    "JoinWorkoutSession": (
        messages.SessionMessage,
        "Enter a session's room; the ack holds the session as it stands.",
        {"session": {"$ref": "#/components/schemas/SessionView"}, "sequence": _SEQUENCE},
    ),
    "LeaveWorkoutSession": (messages.SessionMessage, "Leave a session's room.", {}),
    "UpdateExerciseProgress": (
        messages.ProgressMessage,
        "Report how many sets of an exercise are done.",
        {"sequence": _SEQUENCE},
    ),
    "LogSet": (
        messages.LogSetMessage,
        "Log a set of your running session.",
        {"set": _SET, "sequence": _SEQUENCE},
    ),
    "SetRestTimer": (
        messages.RestTimerMessage,
        "Start the rest timer, or clear it with 0 seconds.",
        {"ends_at": {"anyOf": [_INSTANT, {"type": "null"}]}, "sequence": _SEQUENCE},
    ),
    "Resume": (
        messages.ResumeMessage,
        "Ask for missed events; too many of them come as the whole session.",
        {"events": {"type": "array", "items": {"type": "object"}}, "sequence": _SEQUENCE},
    ),
    "RefreshAuth": (
        messages.RefreshAuthMessage,
        "Go on under a fresh access token of the same user.",
        {"expires_at": {"type": "integer"}},
    ),
}

TOLD_BY_SERVER: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "SessionStarted": (
        "A session began.",
        {**_HEAD, "user_id": _UUID, "name": _TEXT, "started_at": _INSTANT},
    ),
    "SessionCompleted": ("A session was finished.", {**_HEAD, "completed_at": _INSTANT}),
    "SessionReopened": ("An ended session takes changes again.", _HEAD),
    "SessionAbandoned": ("A session was given up.", {**_HEAD, "reason": _TEXT}),
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
    "RestTimer": (
        "The rest timer was started or cleared.",
        {
            **_HEAD,
            "seconds": {"type": "integer", "minimum": 0},
            "ends_at": {"anyOf": [_INSTANT, {"type": "null"}]},
        },
    ),
    "ReceiveNotification": (
        "A notification arrived, on every device of the user.",
        {"id": _UUID, "message": _TEXT, "type": _TEXT, "timestamp": _INSTANT},
    ),
    "Error": (
        "Something ended: the token (`token_expired`) or a right (`access_ended`).",
        {"code": _TEXT, "message": _TEXT},
    ),
}


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
                    "description": "Sent in the handshake as `auth: {token}`.",
                }
            },
        },
    }
    for name, (model, summary, answer) in SAID_BY_CLIENTS.items():
        schema: dict[str, Any] = {"$ref": f"#/components/schemas/{model.__name__}"}
        _add(document, name, "receive", summary, schema)
        _add_ack(document, name, answer)
    for name, (summary, properties) in TOLD_BY_SERVER.items():
        schema = {"type": "object", "properties": properties, "required": list(properties)}
        _add(document, name, "send", summary, schema)
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


def _add_ack(document: dict[str, Any], name: str, properties: dict[str, Any]) -> None:
    data: dict[str, Any] = {"type": "object", "properties": properties}
    document["components"]["messages"][f"{name}Ack"] = {
        "name": f"{name}Ack",
        "summary": f"What `{name}` is acknowledged with.",
        "payload": {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"success": {"const": True}, "data": data},
                    "required": ["success"],
                },
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


class Refusal(BaseModel):
    """Why a message was refused."""

    model_config = ConfigDict(extra="allow")

    success: bool
    code: str
    message: str
    errors: list[dict[str, str]]
    retryable: bool


def _schemas() -> dict[str, Any]:
    models = [model for model, _, _ in SAID_BY_CLIENTS.values()] + [Refusal]
    _, said = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = dict(said.get("$defs", {}))
    for view in (SessionView, SetView, RepView):
        shown = TypeAdapter(view).json_schema(
            mode="serialization", ref_template="#/components/schemas/{model}"
        )
        schemas |= shown.pop("$defs", {})
        schemas[view.__name__] = shown
    return schemas
