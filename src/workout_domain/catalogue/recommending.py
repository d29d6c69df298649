"""Which exercises suit a kind of workout and an athlete: a rule of thumb, with its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.catalogue.classification import ExerciseCategory, MovementPattern

HISTORY_DAYS: Final = 180
OFTEN_SESSIONS: Final = 4
RECENT_DAYS: Final = 14
_MOST_SESSIONS: Final = 12
_SHARE_OF_FIT: Final = Decimal("0.5")
_SHARE_OF_FREQUENCY: Final = Decimal("0.3")
_SHARE_OF_RECENCY: Final = Decimal("0.2")
_THOUSANDTH: Final = Decimal("0.001")


class TrainingGoal(StrEnum):
    """What a workout trains; training's words, as the catalogue needs them."""

    STRENGTH = "strength"
    HYPERTROPHY = "hypertrophy"
    POWERLIFTING = "powerlifting"
    OLYMPIC_WEIGHTLIFTING = "olympic_weightlifting"
    ENDURANCE = "endurance"
    CARDIO = "cardio"
    HIIT = "hiit"
    FLEXIBILITY = "flexibility"
    RECOVERY = "recovery"
    OTHER = "other"


class RecommendationReason(StrEnum):
    """Why an exercise is recommended."""

    FITS_WORKOUT_TYPE = "fits_workout_type"
    OFTEN_PERFORMED = "often_performed"
    RECENTLY_PERFORMED = "recently_performed"
    PERFORMED_BEFORE = "performed_before"


_Category = ExerciseCategory
# How well a category suits a goal, 0 to 1. A rule of thumb, from no source: what is not named
# is not recommended at all.
_FIT: Final[Mapping[TrainingGoal, Mapping[ExerciseCategory, str]]] = {
    TrainingGoal.STRENGTH: {
        _Category.POWERLIFTING: "1",
        _Category.STRENGTH: "0.9",
        _Category.STRONGMAN: "0.6",
        _Category.OLYMPIC_WEIGHTLIFTING: "0.5",
        _Category.PLYOMETRICS: "0.2",
    },
    TrainingGoal.HYPERTROPHY: {
        _Category.STRENGTH: "1",
        _Category.POWERLIFTING: "0.7",
        _Category.STRONGMAN: "0.3",
    },
    TrainingGoal.POWERLIFTING: {
        _Category.POWERLIFTING: "1",
        _Category.STRENGTH: "0.7",
        _Category.STRONGMAN: "0.3",
    },
    TrainingGoal.OLYMPIC_WEIGHTLIFTING: {
        _Category.OLYMPIC_WEIGHTLIFTING: "1",
        _Category.STRENGTH: "0.5",
        _Category.POWERLIFTING: "0.4",
        _Category.PLYOMETRICS: "0.4",
    },
    TrainingGoal.ENDURANCE: {
        _Category.CARDIO: "1",
        _Category.STRENGTH: "0.3",
        _Category.PLYOMETRICS: "0.2",
    },
    TrainingGoal.CARDIO: {_Category.CARDIO: "1", _Category.PLYOMETRICS: "0.3"},
    TrainingGoal.HIIT: {
        _Category.PLYOMETRICS: "1",
        _Category.CARDIO: "0.9",
        _Category.STRONGMAN: "0.5",
        _Category.STRENGTH: "0.4",
    },
    TrainingGoal.FLEXIBILITY: {_Category.STRETCHING: "1"},
    TrainingGoal.RECOVERY: {_Category.STRETCHING: "1", _Category.CARDIO: "0.5"},
    TrainingGoal.OTHER: dict.fromkeys(_Category, "1"),
}
# Goals that movements of several joints serve better than those of one.
_ISOLATION: Final[Mapping[TrainingGoal, str]] = {
    TrainingGoal.STRENGTH: "0.6",
    TrainingGoal.HYPERTROPHY: "0.9",
    TrainingGoal.POWERLIFTING: "0.6",
    TrainingGoal.OLYMPIC_WEIGHTLIFTING: "0.4",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    An exercise and how often the athlete did it in the last ``HISTORY_DAYS`` days.

    ``sessions`` counts sessions, not sets; ``days_ago`` is None where it was never done.
    """

    exercise_id: UUID
    name: str
    category: ExerciseCategory
    movement_pattern: MovementPattern | None
    is_active: bool
    sessions: int = 0
    days_ago: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """An exercise, how much it is recommended (0 to 1), and why."""

    exercise_id: UUID
    score: Decimal
    reasons: tuple[RecommendationReason, ...]


def categories_for(goal: TrainingGoal) -> tuple[ExerciseCategory, ...]:
    """Return the categories whose exercises may serve the goal."""
    return tuple(_FIT[goal])


def recommend(
    goal: TrainingGoal, candidates: Iterable[Candidate], *, most: int
) -> list[Recommendation]:
    """
    Rank active exercises that serve the goal, best first, equals by name; at most ``most``.

    Half of a score is how well the exercise fits the goal, the rest how often (full at a dozen
    sessions) and how recently the athlete did it; both count only as far as it fits.
    """
    scored = [
        (_score(goal, one), one.name.casefold(), one.exercise_id, one)
        for one in candidates
        if one.is_active and fit(goal, one)
    ]
    scored.sort(key=lambda entry: (-entry[0], *entry[1:3]))
    return [
        Recommendation(exercise_id=one.exercise_id, score=score, reasons=_reasons(one))
        for score, _, _, one in scored[:most]
    ]


def fit(goal: TrainingGoal, candidate: Candidate) -> Decimal:
    """Tell how well an exercise serves a goal, 0 (not at all) to 1, whoever does it."""
    by_category = Decimal(_FIT[goal].get(candidate.category, "0"))
    if candidate.movement_pattern == MovementPattern.ISOLATION:
        return by_category * Decimal(_ISOLATION.get(goal, "1"))
    return by_category


def _score(goal: TrainingGoal, candidate: Candidate) -> Decimal:
    frequency = Decimal(min(candidate.sessions, _MOST_SESSIONS)) / _MOST_SESSIONS
    recency = Decimal(0)
    if candidate.days_ago is not None:
        recency = Decimal(max(HISTORY_DAYS - max(candidate.days_ago, 0), 0)) / HISTORY_DAYS
    habit = _SHARE_OF_FREQUENCY * frequency + _SHARE_OF_RECENCY * recency
    score = fit(goal, candidate) * (_SHARE_OF_FIT + habit)
    return score.quantize(_THOUSANDTH, rounding=ROUND_HALF_EVEN)


def _reasons(candidate: Candidate) -> tuple[RecommendationReason, ...]:
    reasons = [RecommendationReason.FITS_WORKOUT_TYPE]
    if candidate.sessions >= OFTEN_SESSIONS:
        reasons.append(RecommendationReason.OFTEN_PERFORMED)
    if candidate.days_ago is not None and candidate.days_ago <= RECENT_DAYS:
        reasons.append(RecommendationReason.RECENTLY_PERFORMED)
    if candidate.sessions and len(reasons) == 1:
        reasons.append(RecommendationReason.PERFORMED_BEFORE)
    return tuple(reasons)
