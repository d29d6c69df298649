"""Tokens that are none of ours, or no longer: each must be refused wherever a token is taken."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jose import jwt

from tests.builders.issuer import SigningKey

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
DEEP: Final = b'{"alg":' + b"[" * 3000 + b"]" * 3000 + b"}"
HUGE: Final = 10**400
LATER: Final = 3600


@dataclass
class Loot:
    """What a forger has: a living token and the secret it was signed with, and other tokens."""

    living: str
    revoked: str
    secret: str
    others: dict[str, str] = field(default_factory=dict)
    sids: dict[str, str] = field(default_factory=dict)

    @property
    def header(self) -> dict[str, Any]:
        """What the living token says of itself."""
        return _read(self.living.split(".")[0])

    @property
    def claims(self) -> dict[str, Any]:
        """What the living token says of its owner."""
        return _read(self.living.split(".")[1])

    def signed(
        self, header: object, claims: object, *, key: bytes | None = None, digest: str = "sha256"
    ) -> str:
        """Sign anything at all, by default with the right secret."""
        text = f"{encoded(header)}.{encoded(claims)}"
        by = self.secret.encode() if key is None else key
        return f"{text}.{encoded(hmac.new(by, text.encode(), digest).digest())}"

    def saying(self, **claims: Any) -> str:
        """Sign the living token anew, with other claims."""
        return self.signed(self.header, {**self.claims, **claims})

    def headed(self, **header: Any) -> str:
        """Sign the living token anew, with other headers."""
        return self.signed({**self.header, **header}, self.claims)


Forge = Callable[[Loot], str]


def encoded(part: object) -> str:
    """Write a part of a token; bytes are taken as they are."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(part: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


@lru_cache
def _key(algorithm: str) -> SigningKey:
    return SigningKey(algorithm)


@lru_cache
def _public(encoding: Encoding, format_: PublicFormat) -> bytes:
    public = serialization.load_pem_public_key(_key("RS256").public.encode())
    return public.public_bytes(encoding, format_)


def _unsigned(alg: object, signature: str) -> Forge:
    return lambda loot: f"{encoded({**loot.header, 'alg': alg})}.{encoded(loot.claims)}.{signature}"


def _by_key_pair(algorithm: str) -> Forge:
    def forge(loot: Loot) -> str:
        key = _key(algorithm)
        told = {"kid": loot.header["kid"], "typ": loot.header["typ"]}
        token: str = jwt.encode(loot.claims, key.private, algorithm=algorithm, headers=told)
        return token

    return forge


def _by_pss(loot: Loot) -> str:
    text = f"{encoded({**loot.header, 'alg': 'PS256'})}.{encoded(loot.claims)}"
    private: Any = serialization.load_pem_private_key(_key("RS256").private.encode(), None)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), hashlib.sha256().digest_size)
    return f"{text}.{encoded(private.sign(text.encode(), pss, hashes.SHA256()))}"


def _public_key_as_secret(encoding: Encoding, format_: PublicFormat, alg: str) -> Forge:
    return lambda loot: loot.signed(
        {**loot.header, "alg": alg}, loot.claims, key=_public(encoding, format_)
    )


