"""What every controller receives: the mediator and the caller; nothing else fits in one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Protocol, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import Response

from workout_application.identity.ports import AccessClaims, ActorDirectory
from workout_application.messaging.actor import STRANGER, Actor, NotSignedIn
from workout_application.messaging.behaviours.authorize import refuse_unless_allowed
from workout_application.messaging.idempotency import (
    IdempotentRequest,
    Replayed,
    StoredAnswer,
    idempotent_request,
)
from workout_application.messaging.mediator import Mediator
from workout_application.messaging.messages import Command, Message, Query
from workout_domain.identity.errors import CsrfTokenRequired, InvalidApiKey, InvalidToken
from workout_domain.kernel.errors import Invalid, StaleRevision
from workout_presentation.api.cookies import ACCESS_COOKIE, CSRF_HEADER

R = TypeVar("R")
E = TypeVar("E", bound=Callable[..., Any])

LONGEST_KEY: Final = 255
AUTH: Final = "/api/v1/auth/"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OPENED: Final = "workout.door"
_STORED_HEADERS: Final = frozenset({"location", "etag", "content-type", "cache-control"})


class TokenVerifier(Protocol):
    """Checks access tokens, and what guards those that travel as cookies."""

    def csrf_token(self, login_session_id: UUID, /) -> str:
        """Return the one text a browser must send along with the cookies of a login session."""
        ...

    def is_csrf_token(self, text: str, login_session_id: UUID, /) -> bool:
        """Tell whether it is that text."""
        ...

    def verify(self, token: str, /) -> AccessClaims:
        """
        Return what a valid token says.

        Raises:
            InvalidToken: it does not hold.
        """
        ...


@dataclass(frozen=True, slots=True)
class Doorman:
    """Finds out who is calling, for HTTP and the hub."""

    tokens: TokenVerifier
    actors: ActorDirectory

    async def admit(self, token: str) -> tuple[Actor, AccessClaims]:
        """
        Return the caller behind an access token.

        Raises:
            InvalidToken: the token does not hold, or its session or account has ended.
        """
        claims = self.tokens.verify(token)
        return await self.readmit(claims), claims

    async def readmit(self, claims: AccessClaims) -> Actor:
        """
        Return the caller behind claims verified before, as they are now.

        Raises:
            InvalidToken: the token's session or account has ended.
        """
        actor = await self.actors.find(claims.user_id, claims.login_session_id)
        if actor is None:
            raise InvalidToken("The session of this token has ended.")
        return actor

    async def admit_by_cookie(
        self, token: str, csrf_token: str | None
    ) -> tuple[Actor, AccessClaims]:
        """
        Return the caller behind an access token a browser sent by itself.

        Raises:
            InvalidToken: the token does not hold, or its session or account has ended.
            CsrfTokenRequired: nothing shows that a page of ours asked for it.
        """
        actor, claims = await self.admit(token)
        session_id = claims.login_session_id
        if csrf_token is None or not self.tokens.is_csrf_token(csrf_token, session_id):
            raise CsrfTokenRequired("Send the CSRF token of your session in X-CSRF-Token.")
        return actor, claims

    async def admit_program(self, api_key: str) -> Actor:
        """
        Return the owner of an API key, narrowed to its scopes.

        Raises:
            InvalidApiKey: it is unknown, expired or revoked, or its account has ended.
        """
        actor = await self.actors.of_api_key(api_key)
        if actor is None:
            raise InvalidApiKey("The API key is not valid.")
        return actor


class Door:
    """One request's way to the mediator."""

    __slots__ = ("_mediator", "actor", "request")

    def __init__(self, mediator: Mediator, request: Request, actor: Actor) -> None:
        self._mediator, self.request, self.actor = mediator, request, actor

    async def ask(self, query: Query[R]) -> R:
        """Send a query."""
        return await self._mediator.send(query, actor=self.actor)

    async def tell(self, command: Command[R], present: Callable[[R], Response]) -> Response:
        """Send a command and present its result; a repeat by key gets the first answer."""
        key = self.request.headers.get("idempotency-key")
        if key is None or not self._is_repeatable():
            return present(await self._mediator.send(command, actor=self.actor))
        return await self._tell_once(command, present, key)

    def _is_repeatable(self) -> bool:
        # What /auth answers with is a secret each time; it is kept nowhere.
        is_auth = self.request.url.path.startswith(AUTH)
        return self.request.method == "POST" and self.actor.is_signed_in and not is_auth

    async def _tell_once(
        self, command: Command[R], present: Callable[[R], Response], key: str
    ) -> Response:
        if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
            raise Invalid("An Idempotency-Key has 1 to 255 printable characters.")
        request = IdempotentRequest(
            key=key,
            fingerprint=await self._fingerprint(),
            present=lambda result: _stored(present(result)),
        )
        token = idempotent_request.set(request)
        try:
            result = await self._mediator.send(command, actor=self.actor)
        finally:
            idempotent_request.reset(token)
        return _replayed(result.answer) if isinstance(result, Replayed) else present(result)

    async def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        digest.update(f"{self.request.method} {self.request.url.path}\n".encode())
        digest.update(await self.request.body())
        return digest.hexdigest()

    def csrf_token(self, access_token: str) -> str:
        """Return what a browser must send along with this token as a cookie."""
        tokens: TokenVerifier = self.request.app.state.doorman.tokens
        return tokens.csrf_token(tokens.verify(access_token).login_session_id)

    def expected_revision(self) -> int | None:
        """
        Return the revision of ``If-Match``, or None where the caller names none.

        Raises:
            StaleRevision: the header names no revision this server ever gave.
        """
        header = self.request.headers.get("if-match")
        if header is None or header.strip() == "*":
            return None
        text = header.strip().strip('"')
        if not text.isascii() or not text.isdigit():
            raise StaleRevision("If-Match names no revision of this.")
        return int(text[:18])


