"""Tokens as cookies, for browsers: scripts cannot read them, other sites cannot use them."""

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workout_application.identity.views import CookieTokens, TokenPair
from workout_domain.identity.errors import CsrfTokenRequired
from workout_domain.kernel.errors import Invalid
from workout_presentation.api.envelope import envelope

# The prefixes make browsers refuse such cookies from other hosts and over plain http.
ACCESS_COOKIE: Final = "__Host-workout_access"
CSRF_COOKIE: Final = "__Host-workout_csrf"
REFRESH_COOKIE: Final = "__Secure-workout_refresh"
REFRESH_PATH: Final = "/api/v1/auth"
CSRF_HEADER: Final = "x-csrf-token"


def cookie_answer(tokens: TokenPair, csrf_token: str) -> Response:
    """Answer a sign-in or a refresh with cookies; the body holds neither token."""
    shown = CookieTokens(
        token_type="cookie",  # noqa: S106 - the name of a transport
        csrf_token=csrf_token,
        expires_in=tokens.expires_in,
        refresh_expires_in=tokens.refresh_expires_in,
    )
    answer = envelope(shown)
    lasting = tokens.refresh_expires_in
    _set(answer, ACCESS_COOKIE, tokens.access_token, seconds=tokens.expires_in)
    _set(answer, REFRESH_COOKIE, tokens.refresh_token, seconds=lasting, path=REFRESH_PATH)
    _set(answer, CSRF_COOKIE, csrf_token, seconds=lasting, is_readable=True)
    return answer


def forget_cookies(answer: Response) -> Response:
    """Let the browser drop what it keeps."""
    _set(answer, ACCESS_COOKIE, "", seconds=0)
    _set(answer, REFRESH_COOKIE, "", seconds=0, path=REFRESH_PATH)
    _set(answer, CSRF_COOKIE, "", seconds=0, is_readable=True)
    return answer


def refresh_token_of(request: Request, in_body: str | None) -> tuple[str, bool]:
    """
    Return the refresh token, of the body or else of the cookies, and whether it was a cookie.

    Raises:
        Invalid: there is none.
        CsrfTokenRequired: it is a cookie, and the header does not repeat the CSRF cookie.
    """
    if in_body is not None:
        return in_body, False
    token = request.cookies.get(REFRESH_COOKIE)
    if not token:
        raise Invalid.field("/refresh_token", "missing", "Send a refresh token.")
    sent, kept = request.headers.get(CSRF_HEADER, ""), request.cookies.get(CSRF_COOKIE, "")
    if not kept or not hmac.compare_digest(sent.encode(), kept.encode()):
        raise CsrfTokenRequired("Send the CSRF token of your session in X-CSRF-Token.")
    return token, True


def _set(
    answer: Response,
    name: str,
    value: str,
    *,
    seconds: int,
    path: str = "/",
    is_readable: bool = False,
) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=True,
        httponly=not is_readable,
        samesite="strict",
    )
