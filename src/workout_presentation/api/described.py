"""The fixed parts of the OpenAPI document: tags, headers, the problem document, security."""

from typing import Any, Final

from workout_presentation.api.cookies import ACCESS_COOKIE
from workout_presentation.api.operations import answers

TAGS: Final = [
    {"name": "Identity", "description": "Accounts, signing in and out."},
    {"name": "Coaching", "description": "Profiles, invitations and relations."},
    {"name": "Catalogue", "description": "Exercises and types of sets."},
    {"name": "Workouts", "description": "What trainers plan and athletes are assigned."},
    {"name": "Sessions", "description": "What athletes do: sessions, sets, repetitions."},
    {"name": "Programs", "description": "Progression rules, training maxes, and why this load."},
    {"name": "Strength", "description": "Calculators: one-rep max, points, plates, warm-up."},
    {"name": "Reporting", "description": "Progress, records and volume."},
    {"name": "Portability", "description": "Import and export of training logs."},
    {"name": "Notifications", "description": "What a user is told."},
    {"name": "Jobs", "description": "What is done in the background, and how far it is."},
    {"name": "Admin", "description": "Accounts, sign-ins and the audit log, for administrators."},
    {"name": "Operations", "description": "How the service is doing."},
]

SECURITY_SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The `access_token` of a login.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": ACCESS_COOKIE,
        "description": "Set by a login with `transport: cookie`.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The `csrf_token` of that login; needed where something changes.",
    },
    "api_key": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "A personal API key that has the scope for it.",
    },
}

PARAMETERS: Final[dict[str, Any]] = {
    "CorrelationId": {
        "name": "X-Correlation-ID",
        "in": "header",
        "description": "Comes back on the answer and stands in the logs; made where none is sent.",
        "schema": {"type": "string", "maxLength": 128, "pattern": "^[A-Za-z0-9._:/+=@-]+$"},
        "example": "import-2026-03-01-17",
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A repeat under the same key gets the first answer, for 24 hours.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The `ETag` the change is based on; an older one answers 412.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` the client has; the same one answers 304.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
}

HEADERS: Final[dict[str, Any]] = {
    "CorrelationId": {
        "description": "Ties the answer to the server's logs.",
        "schema": {"type": "string"},
    },
    "ETag": {"description": "The revision shown.", "schema": {"type": "string"}},
    "Location": {
        "description": "Where the new thing is.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Link": {
        "description": "RFC 8288 links to the first, previous, next and last page.",
        "schema": {"type": "string"},
    },
    "IdempotencyReplayed": {
        "description": "`true` when this is the first answer again.",
        "schema": {"type": "string"},
    },
    "RetryAfter": {
        "description": "After how many seconds to come back.",
        "schema": {"type": "integer"},
    },
    "RateLimit": {
        "description": "Per limit what is left (`r`), and in how many seconds more will be (`t`).",
        "schema": {"type": "string"},
        "example": '"sign_in_address";r=299;t=60, "sign_in";r=19;t=60',
    },
    "RateLimitPolicy": {
        "description": "The limits counted: so many requests (`q`) in so many seconds (`w`).",
        "schema": {"type": "string"},
        "example": '"sign_in_address";q=300;w=60, "sign_in";q=20;w=60',
    },
    "WWWAuthenticate": {
        "description": "How to present credentials.",
        "schema": {"type": "string"},
    },
}

_FIELD_ERROR: Final[dict[str, Any]] = {
    "title": "FieldError",
    "description": "One thing wrong with the input.",
    "type": "object",
    "required": ["pointer", "code", "message"],
    "properties": {
        "pointer": {"type": "string", "description": "RFC 6901 pointer to the field."},
        "code": {"type": "string"},
        "message": {"type": "string"},
    },
    "examples": [{"pointer": "/name", "code": "blank", "message": "name must not be blank."}],
}
_PROBLEM: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "A failure: RFC 9457, with the envelope's keys and safe facts beside them.",
    "type": "object",
    "required": [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "success",
        "data",
        "message",
        "errors",
        "pagination",
        "correlation_id",
        "retryable",
        "help",
    ],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "description": "Stable; what clients match on."},
        "success": {"const": False},
        "data": {"type": "null"},
        "message": {"type": "string", "description": "The same as `detail`."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
        "pagination": {"type": "null"},
        "correlation_id": {"type": "string"},
        "retryable": {"type": "boolean", "description": "Whether the same request may succeed."},
        "help": {"type": ["string", "null"], "format": "uri-reference"},
    },
    "additionalProperties": True,
    "examples": [
        {
            "type": "https://api.example.com/problems/validation_failed",
            "title": "Bad Request",
            "status": 400,
            "detail": "The request is not valid.",
            "instance": "/api/v1/exercises",
            "code": "validation_failed",
            "success": False,
            "data": None,
            "message": "The request is not valid.",
            "errors": [{"pointer": "/name", "code": "missing", "message": "Field required"}],
            "pagination": None,
            "correlation_id": "01941f29-7c00-7e47-a639-46d2442dc1d6",
            "retryable": False,
            "help": "https://api.example.com/problems/validation_failed",
        }
    ],
}
PROBLEM_SCHEMAS: Final = {"FieldError": _FIELD_ERROR, "Problem": _PROBLEM}

_BUG: Final = "A fault on our side; the correlation id finds it in the logs."


def failure(status: int) -> dict[str, Any]:
    """Describe a failure as `answers` does; 500 is nobody's declared answer."""
    known = 503 if status == 500 else status  # noqa: PLR2004 - the status itself
    described: dict[str, Any] = dict(answers(200, None, known)["responses"][known])
    return {**described, "description": _BUG} if known != status else described
