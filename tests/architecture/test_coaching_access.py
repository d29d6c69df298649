"""What a relation allows is decided in one module; others ask it."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.architecture.sources import Source, calls, parsed, product, texts

_COACHING: Final = "workout_infrastructure/persistence/coaching"
ACCESS: Final = f"{_COACHING}/access.py"
GUARD: Final = "workout_application/messaging/coach_access.py"
READERS: Final = {
    f"{_COACHING}/relations.py": "shows relations to those who take part in them",
    f"{_COACHING}/roster.py": "shows a trainer their athletes, whatever the relation allows",
    f"{_COACHING}/notes.py": "notes refer to their relation",
    f"{_COACHING}/personal_data.py": "copies them for those who take part in them",
    f"{_COACHING}/closing.py": "erases what was written in them, with an account",
    "workout_infrastructure/persistence/identity/administration.py": "counts them",
    f"{_COACHING}/groups.py": "members of groups refer to their relation",
}
_RIGHTS: Final = re.compile(r"'active'|ANY \(\w*\.?scopes\)|scopes @>", re.IGNORECASE)


def deciding(source: Source) -> Iterator[str]:
    """List the texts in which a file decides for itself what a relation allows."""
    if source.path == ACCESS or not source.is_below("workout_infrastructure"):
        return
    for text, line in texts(source.tree):
        names_table = "coaching_relations" in text
        if names_table and source.path not in READERS:
            yield f"{source.path}:{line} names the table of relations"
        if (names_table or source.path in READERS) and _RIGHTS.search(text):
            yield f"{source.path}:{line} decides by status or scopes"


def asking(source: Source) -> Iterator[str]:
    """List where a file asks how a trainer stands to an athlete without the one guard."""
    for name, call in calls(source.tree):
        is_of_sign_in = source.is_below("workout_application/identity")
        if name == "standing" and source.path != GUARD and not is_of_sign_in:
            yield f"{source.path}:{call.lineno}"


@pytest.mark.requirement("BEY-01", "SEC-03")
def test_only_one_module_decides_what_a_relation_allows() -> None:
    assert [found for file in product() for found in deciding(file)] == []


@pytest.mark.requirement("BEY-01", "SEC-03")
def test_only_the_guard_asks_how_a_trainer_stands_to_an_athlete() -> None:
    assert [found for file in product() for found in asking(file)] == []


def test_every_reader_of_relations_is_still_one() -> None:
    named = {
        file.path
        for file in product()
        if file.is_below("workout_infrastructure")
        and any("coaching_relations" in text for text, _ in texts(file.tree))
    }

    assert named == {ACCESS, *READERS}


@pytest.mark.parametrize(
    ("path", "sql"),
    [
        (
            "workout_infrastructure/persistence/training/things.py",
            "SELECT 1 FROM coaching_relations",
        ),
        (f"{_COACHING}/roster.py", "AND r.status = 'active'"),
        (f"{_COACHING}/relations.py", "WHERE 'message' = ANY (r.scopes)"),
        (f"{_COACHING}/relations.py", "WHERE r.scopes @> ARRAY['message']"),
    ],
)
def test_a_second_place_that_decides_is_found(path: str, sql: str) -> None:
    assert list(deciding(parsed(path, f'_ONE = "{sql}"')))


def test_a_second_place_that_asks_is_found() -> None:
    planted = "async def f(self): return await self._access.standing(1, 2, 'message')"

    assert list(asking(parsed("workout_application/training/policies.py", planted)))
