"""What is asked about workouts and sessions."""
