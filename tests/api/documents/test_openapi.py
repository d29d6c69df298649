"""The OpenAPI document: committed, served, valid, complete."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from workout_presentation.api.document import openapi_document, openapi_text, write_openapi

COMMITTED = Path(__file__).resolve().parents[3] / "specs" / "openapi.json"
PUBLIC_PREFIXES = ("/api/v1/auth/", "/health", "/api/v1/openapi.json")
SIGNED_IN_AUTH = ("/api/v1/auth/sessions", "/api/v1/auth/second-factor")
CALCULATORS = {f"/api/v1/tools/{name}" for name in ("one-rep-max", "points", "plates", "warm-up")}
CHALLENGED = "/api/v1/auth/second-factor/verify"
DOCUMENT: dict[str, Any] = json.loads(openapi_text())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Go through all operations."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def failures_of(operation: dict[str, Any]) -> set[str]:
    """Return the statuses of an operation's failures."""
    return {status for status in operation["responses"] if status >= "400"}


def headers_of(operation: dict[str, Any]) -> set[str]:
    """Return the header parameters of an operation."""
    names = {parameter.get("$ref", "").rsplit("/", 1)[-1] for parameter in operation["parameters"]}
    return {name for name in names if name}


def media_of(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the bodies an operation takes and gives."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            yield from answer.get("content", {}).values()


def test_the_committed_document_is_the_one_the_code_makes() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == openapi_text(), "Run `make openapi`."


def test_writing_it_makes_the_folder(tmp_path: Path) -> None:
    write_openapi(tmp_path / "specs" / "openapi.json")

    written = (tmp_path / "specs" / "openapi.json").read_text(encoding="utf-8")
    assert json.loads(written) == openapi_document()


async def test_the_server_serves_it_to_anybody(api: httpx2.AsyncClient) -> None:
    answer = await api.get("/openapi.json")

    assert answer.status_code == 200
    assert answer.json() == DOCUMENT


def test_it_is_valid_openapi() -> None:
    validate(DOCUMENT)

    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["license"]
    assert DOCUMENT["servers"]


def test_operation_ids_are_unique_and_verb_noun() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]

    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert all(name == name.lower() and "_" in name for name in ids)


def test_every_operation_has_a_summary_and_a_known_tag() -> None:
    known = {tag["name"] for tag in DOCUMENT["tags"]}

    for path, method, operation in operations():
        assert operation["summary"], (path, method)
        assert set(operation["tags"]) <= known, (path, method)


def test_every_query_parameter_is_described_in_one_paragraph() -> None:
    for path, _, operation in operations():
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query":
                said = parameter.get("description", "")
                where = (path, parameter["name"])

                assert said, where
                assert "``" not in said, where
                assert "\n" not in said, where


def test_what_a_parameter_says_of_itself_stands_before_what_its_type_says() -> None:
    parameters = DOCUMENT["paths"]["/api/v1/reports/roster"]["get"]["parameters"]
    said = {one["name"]: one["description"] for one in parameters if "name" in one}

    assert said["unit"] == "The unit of volumes; default: the one you prefer."


def test_descriptions_speak_of_json() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        said = set(re.findall(r"\w+", schema.get("description", "")))

        assert not said & {"None", "True", "False"}, name


def test_no_schema_is_named_after_a_module() -> None:
    names = DOCUMENT["components"]["schemas"]

    assert not [name for name in names if name.startswith("workout_")]
    assert {"CoachingAdherenceView", "ReportingAdherenceView", "AdherenceViewReport"} <= set(names)


def test_every_operation_says_whether_it_needs_a_token() -> None:
    for path, _, operation in operations():
        is_public = path == CHALLENGED or (
            path.startswith(PUBLIC_PREFIXES) and not path.startswith(SIGNED_IN_AUTH)
        )

        assert operation["security"][:1] == ([] if is_public else [{"bearer": []}]), path


def test_every_operation_names_its_failures_as_problems() -> None:
    for path, method, operation in operations():
        wanted = {"400", "500", "503"} | ({"401"} if operation["security"] else set())

        assert wanted <= failures_of(operation), (path, method)
        for status in failures_of(operation):
            content = operation["responses"][status]["content"]
            is_probe = path.startswith("/health") and status == "503"
            assert is_probe or list(content) == ["application/problem+json"], (path, status)


def test_422_stands_for_a_reused_key_only() -> None:
    for path, method, operation in operations():
        assert ("422" in failures_of(operation)) <= ("IdempotencyKey" in headers_of(operation)), (
            path,
            method,
        )
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]


def test_headers_are_documented_where_they_apply() -> None:
    for path, method, operation in operations():
        headers = headers_of(operation)
        assert "CorrelationId" in headers, path
        if method == "post" and operation["security"]:
            is_kept = not path.startswith("/api/v1/auth/") and path not in CALCULATORS
            assert ("IdempotencyKey" in headers) is is_kept, path
        if "412" in failures_of(operation):
            assert "IfMatch" in headers, path
        if "304" in operation["responses"]:
            assert "IfNoneMatch" in headers, path


def test_every_body_and_answer_has_an_example_its_schema_accepts() -> None:
    for path, method, operation in operations():
        for media in media_of(operation):
            schema = {**media["schema"], "components": DOCUMENT["components"]}
            errors = [
                error.message
                for error in Draft202012Validator(schema).iter_errors(media["example"])
            ]
            assert errors == [], (path, method)


@pytest.mark.requirement("CAT-01")
def test_the_catalogue_is_described() -> None:
    get = DOCUMENT["paths"]["/api/v1/exercises/{exercise_id}"]["get"]

    assert get["operationId"] == "get_exercise"
    assert set(get["responses"]) == {"200", "304", "400", "401", "403", "404", "500", "503"}
    assert set(get["responses"]["200"]["headers"]) == {"ETag", "X-Correlation-ID"}
