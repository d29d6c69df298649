"""Upkeep that schedules ask for."""
