"""JSON Schemas of the domain events, the public contract of everything that is published."""

import importlib
import json
import pkgutil
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

import workout_domain
from workout_domain.kernel.events import DomainEvent

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": "string", "minLength": 1}
_UUID: Final = {"type": "string", "format": "uuid"}


def event_schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every event by the name of its file, without the ending."""
    return {event.kind: _schema(event) for event in _kinds()}


def event_text(schema: dict[str, Any]) -> str:
    """Write a schema as it is committed: sorted and indented."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_event_schemas(folder: Path) -> None:
    """Write one file per kind of event; files of kinds that are gone stay, for a reviewer."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, schema in event_schemas().items():
        (folder / f"{kind}.json").write_text(event_text(schema), encoding="utf-8")


def _kinds() -> list[type[DomainEvent]]:
    for module in pkgutil.walk_packages(workout_domain.__path__, "workout_domain."):
        importlib.import_module(module.name)
    waiting, found = list(DomainEvent.__subclasses__()), []
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "kind" in vars(kind) and kind.__module__.startswith("workout_domain."):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.kind)


def _schema(event: type[DomainEvent]) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    properties = {
        "id": {**_UUID, "description": "Unique; a repeat of a delivery has the same."},
        "name": {"const": event.kind},
        "version": {"const": event.version},
        "occurred_at": {"type": "string", "format": "date-time"},
        "correlation_id": _TEXT,
        "causation_id": {"type": ["string", "null"]},
        "user_id": {"type": ["string", "null"], "format": "uuid"},
        "producer": _TEXT,
        "payload": _payload(event, shared),
    }
    return {
        **({"$defs": shared} if shared else {}),
        "$schema": DIALECT,
        "$id": f"{event.kind}.v{event.version}",
        "title": event.__name__,
        "description": " ".join((event.__doc__ or "").split()),
        "type": "object",
        "required": sorted(properties),
        "properties": properties,
    }


def _payload(event: type[DomainEvent], shared: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(event)
    names = [field.name for field in fields(event) if field.name != "occurred_at"]
    # Further members may be added in later releases, so none are ruled out.
    return {
        "type": "object",
        "required": sorted(names),
        "properties": {name: _of_type(hints[name], shared) for name in names},
    }


class _OnTheWire(GenerateJsonSchema):
    """Describes values as the encoder writes them: decimals are numbers."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Describe a decimal."""
        del schema
        return {"type": "number"}


def _of_type(hint: Any, shared: dict[str, Any]) -> JsonSchemaValue:  # noqa: ANN401 - any annotation
    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    schema = adapter.json_schema(mode="serialization", schema_generator=_OnTheWire)
    # References count from the root of the file, so what they point at moves there.
    shared.update(schema.pop("$defs", {}))
    return schema
