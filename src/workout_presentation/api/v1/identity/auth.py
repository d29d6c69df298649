"""Signing up, in and out."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.confirm_email import ConfirmEmail
from workout_application.identity.commands.exchange_id_token import ExchangeIdToken
from workout_application.identity.commands.forget_password import ForgetPassword
from workout_application.identity.commands.log_in import LogIn
from workout_application.identity.commands.log_out import LogOut
from workout_application.identity.commands.refresh_tokens import RefreshTokens
from workout_application.identity.commands.resend_confirmation import ResendConfirmation
from workout_application.identity.views import (
    EmailConfirmation,
    PasswordReset,
    TokenPair,
    UserView,
)
from workout_domain.identity.login_session import Client
from workout_presentation.api.door import FromOpenDoor
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.identity.models import (
    AddressBody,
    ExchangeIdTokenBody,
    LogInBody,
    OneTimeTokenBody,
    RefreshTokenBody,
    RegisterBody,
    ResetPasswordBody,
)

auth = router("/auth", tag="Identity")


@auth.post("/register", **answers(201, Envelope[UserView], 409, 429))
async def register_user(body: RegisterBody, door: FromOpenDoor) -> Response:
    """Open an account, as trainer, athlete or both."""
    return await door.tell(
        body.to_command(),
        lambda user: envelope(user, status=201, etag=user.revision, location=f"{BASE}/me"),
    )


@auth.post("/login", **answers(200, Envelope[TokenPair], 401, 403, 429))
async def log_in(body: LogInBody, request: Request, door: FromOpenDoor) -> Response:
    """Sign in with username or e-mail address and password."""
    command = LogIn(username=body.username, password=body.password, client=client_of(request))
    return await door.tell(command, envelope)


@auth.post("/refresh", **answers(200, Envelope[TokenPair], 401, 403))
async def refresh_tokens(body: RefreshTokenBody, door: FromOpenDoor) -> Response:
    """Exchange a refresh token for a new pair; an old one ends the whole session."""
    return await door.tell(RefreshTokens(refresh_token=body.refresh_token), envelope)


@auth.post("/logout", **answers(204, None))
async def log_out(body: RefreshTokenBody, door: FromOpenDoor) -> Response:
    """Sign out: the session of this refresh token ends, with all its tokens."""
    return await door.tell(LogOut(refresh_token=body.refresh_token), lambda _: nothing())


@auth.post("/confirm-email", **answers(200, Envelope[EmailConfirmation]))
async def confirm_email(body: OneTimeTokenBody, door: FromOpenDoor) -> Response:
    """Confirm an e-mail address by the token that was mailed to it."""
    return await door.tell(ConfirmEmail(token=body.token), envelope)


@auth.post("/resend-confirmation", **answers(200, Envelope[None]))
async def resend_confirmation(body: AddressBody, door: FromOpenDoor) -> Response:
    """
    Ask for another confirmation mail; the token mailed before stops working.

    The answer is the same whether anybody has the address, confirmed or not.
    """
    return await door.tell(ResendConfirmation(email=body.email), envelope)


@auth.post("/forgot-password", **answers(200, Envelope[None]))
async def forget_password(body: AddressBody, door: FromOpenDoor) -> Response:
    """
    Ask for a mail with a token by which to choose a new password.

    The answer is the same whether anybody has the address or not.
    """
    return await door.tell(ForgetPassword(email=body.email), envelope)


@auth.post("/reset-password", **answers(200, Envelope[PasswordReset], 429))
async def reset_password(body: ResetPasswordBody, door: FromOpenDoor) -> Response:
    """
    Choose a new password by a mailed token; every session of the account ends.

    Whoever used the token reads mail at the address, so that is confirmed as well.
    """
    return await door.tell(body.to_command(), envelope)


@auth.post("/oidc/exchange", **answers(200, Envelope[TokenPair], 401, 403, 404, 409))
async def exchange_id_token(
    body: ExchangeIdTokenBody, request: Request, door: FromOpenDoor
) -> Response:
    """
    Sign in with an identity token of the configured external issuer.

    The account is found by issuer and subject, else by a verified e-mail address, else opened.
    """
    command = ExchangeIdToken(id_token=body.id_token, client=client_of(request))
    return await door.tell(command, envelope)


def client_of(request: Request) -> Client:
    """Tell where a request came from."""
    address = request.client.host if request.client else None
    return Client(ip_address=address, user_agent=request.headers.get("user-agent"))
