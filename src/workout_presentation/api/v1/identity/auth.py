"""Signing up, in and out."""

from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.confirm_email import ConfirmEmail
from workout_application.identity.commands.forget_password import ForgetPassword
from workout_application.identity.commands.log_out import LogOut
from workout_application.identity.commands.refresh_tokens import RefreshTokens
from workout_application.identity.commands.resend_confirmation import ResendConfirmation
from workout_application.identity.views import (
    CookieTokens,
    EmailConfirmation,
    PasswordReset,
    TokenPair,
    UserView,
)
from workout_presentation.api.cookies import cookie_answer, forget_cookies, refresh_token_of
from workout_presentation.api.door import Door, FromOpenDoor
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.limits import limit_by_name, limited_by
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.identity.models import (
    AddressBody,
    ExchangeIdTokenBody,
    LogInBody,
    OneTimeTokenBody,
    RefreshTokenBody,
    RegisterBody,
    ResetPasswordBody,
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


@auth.post("/confirm-email", **answers(200, Envelope[EmailConfirmation], 429))
@limited_by("token")
async def confirm_email(body: OneTimeTokenBody, door: FromOpenDoor) -> Response:
    """Confirm an e-mail address by the token that was mailed to it."""
    return await door.tell(ConfirmEmail(token=body.token), envelope)


@auth.post("/resend-confirmation", **answers(200, Envelope[None], 429))
@limited_by("mail")
async def resend_confirmation(body: AddressBody, request: Request, door: FromOpenDoor) -> Response:
    """
    Ask for another confirmation mail; the token mailed before stops working.

    The answer is the same whether anybody has the address, confirmed or not.
    """
    await limit_by_name(request, body.email)
    return await door.tell(ResendConfirmation(email=body.email), envelope)


@auth.post("/forgot-password", **answers(200, Envelope[None], 429))
@limited_by("mail")
async def forget_password(body: AddressBody, request: Request, door: FromOpenDoor) -> Response:
    """
    Ask for a mail with a token by which to choose a new password.

    The answer is the same whether anybody has the address or not.
    """
    await limit_by_name(request, body.email)
    return await door.tell(ForgetPassword(email=body.email), envelope)


@auth.post("/reset-password", **answers(200, Envelope[PasswordReset], 429))
@limited_by("token")
async def reset_password(body: ResetPasswordBody, door: FromOpenDoor) -> Response:
    """
    Choose a new password by a mailed token; every session ends, and every API key is revoked.

    Whoever used the token reads mail at the address, so that is confirmed as well.
    """
    return await door.tell(body.to_command(), envelope)


@auth.post(
    "/oidc/exchange",
    **answers(200, Envelope[TokenPair | CookieTokens], 401, 403, 404, 409, 429),
)
@limited_by("sign_in")
async def exchange_id_token(body: ExchangeIdTokenBody, door: FromOpenDoor) -> Response:
    """
    Sign in with an identity token of the configured external issuer.

    The account is found by issuer and subject, else by a verified e-mail address, else opened.
    """
    return await door.tell(body.to_command(), signed_in(door, by_cookie=body.by_cookie))


def signed_in(door: Door, *, by_cookie: bool) -> Callable[[TokenPair], Response]:
    """Present tokens in the body, or as cookies where the client asked for them."""

    def present(tokens: TokenPair) -> Response:
        if by_cookie:
            return cookie_answer(tokens, door.csrf_token(tokens.access_token))
        return envelope(tokens)

    return present
