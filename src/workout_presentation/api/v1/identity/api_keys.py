"""Personal API keys, for programs that act for their owner."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.create_api_key import CreateApiKey
from workout_application.identity.commands.revoke_api_key import RevokeApiKey
from workout_application.identity.queries.list_api_keys import ListApiKeys
from workout_application.identity.views import ApiKeyView, NewApiKeyView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
)
from workout_presentation.api.lists import PageQuery
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.identity.login_sessions import NEWEST_FIRST
from workout_presentation.api.v1.identity.models import ApiKeyBody

api_keys = router("/me/api-keys", tag="Identity")


@api_keys.get("", **answers(200, PageEnvelope[ApiKeyView], 401, 403, query=PageQuery))
@sends(ListApiKeys)
async def list_api_keys(request: Request, door: FromDoor) -> Response:
    """List your API keys, without the keys themselves."""
    page = read_query(PageQuery, request).page_request(NEWEST_FIRST)
    found = await door.ask(ListApiKeys(page=page))
    return page_envelope(request, found)


@api_keys.post("", **answers(201, Envelope[NewApiKeyView], 401, 403, 422))
@sends(CreateApiKey)
async def create_api_key(body: ApiKeyBody, door: FromDoor) -> Response:
    """Make an API key; `key` is shown in this answer only. Needs a recent sign-in."""
    return await door.tell(
        body.to_command(),
        lambda key: envelope(key, status=201, location=f"{BASE}/me/api-keys/{key.id}"),
    )


@api_keys.delete("/{api_key_id}", **answers(204, None, 401, 403, 404))
@sends(RevokeApiKey)
async def revoke_api_key(api_key_id: UUID, door: FromDoor) -> Response:
    """Revoke an API key: it is refused from now on."""
    return await door.tell(RevokeApiKey(api_key_id=api_key_id), lambda _: nothing())
