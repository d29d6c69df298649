"""Identity tokens of an external issuer, checked against the keys it publishes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from email_validator import EmailNotValidError, validate_email
from jose import jws

from workout_application.identity.ports import ExternalIdentity
from workout_domain.identity.errors import InvalidToken, OidcNotConfigured
from workout_infrastructure.security.oidc_keys import IssuerKeys
from workout_shared.clock import Clock

SKEW_SECONDS: Final = 60
LONGEST_TOKEN: Final = 16_384
LONGEST_SUBJECT: Final = 255
LATEST_MOMENT: Final = 32_503_680_000  # the year 3000
_SPELLING: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcClient:
    """What we are to the issuer."""

    issuer: str
    client_id: str
    name: str = ""

    @property
    def called(self) -> str:
        """What people call the issuer."""
        return self.name or "The external sign-in"


class NoIdentityProvider:
    """Stands where no issuer is configured."""

    async def verify(self, _id_token: str) -> ExternalIdentity:
        """
        Refuse.

        Raises:
            OidcNotConfigured: always.
        """
        raise OidcNotConfigured("There is no external sign-in here.")


class OidcIdentityProvider:
    """Believes nothing a token says before its signature, by a key of the issuer, has held."""

    def __init__(self, client: OidcClient, keys: IssuerKeys, clock: Clock) -> None:
        self._client, self._keys, self._clock = client, keys, clock

    async def verify(self, id_token: str) -> ExternalIdentity:
        """
        Return what a valid identity token says.

        Raises:
            InvalidToken: anything about the token is not as it must be.
            AuthUnavailable: the issuer's keys cannot be had.
        """
        kid, algorithm = _header_of(id_token)
        key = await self._keys.find(kid)
        # The algorithm is the key's: a token that names another one is not of this issuer.
        if key is None or key.algorithm != algorithm:
            raise InvalidToken("The identity token is not signed by the issuer.")
        return self._identity(_signed_claims(id_token, key.jwk, key.algorithm))

    def _identity(self, claims: Mapping[str, Any]) -> ExternalIdentity:
        if claims.get("iss") != self._client.issuer or not self._is_for_us(claims):
            raise InvalidToken("The identity token is not for this service.")
        self._check_times(claims)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise InvalidToken("The identity token names nobody.")
        if not subject.isprintable():
            raise InvalidToken("The identity token names nobody.")
        return ExternalIdentity(
            issuer=self._client.issuer,
            subject=subject,
            email=_email(claims.get("email")) if claims.get("email_verified") is True else None,
            preferred_username=_text(claims, "preferred_username"),
            given_name=_text(claims, "given_name"),
            family_name=_text(claims, "family_name"),
            name=_text(claims, "name"),
        )

    def _is_for_us(self, claims: Mapping[str, Any]) -> bool:
        audience, party = claims.get("aud"), claims.get("azp")
        audiences = [audience] if isinstance(audience, str) else audience
        if not isinstance(audiences, list) or self._client.client_id not in audiences:
            return False
        if party is None:
            return len(audiences) == 1
        return bool(party == self._client.client_id)

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        issued, expires = _moment(claims, "iat"), _moment(claims, "exp")
        begins = _moment(claims, "nbf") if "nbf" in claims else issued
        now = self._clock.now().timestamp()
        if expires <= now - SKEW_SECONDS:
            raise InvalidToken("The identity token has expired.")
        if max(issued, begins) > now + SKEW_SECONDS:
            raise InvalidToken("The identity token is not valid yet.")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidToken("A time in the identity token is none.")
    if not 0 <= value < LATEST_MOMENT:
        raise InvalidToken("A time in the identity token is none.")
    return value


def _header_of(token: str) -> tuple[str | None, str]:
    if len(token) > LONGEST_TOKEN or not _SPELLING.fullmatch(token):
        raise InvalidToken("The identity token is not valid.")
    # Of hostile input python-jose raises far more than its own errors; here and below they all
    # mean the same.
    try:
        header = jws.get_unverified_header(token)
    except Exception as error:
        raise InvalidToken("The identity token is not valid.") from error
    kid, algorithm = header.get("kid"), header.get("alg")
    kind = header.get("typ", "JWT")
    if "crit" in header or not isinstance(algorithm, str):
        raise InvalidToken("The identity token is not valid.")
    # An access token of the same issuer says so here: it is no identity.
    if not isinstance(kind, str) or kind.upper() != "JWT":
        raise InvalidToken("The token is no identity token.")
    if kid is not None and not isinstance(kid, str):
        raise InvalidToken("The identity token is not valid.")
    return kid, algorithm


def _signed_claims(token: str, jwk: Mapping[str, str], algorithm: str) -> Mapping[str, Any]:
    try:
        claims = json.loads(jws.verify(token, dict(jwk), algorithms=[algorithm]))
    except Exception as error:
        raise InvalidToken("The identity token is not signed by the issuer.") from error
    if not isinstance(claims, dict):
        raise InvalidToken("The identity token is not valid.")
    return claims


def _email(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        return value if "special-use" in str(error) else None
    return checked.normalized


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value.replace("\x00", "") if isinstance(value, str) else None
