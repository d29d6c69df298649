"""A user's own notifications."""
