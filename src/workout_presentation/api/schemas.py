"""Makes the schemas FastAPI generates say what is really on the wire."""

import re
from typing import Any, Final

_REF: Final = "#/components/schemas/"
_BOUNDS: Final = {"ge": "minimum", "le": "maximum", "multiple_of": "multipleOf"}
_DECIMAL_ONLY: Final = frozenset({"anyOf", "decimal_places", "max_digits", *_BOUNDS})
_GENERIC: Final = re.compile(r"(Page)?Envelope_(?:(list)_)?([A-Za-z0-9]+?)_+$")
_REPORT: Final = re.compile(r"(Report(?:List|Page)?)Envelope_([A-Za-z0-9]+)_$")
_SAME_NAME: Final = re.compile(r"workout_\w+?__([a-z]+)__\w+__([A-Za-z0-9]+)$")


def renamed_envelopes(document: dict[str, Any]) -> dict[str, Any]:
    """
    Name generic envelopes after what they carry: `UserViewEnvelope`, `UserViewPage`.

    What has one name in two contexts is told apart by the context: `CoachingAdherenceView`.
    """
    schemas = document.get("components", {}).get("schemas", {})
    names = {name: _plain_name(name) for name in schemas}
    renamed: dict[str, Any] = _with_names(document, names)
    found = renamed.get("components", {}).get("schemas", {})
    for name in list(found):
        found[names[name]] = {**found.pop(name), "title": names[name]}
    return renamed


def as_on_the_wire(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Describe decimals as the numbers they travel as, and no default clients may not send."""
    if isinstance(value, list):
        return [as_on_the_wire(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: as_on_the_wire(item) for key, item in value.items()}
    if _is_decimal(plain):
        return _number(plain)
    if plain.get("default") == "" and plain.get("minLength"):
        # Such a field is merely optional: its default stands for nothing sent.
        del plain["default"]
    return plain


def _plain_name(name: str) -> str:
    if match := _GENERIC.fullmatch(name):
        page, many, inner = match.groups()
        return f"{inner}{'Page' if page else 'ListEnvelope' if many else 'Envelope'}"
    if match := _REPORT.fullmatch(name):
        return f"{match[2]}{match[1]}"
    if match := _SAME_NAME.fullmatch(name):
        return f"{match[1].capitalize()}{match[2]}"
    return name


def _with_names(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_with_names(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _with_names(item, names) for key, item in value.items()}
    reference = changed.get("$ref")
    if isinstance(reference, str) and reference.startswith(_REF):
        name = reference.removeprefix(_REF)
        changed["$ref"] = _REF + names.get(name, name)
    return changed


def _is_decimal(schema: dict[str, Any]) -> bool:
    # pydantic reads a decimal as a number or as text that holds one; nothing else is either.
    choices = schema.get("anyOf", [])
    return [choice.get("type") for choice in choices] == ["number", "string"]


def _number(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {key: item for key, item in schema.items() if key not in _DECIMAL_ONLY}
    bounds = {to: float(schema[key]) for key, to in _BOUNDS.items() if key in schema}
    return {**kept, **schema["anyOf"][0], **bounds}
