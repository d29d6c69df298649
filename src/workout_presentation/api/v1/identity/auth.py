"""Signing up, in and out."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.log_in import LogIn
from workout_application.identity.commands.log_out import LogOut
from workout_application.identity.commands.refresh_tokens import RefreshTokens
from workout_application.identity.views import TokenPair, UserView
from workout_domain.identity.login_session import Client
from workout_presentation.api.door import FromOpenDoor
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.limits import limit_by_name, limited_by
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.identity.models import (
    LogInBody,
    RefreshTokenBody,
    RegisterBody,
)

auth = router("/auth", tag="Identity")


@auth.post("/register", **answers(201, Envelope[UserView], 409, 429))
@limited_by("sign_up")
async def register_user(body: RegisterBody, door: FromOpenDoor) -> Response:
    """Open an account, as trainer, athlete or both."""
    return await door.tell(
        body.to_command(),
        lambda user: envelope(user, status=201, etag=user.revision, location=f"{BASE}/me"),
    )


@auth.post("/login", **answers(200, Envelope[TokenPair], 401, 403, 429))
@limited_by("sign_in")
async def log_in(body: LogInBody, request: Request, door: FromOpenDoor) -> Response:
    """Sign in with username or e-mail address and password."""
    await limit_by_name(request, body.username)
    command = LogIn(username=body.username, password=body.password, client=client_of(request))
    return await door.tell(command, envelope)


@auth.post("/refresh", **answers(200, Envelope[TokenPair], 401, 429))
@limited_by("refresh")
async def refresh_tokens(body: RefreshTokenBody, door: FromOpenDoor) -> Response:
    """Exchange a refresh token for a new pair; an old one ends the whole session."""
    return await door.tell(RefreshTokens(refresh_token=body.refresh_token), envelope)


@auth.post("/logout", **answers(204, None))
async def log_out(body: RefreshTokenBody, door: FromOpenDoor) -> Response:
    """Sign out: the session of this refresh token ends, with all its tokens."""
    return await door.tell(LogOut(refresh_token=body.refresh_token), lambda _: nothing())


def client_of(request: Request) -> Client:
    """Tell where a request came from."""
    address = request.client.host if request.client else None
    return Client(ip_address=address, user_agent=request.headers.get("user-agent"))
