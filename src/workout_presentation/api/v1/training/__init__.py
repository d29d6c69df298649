"""Workouts, sessions, sets and repetitions over HTTP."""
