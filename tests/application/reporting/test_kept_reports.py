"""Keys of kept reports: whose, which, and what was asked."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from workout_application.messaging.keeping import Keeper
from workout_application.messaging.messages import Shelf
from workout_application.reporting.keeping import KeptReports
from workout_application.reporting.staleness import sets_of

ANA, BEN = UUID(int=1), UUID(int=2)


class Shelves:
    """Keeps everything for ever and remembers where."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.shelves: list[Shelf] = []

    async def get_or_make(self, shelf: Shelf, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Return the kept answer, or make and keep it."""
        self.shelves.append(shelf)
        if shelf.key not in self.kept:
            self.kept[shelf.key] = await make()
        return self.kept[shelf.key]


async def ask(shelves: Shelves, component: str, owner: UUID, asked: object, says: str) -> str:
    """Ask for a report that would say something, were it made now."""

    async def make() -> str:
        return says

    return await KeptReports(Keeper(shelves)).answer(
        component, owner, asked, depends_on=(sets_of(owner),), form=str, make=make
    )


@pytest.mark.requirement("CAC-09")
async def test_no_answer_crosses_people_components_or_questions() -> None:
    shelves = Shelves()
    asked = [
        ("volume", ANA, ("kilograms", 1)),
        ("volume", BEN, ("kilograms", 1)),
        ("volume", ANA, ("pounds", 1)),
        ("records", ANA, ("kilograms", 1)),
    ]

    first = [await ask(shelves, *one, says=str(place)) for place, one in enumerate(asked)]
    again = [await ask(shelves, *one, says="new") for one in asked]

    assert first == again == ["0", "1", "2", "3"]
    assert [shelf.key.split(":")[:3] for shelf in shelves.shelves[:4]] == [
        ["reports", str(ANA), "volume"],
        ["reports", str(BEN), "volume"],
        ["reports", str(ANA), "volume"],
        ["reports", str(ANA), "records"],
    ]
    assert shelves.shelves[0].tags == (sets_of(ANA),)
