"""What clients send about sets and repetitions, over HTTP and the hub."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.training.commands.add_rep import AddRep
from workout_application.training.commands.change_rep import ChangeRep
from workout_application.training.commands.change_set import ChangeSet, ReportedRep
from workout_application.training.commands.log_set import LogSet
from workout_application.training.loads import LoadChange
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.training.performed_set import RepDraft, SetDraft, Side, successful_reps
from workout_domain.training.targets import MOST_NUMBER
from workout_presentation.api.fields import (
    Body,
    ClientId,
    Count,
    Distance,
    Duration,
    Effort,
    Instant,
    LongText,
    Number,
    Positive,
    RepsLeft,
    RuledBody,
    Weight,
)
from workout_presentation.api.lists import CursorQuery
from workout_presentation.api.v1.training.models import LAST_SEQUENCE, load_of, read_sequence
from workout_shared.unset import UNSET

TargetNumber = Annotated[int, Field(ge=1, le=MOST_NUMBER), Number]
SetTypeCode = Annotated[str, StringConstraints(min_length=1, max_length=50)]


class RepBody(Body):
    """One repetition of a set that is logged; without a weight it has the set's."""

    rep_number: Positive | None = None
    weight: Weight | None = None
    unit: MeasurementUnit | None = None
    success: StrictBool = True

    def draft(self, position: int, set_unit: str | None, actor: Actor) -> RepDraft:
        """Read the repetition; its number defaults to its place."""
        return RepDraft(
            rep_number=self.rep_number or position,
            load=load_of(self.weight, self.unit or set_unit, actor),
            success=self.success,
        )


class SetFields(RuledBody):
    """What a set says, when it is logged and when it is corrected."""

    set_type: SetTypeCode | None = Field(None, examples=["normal"])
    set_type_id: UUID | None = None
    weight: Weight | None = Field(None, examples=[82.5])
    unit: MeasurementUnit | None = None
    number_reps: Count | None = Field(None, examples=[5])
    reps: Annotated[list[RepBody], Field(max_length=1000)] | None = None
    duration_seconds: Duration | None = None
    distance_meters: Distance | None = None
    rpe: Effort | None = Field(None, examples=[8])
    rir: RepsLeft | None = None
    side: Side | None = None
    parent_set_id: UUID | None = None
    description: LongText | None = None
    notes: LongText | None = None
    performed_at: Instant | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Each thing is said once."""
        if sent.get("set_type") is not None and sent.get("set_type_id") is not None:
            yield "set_type", "ambiguous", "Give set_type or set_type_id, not both."
        number, reps = sent.get("number_reps"), sent.get("reps")
        if isinstance(reps, list) and number is not None and number != len(reps):
            yield "number_reps", "ambiguous", "number_reps is not the number of reps."

    def rep_drafts(self, actor: Actor) -> tuple[RepDraft, ...] | None:
        """Read the repetitions, or that many successful ones; None where neither is given."""
        if self.reps is not None:
            return tuple(
                rep.draft(position, self.unit, actor)
                for position, rep in enumerate(self.reps, start=1)
            )
        return None if self.number_reps is None else successful_reps(self.number_reps)


class LogSetBody(SetFields):
    """A set as it was performed."""

    exercise_id: UUID
    target_number: TargetNumber | None = None
    client_generated_id: ClientId | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """A set is of some type."""
        yield from super().broken_rules(sent)
        if sent.get("set_type") is None and sent.get("set_type_id") is None:
            yield "set_type", "required", "Give set_type or set_type_id."

    def to_command(self, session_id: UUID, actor: Actor) -> LogSet:
        """Make the command."""
        return LogSet(
            session_id=session_id,
            exercise_id=self.exercise_id,
            set_type=self.set_type_id or self.set_type or "",
            draft=SetDraft(
                load=load_of(self.weight, self.unit, actor),
                reps=self.rep_drafts(actor) or (),
                duration_seconds=self.duration_seconds,
                distance_meters=self.distance_meters,
                rpe=self.rpe,
                rir=self.rir,
                side=self.side,
                description=self.description,
                notes=self.notes,
            ),
            parent_set_id=self.parent_set_id,
            target_number=self.target_number,
            performed_at=self.performed_at,
            client_generated_id=self.client_generated_id,
        )


def load_change(body: SetFields | RepBody) -> LoadChange:
    """Read what a correction says about a weight."""
    return LoadChange(
        weight=body.weight if "weight" in body.model_fields_set else UNSET, unit=body.unit
    )


class ChangeSetBody(SetFields):
    """What is to change about a set; ``reps`` or ``number_reps`` replaces its repetitions."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"weight": 80, "unit": "kilograms", "rpe": 8.5}]}
    )

    def to_command(self, set_id: UUID, expected_revision: int | None) -> ChangeSet:
        """Make the command: only fields that were sent change."""
        plain = (
            "duration_seconds",
            "distance_meters",
            "rpe",
            "rir",
            "side",
            "description",
            "notes",
        )
        changes: dict[str, Any] = {
            name: getattr(self, name) for name in plain if name in self.model_fields_set
        }
        return ChangeSet(
            set_id=set_id,
            changes=changes,
            load=load_change(self),
            set_type=self.set_type_id or self.set_type,
            reps=self._reported_reps(),
            parent_set_id=(
                self.parent_set_id if "parent_set_id" in self.model_fields_set else UNSET
            ),
            performed_at=self.performed_at,
            expected_revision=expected_revision,
        )

    def _reported_reps(self) -> tuple[ReportedRep, ...] | None:
        if self.reps is None and self.number_reps is None:
            return None
        if self.reps is None:
            drafts = successful_reps(self.number_reps or 0)
            return tuple(ReportedRep(rep_number=rep.rep_number) for rep in drafts)
        return tuple(
            ReportedRep(
                rep_number=rep.rep_number or position,
                load=LoadChange(
                    weight=rep.weight,
                    unit=rep.unit or (None if rep.weight is None else self.unit),
                ),
                success=rep.success,
            )
            for position, rep in enumerate(self.reps, start=1)
        )


class AddRepBody(RepBody):
    """One more repetition."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"weight": 82.5, "unit": "kilograms", "success": True}]}
    )

    client_generated_id: ClientId | None = None

    def to_command(self, set_id: UUID) -> AddRep:
        """Make the command."""
        return AddRep(
            set_id=set_id,
            rep_number=self.rep_number,
            load=LoadChange(weight=UNSET if self.weight is None else self.weight, unit=self.unit),
            success=self.success,
            client_generated_id=self.client_generated_id,
        )


class ChangeRepBody(RepBody):
    """What is to change about a repetition."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"success": False}]})

    def to_command(self, rep_id: UUID, expected_revision: int | None) -> ChangeRep:
        """Make the command: only fields that were sent change."""
        sent = self.model_fields_set
        return ChangeRep(
            rep_id=rep_id,
            rep_number=self.rep_number if self.rep_number is not None else UNSET,
            load=load_change(self),
            success=self.success if "success" in sent else UNSET,
            expected_revision=expected_revision,
        )


class SetHistoryQuery(CursorQuery):
    """Which corrections of a set: those before a cursor, newest first."""

    def before(self) -> int:
        """Read the cursor; without one, the newest come first."""
        return read_sequence(self.cursor) if self.cursor else LAST_SEQUENCE
