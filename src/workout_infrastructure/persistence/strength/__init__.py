"""Strength in PostgreSQL."""
