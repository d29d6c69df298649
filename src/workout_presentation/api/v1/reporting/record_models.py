"""What reports of records are asked by."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from workout_application.messaging.actor import Actor
from workout_application.reporting.progression import Grouping
from workout_application.reporting.queries.get_weight_progression import GetWeightProgression
from workout_application.reporting.queries.list_exercise_history import ListExerciseHistory
from workout_application.reporting.queries.list_personal_records import ListPersonalRecords
from workout_domain.reporting.records import RecordKind
from workout_presentation.api.v1.reporting.models import FormulaName, ReportListQuery, WarmUps


class PersonalRecordsQuery(ReportListQuery):
    """What personal records are asked."""

    kind: RecordKind | None = Field(default=None, description="Only records held in this.")
    current: bool = Field(
        default=True, description="Only records nobody beat since; `false`: all there ever were."
    )
    formula: FormulaName = "median_of_seven"
    sort: Literal["date", "-date", "value", "-value", "exercise_name", "-exercise_name"] | None = (
        Field(default=None, description="Default: `-date`, of charts `-value`.")
    )

    def to_query(self, actor: Actor) -> ListPersonalRecords:
        """Make the query."""
        return ListPersonalRecords(
            question=self.question(actor),
            kind=self.kind,
            current=self.current,
            formula=self.formula,
            page=self.page_request(self.sort),
        )


class WeightProgressionQuery(ReportListQuery):
    """What the progression of an exercise is asked."""

    exercise_id: UUID = Field(description="The exercise.")
    group_by: Grouping = Field(
        default=Grouping.SESSION, description="What one point stands for; weeks begin on Monday."
    )
    include_warm_ups: WarmUps = False
    formula: FormulaName = "median_of_seven"
    sort: Literal["date", "-date"] = "date"

    def to_query(self, actor: Actor) -> GetWeightProgression:
        """Make the query."""
        return GetWeightProgression(
            question=self.question(actor),
            exercise_id=self.exercise_id,
            grouping=self.group_by,
            formula=self.formula,
            include_warm_ups=self.include_warm_ups,
            page=self.page_request(self.sort),
        )


class ExerciseHistoryQuery(ReportListQuery):
    """What the history of an exercise is asked."""

    exercise_id: UUID = Field(description="The exercise.")
    formula: FormulaName = "median_of_seven"
    sort: Literal["date", "-date"] = "-date"

    def to_query(self, actor: Actor) -> ListExerciseHistory:
        """Make the query."""
        return ListExerciseHistory(
            question=self.question(actor),
            exercise_id=self.exercise_id,
            formula=self.formula,
            page=self.page_request(self.sort),
        )
