"""Query parameters as one model: read by pydantic at once, described for the document."""

from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from workout_domain.kernel.errors import FieldError, Invalid

Q = TypeVar("Q", bound=BaseModel)
_SHARED: Final = {
    "page": "Which page, from 1.",
    "page_size": "How many are on a page.",
    "sort": "What the list is in the order of; `-` before it turns it around.",
    "cursor": "Where to go on: the cursor that came with what was read before.",
    "limit": "How many at most.",
}


def read_query(model: type[Q], request: Request) -> Q:
    """
    Read the query of a request; of a parameter given twice the last counts.

    FastAPI reads a model parameter by parameter, which takes longer than the page it asks for.

    Raises:
        Invalid: a parameter is unknown or not valid; all of them are named.
    """
    try:
        return model.model_validate(dict(request.query_params))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise Invalid("The query is not valid.", [_field(one) for one in found]) from None


def query_parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """Describe the model's fields as OpenAPI parameters, each with its whole schema."""
    schema = model.model_json_schema()
    shared = schema.get("$defs", {})
    return [
        _parameter(
            name, _given(_resolved(field, shared)), required=name in schema.get("required", ())
        )
        for name, field in schema["properties"].items()
    ]


def _parameter(name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    described = {key: value for key, value in schema.items() if key not in {"title", "description"}}
    parameter = {"name": name, "in": "query", "required": required, "schema": described}
    description = schema.get("description", _SHARED.get(name))
    return parameter if description is None else {**parameter, "description": description}


def _resolved(field: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in field:
        return {**shared[field["$ref"].rsplit("/", 1)[1]], **field, "$ref": None}
    if "anyOf" in field:
        return {**field, "anyOf": [_resolved(one, shared) for one in field["anyOf"]]}
    return field


def _given(field: dict[str, Any]) -> dict[str, Any]:
    """
    Leave null out: a parameter that is given is a text.

    What a field says of itself stands before what its type says.
    """
    kept = {name: value for name, value in field.items() if value is not None}
    choices = [_given(one) for one in kept.pop("anyOf", []) if one.get("type") != "null"]
    return {**choices[0], **kept} if choices else kept


def _field(found: Any) -> FieldError:  # noqa: ANN401 - pydantic's error details
    pointer = "".join(f"/{part}" for part in found["loc"])
    return FieldError(pointer, found["type"], found["msg"].removeprefix("Value error, "))
