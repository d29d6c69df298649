"""What trainers and athletes may know of one another."""
