"""Makes the schemas FastAPI generates say what is really on the wire."""

import re
from typing import Any, Final

_REF: Final = "#/components/schemas/"
_DECIMAL: Final = r"^(?!^[-+.]*$)"
_GENERIC: Final = re.compile(r"(Page)?Envelope_(?:(list)_)?([A-Za-z0-9]+?)_+$")


def renamed_envelopes(document: dict[str, Any]) -> dict[str, Any]:
    """Name generic envelopes after what they carry: `UserViewEnvelope`, `UserViewPage`."""
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
    if _is_decimal_text(plain):
        return {**{k: v for k, v in plain.items() if k != "pattern"}, "type": "number"}
    if plain.get("default") == "" and plain.get("minLength"):
        # Such a field is merely optional: its default stands for nothing sent.
        del plain["default"]
    if "anyOf" in plain:
        return _without_repeated_numbers(plain)
    return plain


def _plain_name(name: str) -> str:
    match = _GENERIC.fullmatch(name)
    if match is None:
        return name
    page, many, inner = match.groups()
    return f"{inner}{'Page' if page else 'ListEnvelope' if many else 'Envelope'}"


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


def _is_decimal_text(schema: dict[str, Any]) -> bool:
    pattern = schema.get("pattern")
    return (
        schema.get("type") == "string" and isinstance(pattern, str) and pattern.startswith(_DECIMAL)
    )


def _without_repeated_numbers(schema: dict[str, Any]) -> dict[str, Any]:
    # What pydantic reads as "number, or text that holds one" is promised as a number only.
    choices = schema["anyOf"]
    numbers = [choice for choice in choices if choice.get("type") == "number"]
    if len(numbers) < 2:  # noqa: PLR2004 - a pair
        return schema
    most = max(numbers, key=len)
    kept = [choice for choice in choices if choice.get("type") != "number" or choice is most]
    if len(kept) > 1:
        return {**schema, "anyOf": kept}
    return {**{key: item for key, item in schema.items() if key != "anyOf"}, **most}
