"""Strength tools over HTTP."""
