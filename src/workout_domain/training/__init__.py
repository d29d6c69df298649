"""Planned workouts and performed sessions, down to the single repetition."""
