"""Looks an athlete's access log up."""

from typing import Any

from tests.builders.people import Person

LOG = "/coaching/access-log"


async def noted(athlete: Person, query: str = "") -> list[dict[str, Any]]:
    """Return the entries of an athlete's access log, newest first."""
    answer = await athlete.get(f"{LOG}{query}")
    assert answer.status_code == 200, answer.text
    entries: list[dict[str, Any]] = answer.json()["data"]
    return entries


async def brief(athlete: Person, query: str = "") -> list[tuple[str, str, str]]:
    """Return action, subject and operation of each entry."""
    entries = await noted(athlete, query)
    return [(one["action"], one["subject"], one["operation"]) for one in entries]
