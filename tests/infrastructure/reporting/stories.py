"""Stories of training drawn at random: sessions begun, changed, merged, deleted and folded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.builders.histories import NOON, Log, Performed, Repetition, Training
from tests.infrastructure.reporting.conftest import Ledger

LIFTS = 3
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
LOADS = (None, Decimal(0), Decimal(60), Decimal("62.5"), Decimal("56.69904625"), Decimal(80))
STEPS = {
    "add": 4,
    "begin": 2,
    "add_set": 4,
    "change_set": 3,
    "remove_set": 1,
    "move": 2,
    "merge": 1,
    "reopen": 2,
    "complete": 2,
    "delete": 1,
    "fold": 4,
}


class Chance:
    """Draws what happens: hypothesis draws the seed and how long it goes on."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the same seed tells the same story
        self.of = self._random.choice

    def step(self) -> tuple[Any, ...]:
        """Draw a step with whatever it needs."""
        name = self._random.choices(list(STEPS), list(STEPS.values()))[0]
        number, place = self.of(range(9)), self.of(range(6))
        rest: dict[str, tuple[Any, ...]] = {
            "add": (self.session(),),
            "begin": (self.session(),),
            "add_set": (number, self.one_set()),
            "change_set": (number, place, self.one_set()),
            "remove_set": (number, place),
            "move": (number, self.moment(), self.of(ZONES)),
            "merge": (self.of(range(LIFTS)), self.of(range(LIFTS))),
            "reopen": (number,),
            "complete": (number,),
            "delete": (number,),
        }
        return name, *rest.get(name, ())

    def session(self) -> dict[str, Any]:
        """Draw a session."""
        return {
            "at": self.moment(),
            "zone": self.of(ZONES),
            "minutes": self.of([None, Decimal(45), Decimal("61.5")]),
            "session_rpe": self.of([None, Decimal(6), Decimal("8.5")]),
            "sets": [self.one_set() for _ in range(self.of(range(7)))],
        }

    def one_set(self) -> dict[str, Any]:
        """Draw a set: mostly of repetitions, sometimes of time or distance."""
        kind = self.of(["reps"] * 6 + ["time", "way"])
        kg = self.of(LOADS)
        reps = [Repetition(success=self.of([True] * 4 + [False]), kg=kg) for _ in range(5)]
        if self.of(range(5)) == 0:
            reps[0].kg = self.of(LOADS)
        return {
            "lift": self.of(range(LIFTS)),
            "reps": reps[: self.of(range(6))] if kind == "reps" else [],
            "code": self.of(["normal", "normal", "normal", "warm_up", "drop_set", "failure"]),
            "weight": self.of([None, Decimal(0), Decimal(20)]),
            "rpe": self.of([None, Decimal("5.5"), Decimal(6), Decimal(9)]),
            "rir": self.of([None, Decimal(1), Decimal("4.5")]),
            "side": self.of([None, None, "left", "right"]),
            "seconds": self.of([Decimal(30), Decimal("42.5")]) if kind == "time" else None,
            "meters": self.of([Decimal(20), Decimal("55.25")]) if kind == "way" else None,
        }

    def moment(self) -> datetime:
        """Draw an hour of six weeks."""
        return NOON + timedelta(days=self.of(range(-20, 20)), hours=self.of(range(-12, 12)))


def story(seed: int, length: int) -> list[tuple[Any, ...]]:
    """Draw what happens; a shorter story of the same seed is the beginning of a longer one."""
    chance = Chance(seed)
    return [chance.step() for _ in range(length)]


@dataclass
class Story:
    """Carries steps out on the tables and folds where it is told to."""

    ledger: Ledger
    log: Log

    async def play(self, step: tuple[Any, ...]) -> None:
        """Carry one step out; one that has nothing to act on does nothing."""
        await getattr(self, f"_{step[0]}")(*step[1:])

    async def _add(self, fields: dict[str, Any]) -> None:
        await self.log.save(self._session(fields, "completed"))

    async def _begin(self, fields: dict[str, Any]) -> None:
        await self._end_running()
        await self.log.save(self._session(fields, "in_progress"))

    async def _add_set(self, number: int, fields: dict[str, Any]) -> None:
        if session := self._chosen(number):
            session.sets.append(self._set(fields))
            await self.log.save(session)

    async def _change_set(self, number: int, place: int, fields: dict[str, Any]) -> None:
        session = self._chosen(number)
        if session and session.sets:
            old = session.sets[place % len(session.sets)]
            new = self._set(fields)
            new.id = old.id
            session.sets[place % len(session.sets)] = new
            await self.log.save(session)

    async def _remove_set(self, number: int, place: int) -> None:
        session = self._chosen(number)
        if session and session.sets:
            session.sets[place % len(session.sets)].is_deleted = True
            await self.log.save(session)

    async def _move(self, number: int, at: datetime, zone: str) -> None:
        if session := self._chosen(number):
            session.at, session.zone = at, zone
            await self.log.save(session)

    async def _merge(self, old: int, new: int) -> None:
        for session in self.log.sessions:
            merged = [one for one in session.sets if one.exercise_id == self.ledger.lifts[old]]
            for one in merged:
                one.exercise_id = self.ledger.lifts[new]
            if merged:
                await self.log.save(session)

    async def _reopen(self, number: int) -> None:
        if session := self._chosen(number):
            await self._end_running()
            session.status = "in_progress"
            await self.log.save(session)

    async def _complete(self, number: int) -> None:
        if session := self._chosen(number):
            session.status = "completed"
            await self.log.save(session)

    async def _delete(self, number: int) -> None:
        if session := self._chosen(number):
            session.is_deleted = True
            await self.log.save(session)

    async def _fold(self) -> None:
        await self.ledger.fold(self.log)

    async def _end_running(self) -> None:
        for session in self.log.sessions:
            if session.status == "in_progress" and not session.is_deleted:
                session.status = "abandoned"
                await self.log.save(session)

    def _chosen(self, number: int) -> Training | None:
        alive = [one for one in self.log.sessions if not one.is_deleted]
        return alive[number % len(alive)] if alive else None

    def _session(self, fields: dict[str, Any], status: str) -> Training:
        made = [self._set(one) for one in fields["sets"]]
        return Training(**{**fields, "sets": made, "status": status})

    def _set(self, fields: dict[str, Any]) -> Performed:
        rest = {name: value for name, value in fields.items() if name != "lift"}
        reps = [Repetition(one.success, one.kg) for one in fields["reps"]]
        return Performed(self.ledger.lifts[fields["lift"]], **{**rest, "reps": reps})
