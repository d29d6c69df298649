"""Swagger UI on our own document: everything comes from this server, nothing runs inline."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from workout_presentation.api.pages.page import page

_ASSETS: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "start.js": "text/javascript",
    "LICENSE": "text/plain",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Workout API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<noscript>The document is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
"""

documentation = APIRouter(include_in_schema=False)


@documentation.get("/docs")
async def show_documentation(request: Request) -> Response:
    """Show the interactive document."""
    return page(request, _PAGE, policy=POLICY)


@documentation.get("/docs/assets/{name}")
async def show_asset(name: str, request: Request) -> Response:
    """Serve one of the page's own files."""
    if name not in _ASSETS:
        raise HTTPException(404)
    content, tag = _asset(name)
    headers = {"ETag": tag, "Cache-Control": "public, max-age=86400"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_ASSETS[name])


@lru_cache
def _asset(name: str) -> tuple[bytes, str]:
    content = (files("workout_presentation.api.pages") / "swagger" / name).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'
