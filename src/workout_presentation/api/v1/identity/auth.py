"""Signing up, in and out."""

from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.log_out import LogOut
from workout_application.identity.commands.refresh_tokens import RefreshTokens
from workout_application.identity.views import CookieTokens, TokenPair, UserView
from workout_presentation.api.cookies import cookie_answer, forget_cookies, refresh_token_of
from workout_presentation.api.door import Door, FromOpenDoor
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.limits import limit_by_name, limited_by
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.identity.models import (
    LogInBody,
    RefreshTokenBody,
    RegisterBody,
    VerifySecondFactorBody,
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


@auth.post("/login", **answers(200, Envelope[TokenPair | CookieTokens], 401, 403, 429))
@limited_by("sign_in")
async def log_in(body: LogInBody, request: Request, door: FromOpenDoor) -> Response:
    """Sign in with username or e-mail address and password."""
    await limit_by_name(request, body.username)
    return await door.tell(body.to_command(), signed_in(door, by_cookie=body.by_cookie))


@auth.post(
    "/second-factor/verify",
    **answers(200, Envelope[TokenPair | CookieTokens], 401, 403, 429),
)
@limited_by("sign_in")
async def verify_second_factor(body: VerifySecondFactorBody, door: FromOpenDoor) -> Response:
    """Complete a sign-in that answered `second_factor_required`, by a code or a recovery code."""
    return await door.tell(body.to_command(), signed_in(door, by_cookie=body.by_cookie))


@auth.post("/refresh", **answers(200, Envelope[TokenPair | CookieTokens], 401, 403, 429))
@limited_by("refresh")
async def refresh_tokens(
    request: Request, door: FromOpenDoor, body: RefreshTokenBody | None = None
) -> Response:
    """Exchange a refresh token for a new pair; an old one ends the whole session."""
    token, is_cookie = refresh_token_of(request, body.refresh_token if body else None)
    return await door.tell(RefreshTokens(refresh_token=token), signed_in(door, by_cookie=is_cookie))


@auth.post("/logout", **answers(204, None, 401, 403))
async def log_out(
    request: Request, door: FromOpenDoor, body: RefreshTokenBody | None = None
) -> Response:
    """Sign out: the session of this refresh token ends, with all its tokens."""
    token, is_cookie = refresh_token_of(request, body.refresh_token if body else None)
    answer = await door.tell(LogOut(refresh_token=token), lambda _: nothing())
    return forget_cookies(answer) if is_cookie else answer


def signed_in(door: Door, *, by_cookie: bool) -> Callable[[TokenPair], Response]:
    """Present tokens in the body, or as cookies where the client asked for them."""

    def present(tokens: TokenPair) -> Response:
        if by_cookie:
            return cookie_answer(tokens, door.csrf_token(tokens.access_token))
        return envelope(tokens)

    return present
