"""Separate processes, looked at from outside, killed and started again."""
