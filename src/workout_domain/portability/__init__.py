"""Portability: training data that comes in from, and goes out to, other products."""
