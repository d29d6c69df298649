"""The keys an external issuer signs with: fetched when needed, kept, never asked for in haste."""

import asyncio
import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import structlog

from workout_domain.identity.errors import AuthUnavailable
from workout_shared.clock import Clock

FRESH_SECONDS: Final = 3600
UNKNOWN_KEY_SECONDS: Final = 30
FAILURE_SECONDS: Final = 2
LARGEST_DOCUMENT: Final = 262_144
MOST_KEYS: Final = 50
REQUEST_SECONDS: Final = 3.0
FETCH_SECONDS: Final = 5.0
SMALLEST_MODULUS_BITS: Final = 2048
_DISCOVERY: Final = "/.well-known/openid-configuration"
_PUBLIC_PARTS: Final = {"RSA": ("kty", "n", "e"), "EC": ("kty", "crv", "x", "y")}
_ALGORITHMS: Final = {"RSA": "RS256", "EC": "ES256"}


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key that verifies signatures, by the one algorithm it is for."""

    jwk: Mapping[str, str]
    algorithm: str


class IssuerKeys:
    """
    The key set of one issuer.

    It is fetched anew after an hour, and at most every 30 seconds for the sake of a key nobody
    knows: keys may rotate, and no stranger makes us hammer the issuer. While the issuer is away,
    keys known before still count.
    """

    def __init__(
        self, issuer: str, clock: Clock, *, name: str = "The issuer", allows_http: bool = False
    ) -> None:
        self._issuer, self._clock = issuer, clock
        self._name, self._allows_http = name, allows_http
        self._keys: dict[str | None, IssuerKey] = {}
        self._fetched_at = self._failed_at = self._searched_at = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    async def find(self, kid: str | None) -> IssuerKey | None:
        """
        Return the key of this id, or the only one where a token names none; None: there is none.

        Raises:
            AuthUnavailable: the issuer does not answer, and the key is not known from before.
        """
        if not self._is_fresh() and not self._makes_do_with(kid):
            await self._renew(kid)
        if kid not in self._keys:
            await self._search(kid)
        return self._keys.get(kid)

    async def _renew(self, kid: str | None) -> None:
        async with self._one_at_a_time:
            if self._is_fresh() or self._makes_do_with(kid):
                return
            try:
                await self._fetch()
            except AuthUnavailable:
                if kid not in self._keys:
                    raise

    async def _search(self, kid: str | None) -> None:
        async with self._one_at_a_time:
            now = self._now()
            if kid in self._keys or 0 <= now - self._searched_at < UNKNOWN_KEY_SECONDS:
                return
            self._searched_at = now
            await self._fetch()

    async def _fetch(self) -> None:
        now = self._now()
        if 0 <= now - self._failed_at < FAILURE_SECONDS:
            raise self._unavailable()
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                self._keys = await self._read()
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, TimeoutError, ValueError) as error:
            self._failed_at = now
            structlog.get_logger().warning("issuer unavailable", reason=repr(error))
            raise self._unavailable() from error
        self._fetched_at = now

    async def _read(self) -> dict[str | None, IssuerKey]:
        async with httpx2.AsyncClient(timeout=REQUEST_SECONDS, follow_redirects=False) as client:
            found = await _document(client, self._checked(self._issuer.rstrip("/") + _DISCOVERY))
            if found.get("issuer") != self._issuer:
                raise ValueError("The document of discovery is another issuer's.")
            address = found.get("jwks_uri")
            if not isinstance(address, str):
                raise ValueError("The document of discovery names no keys.")  # noqa: TRY004 - as above
            return usable_keys(await _document(client, self._checked(address)))

    def _checked(self, address: str) -> str:
        allowed = {"https", "http"} if self._allows_http else {"https"}
        if urlsplit(address).scheme not in allowed:
            raise ValueError("Keys are fetched over https only.")
        return address

    def _is_fresh(self) -> bool:
        return 0 <= self._now() - self._fetched_at < FRESH_SECONDS

    def _unavailable(self) -> AuthUnavailable:
        return AuthUnavailable(f"{self._name} does not answer; try again in a moment.")

    def _makes_do_with(self, kid: str | None) -> bool:
        # While the issuer is away, those whose key is known do not wait for it again and again.
        return kid in self._keys and 0 <= self._now() - self._failed_at < UNKNOWN_KEY_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()


def usable_keys(document: Mapping[str, Any]) -> dict[str | None, IssuerKey]:
    """
    Return the keys of a key set that sign by RS256 or ES256, by their ids.

    Where there is but one, it also answers to no id. Others are left out, however odd.

    Raises:
        ValueError: it is no key set, or none of its keys can be used.
    """
    listed = document.get("keys")
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise ValueError("The issuer's key set is none.")
    found: dict[str | None, IssuerKey] = {}
    for jwk in listed:
        key = _usable(jwk)
        if key is not None and isinstance(jwk.get("kid"), str | None):
            found[jwk.get("kid")] = key
    if not found:
        raise ValueError("The issuer's key set holds no key that can be used.")
    unnamed = found.pop(None, None)
    keys = [*found.values(), *([] if unnamed is None else [unnamed])]
    if len(keys) == 1:
        found[None] = keys[0]
    return found


def _usable(jwk: object) -> IssuerKey | None:
    if not isinstance(jwk, dict) or jwk.get("use", "sig") != "sig":
        return None
    kind, operations = jwk.get("kty"), jwk.get("key_ops", ["verify"])
    if not isinstance(kind, str) or kind not in _ALGORITHMS or not _verifies(operations):
        return None
    parts = {name: jwk.get(name) for name in _PUBLIC_PARTS[kind]}
    public = {name: part for name, part in parts.items() if isinstance(part, str)}
    algorithm = _ALGORITHMS[kind]
    if len(public) < len(parts) or jwk.get("alg", algorithm) != algorithm:
        return None
    is_strong = (
        public["crv"] == "P-256" if kind == "EC" else _bits(public["n"]) >= SMALLEST_MODULUS_BITS
    )
    return IssuerKey(public, algorithm) if is_strong else None


def _verifies(operations: object) -> bool:
    return isinstance(operations, list) and "verify" in operations


def _bits(number: str) -> int:
    try:
        decoded = base64.urlsafe_b64decode(number + "=" * (-len(number) % 4))
    except (ValueError, binascii.Error):
        return 0
    return int.from_bytes(decoded).bit_length()


async def _document(client: httpx2.AsyncClient, address: str) -> dict[str, Any]:
    async with client.stream("GET", address, headers={"Accept": "application/json"}) as answer:
        # A redirect is no answer either: whom we believe is in our settings, not in theirs.
        if answer.status_code != httpx2.codes.OK:
            raise ValueError(f"The issuer answered {answer.status_code}.")
        content = b""
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > LARGEST_DOCUMENT:
                raise ValueError("The issuer's answer is too large.")
    try:
        document = json.loads(content)
    except RecursionError:
        raise ValueError("The issuer's answer is nested too deeply.") from None
    if not isinstance(document, dict):
        raise ValueError("The issuer's answer is no object.")  # noqa: TRY004 - caught with the others
    return document
