"""The types of sets over HTTP."""

import httpx2
import pytest

from tests.builders.people import People


@pytest.mark.requirement("CAT-02", "CAT-03")
async def test_the_four_types_that_ship_come_first_and_one_is_a_warm_up(people: People) -> None:
    athlete = await people.athlete()

    answer = await athlete.get("/set-types")

    types = answer.json()["data"][:4]
    assert answer.status_code == 200
    assert [(one["code"], one["name"]) for one in types] == [
        ("normal", "Normal"),
        ("warm_up", "Warm-up"),
        ("drop_set", "Drop set"),
        ("failure", "Failure"),
    ]
    assert [one["code"] for one in types if one["is_warm_up"]] == ["warm_up"]


async def test_a_stranger_gets_no_types(api: httpx2.AsyncClient) -> None:
    assert (await api.get("/set-types")).status_code == 401


async def test_an_unknown_parameter_is_refused(people: People) -> None:
    athlete = await people.athlete()

    assert (await athlete.get("/set-types", params={"page": 1})).status_code == 400
