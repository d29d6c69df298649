"""Examples made from schemas: the same schema gives the same example, on every machine."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

Schema = Mapping[str, Any]

SHIPPED_EXERCISE: Final = "01941f29-7c00-7df6-b403-612533c5bd93"
"""The barbell back squat, which every server has, so that an example can be sent as it is."""
_DEEPEST: Final = 10
_BY_FORMAT: Final = {
    "date-time": "2026-03-01T12:00:00Z",
    "date": "1990-05-17",
    "email": "ana@example.com",
    "uri": "https://example.com/picture.jpg",
}
# Where a number or a claim made up from its type alone would mislead.
_BY_NAME: Final = {
    "current_page": 1,
    "page_size": 10,
    "total_pages": 1,
    "total_items": 1,
    "has_next": False,
    "has_previous": False,
    "limit": 20,
    "revision": 1,
    "sequence": 1,
}


class Examples:
    """Makes examples of schemas that refer to ``components``."""

    def __init__(self, components: Mapping[str, Schema]) -> None:
        self._components = components

    def of(self, schema: Schema, *, name: str = "value", required_only: bool = False) -> Any:  # noqa: ANN401 - JSON
        """
        Return an example: the schema's own where it has one, else one its rules allow.

        With ``required_only``, optional fields without an example of their own are left out.
        """
        return self._of(schema, name, _DEEPEST, required_only=required_only)

    def resolved(self, schema: Schema) -> Schema:
        """Follow a reference to the schema itself."""
        while "$ref" in schema:
            schema = self._components[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def _of(self, schema: Schema, name: str, depth: int, *, required_only: bool = False) -> Any:  # noqa: ANN401 - JSON
        schema = self.resolved(schema)
        found, own = _own_example(schema)
        if found:
            return own
        for union in ("anyOf", "oneOf", "allOf"):
            if union in schema:
                return self._of(self._chosen(schema[union]), name, depth)
        kind = schema.get("type")
        if kind == "object":
            return self._object(schema, depth - 1, required_only=required_only)
        if kind == "array":
            return self._array(schema, name, depth - 1)
        return _scalar(schema, name)

    def _chosen(self, choices: list[Schema]) -> Schema:
        values = [choice for choice in choices if choice.get("type") != "null"]
        return values[0] if values else choices[0]

    def _object(self, schema: Schema, depth: int, *, required_only: bool) -> dict[str, Any]:
        properties: Mapping[str, Schema] = schema.get("properties", {})
        required = set(schema.get("required", ()))
        if depth < 0:
            properties = {}
        return {
            name: self._of(inner, name, depth)
            for name, inner in properties.items()
            if not required_only or not required or name in required or "examples" in inner
        }

    def _array(self, schema: Schema, name: str, depth: int) -> list[Any]:
        items = schema.get("items")
        if depth < 0 or not items:
            return []
        return [self._of(items, name.removesuffix("s"), depth)] * max(1, schema.get("minItems", 1))


def _own_example(schema: Schema) -> tuple[bool, Any]:
    if "example" in schema:
        return True, schema["example"]
    for key in ("examples", "enum"):
        if schema.get(key):
            return True, schema[key][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return True, schema[key]
    return False, None


def _scalar(schema: Schema, name: str) -> Any:  # noqa: ANN401 - JSON
    kind = schema.get("type")
    if name in _BY_NAME and kind in {"boolean", "integer"}:
        return _BY_NAME[name]
    if kind == "boolean":
        return True
    if kind in {"integer", "number"}:
        return _number(schema)
    return _text(schema, name) if kind == "string" else None


def _number(schema: Schema) -> int:
    smallest = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    largest = schema.get("maximum", schema.get("exclusiveMaximum", 6) - 1)
    return int(max(smallest, min(5, largest)))


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") == "uuid":
        return _identifier(name)
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    text = _identifier(name) if name == "id" or name.endswith("_id") else _phrase(name)
    pattern = schema.get("pattern")
    if pattern and not re.search(pattern, text):
        text = name
    text = text.ljust(schema.get("minLength", 0), "x")
    return text[: schema.get("maxLength", len(text))]


def _phrase(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _identifier(name: str) -> str:
    if name == "exercise_id":
        return SHIPPED_EXERCISE
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"01941f29-7c00-7{digest[:3]}-a{digest[3:6]}-{digest[6:18]}"
