"""What clients send about the exercises of a plan: of workouts and of templates."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StrictBool, StringConstraints

from workout_application.messaging.actor import Actor
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.training import blocks, prescription
from workout_domain.training.blocks import MOST_BLOCKS, MOST_ROUNDS, Block, BlockKind
from workout_domain.training.lineup import MOST_EXERCISES
from workout_domain.training.prescription import Prescription
from workout_domain.training.targets import (
    LONGEST_CODE,
    LONGEST_SECONDS,
    MOST_SETS,
    NORMAL,
    TEMPO,
    SetTarget,
)
from workout_presentation.api.examples import SHIPPED_EXERCISE
from workout_presentation.api.fields import (
    Body,
    BrokenRule,
    Distance,
    Duration,
    Effort,
    LongText,
    Number,
    Positive,
    RepsLeft,
    RuledBody,
    Seconds,
    Weight,
    by_pointer,
)
from workout_presentation.api.v1.training.models import load_of

SetTypeCode = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CODE)]
Percentage = Annotated[Decimal, Field(gt=0, le=200, decimal_places=1), Number]
Tempo = Annotated[str, StringConstraints(pattern=TEMPO, to_upper=True)]
Clock = Annotated[int, Field(gt=0, le=LONGEST_SECONDS), Number]
PlannedMinutes = Annotated[int, Field(ge=0, le=100_000), Number]
# Made from the fields, an example of a plan would say everything twice.
PRESCRIPTION_EXAMPLE: Final[dict[str, JsonValue]] = {
    "exercise_id": SHIPPED_EXERCISE,
    "sets": 3,
    "reps": 5,
    "weight": 82.5,
    "unit": "kilograms",
    "rest_time_seconds": 180,
}
BlockIndex = Annotated[int, Field(ge=0, lt=MOST_BLOCKS), Number]


class TargetBody(Body):
    """What one set is to be; what it leaves open is as its exercise says for all sets."""

    number: Positive | None = Field(None, description="Its place, from 1; may be left out.")
    set_type: SetTypeCode = Field(NORMAL, examples=["normal"])
    reps: Positive | None = Field(None, examples=[5])
    reps_min: Positive | None = None
    reps_max: Positive | None = None
    is_amrap: StrictBool = Field(False, description="As many repetitions as possible.")
    weight: Weight | None = Field(None, examples=[82.5])
    unit: MeasurementUnit | None = None
    percent_of_training_max: Percentage | None = None
    rpe: Effort | None = Field(None, examples=[8])
    rir: RepsLeft | None = None
    tempo: Tempo | None = Field(None, examples=["3-1-X-0"])
    rest_seconds: Seconds | None = Field(None, examples=[180])
    duration_seconds: Duration | None = None
    distance_meters: Distance | None = None

    def target(self, position: int, actor: Actor) -> SetTarget:
        """Read the target; its number is its place."""
        said = self.model_dump(exclude={"number", "weight", "unit"})
        return SetTarget(number=position, load=load_of(self.weight, self.unit, actor), **said)


class PrescriptionBody(RuledBody):
    """How much of one exercise is asked for, for all its sets and perhaps set by set."""

    model_config = ConfigDict(json_schema_extra={"examples": [PRESCRIPTION_EXAMPLE]})

    exercise_id: UUID
    sets: Positive | None = Field(None, description="May be left out where targets are given.")
    reps: Positive | None = None
    weight: Weight | None = None
    unit: MeasurementUnit | None = None
    duration_seconds: Duration | None = None
    distance_meters: Distance | None = None
    rest_time_seconds: Seconds | None = None
    notes: LongText | None = None
    targets: Annotated[list[TargetBody], Field(min_length=1, max_length=MOST_SETS)] | None = Field(
        None, description="One for each set, in order."
    )
    block: BlockIndex | None = Field(None, description="The index of its block in `blocks`.")

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Something must be asked for, and targets must fit."""
        if "sets" not in sent and not isinstance(sent.get("targets"), list):
            yield "sets", "missing", "Field required"
        if "sets" in sent and sent["sets"] is None:
            yield "sets", "null", "sets must not be null."
        yield from by_pointer(prescription.broken_rules(sent))

    def prescription(self, actor: Actor) -> Prescription:
        """Read the prescription."""
        targets = None
        if self.targets is not None:
            targets = tuple(one.target(at, actor) for at, one in enumerate(self.targets, start=1))
        return Prescription(
            exercise_id=self.exercise_id,
            sets=self.sets or len(targets or ()),
            reps=self.reps,
            load=load_of(self.weight, self.unit, actor),
            duration_seconds=self.duration_seconds,
            distance_meters=self.distance_meters,
            rest_time_seconds=self.rest_time_seconds,
            notes=self.notes,
            targets=targets,
            block=self.block,
        )


class BlockBody(RuledBody):
    """Exercises that are done together; they name it by its index."""

    kind: BlockKind = Field(examples=["superset"])
    rounds: Annotated[int, Field(gt=0, le=MOST_ROUNDS), Number] | None = Field(
        None, description="How often the block is gone through; a circuit needs it."
    )
    interval_seconds: Clock | None = Field(None, description="An EMOM starts anew after it.")
    time_cap_seconds: Clock | None = Field(None, description="An AMRAP ends after it.")
    rest_seconds: Seconds | None = Field(None, description="Between rounds.")
    notes: LongText | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Each kind says what it needs and no more."""
        yield from by_pointer(blocks.broken_rules(sent))

    def block(self) -> Block:
        """Read the block."""
        return Block(**self.model_dump())


Prescriptions = Annotated[list[PrescriptionBody], Field(max_length=MOST_EXERCISES)]
BlockBodies = Annotated[list[BlockBody], Field(max_length=MOST_BLOCKS)]


def broken_lineup(sent: dict[str, Any]) -> Iterator[BrokenRule]:
    """Tell where the blocks and the exercises of a whole plan do not agree."""
    members = [
        one if one.get("targets") is None else {"sets": _length(one["targets"]), **one}
        for one in _objects(sent.get("exercises"))
    ]
    yield from by_pointer(blocks.broken_memberships(_objects(sent.get("blocks")), members))


def given_twice(sent: dict[str, Any], source: str) -> Iterator[BrokenRule]:
    """Refuse exercises and blocks beside the id of the plan they are to be copied from."""
    for name in ("exercises", "blocks"):
        if sent.get(source) is not None and sent.get(name):
            yield name, "ambiguous", f"Give {source} or {name}, not both."


def prescriptions_of(bodies: list[PrescriptionBody], actor: Actor) -> tuple[Prescription, ...]:
    """Read the exercises."""
    return tuple(one.prescription(actor) for one in bodies)


def blocks_of(bodies: list[BlockBody]) -> tuple[Block, ...]:
    """Read the blocks."""
    return tuple(one.block() for one in bodies)


def _objects(sent: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON value
    return [one if isinstance(one, dict) else {} for one in sent] if isinstance(sent, list) else []


def _length(sent: Any) -> int | None:  # noqa: ANN401 - any JSON value
    return len(sent) if isinstance(sent, list) else None
