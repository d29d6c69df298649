"""Progression rules and training maxes over HTTP."""