PUBLIC_KEYS: Final = {
    "pem-public-key": (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "der-public-key": (Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "pkcs1-public-key": (Encoding.PEM, PublicFormat.PKCS1),
}


NONE: Final[tuple[Any, ...]] = ("none", "None", "NONE", "nOnE", "none ", "", None, False, [])


def _algorithms() -> Iterator[tuple[str, Forge]]:
    for number, alg in enumerate(NONE):
        for kind, signature in (("nothing", ""), ("something", "A" * 43)):
            yield f"algorithm-none-{number}-signed-by-{kind}", _unsigned(alg, signature)
        yield f"algorithm-none-{number}-signed-rightly", _headed(alg=alg)
    yield "no-signature-at-all", lambda loot: loot.living.rpartition(".")[0]
    yield "empty-signature", lambda loot: loot.living.rpartition(".")[0] + "."
    yield "another-key", lambda loot: loot.signed(loot.header, loot.claims, key=b"x" * 40)
    yield "an-empty-key", lambda loot: loot.signed(loot.header, loot.claims, key=b"")
    for bits in ("384", "512"):
        yield f"hs{bits}-by-the-right-key", _longer(bits)
        yield f"sha{bits}-that-claims-to-be-hs256", _mislabelled(bits)
    for algorithm in ("RS256", "ES256"):
        yield f"{algorithm.lower()}-by-a-key-pair", _by_key_pair(algorithm)
    yield "ps256-by-a-key-pair", _by_pss
    for claimed in ("HS256", "RS256"):
        for name, (encoding, format_) in PUBLIC_KEYS.items():
            yield (
                f"{name}-as-secret-of-{claimed.lower()}",
                _public_key_as_secret(encoding, format_, claimed),
            )


def _headed(**header: Any) -> Forge:
    return lambda loot: loot.headed(**header)


def _longer(bits: str) -> Forge:
    return lambda loot: loot.signed(
        {**loot.header, "alg": f"HS{bits}"}, loot.claims, digest=f"sha{bits}"
    )


def _mislabelled(bits: str) -> Forge:
    return lambda loot: loot.signed(loot.header, loot.claims, digest=f"sha{bits}")


HEADERS: Final[dict[str, dict[str, Any]]] = {
    "kid-of-a-file": {"kid": "../../../../dev/null"},
    "kid-of-sql": {"kid": "x' UNION SELECT 'secret' --"},
    "kid-of-a-command": {"kid": "|id"},
    "kid-null": {"kid": None},
    "kid-list": {"kid": ["a"]},
    "kid-object": {"kid": {"a": 1}},
    "kid-number": {"kid": 0},
    "kid-empty": {"kid": ""},
    "jku": {"jku": "http://127.0.0.1:1/keys"},
    "jwk": {"jwk": {"kty": "oct", "k": "AA", "alg": "HS256"}},
    "x5u": {"x5u": "http://127.0.0.1:1/chain"},
    "x5c": {"x5c": ["AA=="]},
    "crit": {"crit": ["exp"]},
    "crit-of-its-own": {"crit": ["x"], "x": 1},
    "cty": {"cty": "JWT"},
    "unencoded": {"b64": False, "crit": ["b64"]},
    "packed": {"zip": "DEF"},
    "encrypted": {"enc": "A256GCM", "alg": "dir"},
    "typ-of-a-refresh-token": {"typ": "rt+jwt"},
    "typ-of-an-id-token": {"typ": "id+jwt"},
    "typ-list": {"typ": []},
}
PARTS: Final = {
    "nested": DEEP,
    "list": b"[]",
    "null": b"null",
    "text": b'"x"',
    "number": b"7",
    "empty": b"",
    "cut": b"{",
    "not-utf-8": b"\xff\xfe",
    "nul": b"\x00",
}


def _parts() -> Iterator[tuple[str, Forge]]:
    for name, header in HEADERS.items():
        yield f"header-{name}", _headed(**header)
    for name, part in PARTS.items():
        yield f"header-{name}", _with_header(part)
        yield f"claims-{name}", _with_claims(part)


def _with_header(part: bytes) -> Forge:
    return lambda loot: loot.signed(part, loot.claims)


def _with_claims(part: bytes) -> Forge:
    return lambda loot: loot.signed(loot.header, part)


REQUIRED: Final = ("iss", "aud", "sub", "sid", "roles", "exp", "iat", "jti")
ODD: Final[dict[str, Any]] = {
    "null": None,
    "list": [{}],
    "object": {"a": 1},
    "number": 7,
    "bool": True,
    "huge": HUGE,
    "long": "9" * 3000,
}
NUMBERS: Final = ("NaN", "Infinity", "-Infinity", "1e400", "-1")


def _claims() -> Iterator[tuple[str, Forge]]:
    for claim in REQUIRED:
        yield f"{claim}-missing", _without(claim)
        for name, value in ODD.items():
            # A number is a moment, and a moment of 1970 is another refusal: it is among them too.
            if (claim, name) not in {("iat", "number"), ("jti", "long")}:
                yield f"{claim}-{name}", _saying(**{claim: value})
    for claim in ("exp", "iat", "nbf"):
        for number in NUMBERS:
            yield f"{claim}-{number}", _with_number(claim, number)
    yield "iat-in-the-future", lambda loot: loot.saying(iat=loot.claims["iat"] + LATER)
    yield "nbf-in-the-future", lambda loot: loot.saying(nbf=loot.claims["iat"] + LATER)
    yield "expired", lambda loot: loot.saying(exp=loot.claims["iat"] - 1)
    yield "other-issuer", _saying(iss="https://elsewhere.example.com")
    yield "other-audience", _saying(aud="elsewhere")
    yield "audiences", lambda loot: loot.saying(aud=[loot.claims["aud"]])
    yield "roles-text", _saying(roles="admin")
    yield "sub-of-sql", _saying(sub="' OR 1=1 --")


def _without(claim: str) -> Forge:
    return lambda loot: loot.signed(
        loot.header, {name: value for name, value in loot.claims.items() if name != claim}
    )


def _saying(**claims: Any) -> Forge:
    return lambda loot: loot.saying(**claims)


def _with_number(claim: str, number: str) -> Forge:
    def forge(loot: Loot) -> str:
        text = json.dumps({**loot.claims, claim: "here"}).replace('"here"', number)
        return loot.signed(loot.header, text.encode())

    return forge


SUBJECTS: Final = {
    "of-nobody": {"sub": str(UUID(int=7))},
    "of-nil": {"sub": str(UUID(int=0)), "sid": str(UUID(int=0))},
    "of-no-session": {"sid": str(UUID(int=7))},
}
OTHER_KINDS: Final = (
    *("refresh_token", "challenge_token", "mail_token", "api_key", "csrf_token"),
    *("invitation_code", "id_token", "deleted_user", "locked_user"),
)


def _people() -> Iterator[tuple[str, Forge]]:
    for name, claims in SUBJECTS.items():
        yield name, _saying(**claims)
    # Rightly signed, so that nothing but the server's own state can refuse them.
    yield "session-of-somebody-else", lambda loot: loot.saying(sid=loot.sids["other"])
    yield "ended-session", lambda loot: loot.saying(sid=loot.sids["ended"])
    yield (
        "ended-session-signed-anew",
        lambda loot: loot.signed(
            {"alg": "HS256", "typ": "JWT"}, {**loot.claims, "sid": loot.sids["ended"]}
        ),
    )
    for kind in OTHER_KINDS:
        yield kind.replace("_", "-"), _kind(kind)


def _kind(kind: str) -> Forge:
    return lambda loot: loot.others[kind]


JUNK: Final = ("=", "==", "!", "%3D", "+", "/", ".", ".e30", "~")


def _spellings() -> Iterator[tuple[str, Forge]]:
    yield "revoked", lambda loot: loot.revoked
    for which in ("living", "revoked"):
        for number, junk in enumerate(JUNK):
            yield f"{which}-ending-in-junk-{number}", _spelled(which, "{}" + junk)
            yield f"{which}-beginning-with-junk-{number}", _spelled(which, junk + "{}")
        for part in range(3):
            yield f"{which}-padded-in-part-{part}", _padded(which, part)
            yield f"{which}-with-a-space-in-part-{part}", _spaced(which, part)
        for step in (1, 2, 3):
            yield f"{which}-other-last-character-{step}", _last(which, step)
        yield f"{which}-upper-case-signature", _shouted(which)
        yield f"{which}-twice", lambda loot, which=which: getattr(loot, which) * 2  # type: ignore[misc]


def _spelled(which: str, spelling: str) -> Forge:
    return lambda loot: spelling.format(getattr(loot, which))


def _padded(which: str, part: int) -> Forge:
    return _changed(which, part, lambda text: text + "=" * (-len(text) % 4 or 4))


def _spaced(which: str, part: int) -> Forge:
    return _changed(which, part, lambda text: f"{text[:9]} {text[9:]}")


def _shouted(which: str) -> Forge:
    return _changed(which, 2, str.upper)


def _last(which: str, step: int) -> Forge:
    # The last character holds four bits, so its neighbours spell the same bytes.
    return _changed(which, 2, lambda text: text[:-1] + ALPHABET[ALPHABET.index(text[-1]) ^ step])


def _changed(which: str, part: int, change: Callable[[str], str]) -> Forge:
    def forge(loot: Loot) -> str:
        parts = getattr(loot, which).split(".")
        parts[part] = change(parts[part])
        return ".".join(parts)

    return forge


FORGERIES: Final[dict[str, Forge]] = {
    **dict(_algorithms()),
    **dict(_parts()),
    **dict(_claims()),
    **dict(_people()),
    **dict(_spellings()),
}
"""Every forgery by name; each makes a token out of the forger's loot."""