def sends(message_type: type[Message[Any]]) -> Callable[[E], E]:
    """Declare what an endpoint sends, so that callers who may not are refused unread."""

    def declare(endpoint: E) -> E:
        endpoint.sends = message_type  # type: ignore[attr-defined]  # read by StrictRoute
        return endpoint

    return declare


async def let_in(request: Request, message_type: type[Message[Any]] | None) -> None:
    """
    Let the caller in as whoever their credentials say, before anything else is looked at.

    A stranger learns nothing about a closed route: neither its parameters nor its body are read.

    Raises:
        NotSignedIn: there are no credentials.
        InvalidToken, InvalidApiKey: they do not hold.
        CsrfTokenRequired: a browser sent its cookies, and nothing else.
        Forbidden: the endpoint's message is not for this caller.
    """
    state = request.app.state
    actor = await _caller(request, state.doorman)
    if message_type is not None:
        refuse_unless_allowed(message_type, actor)
    request.scope[_OPENED] = Door(state.mediator, request, actor)


async def _caller(request: Request, doorman: Doorman) -> Actor:
    headers = request.headers
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise InvalidToken("Send the token as: Authorization: Bearer <token>.")
        return (await doorman.admit(token.strip()))[0]
    api_key = headers.get("x-api-key")
    if api_key is not None:
        return await doorman.admit_program(api_key.strip())
    cookie = request.cookies.get(ACCESS_COOKIE) if "cookie" in headers else None
    if not cookie:
        raise NotSignedIn("Sign in first.")
    if request.method in SAFE_METHODS:
        return (await doorman.admit(cookie))[0]
    return (await doorman.admit_by_cookie(cookie, headers.get(CSRF_HEADER)))[0]


async def open_door(request: Request) -> Door:
    """Hand the controller the door its caller came in by."""
    door: Door = request.scope[_OPENED]
    return door


async def open_door_unasked(request: Request) -> Door:
    """Let the caller in as a stranger whatever token they send: for signing in and out."""
    return Door(request.app.state.mediator, request, STRANGER)


FromDoor = Annotated[Door, Depends(open_door)]
FromOpenDoor = Annotated[Door, Depends(open_door_unasked)]


def _stored(response: Response) -> StoredAnswer:
    headers = tuple(
        (name, value) for name, value in response.headers.items() if name in _STORED_HEADERS
    )
    return StoredAnswer(response.status_code, headers, bytes(response.body))


def _replayed(answer: StoredAnswer) -> Response:
    response = Response(answer.body, answer.status, headers=dict(answer.headers))
    response.headers["Idempotency-Replayed"] = "true"
    return response
