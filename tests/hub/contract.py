"""Holds what the hub says against its published contract."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker

from workout_presentation.hub.contract import asyncapi_document

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_utc_instant(text: object) -> bool:
    return isinstance(text, str) and text.endswith("Z") and bool(datetime.fromisoformat(text))


@_formats.checks("uuid", raises=ValueError)
def _is_uuid(text: object) -> bool:
    return isinstance(text, str) and str(UUID(text)) == text


@lru_cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = _closed(asyncapi_document())
    return document


@lru_cache
def _validator(message: str) -> Draft202012Validator:
    schema = {**_document(), "$ref": f"#/components/messages/{message}/payload"}
    return Draft202012Validator(schema, format_checker=_formats)


def refuse_unless_as_promised(message: str, payload: object) -> None:
    """Fail when a payload or an ack lacks what the contract promises, or has what it hides."""
    assert message in _document()["components"]["messages"], f"{message} is not in the contract"
    errors = sorted(_validator(message).iter_errors(payload), key=lambda error: str(error.path))

    assert not errors, f"{message}: {[error.message for error in errors]} in {payload!r}"


def _closed(value: Any) -> Any:
    """Let objects have no field but those the contract names, so that it names all of them."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    closed = {key: _closed(item) for key, item in value.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
