"""What a user is told, and whether they have read it."""
