"""An OpenID Connect issuer of this machine, with keys that rotate and moods."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import uvicorn
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jwk, jwt

from tests.conftest import free_port
from tests.waiting import until

CLIENT_ID = "workout-app"
DISCOVERY = "/realms/gym/.well-known/openid-configuration"
KEYS = "/realms/gym/keys"


class SigningKey:
    """A private key and what the issuer publishes of it."""

    def __init__(self, algorithm: str, *, bits: int = 2048, **published: Any) -> None:
        self.algorithm, self.kid = algorithm, uuid4().hex
        key: Any = (
            rsa.generate_private_key(public_exponent=65537, key_size=bits)
            if algorithm == "RS256"
            else ec.generate_private_key(ec.SECP256R1())
        )
        self.private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        self.public = (
            key.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )
        parts = jwk.construct(self.public, algorithm).to_dict()
        self.published = {**parts, "kid": self.kid, "use": "sig", **published}


class Issuer:
    """Publishes keys and signs tokens; ``mood`` is what it answers with, where not as it should."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/realms/gym"
        self.keys = [SigningKey("RS256"), SigningKey("ES256")]
        self.hits: Counter[str] = Counter()
        self.mood = "fine"
        self.said_issuer = self.url

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        self.hits[scope["path"]] += 1
        status, body, headers = self._answer(scope["path"])
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, path: str) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
        if self.mood == "down":
            return 503, b"", []
        if self.mood == "garbage":
            return 200, b"<html>", []
        if self.mood == "odd":
            return 200, b'{"keys": 7, "issuer": []}', []
        if self.mood == "huge":
            return 200, b" " * 300_000, []
        if self.mood == "elsewhere":
            return 302, b"", [(b"location", f"http://localhost:{self.port}{path}".encode())]
        documents: dict[str, Any] = {
            DISCOVERY: {"issuer": self.said_issuer, "jwks_uri": f"{self.url}/keys"},
            KEYS: {"keys": [key.published for key in self.keys]},
        }
        found = documents.get(path)
        return (404, b"", []) if found is None else (200, json.dumps(found).encode(), [])

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Return what a good token of somebody new says; None leaves a claim out."""
        number = uuid4().hex[:12]
        now = int(time.time())
        said = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": f"subject-{number}",
            "iat": now,
            "exp": now + 300,
            "email": f"oidc-{number}@example.com",
            "email_verified": True,
            "preferred_username": f"oidc-{number}",
            "given_name": "Ána",
            "family_name": "Łęcka",
            **changed,
        }
        return {name: value for name, value in said.items() if value is not None}

    def sign(self, claims: Mapping[str, Any], key: SigningKey | None = None, **headers: Any) -> str:
        """Sign a token as the issuer does."""
        by = key or self.keys[0]
        told = {"kid": by.kid, **headers}
        token: str = jwt.encode(dict(claims), by.private, algorithm=by.algorithm, headers=told)
        return token


@asynccontextmanager
async def issuing() -> AsyncIterator[Issuer]:
    """Run an issuer for the length of the block."""
    issuer = Issuer()
    config = uvicorn.Config(issuer, port=issuer.port, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started, what="the issuer")
    try:
        yield issuer
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving


def encoded(part: Mapping[str, Any]) -> str:
    """Write a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def unsigned(claims: Mapping[str, Any], **headers: Any) -> str:
    """Write a token that claims to need no signature."""
    return f"{encoded({'alg': 'none', **headers})}.{encoded(claims)}.{headers.get('sig', 'AA')}"


def hmac_signed(claims: Mapping[str, Any], secret: bytes, **headers: Any) -> str:
    """Sign a token with what everybody knows, as if it were a secret."""
    text = f"{encoded({'alg': 'HS256', 'typ': 'JWT', **headers})}.{encoded(claims)}"
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
