"""Access tokens by python-jose, refresh tokens as random text; every surprise is a refusal."""

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from jose import jwt

from workout_application.identity.ports import AccessClaims
from workout_domain.identity.errors import InvalidToken
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

ALGORITHM: Final = "HS256"
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - a media type
LONGEST_TOKEN: Final = 4096
KEPT_TOKENS: Final = 20_000
_REQUIRED = ("iss", "aud", "sub", "sid", "roles", "exp", "iat", "jti")
_OPTIONS = {f"require_{claim}": True for claim in ("iss", "aud", "sub", "exp", "iat", "jti")}
LATEST_MOMENT: Final = 253_402_300_800.0
# python-jose reads past junk and padding; one signature shall have one spelling, whose last
# character holds four bits.
_SPELLING: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]", re.ASCII)
_ALLOWED_HEADERS = frozenset({"alg", "typ", "kid"})


class JoseTokens:
    """
    Signs and checks the tokens of one secret, issuer and audience.

    A token that names a retired secret by its ``kid`` is checked with that one; new ones are signed
    with the present secret.

    Verified tokens are remembered by digest until they expire: only the signature is cached,
    never the right to act, which the actor directory decides on each request.
    """

    def __init__(
        self,
        *,
        secret: str,
        retired: tuple[str, ...] = (),
        issuer: str,
        audience: str,
        access_lifetime: timedelta,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._secret, self._issuer, self._audience = secret, issuer, audience
        self._access_lifetime = access_lifetime
        self._identifiers, self._clock = identifiers, clock
        self._secrets = {_kid(one): one for one in (*retired, secret)}
        self._kid = _kid(secret)
        self._verified: OrderedDict[bytes, AccessClaims] = OrderedDict()

    def access_token(
        self, *, user_id: UUID, username: str, email: str, roles: list[str], session_id: UUID
    ) -> str:
        """Return a signed access token of one login session."""
        issued = int(self._clock.now().timestamp())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(user_id),
            "sid": str(session_id),
            "username": username,
            "email": email,
            "roles": roles,
            "iat": issued,
            "exp": issued + int(self._access_lifetime.total_seconds()),
            "jti": str(self._identifiers.new()),
        }
        headers = {"kid": self._kid, "typ": TOKEN_TYPE}
        token: str = jwt.encode(claims, self._secret, algorithm=ALGORITHM, headers=headers)
        return token

    def verify(self, token: str) -> AccessClaims:
        """
        Return what a valid access token says.

        Raises:
            InvalidToken: anything about it is not as this server writes it.
        """
        if len(token) > LONGEST_TOKEN:
            raise InvalidToken("The token is not valid.")
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        claims = self._verified.get(digest)
        if claims is None:
            claims = self._decode(token)
            self._remember(digest, claims)
        if claims.expires_at <= self._clock.now().timestamp():
            self._verified.pop(digest, None)
            raise InvalidToken("The token has expired.")
        return claims

    def refresh_token(self) -> str:
        """Return 256 random bits as text."""
        return secrets.token_urlsafe(32)

    def successor_of(self, refresh_token: str, *, known_as: str = "") -> str:
        """
        Return the token that follows: keyed, so that it cannot be computed from outside.

        Where ``known_as`` is the hash of a successor made with a retired secret, it is that one:
        a client whose answer was lost while the secret changed gets the same answer.
        """
        message = b"refresh:" + refresh_token.encode("utf-8", "surrogatepass")
        made = {
            kid: hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
            for kid, secret in self._secrets.items()
        }
        same = (one for one in made.values() if self.digest(one) == known_as)
        return next(same, made[self._kid])

    def csrf_token(self, login_session_id: UUID) -> str:
        """Return a text only this server can make for a login session."""
        return _csrf(self._secret, login_session_id)

    def is_csrf_token(self, text: str, login_session_id: UUID) -> bool:
        """Tell whether this server made it for the session, with whatever secret still counts."""
        sent = text.encode("utf-8", "surrogatepass")
        made = [_csrf(secret, login_session_id).encode() for secret in self._secrets.values()]
        return any(hmac.compare_digest(sent, one) for one in made)

    def digest(self, refresh_token: str) -> str:
        """Return the hash a refresh token is stored under."""
        return hashlib.sha256(refresh_token.encode("utf-8", "surrogatepass")).hexdigest()

    def _remember(self, digest: bytes, claims: AccessClaims) -> None:
        self._verified[digest] = claims
        if len(self._verified) > KEPT_TOKENS:
            self._verified.popitem(last=False)

    def _decode(self, token: str) -> AccessClaims:
        # python-jose raises far more than JWTError on hostile input (RecursionError, TypeError,
        # OverflowError), so everything that goes wrong in here means the same: not our token.
        if not _SPELLING.fullmatch(token):
            raise InvalidToken("The token is not valid.")
        try:
            secret = self._secret_of(jwt.get_unverified_header(token))
            payload = jwt.decode(
                token,
                secret,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                options=_OPTIONS,
            )
            return self._claims(payload)
        except InvalidToken:
            raise
        except Exception as error:
            raise InvalidToken("The token is not valid.") from error

    def _secret_of(self, header: dict[str, Any]) -> str:
        if not _ALLOWED_HEADERS.issuperset(header) or header.get("alg") != ALGORITHM:
            raise InvalidToken("The token is not valid.")
        if header.get("typ", TOKEN_TYPE) not in {TOKEN_TYPE, "JWT"}:
            raise InvalidToken("The token is not valid.")
        secret = self._secrets.get(header.get("kid", self._kid))
        if secret is None:
            raise InvalidToken("The token is signed with a secret that does not count.")
        return secret

    def _claims(self, payload: dict[str, Any]) -> AccessClaims:
        if any(claim not in payload for claim in _REQUIRED):
            raise InvalidToken("The token lacks a claim.")
        roles, issued, expires = payload["roles"], payload["iat"], payload["exp"]
        texts = ("iss", "sub", "sid", "jti", "aud")
        if not all(isinstance(payload[claim], str) for claim in texts):
            raise InvalidToken("A claim of the token is not of its type.")
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise InvalidToken("A claim of the token is not of its type.")
        moments = [issued, expires, payload.get("nbf", 0)]
        if not all(type(moment) in {int, float} for moment in moments):
            raise InvalidToken("A claim of the token is not of its type.")
        if not all(0 <= moment < LATEST_MOMENT for moment in moments):
            raise InvalidToken("A claim of the token is out of range.")
        now = self._clock.now().timestamp()
        if issued > now + 1 or moments[2] > now:
            raise InvalidToken("The token is not valid yet.")
        return AccessClaims(
            user_id=UUID(payload["sub"]),
            login_session_id=UUID(payload["sid"]),
            token_id=payload["jti"],
            expires_at=float(expires),
        )


def _kid(secret: str) -> str:
    return hashlib.sha256(b"kid:" + secret.encode()).hexdigest()[:12]


def _csrf(secret: str, login_session_id: UUID) -> str:
    message = b"csrf:" + login_session_id.bytes
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
