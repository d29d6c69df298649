"""Exercises and set types over HTTP."""
