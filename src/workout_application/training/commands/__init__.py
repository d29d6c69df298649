"""What changes workouts and sessions."""
