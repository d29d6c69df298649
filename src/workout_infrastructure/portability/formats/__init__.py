"""Readers of the training logs that other products export."""

from workout_infrastructure.portability.formats.detect import read_training_log
from workout_infrastructure.portability.formats.reading import (
    UnknownLogFormat,
    UnreadableLog,
)

__all__ = ["UnknownLogFormat", "UnreadableLog", "read_training_log"]
