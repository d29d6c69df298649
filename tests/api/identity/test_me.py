"""One's own account over HTTP."""

import pytest

from tests.builders.people import People


@pytest.mark.requirement("IAM-01", "IAM-19")
async def test_me_shows_every_field_of_the_account_but_the_password(people: People) -> None:
    ana = await people.register("both", date_of_birth="1990-04-01", gender="female")

    answer = await ana.get("/me")

    assert answer.status_code == 200
    user = answer.json()["data"]
    assert user["roles"] == ["athlete", "trainer"]
    assert user["gender"] == "female"
    assert "password_hash" not in answer.text
