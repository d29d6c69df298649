"""What every answer has in common."""

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.builders.people import People, Person
from tests.conftest import RunningServer
from workout_presentation.api.document import openapi_document

PROBLEM_KEYS = {
    *("type", "title", "status", "detail", "instance", "code", "success", "data", "message"),
    *("errors", "pagination", "correlation_id", "retryable", "help"),
}
JSON = {"Content-Type": "application/json"}


def is_problem(answer: httpx2.Response, status: int, code: str) -> bool:
    """Check that an answer is a whole problem document of this kind."""
    body = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and set(body) == PROBLEM_KEYS
        and (answer.status_code, body["status"], body["code"]) == (status, status, code)
        and (body["success"], body["data"], body["pagination"]) == (False, None, None)
        and body["message"] == body["detail"]
        and body["type"].endswith(f"/problems/{code}")
        and body["correlation_id"] == answer.headers["x-correlation-id"]
        and body["instance"] == answer.request.url.path
    )


@pytest.mark.requirement("OBS-05")
@pytest.mark.parametrize("path", ["/health/live", "/api/v1/me", "/api/v1/nothing", "/nothing"])
async def test_a_correlation_id_is_taken_and_returned_on_every_answer(
    site: httpx2.AsyncClient, path: str
) -> None:
    answer = await site.get(path, headers={"X-Correlation-ID": "from-the-client"})

    assert answer.headers["x-correlation-id"] == "from-the-client"


@pytest.mark.requirement("OBS-05")
@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "<script>", 'a"b', "é"])
async def test_a_correlation_id_that_is_no_good_is_replaced(
    site: httpx2.AsyncClient, sent: str
) -> None:
    answer = await site.get("/health/live", headers=[(b"X-Correlation-ID", sent.encode())])

    assert answer.headers["x-correlation-id"] not in {"", sent}
    assert len(answer.headers["x-correlation-id"]) == 36


@pytest.mark.requirement("OBS-05")
async def test_each_request_without_one_gets_its_own_correlation_id(
    site: httpx2.AsyncClient,
) -> None:
    made = {(await site.get("/health/live")).headers["x-correlation-id"] for _ in range(3)}

    assert len(made) == 3


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_a_trace_parent_gives_the_correlation_id(site: httpx2.AsyncClient) -> None:
    parent = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    both = {**parent, "X-Correlation-ID": "mine"}

    answers = [await site.get("/health/live", headers=headers) for headers in (parent, both)]

    assert [answer.headers["x-correlation-id"] for answer in answers] == [TRACE, "mine"]


@pytest.mark.parametrize(
    "parent",
    [
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-00f067aa0ba902b7-01",
        f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
        "00-x-y-01",
    ],
)
async def test_a_trace_parent_that_is_not_valid_is_ignored(
    site: httpx2.AsyncClient, parent: str
) -> None:
    answer = await site.get("/health/live", headers={"traceparent": parent})

    assert len(answer.headers["x-correlation-id"]) == 36


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/nothing", "/health/live", "/metrics"])
async def test_every_answer_names_the_supported_versions(
    site: httpx2.AsyncClient, path: str
) -> None:
    answer = await site.get(path)

    assert answer.headers["api-supported-versions"] == "1.0"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/v2/me", "/api/v0/auth/login", "/api/latest/me"])
async def test_an_unsupported_version_is_said_to_be_one(
    site: httpx2.AsyncClient, path: str
) -> None:
    assert is_problem(await site.get(path), 404, "unsupported_version")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nothing", "/api/v1/me/", "/api/v1"])
async def test_an_unknown_address_is_a_problem(site: httpx2.AsyncClient, path: str) -> None:
    assert is_problem(await site.get(path), 404, "not_found")


async def test_a_refusal_is_a_problem_whatever_the_client_accepts(api: httpx2.AsyncClient) -> None:
    answer = await api.get("/me", headers={"Accept": "text/html"})

    assert is_problem(answer, 401, "not_signed_in")


async def test_an_unknown_body_field_is_refused(api: httpx2.AsyncClient) -> None:
    answer = await api.post("/auth/refresh", json={"refresh_token": "x", "grant/type~": 1})

    assert is_problem(answer, 400, "validation_failed")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/grant~1type~0"]


async def test_an_unknown_query_parameter_is_refused(people: People) -> None:
    answer = await (await people.athlete()).get("/me?verbose=1")

    assert is_problem(answer, 400, "validation_failed")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/verbose"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", None])
async def test_a_body_of_another_type_is_refused(api: httpx2.AsyncClient, kind: str | None) -> None:
    body = b'{"username": "a", "password": "b"}'
    headers = {} if kind is None else {"Content-Type": kind}

    answer = await api.post("/auth/login", content=body, headers=headers)

    assert is_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/vnd.x+json"])
