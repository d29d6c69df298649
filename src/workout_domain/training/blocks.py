"""How exercises of a plan belong together: supersets, circuits, rounds against the clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.guards import optional_text
from workout_domain.training.targets import LONGEST_SECONDS

MOST_BLOCKS: Final = 100
MOST_ROUNDS: Final = 1000
LONGEST_NOTES: Final = 10_000


class BlockKind(StrEnum):
    """In which order the sets of a block's exercises are done."""

    STRAIGHT = "straight"
    SUPERSET = "superset"
    CIRCUIT = "circuit"
    EMOM = "emom"
    AMRAP = "amrap"
    DROP = "drop"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a kind of block must and may say, and what it must hold."""

    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    fewest_exercises: int = 1
    most_exercises: int | None = None
    fewest_sets: int = 1


_RULES: Final[Mapping[str, _Rules]] = {
    BlockKind.STRAIGHT: _Rules(),
    BlockKind.SUPERSET: _Rules(may=frozenset({"rounds"}), fewest_exercises=2),
    BlockKind.CIRCUIT: _Rules(
        needs=frozenset({"rounds"}), may=frozenset({"rounds", "time_cap_seconds"})
    ),
    BlockKind.EMOM: _Rules(
        needs=frozenset({"interval_seconds"}),
        may=frozenset({"rounds", "interval_seconds", "time_cap_seconds"}),
    ),
    BlockKind.AMRAP: _Rules(
        needs=frozenset({"time_cap_seconds"}), may=frozenset({"time_cap_seconds"})
    ),
    BlockKind.DROP: _Rules(most_exercises=1, fewest_sets=2),
    BlockKind.CLUSTER: _Rules(most_exercises=1, fewest_sets=2),
}
_CLOCKS: Final = ("rounds", "interval_seconds", "time_cap_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """
    Exercises that stand next to each other and are done together.

    The block is gone through ``rounds`` times (once where it says nothing), and what its exercises
    ask for is asked in every round. An interval (seconds) starts each minute of an EMOM, a time
    cap (seconds) ends an AMRAP; the rest (seconds) follows each round.

    Raises:
        Invalid: its kind needs what it does not say, or has no use for what it says; names all.
    """

    kind: BlockKind
    rounds: int | None = None
    interval_seconds: int | None = None
    time_cap_seconds: int | None = None
    rest_seconds: int | None = None
    notes: str | None = None

    def __post_init__(self) -> None:
        optional_text(self.notes, field="notes", longest=LONGEST_NOTES)
        errors = [*_out_of_bounds(self), *broken_rules(self.document())]
        if errors:
            raise Invalid("A block does not hold together.", errors)

    def document(self) -> dict[str, Any]:
        """Return its JSON form, what it leaves open as null."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Block":
        """Return the block that ``document`` is the JSON form of."""
        return cls(**{**document, "kind": BlockKind(document["kind"])})


def broken_rules(said: Mapping[str, Any]) -> Iterator[FieldError]:
    """
    Yield what a block says that its kind has no use for, and what it lacks; pointers relative.

    ``said`` is the JSON form, also one whose fields were not checked yet.
    """
    rules = _rules_of(said)
    if rules is None:
        return
    for name in _CLOCKS:
        if name in rules.needs and said.get(name) is None:
            yield FieldError(f"/{name}", "required", f"A block of this kind needs {name}.")
        if name not in rules.may and said.get(name) is not None:
            yield FieldError(f"/{name}", "not_for_kind", f"A block of this kind has no {name}.")


def broken_memberships(
    blocks: Sequence[Mapping[str, Any]], members: Sequence[Mapping[str, Any]]
) -> Iterator[FieldError]:
    """
    Yield what is wrong between the blocks of a plan and its exercises, pointers into the plan.

    ``members`` are the exercises in order, each with ``block`` (index or None), ``exercise_id``
    and ``sets``; both lists may hold fields that were not checked yet.
    """
    places: dict[int, list[int]] = {index: [] for index in range(len(blocks))}
    for position, member in enumerate(members):
        block = member.get("block")
        if not isinstance(block, int):
            continue
        if block not in places:
            yield FieldError(f"/exercises/{position}/block", "block_unknown", "No such block.")
            continue
        if places[block] and places[block][-1] != position - 1:
            sentence = "Exercises of one block stand next to each other."
            yield FieldError(f"/exercises/{position}/block", "block_scattered", sentence)
        places[block].append(position)
    for index, positions in places.items():
        yield from _miscounted(index, blocks[index], [(at, members[at]) for at in positions])


def _miscounted(
    index: int, block: Mapping[str, Any], members: list[tuple[int, Mapping[str, Any]]]
) -> Iterator[FieldError]:
    rules = _rules_of(block)
    if rules is None:
        return
    number = len({str(member.get("exercise_id")) for _, member in members})
    fewest, most = rules.fewest_exercises, rules.most_exercises
    if number < fewest:
        sentence = f"A {block['kind']} block needs {fewest} or more exercises."
        yield FieldError(f"/blocks/{index}", "too_few_exercises", sentence)
    if most is not None and len(members) > most:
        sentence = f"A {block['kind']} block has one exercise."
        yield FieldError(f"/blocks/{index}", "too_many_exercises", sentence)
    for position, member in members:
        sets = member.get("sets")
        if isinstance(sets, int) and sets < rules.fewest_sets:
            sentence = f"A {block['kind']} block needs {rules.fewest_sets} or more sets."
            yield FieldError(f"/exercises/{position}/sets", "too_few_sets", sentence)


def _rules_of(said: Mapping[str, Any]) -> _Rules | None:
    kind = said.get("kind")
    return _RULES.get(kind) if isinstance(kind, str) else None


def _out_of_bounds(block: Block) -> Iterator[FieldError]:
    bounds = {
        "rounds": (1, MOST_ROUNDS),
        "interval_seconds": (1, LONGEST_SECONDS),
        "time_cap_seconds": (1, LONGEST_SECONDS),
        "rest_seconds": (0, LONGEST_SECONDS),
    }
    for name, (smallest, largest) in bounds.items():
        value = getattr(block, name)
        if value is not None and not smallest <= value <= largest:
            sentence = f"{name} must lie between {smallest} and {largest}."
            yield FieldError(f"/{name}", "out_of_range", sentence)
