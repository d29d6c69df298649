"""Strength tools: points, plates, warm-ups, and the plates a user owns."""