async def test_every_spelling_of_json_is_read(api: httpx2.AsyncClient, kind: str) -> None:
    body = b'{"username": "a", "password": "b"}'

    answer = await api.post("/auth/login", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 401


async def test_a_body_that_announces_too_much_is_refused(api: httpx2.AsyncClient) -> None:
    answer = await api.post("/auth/login", content=b"x" * 1_048_577, headers=JSON)

    assert is_problem(answer, 413, "body_too_large")


async def test_a_body_that_grows_too_large_is_refused(api: httpx2.AsyncClient) -> None:
    async def growing() -> Any:
        for _ in range(11):
            yield b" " * 100_000

    answer = await api.post("/auth/login", content=growing(), headers=JSON)

    assert is_problem(answer, 413, "body_too_large")


async def test_a_connection_is_still_good_after_a_body_too_large(api: httpx2.AsyncClient) -> None:
    await api.post("/auth/login", content=b"x" * 2_000_000, headers=JSON)

    assert (await api.get("/me")).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/me", "DELETE, GET, PUT"),
        ("GET", "/auth/login", "POST"),
        ("PATCH", "/me", "DELETE, GET, PUT"),
    ],
)
async def test_a_method_an_address_does_not_take_is_a_problem_that_names_those_it_does(
    api: httpx2.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await api.request(method, path)

    assert is_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("coding", "begins"), [("br", b""), ("zstd", b"\x28\xb5\x2f\xfd"), ("gzip", b"\x1f\x8b")]
)
async def test_large_answers_are_compressed_as_asked(
    site: httpx2.AsyncClient, coding: str, begins: bytes
) -> None:
    plain = await site.get("/api/v1/openapi.json", headers={"Accept-Encoding": "identity"})
    asked = {"Accept-Encoding": coding}
    async with site.stream("GET", "/api/v1/openapi.json", headers=asked) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["content-encoding"] == coding
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers["x-correlation-id"]
    assert sent.startswith(begins)
    assert len(sent) < len(plain.content) / 4


async def test_what_does_not_want_compression_gets_none(site: httpx2.AsyncClient) -> None:
    answer = await site.get("/api/v1/openapi.json", headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in answer.headers


POISON = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"{}{}",
    b"\xff\xfe{}",
    b"\xef\xbb\xbf{}",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"username": NaN, "password": "x"}',
    b'{"username": Infinity}',
    b'{"username": 1e400}',
    b'{"username": "\\u0000", "password": "x"}',
    b'{"username": "\\ud800", "password": "x"}',
    b'{"username": "a\x00", "password": "x"}',
    b'{"username": {"a": ["\\u0000"]}}',
    b'{"refresh_token": [1], "first_name": {}, "last_name": true}',
    b'{"x": ' + b"9" * 5000 + b"}",
    zlib.compress(b"{}"),
    gzip.compress(b"{}", mtime=0),
]
ROUTES = [
    ("POST", "/auth/register"),
    ("POST", "/auth/login"),
    ("POST", "/auth/refresh"),
    ("POST", "/auth/logout"),
    ("PUT", "/me"),
]


@pytest.fixture(scope="module")
async def somebody(people: People) -> Person:
    return await people.athlete()


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("body", POISON, ids=lambda body: repr(body)[:24])
async def test_a_poisoned_body_is_a_bad_request(
    somebody: Person, method: str, path: str, body: bytes
) -> None:
    answer = await somebody.request(method, path, content=body, headers=JSON)

    assert answer.status_code == 400
    assert is_problem(answer, 400, answer.json()["code"])


@pytest.mark.parametrize(
    ("body", "told"),
    [(b"{", ("", "json")), (b'{"username": "\\u0000"}', ("", "nul"))],
)
async def test_a_body_that_cannot_be_read_is_told_why(
    api: httpx2.AsyncClient, body: bytes, told: tuple[str, str]
) -> None:
    answer = await api.post("/auth/login", content=body, headers=JSON)

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert answer.json()["code"] == "malformed_request"
    assert errors == [told]


def operations() -> Iterator[tuple[str, str]]:
    """Go through everything the interface offers, with ids nobody has."""
    for path, methods in openapi_document()["paths"].items():
        for method in methods:
            yield method.upper(), re.sub(r"{\w+}", "01900000-0000-7000-8000-000000000000", path)


PUBLIC = {
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/health"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/health/startup"),
}


@pytest.mark.requirement("SEC-02")
async def test_without_a_token_only_the_listed_public_operations_succeed(
    server: RunningServer,
) -> None:
    succeeded, asked = set(), set()
    async with httpx2.AsyncClient(base_url=server.url) as site:
        for method, path in operations():
            answer = await site.request(method, path, json=None if method == "GET" else {})
            asked.add((method, path))
            if answer.is_success:
                succeeded.add((method, path))

    assert len(asked) > 40
    assert succeeded == PUBLIC


@pytest.mark.requirement("SEC-02", "IAM-16")
async def test_a_forged_token_is_401_on_every_operation_that_is_not_public(
    server: RunningServer,
) -> None:
    headers = {"Authorization": "Bearer e30.e30.e30"}
    found: dict[int, set[tuple[str, str]]] = {}
    async with httpx2.AsyncClient(base_url=server.url, headers=headers) as site:
        for method, path in operations():
            if (method, path) not in PUBLIC and "/auth/" not in path:
                answer = await site.request(method, path)
                found.setdefault(answer.status_code, set()).add((method, path))

    assert set(found) == {401}, found


@pytest.mark.parametrize("action", ["complete", "abandon"])
async def test_a_body_that_may_be_left_out_may_be_left_out_by_clients_that_name_its_type(
    somebody: Person, action: str
) -> None:
    path = f"/sessions/01990000-0000-7000-8000-000000000000/{action}"

    answer = await somebody.request("POST", path, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")
