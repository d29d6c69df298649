"""What is kept of sets that were corrected."""

from enum import StrEnum


class Correction(StrEnum):
    """What was done to a set; what it said before is kept."""

    SET_CHANGED = "set_changed"
    SET_REMOVED = "set_removed"
    REP_CHANGED = "rep_changed"
    REP_REMOVED = "rep_removed"
    BODYWEIGHT_CHANGED = "bodyweight_changed"
