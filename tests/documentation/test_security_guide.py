"""The guide to security tells of every role, scope, claim and cookie there is."""

import re
from typing import Any, Final

import pytest
from jose import jwt

from tests.builders.people import People
from tests.documentation.markdown import ROOT, section
from workout_application.messaging.actor import Role
from workout_application.messaging.api_scopes import ApiScope
from workout_presentation.api.cookies import (
    ACCESS_COOKIE,
    CSRF_COOKIE,
    CSRF_HEADER,
    REFRESH_COOKIE,
)

GUIDE: Final = (ROOT / "docs" / "guides" / "security.md").read_text(encoding="utf-8")


def named(title: str) -> set[str]:
    """Return what stands in backticks under a heading."""
    return set(re.findall(r"`([^`]+)`", section(GUIDE, title)))


@pytest.mark.requirement("SEC-13")
def test_every_role_and_every_scope_is_explained() -> None:
    roles = set(re.findall(r"^\| `(\w+)`", section(GUIDE, "Roles"), re.MULTILINE))
    scopes = {name for name in named("API keys") if ":" in name}

    assert roles == {role.value for role in Role}
    assert scopes == {scope.value for scope in ApiScope}


@pytest.mark.requirement("SEC-13", "IAM-14")
async def test_every_claim_of_an_access_token_is_explained(people: People) -> None:
    person = await people.athlete()

    claims: dict[str, Any] = jwt.get_unverified_claims(person.tokens["access_token"])

    assert named("Tokens") >= set(claims)


@pytest.mark.requirement("SEC-13", "SEC-06")
def test_every_cookie_is_explained() -> None:
    told = {name.lower() for name in named("Cookies")}

    assert told >= {one.lower() for one in (ACCESS_COOKIE, REFRESH_COOKIE, CSRF_COOKIE)}
    assert CSRF_HEADER in told
