"""Planning workouts, running sessions, and looking at both."""
