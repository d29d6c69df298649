"""Holds answers against the OpenAPI document the product publishes."""

import re
from functools import lru_cache
from typing import Any

import httpx2
from jsonschema import Draft202012Validator

from workout_presentation.api.document import openapi_document


@lru_cache
def document() -> dict[str, Any]:
    """Return the published document."""
    return openapi_document()


def operation_of(response: httpx2.Response) -> dict[str, Any]:
    """Find the operation a response answers; a literal path goes before one with parameters."""
    method, path = response.request.method.lower(), response.request.url.path
    templates = [
        template
        for template, methods in document()["paths"].items()
        if method in methods and _pattern(template).fullmatch(path)
    ]
    assert templates, f"{method} {path} is not in the document."
    template = min(templates, key=lambda one: one.count("{"))
    operation: dict[str, Any] = document()["paths"][template][method]
    return operation


def conforming(response: httpx2.Response) -> Any:
    """Check a response against its operation's schema for its status; return ``data``."""
    operation = operation_of(response)
    declared = operation["responses"].get(str(response.status_code))
    assert declared is not None, f"{response.status_code} is not declared: {response.text}"
    content = declared.get("content")
    if content is None:
        assert response.content == b""
        return None
    media = response.headers["content-type"].partition(";")[0]
    body = response.json()
    schema = {**content[media]["schema"], "components": document()["components"]}
    found = list(Draft202012Validator(schema).iter_errors(body))
    problems = [f"{error.json_path}: {error.message[:300]}" for error in found]
    assert problems == [], f"{operation['operationId']}: {problems}"
    return body["data"]


@lru_cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)))
