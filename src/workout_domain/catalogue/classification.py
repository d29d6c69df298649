"""How exercises are told apart: the closed lists a catalogue entry chooses from."""

from enum import StrEnum


class ExerciseCategory(StrEnum):
    """What an exercise is done for."""

    STRENGTH = "strength"
    POWERLIFTING = "powerlifting"
    OLYMPIC_WEIGHTLIFTING = "olympic_weightlifting"
    STRONGMAN = "strongman"
    PLYOMETRICS = "plyometrics"
    CARDIO = "cardio"
    STRETCHING = "stretching"


class Equipment(StrEnum):
    """What an exercise is done with."""

    BARBELL = "barbell"
    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    MACHINE = "machine"
    CABLE = "cable"
    SMITH_MACHINE = "smith_machine"
    BAND = "band"
    BODYWEIGHT = "bodyweight"
    EZ_BAR = "ez_bar"
    TRAP_BAR = "trap_bar"
    MEDICINE_BALL = "medicine_ball"
    PLATE = "plate"
    SLED = "sled"
    OTHER = "other"


class Muscle(StrEnum):
    """What an exercise works."""

    ABDOMINALS = "abdominals"
    OBLIQUES = "obliques"
    HIP_FLEXORS = "hip_flexors"
    ADDUCTORS = "adductors"
    ABDUCTORS = "abductors"
    GLUTES = "glutes"
    QUADRICEPS = "quadriceps"
    HAMSTRINGS = "hamstrings"
    CALVES = "calves"
    CHEST = "chest"
    FRONT_DELTS = "front_delts"
    SIDE_DELTS = "side_delts"
    REAR_DELTS = "rear_delts"
    LATS = "lats"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    TRAPS = "traps"
    NECK = "neck"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    CARDIOVASCULAR = "cardiovascular"


class MovementPattern(StrEnum):
    """How an exercise moves."""

    SQUAT = "squat"
    HINGE = "hinge"
    LUNGE = "lunge"
    HORIZONTAL_PUSH = "horizontal_push"
    VERTICAL_PUSH = "vertical_push"
    HORIZONTAL_PULL = "horizontal_pull"
    VERTICAL_PULL = "vertical_pull"
    CARRY = "carry"
    CORE = "core"
    ROTATION = "rotation"
    ISOLATION = "isolation"
    JUMP = "jump"
    OLYMPIC = "olympic"
    LOCOMOTION = "locomotion"
    MOBILITY = "mobility"


class MeasurementType(StrEnum):
    """What is noted of a set of the exercise."""

    WEIGHT_REPS = "weight_reps"
    REPS = "reps"
    DURATION = "duration"
    DISTANCE = "distance"
    WEIGHT_DURATION = "weight_duration"
    WEIGHT_DISTANCE = "weight_distance"
    DISTANCE_DURATION = "distance_duration"


class LoadKind(StrEnum):
    """What a noted weight means: on the bar, added to the body, or taken off it."""

    EXTERNAL = "external"
    BODYWEIGHT = "bodyweight"
    ASSISTED = "assisted"


class Laterality(StrEnum):
    """Whether both sides work together, one alone, or in turns."""

    BILATERAL = "bilateral"
    UNILATERAL = "unilateral"
    ALTERNATING = "alternating"
