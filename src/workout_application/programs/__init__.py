"""Progression rules and training maxes: what athletes lift next, and why."""
